import { isOccupation } from '../occupation/occupation.rules.js';
import { aLanguage } from '../partner/contact.rules.js';
import { WORDS } from '../proposal/field-words.rules.js';
import {
  aDay,
  aLine,
  aName,
  between,
  type Check,
  type Fault,
  faultsOf,
  fitting,
  listOf,
  oneOf,
  optional,
  someText,
  whole,
} from '../record/fault.rules.js';
import type { JsonValue, RecordDocument } from '../record/record.rules.js';
import { addDays, berlinDay, germanDay } from '../shared/calendar.rules.js';
import { JobOpeningStatus, LONGEST_DAYS, PayPeriod } from './job-opening.rules.js';

/** A hundred thousand euros: beyond it pay of an hour or month is a slip. */
const MOST_CENTS = 10_000_000;
/**
 * Less is a slip, mostly euros for cents. Far below the minimum wage, which does not hold for all: an allowance in
 * publicly subsidised employment is 1 to 2 euros an hour, the basic amount in a workshop a hundred or so a month.
 */
const LEAST_CENTS: Readonly<Record<string, number>> = { [PayPeriod.HOUR]: 100, [PayPeriod.MONTH]: 5_000 };
/** Section 3 ArbZG: 48 hours a week on average. */
const MOST_HOURS = 48;
const MOST_POSITIONS = 1_000;

const CHECKS: Readonly<Record<string, Check>> = {
  title: aName,
  occupation: fitting(isOccupation, 'Einen Beruf mit diesem Code gibt es in der KldB 2010 nicht.'),
  description: optional(someText(4_000)),
  status: oneOf(Object.values(JobOpeningStatus), WORDS.status),
  positions: whole(1, MOST_POSITIONS),
  validUntil: aDay,
  hoursFrom: optional(between(0.5, MOST_HOURS)),
  hoursTo: optional(between(0.5, MOST_HOURS)),
  payFromCents: optional(whole(1, MOST_CENTS)),
  payToCents: optional(whole(1, MOST_CENTS)),
  payPer: optional(oneOf(Object.values(PayPeriod), WORDS.payPer)),
  collectiveAgreement: optional(aLine()),
  startsOn: optional(aDay),
  fixedTermUntil: optional(aDay),
  requirements: optional(someText(2_000)),
  languages: listOf(aLanguage, 20),
  needs: listOf(
    fitting(text => /^[a-z0-9-]{1,60}$/.test(text), 'Das ist kein Kürzel.'),
    50,
  ),
  location: optional(fitting(text => text.length <= 36, 'Diesen Standort gibt es nicht.')),
};

/** Two fields of which the second must not be less than the first. */
const IN_ORDER = [
  ['hoursFrom', 'hoursTo', 'Die höchste Stundenzahl liegt unter der niedrigsten.'],
  ['payFromCents', 'payToCents', 'Der höchste Lohn liegt unter dem niedrigsten.'],
  ['startsOn', 'fixedTermUntil', 'Die Stelle endet, bevor sie beginnt.'],
] as const;

/**
 * What is wrong with a job opening. `document`: all of it, as it is to be; `changed`: the fields to look at, all when
 * left out, so that an old fault keeps nobody from mending another. Whether what it names is there, a query tells.
 */
export function faultsOfJobOpening(
  document: RecordDocument,
  now: Date,
  changed: readonly string[] = Object.keys(document),
): Fault[] {
  const looked = Object.fromEntries(Object.entries(document).filter(([field]) => changed.includes(field)));
  const faults = faultsOf(looked, CHECKS);
  if (faults.length > 0) return faults;
  return [
    ...IN_ORDER.flatMap(([low, high, message]) =>
      isMore(document[low], document[high]) ? at(changed, [high, low], message) : [],
    ),
    ...payFaults(document, changed),
    ...termFaults(document, changed, now),
    ...startFaults(document, changed, now),
  ];
}

const isMore = (low: JsonValue | undefined, high: JsonValue | undefined): boolean =>
  low != null && high != null && low > high;

/** On the first of these fields that was changed; none where none was. */
function at(changed: readonly string[], fields: readonly string[], message: string): Fault[] {
  const field = fields.find(one => changed.includes(one));
  return field ? [{ path: [field], message }] : [];
}

function payFaults({ payFromCents, payToCents, payPer }: RecordDocument, changed: readonly string[]): Fault[] {
  const amounts = payFromCents != null || payToCents != null;
  if (amounts === (payPer != null))
    return tooLittle(
      { payFromCents: payFromCents ?? null, payToCents: payToCents ?? null, payPer: payPer ?? null },
      changed,
    );
  return at(
    changed,
    ['payPer', 'payFromCents', 'payToCents'],
    amounts ? 'Ist der Lohn je Stunde oder je Monat?' : 'Wie hoch ist der Lohn?',
  );
}

function tooLittle({ payPer, ...amounts }: RecordDocument, changed: readonly string[]): Fault[] {
  const least = LEAST_CENTS[String(payPer)] ?? 0;
  const field = Object.keys(amounts).find(one => amounts[one] != null && Number(amounts[one]) < least);
  return field
    ? at(changed, [field, 'payPer'], 'So wenig ist kein Lohn. Beträge stehen in Cent: 1450 sind 14,50 €.')
    : [];
}

/** How far from today a job may begin; one that has begun may still be open. */
const START_DAYS = 3 * LONGEST_DAYS;

function startFaults({ startsOn }: RecordDocument, changed: readonly string[], now: Date): Fault[] {
  const [first, last] = [berlinDay(addDays(now, -START_DAYS)), berlinDay(addDays(now, START_DAYS))];
  if (typeof startsOn !== 'string' || (startsOn >= first && startsOn <= last)) return [];
  const message = `Eine Stelle beginnt an einem Tag vom ${germanDay(first)} bis zum ${germanDay(last)}.`;
  return at(changed, ['startsOn'], message);
}

/** What is over is not looked for, and nobody knows what will be in years. */
function termFaults({ status, validUntil }: RecordDocument, changed: readonly string[], now: Date): Fault[] {
  if (status !== JobOpeningStatus.OPEN) return [];
  const [first, last] = [berlinDay(now), berlinDay(addDays(now, LONGEST_DAYS))];
  if (typeof validUntil === 'string' && validUntil >= first && validUntil <= last) return [];
  return at(
    changed,
    ['validUntil', 'status'],
    `Eine offene Stelle gilt bis zu einem Tag vom ${germanDay(first)} bis zum ${germanDay(last)}.`,
  );
}
