import { type FieldWriter, type OutRow, type PlacesOut, rowOf } from './hsds-out.rules.js';
import { PLACES_UNIT_ID } from './hsds-own-terms.rules.js';

/** Under this name a change of places is known: they are counters beside the record, no field of it. */
export const PLACES = 'places';

/** The places of a service, as everybody may see them. */
export const placesWriter: FieldWriter = {
  fields: [PLACES],
  rows: writing => {
    if (writing.places === null) return [];
    const { available, maximum, at } = writing.places;
    const values = {
      service_id: writing.id,
      unit_id: PLACES_UNIT_ID,
      available: String(available),
      maximum: String(maximum),
      updated: new Date(at).toISOString(),
    };
    return [rowOf(writing, 'service_capacity', 'places', values)];
  },
  replaces: ({ table }) => table === 'service_capacity',
};

/**
 * Is what the source said of its places still what the hub tells? Of places that are told coarsely only the day counts:
 * that they are told otherwise from some moment on would tell of the referral that took one.
 */
export function saysTheSame(rows: readonly OutRow[], { available, maximum, at, coarse }: PlacesOut): boolean {
  const [said, ...others] = rows.filter(({ table }) => table === 'service_capacity');
  if (!said || others.length > 0 || Date.parse(said.values.updated ?? '') !== Date.parse(at)) return false;
  return coarse || (Number(said.values.available) === available && Number(said.values.maximum) === maximum);
}
