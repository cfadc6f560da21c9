import { ancestry } from '../category/categories.data.js';
import {
  Attendance,
  exceptionOf,
  type OpeningRule,
  Recurrence,
  ruleOf,
  storedHours,
  Weekday,
} from '../opening-hours/opening-hours.rules.js';
import type { Contact } from '../partner/contact.rules.js';
import type { JsonValue } from '../record/record.rules.js';
import {
  type Cost,
  CostUnit,
  type Criterion,
  CriterionEffect,
  type RequiredDocument,
} from '../service/service-terms.rules.js';
import { addDays, berlinDay } from '../shared/calendar.rules.js';
import type { Offer } from './catalogue/offer.js';
import type { OfficeTime } from './office-time.js';
import type { PartnerSpec } from './partners/partner-spec.js';
import { Random } from './random.js';

const { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY } = Weekday;

const onDays = (weekdays: readonly Weekday[], opens: string, closes: string, more: Partial<OpeningRule> = {}) =>
  ruleOf({ days: weekdays.map(weekday => ({ weekday, ordinal: null })), opens, closes, ...more });

const WEEKDAYS = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY];

/** As offices open: one is chosen. */
const HABITS: readonly (readonly OpeningRule[])[] = [
  [onDays([MONDAY, TUESDAY, WEDNESDAY, THURSDAY], '09:00', '16:00'), onDays([FRIDAY], '09:00', '12:30')],
  [onDays(WEEKDAYS, '08:30', '12:00'), onDays([TUESDAY, THURSDAY], '14:00', '18:00')],
  [onDays([MONDAY, WEDNESDAY], '10:00', '13:00'), onDays([THURSDAY], '15:00', '18:30')],
  [
    onDays(WEEKDAYS, '09:00', '13:00'),
    onDays([MONDAY, THURSDAY], '14:00', '17:00', { attendance: Attendance.BY_APPOINTMENT }),
  ],
  [
    onDays([TUESDAY], '16:00', '18:00', {
      note: 'Offene Sprechstunde',
      days: [
        { weekday: TUESDAY, ordinal: 1 },
        { weekday: TUESDAY, ordinal: 3 },
      ],
      frequency: Recurrence.MONTHLY,
    }),
    onDays([MONDAY, TUESDAY, WEDNESDAY, THURSDAY], '09:00', '12:00', { attendance: Attendance.PHONE }),
  ],
];

/** When a site is open; some never say. */
export function openingHours(spec: PartnerSpec, site: number, time: OfficeTime): JsonValue[] {
  const random = new Random(`hours/${spec.key}/${site}`);
  if (random.chance(0.15)) return [];
  const rules = random.pick(HABITS);
  if (!random.chance(0.3)) return storedHours({ rules, exceptions: [] });
  const inDays = (days: number): string => berlinDay(addDays(time.now, days));
  const begin = random.int(10, 60);
  const holidays = exceptionOf({
    from: inDays(begin),
    until: inDays(begin + random.int(4, 13)),
    reason: 'Betriebsferien',
  });
  return storedHours({ rules, exceptions: [holidays] });
}

const PEOPLE = [
  'Frau Amsel',
  'Herr Buchfink',
  'Frau Drossel',
  'Herr Elsterkamp',
  'Frau Habicht',
  'Herr Kranich',
] as const;
const MATTERS = ['Anmeldung', 'Erstgespräch', 'Leitung', 'Abrechnung und Verträge', 'Fragen der Jobcenter'] as const;

/** Whom to turn to with what. */
export function contactsOf(spec: PartnerSpec): Contact[] {
  const random = new Random(`contacts/${spec.key}`);
  return random.some(MATTERS, random.int(0, 2)).map((responsibility, i) => ({
    name: PEOPLE[(random.int(0, PEOPLE.length - 1) + i) % PEOPLE.length]!,
    responsibility,
    email: `${responsibility
      .split(' ')[0]!
      .toLowerCase()
      .replace(/[^a-z]/g, '')}@${spec.key}.example`,
  }));
}

const DOCUMENTS = [
  'Personalausweis oder Aufenthaltstitel',
  'Bescheid des Jobcenters',
  'Lebenslauf',
  'Krankenkassenkarte',
] as const;
const CONDITIONS: readonly Criterion[] = [
  { effect: CriterionEffect.REQUIRES, text: 'Ein Erstgespräch klärt, ob das Angebot passt.' },
  { effect: CriterionEffect.REQUIRES, text: 'Bereitschaft, regelmäßig teilzunehmen.' },
  { effect: CriterionEffect.EXCLUDES, text: 'Nicht bei akuter Selbst- oder Fremdgefährdung.' },
];

export interface Terms {
  readonly costs: readonly Cost[];
  readonly required_documents: readonly RequiredDocument[];
  readonly criteria: readonly Criterion[];
  readonly how_to_apply: string | null;
}

/** On which terms a service is had. Nothing that the hub would check: cases of the demo world fit where they were sent. */
export function termsOf(key: string, { categories }: Offer): Terms {
  const random = new Random(`terms/${key}`);
  const counsels = categories.some(code => ancestry(code).includes('counselling'));
  const free: Cost = { currency: 'EUR', free: true, description: 'kostenlos' };
  const share: Cost = {
    currency: 'EUR',
    free: false,
    amountCents: random.int(1, 6) * 500,
    unit: CostUnit.MONTH,
    description: 'Eigenanteil',
  };
  return {
    costs: counsels || random.chance(0.6) ? [free] : random.chance(0.3) ? [share] : [],
    required_documents: random.some(DOCUMENTS, random.int(0, 2)).map(name => ({ name })),
    criteria: random.some(CONDITIONS, random.chance(0.5) ? 1 : 0),
    how_to_apply: random.chance(0.7)
      ? random.pick([
          'Telefonisch oder per E-Mail.',
          'Über das Jobcenter.',
          'Zur offenen Sprechstunde kommen.',
        ] as const)
      : null,
  };
}
