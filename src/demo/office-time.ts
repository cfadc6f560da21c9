import { berlinDay, isWorkingDay, startOfBerlinDay } from '../shared/calendar.rules.js';

const OPENS_AT = 8;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Minutes of an office day: 8 to 16 o'clock in Berlin. */
export const OFFICE_DAY = 8 * 60;

/**
 * Time as offices count it, backwards from now: whatever happens in the demo world happens when somebody is at work,
 * and what happens later in office minutes happens later.
 */
export class OfficeTime {
  /** When the office opened, newest first: today, if it has, and the working days before. */
  readonly #openings: number[] = [];
  #day: string;
  /** Office minutes of the newest day that are over. */
  readonly #over: number;

  constructor(readonly now: Date) {
    this.#day = berlinDay(new Date(now.getTime() + DAY));
    while (this.opening(0) > now.getTime()) this.#openings.shift();
    this.#over = Math.min((now.getTime() - this.opening(0)) / MINUTE, OFFICE_DAY);
  }

  /** So many office minutes ago. */
  ago(minutes: number): Date {
    if (minutes <= this.#over) return new Date(this.opening(0) + (this.#over - minutes) * MINUTE);
    const earlier = minutes - this.#over;
    const days = Math.floor(earlier / OFFICE_DAY);
    return new Date(this.opening(days + 1) + (OFFICE_DAY - (earlier % OFFICE_DAY)) * MINUTE);
  }

  /** So many office days ago, or a part of one. */
  daysAgo(days: number): Date {
    return this.ago(days * OFFICE_DAY);
  }

  private opening(index: number): number {
    while (this.#openings.length <= index) {
      this.#day = shifted(this.#day, -1);
      if (isWorkingDay(this.#day)) this.#openings.push(openingOf(this.#day));
    }
    return this.#openings[index]!;
  }
}

const HALF_HOUR = 30 * MINUTE;

/** Half past or full hour, at or after a moment, on an office day: when appointments are made. */
export function nextAppointment(from: Date): Date {
  const earliest = Math.ceil(from.getTime() / HALF_HOUR) * HALF_HOUR;
  for (let day = berlinDay(from); ; day = shifted(day, 1)) {
    const opening = openingOf(day);
    const at = Math.max(opening, earliest);
    if (isWorkingDay(day) && at < opening + OFFICE_DAY * MINUTE) return new Date(at);
  }
}

const openingOf = (localDate: string): number => startOfBerlinDay(localDate).getTime() + OPENS_AT * HOUR;

const shifted = (localDate: string, days: number): string =>
  new Date(Date.parse(`${localDate}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
