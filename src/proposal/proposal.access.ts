import { hasEditors } from '../partner/partner.access.js';
import { anyOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { coordinatedNetworks, editedPartners, type Viewer } from '../viewer/viewer.rules.js';
import type { Proposal } from './proposal.entity.js';
import { coordinates, FOR_COORDINATION, FOR_KEEPERS, ProposalStatus } from './proposal.rules.js';

/** SQL: may the viewer read the proposal `t`? Whoever proposed it, who edits the partner, who coordinates its network. */
export const isProposalOf = (viewer: Viewer, alias = 't'): Sql => {
  const t = verbatim(alias);
  return viewer.accountId === null
    ? sql`false`
    : anyOf([
        sql`${t}.proposed_by_id = ${viewer.accountId}`,
        sql`${t}.partner_id = any(${editedPartners(viewer)}::uuid[])`,
        sql`${t}.network_id = any(${coordinatedNetworks(viewer)}::uuid[])`,
      ]);
};

/** Did the viewer propose it? */
export const proposedIt = (viewer: Viewer, { proposedBy }: Proposal): boolean =>
  viewer.accountId !== null && proposedBy?.id === viewer.accountId;

/** May the viewer know the name of who proposed it? Not the partner: reporting a fault must not become personal. */
export const knowsProposer = (viewer: Viewer, proposal: Proposal): boolean =>
  proposedIt(viewer, proposal) || coordinates(viewer, proposal.network.id);

/** May the viewer read what waits for review of a partner? Those who edit it, and the coordination. */
export const seesReviews = (viewer: Viewer, partner: { id: string; network: { id: string } }): boolean =>
  editedPartners(viewer).includes(partner.id) || coordinates(viewer, partner.network.id);

/** May the viewer take it back? Whoever proposed it; what the partner wants reviewed, those who edit it. */
export const mayWithdraw = (viewer: Viewer, proposal: Proposal): boolean =>
  proposal.kind === 'REVIEW' ? editedPartners(viewer).includes(proposal.partner.id) : proposedIt(viewer, proposal);

/** SQL: does the open proposal `t` wait for those who coordinate these networks? Also what has no other keeper. */
export const waitsForCoordination = (networks: readonly string[]): Sql => sql`(
  t.network_id = any(${networks}::uuid[]) and t.status = ${ProposalStatus.OPEN}
  and (t.kind = any(${FOR_COORDINATION}::text[]) or not ${hasEditors(sql`t.partner_id`)}))`;

/** SQL: does the open proposal `t` wait for those who edit these partners? */
export const waitsForPartner = (partners: readonly string[]): Sql => sql`(
  t.partner_id = any(${partners}::uuid[]) and t.status = ${ProposalStatus.OPEN}
  and t.kind = any(${FOR_KEEPERS}::text[]))`;
