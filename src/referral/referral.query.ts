import { ClientCaseStatus } from '../client-case/client-case.rules.js';
import { standingFor } from '../partner/partner.query.js';
import { type Page, type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { newestAfter, newestFirst } from '../shared/newest-first.js';
import { allOf, anyOf, columnsOf, countWhere, entitiesOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { hasRole, Role, type Viewer } from '../viewer/viewer.rules.js';
import { asCaseworker, asCoordinator, asPartner, partiesOf, visibleTo } from './referral.access.js';
import { Referral } from './referral.entity.js';
import { ReferralConnection, type ReferralFilter, type ReferralsArgs } from './referral.inputs.js';
import { UNANSWERED } from './referral.rules.js';

/** Null where there is none, or none that the viewer may see. */
export async function findReferral(ctx: Context, id: string): Promise<Referral | null> {
  if (!isId(id)) return null;
  const [referral] = await referralRows(ctx, [sql`r.id = ${id}`, visibleTo(ctx.viewer)], verbatim(''));
  return referral ?? null;
}

/** Those that the viewer may see, in the order of the ids. */
export async function findReferrals(ctx: Context, ids: readonly string[]): Promise<Referral[]> {
  const rows = await referralRows(ctx, [sql`r.id = any(${ids}::uuid[])`, visibleTo(ctx.viewer)], verbatim(''));
  return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Caseworkers: of their cases. Partners: sent to them. Coordinators: sent in their network. Newest first. */
export async function referralPage(ctx: Context, args: ReferralsArgs): Promise<ReferralConnection> {
  const page = pageOf(args, ctx.secrets, ReferralConnection.list);
  const conditions = [visibleTo(ctx.viewer), ...wished(ctx, args.filter ?? {})];
  const rows = await referralRows(ctx, [...conditions, ...newestAfter('r', page)], newestFirst('r', page));
  return connection(ctx, rows, page, () => countWhere(ctx.em, 'referral r', conditions));
}

/** The referrals of a case that was shown; the lists of one page of cases by one statement. */
export async function referralsOfCase(ctx: Context, id: string, args: PageArgs): Promise<ReferralConnection> {
  const page = pageOf(args, ctx.secrets, ReferralConnection.list);
  const lists = ctx.loaders.referralsOf('client_case_id', {}, page);
  return connection(ctx, await withParties(ctx, await lists.rows.load(id)), page, () => lists.count.load(id));
}

const connection = (ctx: Context, rows: Referral[], page: Page, count: () => Promise<number>): ReferralConnection =>
  ReferralConnection.of(ctx.secrets, {
    rows,
    page,
    position: ({ createdAt, id }) => [createdAt.toISOString(), id],
    count,
  });

export async function referralRows(ctx: Context, conditions: Sql[], order: Sql): Promise<Referral[]> {
  const { em } = ctx;
  const query = sql`select ${columnsOf(em, Referral, 'r')} from referral r where ${allOf(conditions)} ${order}`;
  return withParties(ctx, await entitiesOf(em, Referral, query));
}

/** Tells each referral on which sides the viewer stands; the cases of all by one statement. */
export async function withParties({ loaders, viewer }: Context, referrals: Referral[]): Promise<Referral[]> {
  const casework = hasRole(viewer, Role.CASEWORKER);
  const cases = casework ? await loaders.ownCase.loadMany(referrals.map(one => one.clientCase.id)) : [];
  return referrals.map((referral, i) => {
    const own = cases[i];
    if (own instanceof Error) throw own;
    const caseClosed = own?.status === ClientCaseStatus.CLOSED;
    return Object.assign(referral, { parties: partiesOf(viewer, referral, own != null), caseClosed });
  });
}

/** SQL: what the filter asks of a referral. */
export function wished(
  { viewer, now }: Context,
  { statuses, service, partner, clientCase, overdue }: ReferralFilter,
  r = 'r',
): Sql[] {
  const is = (column: string, id: string): Sql => (isId(id) ? sql`${verbatim(`${r}.${column}`)} = ${id}` : sql`false`);
  return [
    ...(statuses?.length ? [asSeen(viewer, r, status => sql`${status} = any(${statuses}::text[])`)] : []),
    ...(service != null ? [is('service_id', service)] : []),
    ...(partner != null ? [isId(partner) ? sql`${verbatim(r)}.partner_id = ${standingFor(partner)}` : sql`false`] : []),
    ...(clientCase != null ? [is('client_case_id', clientCase), asCaseworker(viewer, r)] : []),
    ...(overdue != null ? [asSeen(viewer, r, (status, respondBy) => isOverdue(status, respondBy, overdue, now))] : []),
  ];
}

const isOverdue = (status: Sql, respondBy: Sql, overdue: boolean, now: Date): Sql =>
  sql`(${status} = any(${UNANSWERED}::text[]) and coalesce(${respondBy} < ${now}, false)) = ${overdue}`;

/** SQL: does the condition hold for what the viewer sees, through the same lens as `viewOf`? */
function asSeen(viewer: Viewer, r: string, condition: (status: Sql, respondBy: Sql) => Sql): Sql {
  const partner = asPartner(viewer, r);
  const caseworker = asCaseworker(viewer, r);
  const of = (column: string) => verbatim(`${r}.${column}`);
  const plain = condition(of('status'), of('respond_by'));
  const seen = condition(of('seen_status'), of('seen_respond_by'));
  return anyOf([
    allOf([partner, plain]),
    allOf([sql`not (${partner})`, caseworker, seen]),
    allOf([sql`not (${partner})`, sql`not (${caseworker})`, asCoordinator(viewer, r), plain]),
  ]);
}
