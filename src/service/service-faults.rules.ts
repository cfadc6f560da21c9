import { someInstruments } from '../instrument/service-instrument.rules.js';
import { someHours } from '../opening-hours/opening-hours-faults.rules.js';
import { aLanguage, anEmailAddress, aPhoneNumber, aWebAddress, someContacts } from '../partner/contact.rules.js';
import { WORDS } from '../proposal/field-words.rules.js';
import {
  aBoolean,
  aDay,
  aName,
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
import type { RecordDocument } from '../record/record.rules.js';
import { DeliveryMode, FeedbackLevel, ServiceStatus } from './service.rules.js';
import { isCode, someCosts, someCriteria, someDocuments } from './service-terms.rules.js';

const OLDEST = 120;
export const MOST_AREAS = 500;

const code = fitting(isCode, 'Das ist kein Kürzel.');

const CHECKS: Readonly<Record<string, Check>> = {
  name: aName,
  description: optional(someText(4_000)),
  status: oneOf(Object.values(ServiceStatus), WORDS.status),
  intakePausedUntil: optional(aDay),
  categories: listOf(code, 20),
  needs: listOf(code, 50),
  languages: listOf(aLanguage, 100),
  interpretation: aBoolean,
  deliveryModes: listOf(oneOf(Object.values(DeliveryMode), WORDS.deliveryModes), 10),
  minimumAge: optional(whole(0, OLDEST)),
  maximumAge: optional(whole(0, OLDEST)),
  criteria: someCriteria,
  costs: someCosts,
  requiredDocuments: someDocuments,
  instruments: someInstruments,
  howToApply: optional(someText(2_000)),
  keepsWaitingList: aBoolean,
  feedbackLevel: oneOf(Object.values(FeedbackLevel), WORDS.feedbackLevel),
  locations: listOf(
    fitting(text => text.length <= 36, 'Diesen Standort gibt es nicht.'),
    100,
  ),
  serviceArea: listOf(
    fitting(
      text => /^(\d{8}|\d{5}|(0[1-9]|1[0-6]))$/.test(text),
      'Ein Gebiet ist eine Gemeinde (8 Ziffern), ein Kreis (5) oder ein Land (2).',
    ),
    MOST_AREAS,
  ),
  contacts: someContacts,
  email: optional(anEmailAddress),
  phone: optional(aPhoneNumber),
  openingHours: someHours,
  website: optional(aWebAddress),
};

/**
 * What is wrong with a service. `document`: all of it, as it is to be; `changed`: the fields to look at, all when left
 * out, so that an old fault keeps nobody from mending another. Whether what it names is there, a query tells.
 */
export function faultsOfService(document: RecordDocument, changed: readonly string[] = Object.keys(document)): Fault[] {
  const looked = Object.fromEntries(Object.entries(document).filter(([field]) => changed.includes(field)));
  return [...faultsOf(looked, CHECKS), ...agesTurned(document, changed), ...tooLittle(document, changed)];
}

/**
 * A day up to which nobody is taken is none of the past. One that is stored, and was to come then, may stay.
 *
 * @param today YYYY-MM-DD
 */
export function pausedInThePast(stored: RecordDocument, wanted: RecordDocument, today: string): Fault[] {
  const { intakePausedUntil: until } = wanted;
  if (typeof until !== 'string' || until >= today || until === stored.intakePausedUntil) return [];
  return [{ path: ['intakePausedUntil'], message: 'Der Tag liegt in der Vergangenheit.' }];
}

function agesTurned({ minimumAge = null, maximumAge = null }: RecordDocument, changed: readonly string[]): Fault[] {
  if (typeof minimumAge !== 'number' || typeof maximumAge !== 'number' || minimumAge <= maximumAge) return [];
  const field = ['maximumAge', 'minimumAge'].find(one => changed.includes(one));
  return field ? [{ path: [field], message: 'Das Höchstalter liegt unter dem Mindestalter.' }] : [];
}

/** Without a kind nobody finds it, and without a language nobody knows whether to be understood. */
function tooLittle(document: RecordDocument, changed: readonly string[]): Fault[] {
  if (document.status !== ServiceStatus.ACTIVE) return [];
  return [
    { field: 'categories', message: 'Ein laufendes Angebot hat mindestens eine Angebotsart.' },
    { field: 'languages', message: 'Bei einem laufenden Angebot wird mindestens eine Sprache gesprochen.' },
  ].flatMap(({ field, message }) => {
    const value = document[field];
    const isEmpty = !Array.isArray(value) || value.length === 0;
    return isEmpty && (changed.includes(field) || changed.includes('status')) ? [{ path: [field], message }] : [];
  });
}
