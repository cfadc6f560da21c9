import { HSDS_PROFILE } from '../../src/hsds/hsds-profile.rules.js';
import type { HsdsRow } from '../../src/hsds/hsds-read.js';

type Shape = { [key: string]: unknown };

/**
 * A record put together from flat rows in the shape of `like`: what is nested where is taken from there, everything
 * that is said in it from the rows.
 */
export function nested(like: Shape, rows: readonly HsdsRow[], row = rowOf(rows, like)): Shape {
  const { objects, lists } = HSDS_PROFILE[row.table];
  const said: Shape = { id: row.id, ...row.values, ...row.original, ...row.unknown };
  const whole: Shape = {};
  for (const key of Object.keys(like)) {
    const value = like[key];
    const object = objects[key];
    const list = lists[key];
    if (object && typeof value === 'object') {
      const target = rows.find(one => one.table === object.table && one.id === said[object.column])!;
      whole[key] = nested(value as Shape, rows, target);
    } else if (list && Array.isArray(value)) {
      const children = rows.filter(one => one.table === list.table && one.values[list.column] === row.id);
      whole[key] = children.map((child, i) => nested((value[i] ?? {}) as Shape, rows, child));
    } else whole[key] = said[key];
  }
  return whole;
}

/** The outermost row is the only one that bears the record's id and the most of its columns. */
function rowOf(rows: readonly HsdsRow[], like: Shape): HsdsRow {
  const found = rows.filter(one => one.id === like.id);
  if (found.length !== 1) throw new Error(`${found.length} rows of ${String(like.id)}`);
  return found[0]!;
}
