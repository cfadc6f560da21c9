import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { waitsForCoordination, waitsForPartner } from '../proposal/proposal.access.js';
import type { Context } from '../shared/context.js';
import type { Inbox } from './box.js';
import { caseworkerInboxOf } from './caseworker-inbox.query.js';
import { coordinatorInboxOf } from './coordinator-inbox.query.js';
import {
  CaseworkerInbox,
  CoordinatorInbox,
  type InboxBox,
  InboxConsents,
  InboxProposals,
  PartnerInbox,
} from './inbox.types.js';
import { partnerInboxOf } from './partner-inbox.query.js';

@Resolver(() => PartnerInbox)
export class PartnerInboxResolver {
  @Authorized()
  @Query(() => PartnerInbox, {
    nullable: true,
    description: 'Of one partner that you edit, or of all that you do; null where that is none.',
  })
  async partnerInbox(
    @Arg('partner', () => ID, { nullable: true, description: 'UUID; all that you edit when left out.' })
    partner: string | null,
    @Ctx() ctx: Context,
  ): Promise<PartnerInbox | null> {
    const inbox = await partnerInboxOf(ctx, partner);
    return inbox && { inbox, partnerIds: inbox.partners, ...boxesOf(inbox) };
  }

  @FieldResolver(() => [Partner], { description: 'Whose it is.' })
  partners(@Root() { partnerIds }: PartnerInbox, @Ctx() { em }: Context): Promise<Partner[]> {
    return em.find(Partner, { id: { $in: [...partnerIds] } }, { orderBy: { name: 'asc', id: 'asc' } });
  }

  @FieldResolver(() => InboxProposals, {
    description: 'CORRECTION and IMPORT of your records: see `proposalAccept` and `proposalReject`.',
  })
  proposals(@Root() { inbox, partnerIds }: PartnerInbox): InboxProposals {
    return { inbox, which: waitsForPartner(partnerIds) };
  }

  @FieldResolver(() => Int, {
    description: 'Questions about availability that wait for an answer: see `availabilityRequests`.',
  })
  openAvailabilityRequests(@Root() { inbox }: PartnerInbox, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.inboxCounts(inbox).load('openAvailabilityRequests');
  }

  @FieldResolver(() => Int, {
    description: 'Services in the directory whose record is STALE, or was never confirmed: see `partnerConfirm`.',
  })
  staleServices(@Root() { inbox }: PartnerInbox, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.inboxCounts(inbox).load('staleServices');
  }

  @FieldResolver(() => Int, {
    description: 'Services in the directory whose report of places is STALE, or was never made.',
  })
  stalePlaces(@Root() { inbox }: PartnerInbox, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.inboxCounts(inbox).load('stalePlaces');
  }
}

@Resolver(() => CaseworkerInbox)
export class CaseworkerInboxResolver {
  @Authorized()
  @Query(() => CaseworkerInbox, {
    nullable: true,
    description: 'Of the cases that you work on; null for whoever is no caseworker.',
  })
  caseworkerInbox(@Ctx() ctx: Context): CaseworkerInbox | null {
    const inbox = caseworkerInboxOf(ctx);
    return inbox && { inbox, ...boxesOf(inbox) };
  }

  @FieldResolver(() => InboxConsents, {
    description: 'Consents of your open cases that end within 14 days and were not renewed; the next to end first.',
  })
  endingConsents(@Root() { inbox }: CaseworkerInbox): InboxConsents {
    return { inbox };
  }
}

@Resolver(() => CoordinatorInbox)
export class CoordinatorInboxResolver {
  @Authorized()
  @Query(() => CoordinatorInbox, {
    nullable: true,
    description: 'Of one network that you coordinate, or of all that you do; null where that is none.',
  })
  async coordinatorInbox(
    @Arg('network', () => String, { nullable: true, description: 'Slug; all that you coordinate when left out.' })
    network: string | null,
    @Ctx() ctx: Context,
  ): Promise<CoordinatorInbox | null> {
    const inbox = await coordinatorInboxOf(ctx, network);
    return inbox && { inbox, networkIds: inbox.networks, ...boxesOf(inbox) };
  }

  @FieldResolver(() => [Network], { description: 'Whose it is.' })
  networks(@Root() { networkIds }: CoordinatorInbox, @Ctx() { em }: Context): Promise<Network[]> {
    return em.find(Network, { id: { $in: [...networkIds] } }, { orderBy: { name: 'asc', id: 'asc' } });
  }

  @FieldResolver(() => InboxProposals, {
    description: 'NEW_PARTNER and REVIEW, and all of partners that nobody edits: see `proposalAccept`.',
  })
  proposals(@Root() { inbox, networkIds }: CoordinatorInbox): InboxProposals {
    return { inbox, which: waitsForCoordination(networkIds) };
  }

  @FieldResolver(() => Int, { description: 'OPEN gaps of the register: see `gaps`.' })
  openGaps(@Root() { inbox }: CoordinatorInbox, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.inboxCounts(inbox).load('openGaps');
  }

  @FieldResolver(() => Int, { description: 'Services in the directory whose record is STALE, or was never confirmed.' })
  staleServices(@Root() { inbox }: CoordinatorInbox, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.inboxCounts(inbox).load('staleServices');
  }

  @FieldResolver(() => Int, { description: 'Partners whose record is STALE, or was never confirmed.' })
  stalePartners(@Root() { inbox }: CoordinatorInbox, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.inboxCounts(inbox).load('stalePartners');
  }
}

/** A field of each name, which reads its box when it is asked for. */
const boxesOf = <Name extends string>(inbox: Inbox<Name>) =>
  Object.fromEntries(Object.keys(inbox.boxes).map(name => [name, { inbox, name }])) as Record<Name, InboxBox>;
