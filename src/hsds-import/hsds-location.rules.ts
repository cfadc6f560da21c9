import { AccessibilityFeature, FeatureState } from '../location/location.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { isOnEarth } from '../shared/geo.rules.js';
import { type Aggregate, lineIn, numberIn, proseIn, type Remarks, rowsIn, textIn } from './hsds-aggregate.rules.js';
import { phoneOf } from './hsds-contact.rules.js';
import { type Lookups, municipalityOf } from './hsds-lookup.rules.js';
import { openingHoursOf } from './hsds-schedule.rules.js';
import { ownJson, ownValue } from './hsds-terms.rules.js';

/** The location that a place is. Null where nothing tells in which municipality it lies: a remark says so. */
export function locationDocument(aggregate: Aggregate, lookups: Lookups, remark: Remarks): RecordDocument | null {
  const { root } = aggregate;
  const addresses = rowsIn(aggregate, 'addresses');
  const address = addresses.find(one => textIn(one, 'address_type') === 'physical') ?? addresses[0];
  const postalCode = address ? textIn(address, 'postal_code') : null;
  const city = address ? lineIn(address, 'city') : ownValue(aggregate, lookups, 'city');
  const position = positionOf(aggregate);
  const municipality = municipalityOf(lookups, { key: keyOf(aggregate), postalCode, city, ...position });
  if (municipality === null) {
    remark(root, null, 'NO_MUNICIPALITY', [postalCode, city].filter(Boolean).join(' '));
    return null;
  }
  const isProtected = ownValue(aggregate, lookups, 'addressProtected') === 'true';
  const document = {
    name: lineIn(root, 'name'),
    street: address ? joined([lineIn(address, 'address_1'), lineIn(address, 'address_2')]) : null,
    postalCode: postalCode !== null && /^\d{5}$/.test(postalCode) ? postalCode : null,
    city: city ?? lookups.names.get(municipality) ?? null,
    municipality,
    ...position,
    addressProtected: isProtected,
    directions: proseIn(root, 'transportation', 2_000, remark),
    accessibility: accessibilityOf(aggregate),
    openingHours: ownJson(aggregate, lookups, 'openingHours') ?? openingHoursOf(aggregate, remark),
    phone: phoneOf(aggregate),
  };
  return isProtected ? asFarAsTold(document) : document;
}

/** What is withheld of a protected address on its way out does not come back as if there were none. */
const asFarAsTold = (document: RecordDocument): RecordDocument =>
  Object.fromEntries(Object.entries(document).filter(([field, value]) => value !== null || !WITHHELD.includes(field)));

const WITHHELD = ['street', 'postalCode', 'latitude', 'longitude', 'directions'];

const joined = (lines: readonly (string | null)[]): string | null => lines.filter(line => line).join(', ') || null;

/** The official key of the municipality, where the place says it of itself. */
const keyOf = ({ root }: Aggregate): string | null =>
  /^(ars|ags)$/i.test(textIn(root, 'external_identifier_type') ?? '') ? textIn(root, 'external_identifier') : null;

function positionOf({ root }: Aggregate): { latitude: number | null; longitude: number | null } {
  const [latitude, longitude] = [numberIn(root, 'latitude'), numberIn(root, 'longitude')];
  if (latitude === null || longitude === null || !isOnEarth({ latitude, longitude }))
    return { latitude: null, longitude: null };
  return { latitude, longitude };
}

/** Only what the hub itself wrote: what others write in words would be guessed, and unknown is never YES. */
const accessibilityOf = (aggregate: Aggregate) =>
  rowsIn(aggregate, 'accessibility').flatMap(row => {
    const [, feature, state, assessedOn] = OWN_DETAILS.exec(textIn(row, 'details') ?? '') ?? [];
    if (!feature || !(feature in AccessibilityFeature) || !state || !(state in FeatureState)) return [];
    return [{ feature, state, assessedOn: assessedOn ?? null }];
  });

const OWN_DETAILS = /^([A-Z_]+)=([A-Z]+)(?:;(\d{4}-\d\d-\d\d))?$/;
