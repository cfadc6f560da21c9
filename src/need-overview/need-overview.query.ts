import type { EntityManager } from '@mikro-orm/postgresql';
import { eventsIn, isShown, thisMonth } from '../gap/gap.query.js';
import { GapStatus } from '../gap/gap.rules.js';
import { knownNeeds } from '../need/need.query.js';
import { Network } from '../network/network.entity.js';
import { knownNetworks } from '../network/network.query.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { PartnerConnection } from '../partner/partner.inputs.js';
import { closedIntakeOf } from '../programme/round-intake.query.js';
import { showsCoarselyOf } from '../service/service.access.js';
import { ServiceConnection } from '../service/service.inputs.js';
import { intakeOpenOn, shownFreeOf } from '../service/service.query.js';
import { PUBLISHED, ServiceStatus } from '../service/service.rules.js';
import { addMonths, berlinDay } from '../shared/calendar.rules.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { isSharedWith } from '../sharing/sharing-cover.query.js';
import { ownNetworks } from '../viewer/viewer.rules.js';
import { type NeedCases, type NeedGap, NetworkByNeed } from './need-overview.types.js';

/** Months of the gap register that are summed, this one among them. */
export const GAP_MONTHS = 12;

/** SQL: is the service `s` published and made for the need? */
export const madeFor = (need: string): Sql => sql`s.status = any(${PUBLISHED}::text[])
  and ${ofPublishedPartner(sql`s.partner_id`)}
  and exists (select from service_need sn where sn.service_id = s.id and sn.need_code = ${need})`;

/** SQL: does the service `s` take people on that day: active, not paused (`isIntakePaused`), closed by no programme's round? */
const takesPeopleOn = (day: string): Sql => sql`s.status = ${ServiceStatus.ACTIVE}
  and ${intakeOpenOn(day)} and ${closedIntakeOf(sql`s.id`, day)} is null`;

interface Row {
  network: string;
  partners: number;
  services: number;
  counting: number;
  total: number;
  free: number;
  confirmed_on: string | null;
  answered_on: string | null;
}

/**
 * What each network has for a need, the networks by name; all of them where none is named. BAD_USER_INPUT for an unknown
 * need or network. One statement, whatever the number of networks.
 */
export async function networksByNeed(
  ctx: Context,
  need: string,
  slugs: readonly string[] | null | undefined,
): Promise<NetworkByNeed[]> {
  const { em, now } = ctx;
  await knownNeeds(ctx, [need], 'need');
  const asked = slugs?.length ? await knownNetworks(em, slugs, 'networks') : await em.find(Network, {});
  const ids = asked.map(({ id }) => id);
  const today = berlinDay(now);
  const rows = await rowsOf<Row>(
    em,
    sql`with offered as (
        select s.id, s.network_id, s.partner_id, s.confirmed_at, ${showsCoarselyOf('s')} as coarse, ${takesPeopleOn(today)} as open
        from service s where s.network_id = any(${ids}::uuid[]) and ${madeFor(need)}
      ), counted as (
        select o.network_id, c.total,
          ${shownFreeOf(sql`greatest(0, c.total - c.reserved - c.occupied_elsewhere)`, sql`o.coarse`, sql`false`)} as free
        from offered o join service_capacity c on c.service_id = o.id
        where o.open and c.reported_at is not null and c.total is not null
      ), answered as (
        select o.network_id, max(a.answered_on) as day
        from offered o join service_answer a on a.service_id = o.id and a.answered_on <= ${today}::date
          and a.answers - case when a.taken_back_in <= ${today}::date then a.taken_back else 0 end > 0
        where not o.coarse
        group by 1
      )
      select n.id as network, count(distinct o.partner_id)::int as partners, count(distinct o.id)::int as services,
        (select count(*)::int from counted c where c.network_id = n.id) as counting,
        (select coalesce(sum(c.total), 0)::int from counted c where c.network_id = n.id) as total,
        (select coalesce(sum(c.free), 0)::int from counted c where c.network_id = n.id) as free,
        (greatest(max(o.confirmed_at), max(p.confirmed_at)) at time zone 'Europe/Berlin')::date::text as confirmed_on,
        (select a.day::text from answered a where a.network_id = n.id) as answered_on
      from network n left join offered o on o.network_id = n.id left join partner p on p.id = o.partner_id
      where n.id = any(${ids}::uuid[]) group by n.id, n.name order by n.name, n.id`,
  );
  return rows.map(row =>
    Object.assign(new NetworkByNeed(), {
      networkId: row.network,
      needCode: need,
      partnerCount: row.partners,
      serviceCount: row.services,
      places: { services: row.counting, total: row.total, free: row.free },
      lastHeard: { confirmedOn: row.confirmed_on, answeredOn: row.answered_on },
    }),
  );
}

/** The published services of a network that are made for the need, by name; those of all networks by one statement. */
export async function servicesForNeed(
  ctx: Context,
  { networkId, needCode }: NetworkByNeed,
  args: PageArgs,
): Promise<ServiceConnection> {
  const page = pageOf(args, ctx.secrets, ServiceConnection.list);
  const conditions = [sql`exists (select from service s where s.id = t.id and ${madeFor(needCode)})`];
  const lists = ctx.loaders.servicesOfNetwork('network_id', { needCode }, page, async () => ({ conditions }));
  return ServiceConnection.of(ctx.secrets, {
    rows: await lists.rows.load(networkId),
    page,
    position: ({ name, id }) => [name, id],
    count: () => lists.count.load(networkId),
  });
}

/** The partners of a network that offer one, by name; those of all networks by one statement. */
export async function partnersForNeed(
  ctx: Context,
  { networkId, needCode }: NetworkByNeed,
  args: PageArgs,
): Promise<PartnerConnection> {
  const page = pageOf(args, ctx.secrets, PartnerConnection.list);
  const conditions = [sql`exists (select from service s where s.partner_id = t.id and ${madeFor(needCode)})`];
  const lists = ctx.loaders.partnersOf('network_id', { needCode }, page, async () => ({ conditions }));
  return PartnerConnection.of(ctx.secrets, {
    rows: await lists.rows.load(networkId),
    page,
    position: ({ name, id }) => [name, id],
    count: () => lists.count.load(networkId),
  });
}

/**
 * How many services for the need that take people today clients of the viewer's own networks may be referred to today: all of an own
 * network's, of another's those that are shared with one of them. By network; those with none are left out.
 */
export const usableForNeed = (
  { em, viewer, now }: Context,
  need: string,
  networks: readonly string[],
): Promise<{ network: string; services: number }[]> => {
  const own = ownNetworks(viewer);
  const today = berlinDay(now);
  return rowsOf(
    em,
    sql`select s.network_id as network, count(*)::int as services from service s
        where s.network_id = any(${networks}::uuid[]) and ${takesPeopleOn(today)} and ${madeFor(need)}
          and (s.network_id = any(${own}::uuid[]) or ${isSharedWith('s', own, today)})
        group by 1`,
  );
};

export interface GapOfNetwork extends NeedGap {
  network: string;
}

/** What is missing, by the register of the last twelve months, in categories that some service for the need is of. */
export function gapsForNeed(ctx: Context, need: string, networks: readonly string[]): Promise<GapOfNetwork[]> {
  const month = thisMonth(ctx);
  return rowsOf(
    ctx.em,
    sql`select g.network_id as network, g.category_code as category, sum(${eventsIn(month)})::int as events,
          (count(*) filter (where g.status = ${GapStatus.OPEN}))::int as open
        from gap g
        where g.network_id = any(${networks}::uuid[]) and ${isShown(ctx)}
          and g.month > ${addMonths(month, -GAP_MONTHS)}::date
          and g.category_code in (select sc.category_code from service s join service_category sc on sc.service_id = s.id
            where ${madeFor(need)})
        group by 1, 2 having sum(${eventsIn(month)}) > 0 order by 3 desc, 2`,
  );
}

export interface CasesOfNetwork extends NeedCases {
  network: string;
}

/** The last monthly count of open cases with the need, of each network that was counted. */
export const casesForNeed = (em: EntityManager, need: string, networks: readonly string[]): Promise<CasesOfNetwork[]> =>
  rowsOf(
    em,
    sql`select distinct on (network_id) network_id as network, counted_on::text as "countedOn", cases,
          all_cases as "allCases"
        from need_caseload where network_id = any(${networks}::uuid[]) and need_code = ${need}
        order by network_id, counted_on desc`,
  );
