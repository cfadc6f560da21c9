import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { wasProtectedSince } from '../location/protected-since.query.js';
import { Revision } from '../record/revision.entity.js';
import { dateOf, epoch } from '../shared/moment.js';
import type { OrderedList } from '../shared/ordered-list.js';
import { manyPerId } from '../shared/per-id.loaders.js';
import { listsPerParent } from '../shared/per-parent.loaders.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { MembershipOf, Role } from '../viewer/viewer.rules.js';
import type { LastChange } from './last-change.rules.js';

/** Newest first; two of one moment by their versions. */
const REVISIONS: OrderedList<Revision> = {
  entity: Revision,
  table: 'revision',
  order: 't.at desc, t.version desc, t.id desc',
  after: ([at, version, id]) => sql`(t.at, t.version, t.id) < (${at}::timestamptz, ${version}::int, ${id}::uuid)`,
};

export const revisionsOf = (em: EntityManager) => listsPerParent<Revision, 'record_id'>(em, REVISIONS);

/**
 * Must the address not be told that a revision of a location, by its id, names? It was protected then, or came to be at
 * any time since.
 */
export const hidesAddressThen = (em: EntityManager): DataLoader<string, boolean> =>
  new DataLoader(async ids => {
    const rows = await rowsOf<{ id: string }>(
      em,
      sql`select r.id from revision r where r.id = any(${ids}::uuid[]) and ${wasProtectedSince(sql`r.record_id`, sql`r.at`)}`,
    );
    const hidden = new Set(rows.map(({ id }) => id));
    return ids.map(id => hidden.has(id));
  });

/** What the holders of accounts may do today: who edited what was merged edits what stands for it. */
export const membershipsOfAccount = (em: EntityManager): DataLoader<string, MembershipOf[]> =>
  manyPerId(
    async ids =>
      rowsOf<MembershipOf & { account: string; role: Role }>(
        em,
        sql`select m.account_id as account, m.role, m.network_id as "networkId",
              coalesce(p.merged_into_id, m.partner_id) as "partnerId"
            from membership m left join partner p on p.id = m.partner_id
            where m.account_id = any(${ids}::uuid[]) order by m.id`,
      ),
    ({ account }) => account,
  ) as DataLoader<string, MembershipOf[]>;

/** The last change of each field of each record, up to a moment, or by now; one statement a moment. */
export const lastChangesOf = (em: EntityManager) => {
  const known = new Map<number | null, DataLoader<string, LastChange[]>>();
  return (until: Date | null = null): DataLoader<string, LastChange[]> => {
    const key = until?.getTime() ?? null;
    const loader =
      known.get(key) ??
      manyPerId<LastChange>(
        ids => lastChanges(em, ids, until),
        ({ record }) => record,
      );
    known.set(key, loader);
    return loader;
  };
};

async function lastChanges(em: EntityManager, ids: readonly string[], until: Date | null): Promise<LastChange[]> {
  const rows = await rowsOf<Omit<LastChange, 'at'> & { at: number }>(
    em,
    sql`select distinct on (r.record_id, e.field) r.record_id as record, e.field, ${epoch(sql`r.at`)} as at,
          r.origin, r.source, r.account_id as account
        from revision r cross join lateral (
          select jsonb_object_keys(r.changes) union all select '' where r.changes = '{}') e (field)
        where r.record_id = any(${ids}::uuid[]) ${until ? sql`and r.at <= ${until}` : sql``}
        order by r.record_id, e.field, r.at desc, r.version desc`,
  );
  return rows.map(row => ({ ...row, at: dateOf(row.at) }));
}
