import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import { findPartner } from '../partner/partner.query.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { LanguageTag } from '../shared/scalars.js';
import { Role } from '../viewer/viewer.rules.js';
import { DuplicateCandidatesArgs, SimilarPartnersArgs } from './duplicate.inputs.js';
import { duplicatePage, duplicatesOf, similarPartners } from './duplicate.query.js';
import { DuplicateCandidateConnection, DuplicatePayload, DuplicateReason, SimilarPartner } from './duplicate.types.js';
import { dismissDuplicate, reconsiderDuplicate } from './duplicate-dismissal.actions.js';
import { evidenceText } from './duplicate-texts.rules.js';

/** Each looks at a whole network, however little it answers. */
const COMPARING = 5_000;

const bothOf = async (ctx: Context, ids: readonly string[]): Promise<Partner[]> =>
  (await Promise.all(ids.map(id => findPartner(ctx, id)))).filter(one => one !== null);

@Resolver(() => Partner)
export class DuplicateResolver {
  @Authorized()
  @Query(() => DuplicateCandidateConnection, {
    complexity: COMPARING,
    description:
      'Pairs of partners that may be one, the most probable first, compared as they stand now. For the coordinators of the network; for others who are signed in empty.',
  })
  duplicateCandidates(
    @Args(() => DuplicateCandidatesArgs) args: DuplicateCandidatesArgs,
    @Ctx() ctx: Context,
  ): Promise<DuplicateCandidateConnection> {
    return duplicatePage(ctx, args);
  }

  @Authorized()
  @Query(() => [SimilarPartner], {
    complexity: COMPARING,
    description:
      'Published partners that may be what is about to be registered, the 20 most probable first. For everybody signed in.',
  })
  similarPartners(
    @Args(() => SimilarPartnersArgs) args: SimilarPartnersArgs,
    @Ctx() ctx: Context,
  ): Promise<SimilarPartner[]> {
    return similarPartners(ctx, args);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => DuplicatePayload, {
    description:
      'Two partners are two (kein Doppel): remembered for good, whatever is edited, until it is taken back. For those who coordinate both.',
  })
  duplicateDismiss(
    @Arg('a', () => ID, { description: 'One of the two.' }) a: string,
    @Arg('b', () => ID, { description: 'The other.' }) b: string,
    @Arg('reason', () => String, { nullable: true, description: 'Why, up to 300 characters.' }) reason: string | null,
    @Ctx() ctx: Context,
  ): Promise<DuplicatePayload> {
    return payload(
      'partners',
      dismissDuplicate(ctx, a, b, reason ?? null).then(ids => bothOf(ctx, ids)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => DuplicatePayload, {
    description: 'Takes back that two partners are two: they may be one after all. For those who coordinate both.',
  })
  duplicateReconsider(
    @Arg('a', () => ID, { description: 'One of the two.' }) a: string,
    @Arg('b', () => ID, { description: 'The other.' }) b: string,
    @Ctx() ctx: Context,
  ): Promise<DuplicatePayload> {
    return payload(
      'partners',
      reconsiderDuplicate(ctx, a, b).then(ids => bothOf(ctx, ids)),
    );
  }

  @FieldResolver(() => [SimilarPartner], {
    complexity: COMPARING,
    description:
      'What may be the same partner, the 20 most probable first; what was said to be another is left out. For the coordinators of its network; for others empty.',
  })
  duplicates(@Root() partner: Partner, @Ctx() ctx: Context): Promise<SimilarPartner[]> {
    return duplicatesOf(ctx, partner);
  }
}

@Resolver(() => DuplicateReason)
export class DuplicateReasonResolver {
  @FieldResolver(() => String, { description: 'For people.' })
  text(
    @Root() reason: DuplicateReason,
    @Arg('language', () => LanguageTag, { nullable: true, defaultValue: 'de', description: 'BCP 47.' })
    language: string | null,
  ): string {
    return evidenceText(reason, language);
  }
}
