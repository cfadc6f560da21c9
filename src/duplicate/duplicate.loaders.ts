import type { EntityManager } from '@mikro-orm/postgresql';
import type { RecordDocument } from '../record/record.rules.js';
import { manyPerId } from '../shared/per-id.loaders.js';
import { rowsOf, sql } from '../shared/sql.js';

export interface MergeRow {
  /** Id of the partner that has its place now. */
  readonly partner: string;
  /** Of the one that was merged: id and name. */
  readonly id: string;
  readonly name: string;
  readonly at: Date;
  readonly by: string | null;
  /** Id of what it was merged into at first. */
  readonly into: string;
  readonly taken: RecordDocument;
  readonly leftBehind: RecordDocument;
  readonly services: string[];
  readonly locations: string[];
}

/** What was merged into each partner, the newest first. */
export const mergesOfPartner = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<MergeRow>(
        em,
        sql`select p.merged_into_id as partner, p.id, p.name, m.at, a.display_name as by, m.survivor_id as into, m.taken,
              m.left_behind as "leftBehind",
              m.services::text[] as services, m.locations::text[] as locations
            from partner p join partner_merge m on m.other_id = p.id left join account a on a.id = m.merged_by_id
            where p.merged_into_id = any(${ids}::uuid[]) order by m.at desc, p.id`,
      ),
    row => row.partner,
  );
