import type { EntityManager } from '@mikro-orm/postgresql';
import { KEPT, partsOf, type Root } from '../hsds-import/hsds-owner.rules.js';
import { documentOf } from '../record/record.query.js';
import { type RecordKind, RecordName } from '../record/record.rules.js';
import { showsCoarselyOf } from '../service/service.access.js';
import { shownFreeOf } from '../service/service.query.js';
import type { Progress } from '../shared/progress.js';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import type { GoingOut } from './hsds-batch.rules.js';
import type { OutRow, OutValues } from './hsds-out.rules.js';

/** Of what kind of record, of which network, and which of it. */
export interface Extent {
  readonly table: Root;
  readonly kind: RecordKind;
  readonly network: string;
}

/**
 * SQL: the records of published partners with the ids under which they go out. Each has that of its first source, so
 * that what came from there goes back as the same; where two sources have one id, the hub's own. A place that several
 * organisations share goes out once, one that was joined into another not at all.
 */
const outgoing = ({ table, kind, network }: Extent): Sql =>
  outgoingOf({ table, kind }, sql`${network}::uuid`, sql`${verbatim(kind.network)} = ${network}`);

/** SQL: the same of some rows `t` of its table. @param network SQL: in which network the row is */
const outgoingOf = ({ table, kind }: Pick<Extent, 'table' | 'kind'>, network: Sql, which: Sql): Sql => sql`
  select t.id as record, ${verbatim(kind.partner)} as partner, ${network} as network, k.source_id as source, k.key, k.document as said,
    case when k.key is null or exists (select from source_record o where o.key = k.key and o.source_id <> k.source_id
        and o.source_id in (select id from source where network_id = ${network}))
      then t.id::text else substr(k.key, ${table.length + 2}::int) end as id
  from ${verbatim(kind.table)} t
  left join lateral (select k.* from source_record k join source s on s.id = k.source_id
    where k.record_id = t.id and s.network_id = ${network} order by s.created_at, s.id limit 1) k on true
  where ${which} ${kind.merges ? sql`and t.merged_into_id is null` : sql``}
    and exists (select from partner p where p.id = ${verbatim(kind.partner)} and p.status = 'ACTIVE')`;

/** SQL: what is told of a row `t` of its table, by its columns. */
const told = (kind: RecordKind): Sql => sql`${documentOf(kind)} as document, t.confirmed_at as "confirmedAt",
  t.updated_at as "updatedAt", ${kind.name === RecordName.SERVICE ? PLACES_OF_SERVICE : sql`null`} as places`;

/** SQL: the places of a service `t` as everybody may see them; null where they are not counted. */
const PLACES_OF_SERVICE = sql`(
  select jsonb_build_object('available', ${shownFreeOf(sql`free`, showsCoarselyOf('t'), sql`false`)}, 'maximum', c.total,
    'at', c.reported_at, 'coarse', ${showsCoarselyOf('t')})
  from service_capacity c, greatest(0, c.total - c.reserved - c.occupied_elsewhere) as free
  where c.service_id = t.id and c.total is not null and c.reported_at is not null)`;

/**
 * Of all records of an extent, so many at once, in the order of their ids; inside the caller's transaction.
 *
 * @param progress advances when a batch has been worked up
 */
export async function* goingOut(
  tx: EntityManager,
  extent: Extent,
  most: number,
  progress: Progress,
): AsyncGenerator<GoingOut[]> {
  const [all] = await rowsOf<{ count: number }>(
    tx,
    sql`select count(distinct id)::int as count from (${outgoing(extent)}) g`,
  );
  progress.begin(extent.table, all!.count);
  try {
    yield* batches(tx, extent, most, count => progress.advance(count));
  } finally {
    progress.end();
  }
}

async function* batches(
  tx: EntityManager,
  extent: Extent,
  most: number,
  advance: (count: number) => void,
): AsyncGenerator<GoingOut[]> {
  const cursor = verbatim(`out_${extent.table}`);
  const { kind } = extent;
  await rowsOf(
    tx,
    sql`declare ${cursor} cursor for
        with going as (
          select distinct on (id collate "C") * from (${outgoing(extent)}) g order by id collate "C", record
        )
        select g.*, ${told(kind)}
        from going g join ${verbatim(kind.table)} t on t.id = g.record order by g.id collate "C"`,
  );
  for (;;) {
    const batch = await rowsOf<GoingOut>(tx, sql`fetch ${verbatim(String(most))} from ${cursor}`);
    if (batch.length > 0) yield batch;
    advance(batch.length);
    if (batch.length < most) break;
  }
  await rowsOf(tx, sql`close ${cursor}`);
}

/** Record → the id under which it goes out. */
export async function idsOut(em: EntityManager, extent: Extent): Promise<Map<string, string>> {
  const rows = await rowsOf<{ record: string; id: string }>(em, sql`select record, id from (${outgoing(extent)}) g`);
  return new Map(rows.map(({ record, id }) => [record, id]));
}

/** Some records of published partners, of whatever networks, by their own ids. */
export const goingOutOf = (
  em: EntityManager,
  kind: Omit<Extent, 'network'>,
  records: readonly string[],
): Promise<GoingOut[]> =>
  records.length === 0
    ? Promise.resolve([])
    : rowsOf<GoingOut>(
        em,
        sql`select g.*, ${told(kind.kind)}
            from (${outgoingOf(kind, verbatim(kind.kind.network), sql`t.id = any(${records}::uuid[])`)}) g
            join ${verbatim(kind.kind.table)} t on t.id = g.record order by g.id collate "C", g.record`,
      );

/** The ids under which some records go out. */
export async function idsOutOf(
  em: EntityManager,
  kind: Omit<Extent, 'network'>,
  records: readonly string[],
): Promise<Map<string, string>> {
  if (records.length === 0) return new Map();
  const which = sql`t.id = any(${records}::uuid[])`;
  const rows = await rowsOf<{ record: string; id: string }>(
    em,
    sql`select record, id from (${outgoingOf(kind, verbatim(kind.kind.network), which)}) g`,
  );
  return new Map(rows.map(({ record, id }) => [record, id]));
}

/** Where to ask what was said of these. */
export const sourcesOf = (batch: readonly GoingOut[]): { source: string; key: string }[] =>
  batch.flatMap(({ source, key }) => (source && key ? [{ source, key }] : []));

interface SaidRow {
  readonly source: string;
  readonly key: string;
  readonly root: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** What the sources said of these roots, by source and root, in their order. */
export async function rowsSaid(
  em: EntityManager,
  roots: readonly { readonly source: string; readonly key: string }[],
): Promise<Map<string, OutRow[]>> {
  if (roots.length === 0) return new Map();
  const rows = await rowsOf<SaidRow>(
    em,
    sql`select r.source_id as source, r.key, r.root, r.row
        from unnest(${roots.map(one => one.source)}::uuid[], ${roots.map(one => one.key)}::text[]) as asked (source, root)
        join source_row r on r.source_id = asked.source and r.root = asked.root
        order by r.position, r.key collate "C"`,
  );
  const found = Map.groupBy(rows, ({ source, root }) => `${source}/${root}`);
  return new Map([...found].map(([root, members]) => [root, members.map(outRow)]));
}

/**
 * What the sources of a network said that belongs to no record: taxonomies, places that nobody has, and the like; each
 * with its source.
 */
export const rowsOfNone = async (
  em: EntityManager,
  network: string,
  after: string,
  most: number,
): Promise<(OutRow & { source: string })[]> =>
  (
    await rowsOf<SaidRow>(
      em,
      sql`select distinct on (r.key collate "C") r.key, r.row, r.source_id as source
          from source_row r join source s on s.id = r.source_id
          where s.network_id = ${network} and r.key collate "C" > ${after}
            and (r.root is null or not exists (
              select from source_record k where k.source_id = r.source_id and k.key = r.root))
          order by r.key collate "C", s.created_at limit ${most}`,
    )
  ).map(row => ({ ...outRow(row), source: row.source }));

/** As it was said: what could be read, and beside it what could not. */
function outRow({ key, row: { [KEPT]: kept, ...values } }: Pick<SaidRow, 'key' | 'row'>): OutRow {
  const [table, id] = partsOf(key);
  return { table, id, values: { ...(kept as OutValues | undefined), ...(values as OutValues) } };
}

/** Places of sources, by source and key, whose address is protected or once was. @param which SQL: of rows `k` of what sources name */
export async function guardedPlaces(em: EntityManager, which: Sql): Promise<Set<string>> {
  const rows = await rowsOf<{ place: string }>(
    em,
    sql`select k.source_id || '/' || k.key as place from source_record k join location l on l.id = k.record_id
        where starts_with(k.key, 'locations:') and ${which} and (l.address_protected or exists (
          select from revision r where r.record_id = l.id and r.changes -> 'addressProtected' is not null))`,
  );
  return new Set(rows.map(({ place }) => place));
}
