import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { seesPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import type { Context } from '../shared/context.js';
import { LanguageTag } from '../shared/scalars.js';
import { inLanguage } from '../shared/texts.rules.js';
import { textOfValue } from './field-names.query.js';
import { knowsProposer, seesReviews } from './proposal.access.js';
import { Proposal } from './proposal.entity.js';
import { NetworkProposalsArgs, ProposalConnection, ProposalsArgs } from './proposal.inputs.js';
import { proposalPage, proposalsOfPartner } from './proposal.query.js';
import { FieldDiff } from './proposal.types.js';
import { diffsOf } from './proposal-diff.query.js';

@Resolver(() => Proposal)
export class ProposalResolver {
  @Authorized()
  @Query(() => ProposalConnection, {
    description:
      'What you proposed, what concerns the partners that you edit, and all of the networks that you coordinate; newest first.',
  })
  proposals(
    @Args(() => NetworkProposalsArgs) args: NetworkProposalsArgs,
    @Ctx() ctx: Context,
  ): Promise<ProposalConnection> {
    return proposalPage(ctx, args);
  }

  @FieldResolver(() => Network, { description: 'The network that keeps the record.' })
  network(@Root() { network }: Proposal): Promise<Network> {
    return network.loadOrFail();
  }

  @FieldResolver(() => Partner, {
    nullable: true,
    description: 'Whose record it is; null where it is not published, for those who may not see it then.',
  })
  async partner(@Root() proposal: Proposal, @Ctx() { viewer }: Context): Promise<Partner | null> {
    const partner = await proposal.partner.loadOrFail();
    return seesPartner(viewer, partner) ? partner : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Name of who proposed it: for coordinators, and yourself. Others are told `proposedAs`.',
  })
  async proposedBy(@Root() proposal: Proposal, @Ctx() { viewer }: Context): Promise<string | null> {
    if (!knowsProposer(viewer, proposal)) return null;
    return (await proposal.proposedBy?.loadOrFail())?.displayName ?? null;
  }

  @FieldResolver(() => [FieldDiff], { description: 'What changes, field by field.' })
  changes(@Root() proposal: Proposal, @Ctx() ctx: Context): Promise<FieldDiff[]> {
    return diffsOf(ctx, proposal);
  }
}

@Resolver(() => Partner)
export class PartnerProposalsResolver {
  @FieldResolver(() => ProposalConnection, {
    description: 'What is proposed of it, its locations and services, as far as you may read it; newest first.',
  })
  proposals(
    @Root() partner: Partner,
    @Args(() => ProposalsArgs) args: ProposalsArgs,
    @Ctx() ctx: Context,
  ): Promise<ProposalConnection> {
    return proposalsOfPartner(ctx, partner.id, args);
  }

  @FieldResolver(() => [FieldDiff], {
    nullable: true,
    description:
      'What the partner changed and the coordination has yet to look at. For those who edit it and coordinators; null for others.',
  })
  async pendingChanges(@Root() partner: Partner, @Ctx() ctx: Context): Promise<FieldDiff[] | null> {
    if (!seesReviews(ctx.viewer, partner)) return null;
    const review = await ctx.loaders.reviewOfRecord.load(partner.id);
    return review ? diffsOf(ctx, review) : [];
  }
}

const language = { nullable: true, defaultValue: 'de', description: 'BCP 47; German or English.' } as const;
const AS_TEXT = 'The same for people: names instead of codes. Null: empty.';

@Resolver(() => FieldDiff)
export class FieldDiffResolver {
  @FieldResolver(() => String, { description: 'What people call the field. German or English.' })
  label(@Root() { spec }: FieldDiff, @Arg('language', () => LanguageTag, language) tag: string | null): string {
    return inLanguage(tag, spec);
  }

  @FieldResolver(() => String, { nullable: true, description: AS_TEXT })
  beforeText(
    @Root() { field, before }: FieldDiff,
    @Arg('language', () => LanguageTag, language) tag: string | null,
    @Ctx() ctx: Context,
  ): Promise<string | null> {
    return textOfValue(ctx, field, before, tag);
  }

  @FieldResolver(() => String, { nullable: true, description: AS_TEXT })
  currentText(
    @Root() { field, current }: FieldDiff,
    @Arg('language', () => LanguageTag, language) tag: string | null,
    @Ctx() ctx: Context,
  ): Promise<string | null> {
    return textOfValue(ctx, field, current, tag);
  }

  @FieldResolver(() => String, { nullable: true, description: AS_TEXT })
  afterText(
    @Root() { field, after }: FieldDiff,
    @Arg('language', () => LanguageTag, language) tag: string | null,
    @Ctx() ctx: Context,
  ): Promise<string | null> {
    return textOfValue(ctx, field, after, tag);
  }
}
