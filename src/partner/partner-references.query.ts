import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fault } from '../record/fault.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { PartnerStatus } from './partner.rules.js';

interface Named {
  /** Null: of a partner that is not there yet. */
  readonly id: string | null;
  readonly document: RecordDocument;
}

/**
 * What partners name that is not there, or must not be: an umbrella that is not, or that belongs to the partner itself.
 * One statement for all; the faults of each in the same order. Umbrellas that are made at once are not known yet.
 */
export async function partnerReferenceFaults(em: EntityManager, partners: readonly Named[]): Promise<Fault[][]> {
  const named = partners.flatMap(({ id, document: { parent } }, i) => (isId(parent) ? [{ i, id, parent }] : []));
  const rows =
    named.length === 0
      ? []
      : await rowsOf<{ i: number; known: boolean; circular: boolean }>(
          em,
          sql`with recursive wish as (
            select i, own, parent from unnest(${named.map(one => one.i)}::int[],
              ${named.map(one => one.id ?? NOBODY)}::uuid[], ${named.map(one => one.parent)}::uuid[]) as w (i, own, parent)
          ), above (i, own, at) as (
            select i, own, parent from wish
            union select a.i, a.own, p.parent_id from above a join partner p on p.id = a.at
            where p.parent_id is not null and a.at <> a.own
          )
          select w.i, exists (select from partner p where p.id = w.parent and p.status = ${PartnerStatus.ACTIVE}) as known,
            exists (select from above a where a.i = w.i and a.at = w.own) as circular from wish w`,
        );
  const found = new Map(rows.map(row => [row.i, row]));
  return partners.map(({ document: { parent } }, i) => {
    if (parent === undefined || parent === null) return [];
    const { known, circular } = found.get(i) ?? { known: false, circular: false };
    if (!known) return [{ path: ['parent'], message: 'Diesen Dachverband gibt es nicht.' }];
    return circular
      ? [{ path: ['parent'], message: 'Ein Partner kann nicht zu sich selbst gehören, auch nicht über andere.' }]
      : [];
  });
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
