import { someHours } from '../opening-hours/opening-hours-faults.rules.js';
import { aPhoneNumber } from '../partner/contact.rules.js';
import { FEATURES as FEATURE_WORDS, STATES, WORDS } from '../proposal/field-words.rules.js';
import {
  aBoolean,
  aDay,
  aLine,
  aName,
  anObject,
  between,
  type Check,
  type Fault,
  faultsOf,
  fitting,
  listOf,
  oneOf,
  optional,
  someText,
} from '../record/fault.rules.js';
import type { JsonValue, RecordDocument } from '../record/record.rules.js';
import { AccessibilityFeature, FeatureState, LocationStatus } from './location.rules.js';

const FEATURES = Object.values(AccessibilityFeature);

const CHECKS: Readonly<Record<string, Check>> = {
  name: optional(aName),
  status: oneOf(Object.values(LocationStatus), WORDS.status),
  street: optional(aLine()),
  postalCode: optional(fitting(text => /^\d{5}$/.test(text), 'Eine Postleitzahl hat fünf Ziffern.')),
  city: aLine(),
  municipality: fitting(
    text => /^\d{8}$/.test(text),
    'Bitte die Gemeinde angeben: ein Gemeindeschlüssel hat acht Ziffern.',
  ),
  latitude: optional(between(-90, 90)),
  longitude: optional(between(-180, 180)),
  addressProtected: aBoolean,
  directions: optional(someText(2_000)),
  accessibility: listOf(
    anObject({
      feature: oneOf(FEATURES, FEATURE_WORDS),
      state: oneOf(Object.values(FeatureState), STATES),
      assessedOn: optional(aDay),
    }),
    FEATURES.length,
  ),
  phone: optional(aPhoneNumber),
  openingHours: someHours,
};

/**
 * What is wrong with a location. `document`: all of it, as it is to be; `changed`: the fields to look at, all when left
 * out. Whether what it names is there, a query tells.
 */
export function faultsOfLocation(
  document: RecordDocument,
  changed: readonly string[] = Object.keys(document),
): Fault[] {
  const looked = Object.fromEntries(Object.entries(document).filter(([field]) => changed.includes(field)));
  return [...faultsOf(looked, CHECKS), ...halfAPosition(document, changed), ...twice(looked.accessibility)];
}

function halfAPosition({ latitude = null, longitude = null }: RecordDocument, changed: readonly string[]): Fault[] {
  if ((latitude === null) === (longitude === null)) return [];
  const missing = latitude === null ? 'latitude' : 'longitude';
  if (!changed.includes('latitude') && !changed.includes('longitude')) return [];
  return [{ path: [missing], message: 'Eine Lage hat eine Breite und eine Länge.' }];
}

function twice(accessibility: JsonValue | undefined): Fault[] {
  if (!Array.isArray(accessibility)) return [];
  const features = (accessibility as readonly { readonly feature?: string }[]).map(one => one?.feature);
  return features.flatMap((feature, i) =>
    features.indexOf(feature) < i
      ? [{ path: ['accessibility', String(i), 'feature'], message: 'Das steht schon in der Liste.' }]
      : [],
  );
}
