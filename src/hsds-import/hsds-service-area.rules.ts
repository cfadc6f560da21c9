import { foldGerman } from '../search/fold.rules.js';
import { type Aggregate, type Remarks, rowsIn, textIn } from './hsds-aggregate.rules.js';
import { agsOf, type Lookups } from './hsds-lookup.rules.js';

/** Keys of municipalities, districts and states, by the key that stands in the extent or by name. */
export function areasOf(aggregate: Aggregate, lookups: Lookups, remark: Remarks): string[] {
  const keys = rowsIn(aggregate, 'service_areas').flatMap(area => {
    const extent = agsOf(textIn(area, 'extent') ?? '');
    if (/^(\d{2}|\d{5}|\d{8})$/.test(extent)) return [extent];
    const name = textIn(area, 'name');
    const key = name === null ? null : lookups.areas.get(foldGerman(name));
    if (key) return [key];
    remark(area, 'name', 'UNKNOWN_VALUE', name ?? '');
    return [];
  });
  return [...new Set(keys)];
}
