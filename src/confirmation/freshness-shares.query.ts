import type { EntityManager } from '@mikro-orm/postgresql';
import { type RecordKind, RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { Freshness, freshnessSpan } from '../shared/freshness.rules.js';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import type { FreshnessShares } from './freshness-shares.types.js';
import { FreshnessSubject } from './freshness-subject.rules.js';
import { isShown } from './reminder.query.js';

/** How fresh the published directory of each network is; one statement for all of them. */
export async function freshnessOfNetworks(
  em: EntityManager,
  networks: readonly string[],
  now: Date,
): Promise<Map<string, FreshnessShares[]>> {
  const rows = await rowsOf<Counted>(
    em,
    sql`${counted(FreshnessSubject.PARTNERS, RECORD_KINDS.PARTNER, networks, now)}
        union all ${counted(FreshnessSubject.LOCATIONS, RECORD_KINDS.LOCATION, networks, now)}
        union all ${counted(FreshnessSubject.SERVICES, RECORD_KINDS.SERVICE, networks, now)}
        union all ${counted(FreshnessSubject.PLACES, RECORD_KINDS.SERVICE, networks, now)}`,
  );
  const found = Map.groupBy(rows, ({ network }) => network);
  return new Map(networks.map(id => [id, Object.values(FreshnessSubject).map(one => sharesOf(one, found.get(id)))]));
}

interface Counted {
  readonly network: string;
  readonly subject: FreshnessSubject;
  readonly band: Freshness;
  readonly count: number;
}

function counted(subject: FreshnessSubject, kind: RecordKind, networks: readonly string[], now: Date): Sql {
  const places = subject === FreshnessSubject.PLACES;
  const [join, at] = places
    ? [sql`left join service_capacity c on c.service_id = t.id`, sql`c.reported_at`]
    : [sql``, sql`t.confirmed_at`];
  // A location has its network by its partner.
  const [owner, network] =
    kind.name === RecordName.LOCATION
      ? [sql`join partner o on o.id = t.partner_id`, sql`o.network_id`]
      : [sql``, sql`t.network_id`];
  return sql`select ${network} as network, ${subject}::text as subject, ${bandOf(at, now)} as band, count(*)::int as count
    from ${verbatim(kind.table)} t ${owner} ${join}
    where ${network} = any(${networks}::uuid[]) and ${isShown(kind)} group by 1, 2, 3`;
}

/** SQL: the band of a moment; as `freshnessOf`. */
export function bandOf(at: Sql, now: Date): Sql {
  const [fresh, aging] = [Freshness.FRESH, Freshness.AGING].map(band => freshnessSpan(band, now)!.after);
  return sql`case when ${at} is null then ${Freshness.UNCONFIRMED}::text when ${at} > ${fresh} then ${Freshness.FRESH}
    when ${at} > ${aging} then ${Freshness.AGING} else ${Freshness.STALE} end`;
}

function sharesOf(subject: FreshnessSubject, rows: readonly Counted[] = []): FreshnessShares {
  const counts = new Map(rows.filter(row => row.subject === subject).map(({ band, count }) => [band, count]));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const bands = Object.values(Freshness).map(freshness => {
    const count = counts.get(freshness) ?? 0;
    return { freshness, count, share: total === 0 ? null : count / total };
  });
  return { subject, total, bands };
}
