import { subtrees } from '../category/category.query.js';
import { knownMunicipality } from '../municipality/municipality.query.js';
import { permittedNetwork } from '../network/network.query.js';
import { berlinDay, monthOf } from '../shared/calendar.rules.js';
import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import type { Position } from '../shared/cursor.js';
import { isId } from '../shared/id.js';
import { allOf, columnsOf, countWhere, entitiesOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { inOwnRegister, mayReadRegister } from './gap.access.js';
import { Gap } from './gap.entity.js';
import { GapConnection, type GapFilter, type GapsArgs } from './gap.inputs.js';
import { shownEvents } from './gap.rules.js';

/** The register of one network, newest month first. A network of others is as if it were not there: BAD_USER_INPUT. */
export async function gapPage(ctx: Context, args: GapsArgs): Promise<GapConnection> {
  const { em, viewer, secrets } = ctx;
  const page = pageOf(args, secrets, GapConnection.list);
  const network = await permittedNetwork(em, args.network, 'network', id => mayReadRegister(viewer, id));
  const month = thisMonth(ctx);
  const conditions = [sql`g.network_id = ${network.id}`, isShown(ctx), ...(await wished(ctx, args.filter ?? {}))];
  const { after, inOrder, position } = order(month, page);
  return GapConnection.of(secrets, {
    rows: await entitiesOf(
      em,
      Gap,
      sql`select ${columnsOf(em, Gap, 'g')} from gap g where ${allOf([...conditions, ...after])} ${inOrder}`,
    ),
    page,
    position,
    count: () => countWhere(em, 'gap g', conditions),
  });
}

/** Null where there is none, or none in a network that the viewer coordinates. */
export async function findGap(ctx: Context, id: string): Promise<Gap | null> {
  const { em } = ctx;
  if (!isId(id)) return null;
  const query = sql`select ${columnsOf(em, Gap, 'g')} from gap g where g.id = ${id} and ${isShown(ctx)}`;
  const [gap] = await entitiesOf(em, Gap, query);
  return gap ?? null;
}

/** First day of the month in which the request falls. */
export const thisMonth = ({ now }: Pick<Context, 'now'>): string => monthOf(berlinDay(now));

/** SQL: in a register of the viewer, and told of at all: one in which all is withheld would tell by being there. */
export const isShown = (ctx: Pick<Context, 'viewer' | 'now'>): Sql =>
  allOf([inOwnRegister(ctx.viewer), sql`(${eventsIn(thisMonth(ctx))} > 0 or g.version > 1)`]);

/** SQL: `shownEvents` of the rules. */
export const eventsIn = (month: string): Sql =>
  sql`(g.events + case when g.withheld_in < ${month}::date then g.withheld else 0 end)`;

/** Newest month first, then most events; ties end in the id. */
function order(month: string, page: Page): { after: Sql[]; inOrder: Sql; position: (gap: Gap) => Position } {
  const row = sql`g.month, ${eventsIn(month)}, g.id`;
  const [since, events, id] = page.after ?? [];
  return {
    after: page.after ? [sql`(${row}) < (${since}::date, ${events}::int, ${id}::uuid)`] : [],
    inOrder: sql`order by g.month desc, ${eventsIn(month)} desc, g.id desc limit ${verbatim(String(page.size + 1))}`,
    position: gap => [gap.month, shownEvents(gap, month), gap.id],
  };
}

async function wished(ctx: Context, filter: GapFilter): Promise<Sql[]> {
  const { statuses, reasons, category, municipality, from, until } = filter;
  if (municipality != null) await knownMunicipality(ctx.em, municipality, 'filter.municipality');
  return [
    ...(statuses?.length ? [sql`g.status = any(${statuses}::text[])`] : []),
    ...(reasons?.length ? [sql`g.reason = any(${reasons}::text[])`] : []),
    ...(category != null
      ? [sql`g.category_code = any(${await subtrees(ctx, [category], 'filter.category')}::text[])`]
      : []),
    ...(municipality != null ? [sql`g.municipality_key = ${municipality}`] : []),
    ...(from != null ? [sql`g.month >= ${monthOf(from)}::date`] : []),
    ...(until != null ? [sql`g.month <= ${monthOf(until)}::date`] : []),
  ];
}
