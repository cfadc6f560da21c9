import { keyOf, ownersOf } from '../hsds-import/hsds-owner.rules.js';
import type { OutRow } from './hsds-out.rules.js';

/**
 * What a source said of a record, without what it said of guarded places: any of its free texts may tell where they are.
 * Of a service's being there remains that it is.
 *
 * @param isGuarded by the key that the source gives the place
 */
export function withoutGuarded(rows: readonly OutRow[], isGuarded: (key: string) => boolean): OutRow[] {
  const gone = new Set<string>();
  for (let before = -1; before < gone.size; ) {
    before = gone.size;
    for (const row of rows)
      if (linksOf(row).some(key => isGuarded(key) || gone.has(key))) gone.add(keyOf(row.table, row.id));
  }
  return rows.flatMap(row => {
    if (!gone.has(keyOf(row.table, row.id))) return [row];
    if (row.table !== 'service_at_location') return [];
    const { service_id = null, location_id = null } = row.values;
    return [{ ...row, values: { service_id, location_id } }];
  });
}

/** Keys of what a row belongs to, or says something about. */
export function linksOf({ table, id, values }: OutRow): string[] {
  const owners = ownersOf({ table, id, values, file: '', row: null }).filter(key => key !== keyOf(table, id));
  const places = values.location_id ? [keyOf('locations', values.location_id)] : [];
  const stays = values.service_at_location_id ? [keyOf('service_at_location', values.service_at_location_id)] : [];
  return [...owners, ...places, ...stays];
}
