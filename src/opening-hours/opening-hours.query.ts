import type { JsonValue } from '../record/record.rules.js';
import { daysBetween } from '../shared/calendar.rules.js';
import { badInput } from '../shared/errors.js';
import { inTurn } from '../shared/in-turn.js';
import { stateOf } from './holidays.rules.js';
import type { OpeningDaysArgs, OpeningsArgs } from './opening-hours.inputs.js';
import { type Attendance, hoursOf, MOST_DAYS } from './opening-hours.rules.js';
import type { OpeningHoursType, OpeningType, SpecialDayType } from './opening-hours.types.js';
import { hoursText } from './opening-hours-text.rules.js';
import { nextOpening, type Opening, openingsAt, openingsBetween, specialDays, tellsTimes } from './openings.rules.js';

/** The calendar of holidays is that of the united Germany. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

/** Stored opening hours for the API; `place` gives the key of the municipality whose holidays hold. */
export function shownHours(stored: JsonValue, place: () => Promise<string | null | undefined>): OpeningHoursType {
  const hours = hoursOf(stored);
  return { ...hours, hours, state: async () => stateOf(await place()) };
}

export const textOf = ({ hours }: OpeningHoursType, language: string | null, now: Date): string | null =>
  hoursText(hours, language, now);

/** Null where no times are told; BAD_USER_INPUT for a moment outside of the calendar. */
export async function isOpen(
  { hours, state }: OpeningHoursType,
  at: Date,
  attendance: Attendance[] | null,
): Promise<boolean | null> {
  checkYear('at', at.getUTCFullYear());
  if (!tellsTimes(hours)) return null;
  const place = await state();
  return inTurn(() => openingsAt(hours, at, place, attendance ?? []).length > 0);
}

/** BAD_USER_INPUT for days outside of the calendar, or too many. */
export async function openingsOf(
  { hours, state }: OpeningHoursType,
  { from, until, attendance }: OpeningsArgs,
): Promise<OpeningType[]> {
  checkDays(from, until);
  const place = await state();
  return inTurn(() => openingsBetween(hours, from, until, place, attendance ?? []).map(shownOpening));
}

/** BAD_USER_INPUT for days outside of the calendar, or too many. */
export async function specialDaysOf(
  { hours, state }: OpeningHoursType,
  { from, until }: OpeningDaysArgs,
): Promise<SpecialDayType[]> {
  checkDays(from, until);
  const place = await state();
  const told = tellsTimes(hours);
  return inTurn(() =>
    specialDays(hours, from, until, place).map(special => ({
      day: special.day,
      exception: special.exception,
      closed: told ? openingsBetween(hours, special.day, special.day, place).length === 0 : null,
      special,
    })),
  );
}

export async function nextOpen(
  { hours, state }: OpeningHoursType,
  now: Date,
  attendance: Attendance[] | null,
): Promise<OpeningType | null> {
  if (!tellsTimes(hours)) return null;
  const place = await state();
  const next = await inTurn(() => nextOpening(hours, now, place, attendance ?? []));
  return next && shownOpening(next);
}

const shownOpening = (opening: Opening): OpeningType => {
  const { startsAt, endsAt, attendance, notes, exception } = opening;
  return { startsAt, endsAt, attendance, notes: [...notes], exception, opening };
};

function checkDays(from: string, until: string): void {
  for (const [name, day] of Object.entries({ from, until })) checkYear(name, Number(day.slice(0, 4)));
  const days = daysBetween(from, until) + 1;
  if (days < 1) throw badInput('until', 'The last day comes before the first.');
  if (days > MOST_DAYS) throw badInput('until', `Ask for ${MOST_DAYS} days at most.`);
}

function checkYear(argument: string, year: number): void {
  if (year < FIRST_YEAR || year > LAST_YEAR) throw badInput(argument, `Ask for ${FIRST_YEAR} to ${LAST_YEAR}.`);
}
