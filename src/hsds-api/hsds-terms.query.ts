import type { EntityManager } from '@mikro-orm/postgresql';
import { type HsdsObject, nested, RowSet } from '../hsds-export/hsds-nest.rules.js';
import type { OutRow } from '../hsds-export/hsds-out.rules.js';
import { ownTermRows } from '../hsds-export/hsds-own-terms.rules.js';
import { readCodes } from '../hsds-export/hsds-rows.query.js';
import { knownNetwork } from '../network/network.query.js';
import { allOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import { type HsdsWish, isPlausibleId } from './hsds-api.rules.js';

type TermList = 'taxonomies' | 'taxonomy_terms';

/** The hub's own first, which every network uses; then those of the sources of the networks. */
async function union(em: EntityManager, list: TermList, network: string | null): Promise<Sql> {
  const { categories, needs } = await readCodes(em);
  const own = ownTermRows(categories, needs).filter(({ table }) => table === list);
  const here = network === null ? null : (await knownNetwork(em, network, 'network')).id;
  return sql`(select distinct on (place, id collate "C") * from (
      select 0 as place, o.id, o.values, null::uuid as source
      from jsonb_to_recordset(${JSON.stringify(own)}::jsonb) as o (id text, "values" jsonb)
      union all
      select 1, substr(r.key, ${list.length + 2}::int), r.row - '#', r.source_id
      from source s join source_row r on r.source_id = s.id and starts_with(r.key, ${`${list}:`})
      where ${here === null ? sql`true` : sql`s.network_id = ${here}::uuid`}
        and not exists (select from jsonb_to_recordset(${JSON.stringify(own)}::jsonb) as o (id text) where o.id = substr(r.key, ${list.length + 2}::int))
    ) every order by place, id collate "C", source) as t`;
}

type TermRow = Pick<OutRow, 'id' | 'values'> & { detail: Pick<OutRow, 'id' | 'values'> | null };

/** With the taxonomy beside each term. */
const selected = (list: TermList): Sql =>
  list === 'taxonomies'
    ? sql`t.id, t.values, null as detail`
    : sql`t.id, t.values, (select jsonb_build_object('id', substr(x.key, 12), 'values', x.row - '#') from source_row x
        where x.source_id = t.source and x.key = 'taxonomies:' || (t.values ->> 'taxonomy_id')) as detail`;

export async function termPage(
  em: EntityManager,
  list: TermList,
  wish: HsdsWish,
): Promise<{ contents: HsdsObject[]; total: number }> {
  const from = await union(em, list, wish.network);
  const where = allOf([
    ...(wish.search === null
      ? []
      : [sql`strpos(lower(concat_ws(' ', t.values ->> 'name', t.values ->> 'code')), lower(${wish.search})) > 0`]),
    ...(wish.taxonomyId === null ? [] : [sql`t.values ->> 'taxonomy_id' = ${wish.taxonomyId}`]),
    ...(wish.parentId === null ? [] : [sql`t.values ->> 'parent_id' = ${wish.parentId}`]),
    ...(wish.topOnly ? [sql`coalesce(t.values ->> 'parent_id', '') = ''`] : []),
  ]);
  const [counted] = await rowsOf<{ total: number }>(em, sql`select count(*)::int as total from ${from} where ${where}`);
  const rows = await rowsOf<TermRow>(
    em,
    sql`select ${selected(list)} from ${from} where ${where} order by t.place, t.id collate "C"
        limit ${wish.perPage}::int offset ${(wish.page - 1) * wish.perPage}::int`,
  );
  return { contents: rows.map(row => objectOf(list, row)), total: counted?.total ?? 0 };
}

/** One of them; null where there is none. */
export async function termOf(
  em: EntityManager,
  list: TermList,
  id: string,
  network: string | null,
): Promise<HsdsObject | null> {
  if (!isPlausibleId(id)) return null;
  const from = await union(em, list, network);
  const [row] = await rowsOf<TermRow>(
    em,
    sql`select ${selected(list)} from ${from} where t.id = ${id} order by t.place limit 1`,
  );
  return row ? objectOf(list, row) : null;
}

const OWN_DETAILS = ownTermRows([], []).filter(({ table }) => table === 'taxonomies');

function objectOf(list: TermList, { id, values, detail }: TermRow): HsdsObject {
  const set = new RowSet();
  set.add(OWN_DETAILS);
  if (detail) set.add([{ table: 'taxonomies', ...detail }]);
  return nested(set, { table: list, id, values }, { lists: false, strict: true });
}
