import { Network } from '../network/network.entity.js';
import { type RecordKind, RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { Freshness, freshnessOf } from '../shared/freshness.rules.js';
import { dateOf, epoch } from '../shared/moment.js';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { coordinatedNetworks } from '../viewer/viewer.rules.js';
import type { GroupFreshness } from './confirmation.types.js';
import { groupsOfRecord } from './confirmation-groups.query.js';
import { bandOf } from './freshness-shares.query.js';
import { isShown } from './reminder.query.js';
import { StaleRecord, StaleRecordConnection, type StaleRecordsArgs } from './stale-records.types.js';

const STALE: readonly Freshness[] = [Freshness.STALE, Freshness.UNCONFIRMED];

/** What is stale in a network, the oldest first, what never was confirmed before all; null where the viewer does not coordinate it. */
export async function staleRecordPage(ctx: Context, args: StaleRecordsArgs): Promise<StaleRecordConnection | null> {
  const { em, now, secrets, viewer } = ctx;
  const page = pageOf(args, secrets, StaleRecordConnection.list);
  const network = await em.findOne(Network, { slug: args.network });
  if (!network || !coordinatedNetworks(viewer).includes(network.id)) return null;
  const bands = args.freshness?.length ? args.freshness : STALE;
  const names = args.kinds?.length ? Object.values(RecordName).filter(name => args.kinds!.includes(name)) : null;
  const kinds = (names ?? Object.values(RecordName)).map(name => RECORD_KINDS[name]);
  const stale = kinds
    .map(kind => staleOf(kind, network.id, bands, now))
    .reduce((all, one) => sql`${all} union all ${one}`);
  const after = page.after ? sql`where (age, id) > (${page.after[0]}::float8, ${page.after[1]}::uuid)` : sql``;
  const rows = await rowsOf<{ kind: RecordName; id: string; partner: string; age: number }>(
    em,
    sql`select * from (${stale}) found ${after} order by age, id limit ${verbatim(String(page.size + 1))}`,
  );
  return StaleRecordConnection.of(secrets, {
    rows: rows.map(({ kind, id, partner, age }) => {
      const confirmedAt = age === NEVER ? null : dateOf(age);
      const freshness = freshnessOf(confirmedAt, now);
      return Object.assign(new StaleRecord(), { kind, id, partnerId: partner, confirmedAt, freshness });
    }),
    page,
    position: ({ confirmedAt, id }) => [confirmedAt?.getTime() ?? NEVER, id],
    count: async () => {
      const [counted] = await rowsOf<{ count: number }>(em, sql`select count(*)::int as count from (${stale}) found`);
      return counted?.count ?? 0;
    },
  });
}

/** Before all moments of the directory. */
const NEVER = -1;

const staleOf = (kind: RecordKind, network: string, bands: readonly Freshness[], now: Date): Sql => sql`
  select ${kind.name}::text as kind, t.id, ${verbatim(kind.partner)} as partner,
    coalesce(${epoch(sql`t.confirmed_at`)}, ${verbatim(String(NEVER))}) as age
  from ${verbatim(kind.table)} t
  where ${verbatim(kind.network)} = ${network} and ${isShown(kind)}
    and ${bandOf(sql`t.confirmed_at`, now)} = any(${bands}::text[])`;

/** Its groups that are no fresher than the record. */
export async function staleGroups(ctx: Context, { kind, id }: StaleRecord): Promise<GroupFreshness[]> {
  return (await groupsOfRecord(ctx, kind, { id })).filter(({ freshness }) => STALE.includes(freshness));
}
