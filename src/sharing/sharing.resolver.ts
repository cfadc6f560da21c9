import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { ServiceMatch } from '../match/match.types.js';
import { Network } from '../network/network.entity.js';
import { seesPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import { Referral } from '../referral/referral.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { seesAgreement } from './sharing.access.js';
import { proposeSharing } from './sharing.actions.js';
import { SharingAgreementConnection, SharingAgreementsArgs, SharingProposeInput } from './sharing.inputs.js';
import { agreementPage, findSharingAgreement } from './sharing.query.js';
import { isInForce, MOST_NAMED, SharingStatus, standingOf } from './sharing.rules.js';
import { SharingAgreement } from './sharing-agreement.entity.js';
import { agreeToSharing, declineSharing, endSharing } from './sharing-steps.actions.js';

@ObjectType({ description: 'Answer to a step of a sharing agreement.' })
export class SharingAgreementPayload extends MutationPayload {
  @Field(() => SharingAgreement, { nullable: true, description: 'As it stands now; null when refused.' })
  sharingAgreement?: SharingAgreement | null;
}

/** The answer to a write that returns the id. */
const answer = (ctx: Context, written: Promise<string>): Promise<SharingAgreementPayload> =>
  payload(
    'sharingAgreement',
    written.then(id => findSharingAgreement(ctx, id)),
  );

const WHICH = { description: 'Which agreement.' };

@Resolver(() => SharingAgreement)
export class SharingResolver {
  @Authorized()
  @Query(() => SharingAgreementConnection, {
    description: 'Sharing agreements of the networks to which the viewer belongs, the newest first.',
  })
  sharingAgreements(
    @Args(() => SharingAgreementsArgs) args: SharingAgreementsArgs,
    @Ctx() ctx: Context,
  ): Promise<SharingAgreementConnection> {
    return agreementPage(ctx, args);
  }

  @Authorized()
  @Query(() => SharingAgreement, {
    nullable: true,
    description: 'One sharing agreement; null for one of networks to which the viewer does not belong.',
  })
  sharingAgreement(
    @Arg('id', () => ID, { description: 'UUID.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<SharingAgreement | null> {
    return findSharingAgreement(ctx, id);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => SharingAgreementPayload, {
    description:
      'Proposes that one network shares with another, as an offer of the one or a wish of the other. For coordinators of either; nothing is shared before the other side agrees.',
  })
  sharingPropose(
    @Arg('input', () => SharingProposeInput, { description: 'What, with whom, when.' }) input: SharingProposeInput,
    @Ctx() ctx: Context,
  ): Promise<SharingAgreementPayload> {
    return answer(ctx, proposeSharing(ctx, input));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => SharingAgreementPayload, {
    description: 'Agrees to a proposal. For coordinators of the network that did not propose it.',
  })
  sharingAgree(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<SharingAgreementPayload> {
    return answer(ctx, agreeToSharing(ctx, { id, expectedVersion }));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => SharingAgreementPayload, {
    description: 'Declines a proposal. For coordinators of the network that did not propose it.',
  })
  sharingDecline(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<SharingAgreementPayload> {
    return answer(ctx, declineSharing(ctx, { id, expectedVersion }));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => SharingAgreementPayload, {
    description:
      'Ends an agreement, or takes a proposal of the own network back. Nothing new is sent under it from then on; referrals that were sent go on to their own end. For coordinators of either network.',
  })
  sharingEnd(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('lastDay', () => GraphQLLocalDate, {
      nullable: true,
      description: 'The last day on which it holds, today or later; left out = it ends at once.',
    })
    lastDay: string | null,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<SharingAgreementPayload> {
    return answer(ctx, endSharing(ctx, { id, expectedVersion }, lastDay));
  }

  @FieldResolver(() => Network, { description: 'Whose partners are shared.' })
  giver(@Root() { network }: SharingAgreement): Promise<Network> {
    return network.loadOrFail();
  }

  @FieldResolver(() => Network, { description: 'Whose caseworkers find them and refer to them.' })
  receiver(@Root() { receiver }: SharingAgreement): Promise<Network> {
    return receiver.loadOrFail();
  }

  @FieldResolver(() => Network, { description: 'Which of the two proposed it; the other one decides.' })
  proposer(@Root() { proposer }: SharingAgreement): Promise<Network> {
    return proposer.loadOrFail();
  }

  @FieldResolver(() => SharingStatus, { description: 'Where it stands today.' })
  status(@Root() agreement: SharingAgreement, @Ctx() { now }: Context): SharingStatus {
    return standingOf(agreement, berlinDay(now));
  }

  @FieldResolver(() => Boolean, { description: 'Whether new referrals may rest on it today.' })
  inForce(@Root() agreement: SharingAgreement, @Ctx() { now }: Context): boolean {
    return isInForce(agreement, berlinDay(now));
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether all partners of the giving network are shared, also future ones.',
  })
  async allPartners(@Root() { id }: SharingAgreement, @Ctx() { loaders }: Context): Promise<boolean> {
    return (await loaders.partnersOfAgreement.load(id)).length === 0;
  }

  @Extensions({ items: MOST_NAMED })
  @FieldResolver(() => [Partner], {
    description: 'Which partners, by name; empty with `allPartners`. Those that are published no more are left out.',
  })
  async partners(@Root() { id }: SharingAgreement, @Ctx() { loaders, viewer }: Context): Promise<Partner[]> {
    return (await loaders.partnersOfAgreement.load(id)).filter(partner => seesPartner(viewer, partner));
  }

  @Extensions({ items: MOST_NAMED })
  @FieldResolver(() => [Category], {
    description: 'Which kinds of services, each with all below it; empty = all.',
  })
  async categories(@Root() { id }: SharingAgreement, @Ctx() { loaders }: Context): Promise<Category[]> {
    const { byCode } = await loaders.categories();
    return (await loaders.categoriesOfAgreement.load(id)).flatMap(({ code }) => byCode.get(code) ?? []);
  }
}

@Resolver(() => ServiceMatch)
export class SharedMatchResolver {
  @FieldResolver(() => SharingAgreement, {
    nullable: true,
    description:
      'For caseworkers, of a service of another network: under what they may refer to it today; null where they may not, and for services of their own network.',
  })
  sharedUnder(@Root() { service }: ServiceMatch, @Ctx() { loaders, now }: Context): Promise<SharingAgreement | null> {
    return loaders.agreementOfService.load({ service: service.id, day: berlinDay(now) });
  }
}

@Resolver(() => Referral)
export class SharedReferralResolver {
  @FieldResolver(() => Network, { description: 'The network of the case.' })
  network(@Root() { network }: Referral): Promise<Network> {
    return network.loadOrFail();
  }

  @FieldResolver(() => SharingAgreement, {
    nullable: true,
    description: 'Under what it was drafted, then sent, where the service is of another network than the case.',
  })
  async sharedUnder(@Root() { sharedUnder }: Referral, @Ctx() { viewer }: Context): Promise<SharingAgreement | null> {
    const agreement = await sharedUnder?.loadOrFail();
    return agreement && seesAgreement(viewer, agreement) ? agreement : null;
  }
}
