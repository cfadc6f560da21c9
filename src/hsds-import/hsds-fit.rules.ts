import type { Fault } from '../record/fault.rules.js';
import { completed, type JsonValue, type RecordDocument, type RecordKind } from '../record/record.rules.js';

/** What was left out of a document so that it can be stored. */
export interface LeftOut {
  readonly field: string;
  readonly value: JsonValue;
}

/**
 * The document without what is wrong with it: an entry of a list that has a fault is left out, a field that has one is
 * as if nothing were said of it. Null where a field that cannot be empty has one.
 *
 * @param needed names of the fields without which there is no record
 */
export function fitted(
  kind: RecordKind,
  document: RecordDocument,
  faults: readonly Fault[],
  needed: readonly string[],
): { readonly document: RecordDocument | null; readonly leftOut: readonly LeftOut[] } {
  const empty = completed(kind, {});
  const leftOut: LeftOut[] = [];
  const fit: Record<string, JsonValue> = { ...document };
  let isStorable = true;
  for (const [field, own] of Map.groupBy(faults, ({ path }) => path[0] ?? '')) {
    const value = document[field] ?? null;
    const entries = new Set(own.map(({ path }) => path[1]));
    if (Array.isArray(value) && !entries.has(undefined)) {
      const isBad = (i: number): boolean => entries.has(String(i));
      leftOut.push(...value.filter((_, i) => isBad(i)).map(one => ({ field, value: one as JsonValue })));
      fit[field] = value.filter((_, i) => !isBad(i)) as JsonValue;
    } else {
      leftOut.push({ field, value });
      fit[field] = empty[field] ?? null;
      if (needed.includes(field)) isStorable = false;
    }
  }
  return { document: isStorable ? fit : null, leftOut };
}
