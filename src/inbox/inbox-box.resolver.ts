import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ConsentConnection } from '../consent/consent.inputs.js';
import { ProposalConnection } from '../proposal/proposal.inputs.js';
import { proposalsThat } from '../proposal/proposal.query.js';
import { ReferralConnection } from '../referral/referral.inputs.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { endingConsentPage } from './caseworker-inbox.query.js';
import { boxPage } from './inbox.query.js';
import { InboxBox, InboxConsents, InboxProposals } from './inbox.types.js';

const COUNT = 'How many there are. All numbers that are asked of one inbox are counted at once, and no others.';

@Resolver(() => InboxBox)
export class InboxBoxResolver {
  @FieldResolver(() => Int, { description: COUNT })
  count(@Root() { inbox, name }: InboxBox, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.inboxCounts(inbox).load(name);
  }

  @FieldResolver(() => ReferralConnection, { description: 'The referrals, in the order of the box.' })
  referrals(
    @Root() { inbox, name }: InboxBox,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ReferralConnection> {
    return boxPage(ctx, inbox, name, args);
  }
}

@Resolver(() => InboxConsents)
export class InboxConsentsResolver {
  @FieldResolver(() => Int, { description: COUNT })
  count(@Root() { inbox }: InboxConsents, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.inboxCounts(inbox).load('endingConsents');
  }

  @FieldResolver(() => ConsentConnection, { description: 'The consents, the next to end first.' })
  consents(
    @Root() { inbox }: InboxConsents,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ConsentConnection> {
    return endingConsentPage(ctx, inbox, args);
  }
}

@Resolver(() => InboxProposals)
export class InboxProposalsResolver {
  @FieldResolver(() => Int, { description: COUNT })
  count(@Root() { inbox }: InboxProposals, @Ctx() { loaders }: Context): Promise<number> {
    return loaders.inboxCounts(inbox).load('proposals');
  }

  @FieldResolver(() => ProposalConnection, { description: 'The proposals, newest first.' })
  proposals(
    @Root() { inbox, which }: InboxProposals,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ProposalConnection> {
    return proposalsThat(ctx, which, args, () => ctx.loaders.inboxCounts(inbox).load('proposals'));
  }
}
