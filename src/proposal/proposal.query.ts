import type { EntityManager } from '@mikro-orm/postgresql';
import { knownNetwork } from '../network/network.query.js';
import { Partner } from '../partner/partner.entity.js';
import { findPartner, standingFor } from '../partner/partner.query.js';
import { type Page, type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { newestOf } from '../shared/newest-first.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { columnsOf, entitiesOf, type Sql, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { isProposalOf } from './proposal.access.js';
import { Proposal } from './proposal.entity.js';
import {
  type NetworkProposalsArgs,
  ProposalConnection,
  type ProposalFilter,
  type ProposalsArgs,
} from './proposal.inputs.js';
import { ProposalKind } from './proposal.rules.js';

export const PROPOSALS = newestOf(Proposal, 'proposal');

/** Null where there is none that the viewer may read. */
export const findProposal = ({ em, viewer }: Context, id: string): Promise<Proposal | null> =>
  seenProposal(em, viewer, id);

/** The same inside a transaction. */
export async function seenProposal(em: EntityManager, viewer: Viewer, id: string): Promise<Proposal | null> {
  if (!isId(id) || viewer.accountId === null) return null;
  const which = sql`t.id = ${id} and ${isProposalOf(viewer)}`;
  const found = await entitiesOf(
    em,
    Proposal,
    sql`select ${columnsOf(em, Proposal, 't')} from proposal t where ${which}`,
  );
  return found[0] ?? null;
}

/**
 * What became of a registration by the viewer, which is written. Whoever has just told it is told it, also where only
 * others may see it from now on; in a repetition what she may see by then: it may have been changed since.
 */
export async function registration(ctx: Context, partner: string) {
  const { em, viewer, idempotency } = ctx;
  const which = sql`t.record_id = ${partner} and t.kind = ${ProposalKind.NEW_PARTNER} and ${isProposalOf(viewer)}`;
  const found = await entitiesOf(
    em,
    Proposal,
    sql`select ${columnsOf(em, Proposal, 't')} from proposal t where ${which}`,
  );
  return {
    partner: idempotency?.entry?.replayed
      ? await findPartner(ctx, partner)
      : await em.findOne(Partner, { id: partner }),
    proposal: found[0] ?? null,
  };
}

/** What the viewer may read, newest first. */
export async function proposalPage(ctx: Context, args: NetworkProposalsArgs): Promise<ProposalConnection> {
  const { em, secrets } = ctx;
  const page = pageOf(args, secrets, ProposalConnection.list);
  const conditions = conditionsOf(ctx, args.filter ?? {});
  if (args.network != null)
    conditions.push(sql`t.network_id = ${(await knownNetwork(em, args.network, 'network')).id}`);
  return connection(ctx, await listPage(em, PROPOSALS, conditions, page), page, () =>
    countOf(em, PROPOSALS, conditions),
  );
}

/** The same of one partner; the lists of one page of partners by one statement. */
export async function proposalsOfPartner(
  ctx: Context,
  partner: string,
  args: ProposalsArgs,
): Promise<ProposalConnection> {
  const page = pageOf(args, ctx.secrets, ProposalConnection.list);
  const filter = args.filter ?? {};
  const lists = ctx.loaders.proposalsOf('partner_id', filter, page, async () => ({
    conditions: conditionsOf(ctx, filter),
  }));
  return connection(ctx, await lists.rows.load(partner), page, () => lists.count.load(partner));
}

/** A page of those that meet a condition on `t`, the oldest last. */
export async function proposalsThat(
  ctx: Context,
  condition: Sql,
  args: PageArgs,
  count: () => Promise<number>,
): Promise<ProposalConnection> {
  const page = pageOf(args, ctx.secrets, ProposalConnection.list);
  return connection(ctx, await listPage(ctx.em, PROPOSALS, [condition], page), page, count);
}

const connection = (ctx: Context, rows: Proposal[], page: Page, count: () => Promise<number>): ProposalConnection =>
  ProposalConnection.of(ctx.secrets, {
    rows,
    page,
    position: ({ createdAt, id }) => [createdAt.toISOString(), id],
    count,
  });

const conditionsOf = ({ viewer }: Context, { statuses, kinds, partner }: ProposalFilter): Sql[] => [
  isProposalOf(viewer),
  ...(statuses?.length ? [sql`t.status = any(${statuses}::text[])`] : []),
  ...(kinds?.length ? [sql`t.kind = any(${kinds}::text[])`] : []),
  ...(partner != null ? [isId(partner) ? sql`t.partner_id = ${standingFor(partner)}` : sql`false`] : []),
];
