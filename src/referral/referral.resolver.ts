import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { ClientCase } from '../client-case/client-case.entity.js';
import { Consent } from '../consent/consent.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { limitsIn } from '../referral-clock/referral-limits.query.js';
import { openStepsFor } from '../referral-step/referral-steps.view.js';
import { Service } from '../service/service.entity.js';
import type { Context } from '../shared/context.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import { mayReadClient, mayReadNote } from './referral.access.js';
import { Referral } from './referral.entity.js';
import { ReferralConnection, ReferralsArgs } from './referral.inputs.js';
import { findReferral, referralPage } from './referral.query.js';
import { Party, ReferralStatus, ReferralStep } from './referral.rules.js';
import { viewOf } from './referral.view.js';
import { ReferralClient } from './referral-client.type.js';
import type { ReferralDisclosure } from './referral-disclosure.entity.js';
import { eventsAsSeen, ReferralEventType } from './referral-event.type.js';
import { Attribution, CancelReason, DeclineReason, ReferralOutcome } from './referral-reasons.rules.js';
import { mayReadWords } from './referral-words.query.js';

@Resolver(() => Referral)
export class ReferralResolver {
  @Authorized()
  @Query(() => Referral, { nullable: true, description: 'One referral that you may see; null for any other.' })
  referral(@Arg('id', () => ID, { description: 'UUID.' }) id: string, @Ctx() ctx: Context): Promise<Referral | null> {
    return findReferral(ctx, id);
  }

  @Authorized()
  @Query(() => ReferralConnection, {
    description:
      'Caseworkers: of their cases. Partners: addressed to them, once sent. Coordinators: of their network, without the client. Newest first.',
  })
  referrals(@Args(() => ReferralsArgs) args: ReferralsArgs, @Ctx() ctx: Context): Promise<ReferralConnection> {
    return referralPage(ctx, args);
  }

  @FieldResolver(() => ReferralStatus, { description: 'Where it stands, as far as the viewer may see.' })
  status(@Root() referral: Referral): ReferralStatus {
    return viewOf(referral).status;
  }

  @FieldResolver(() => Service, { description: 'What the client is offered.' })
  service(@Root() referral: Referral): Promise<Service> {
    return referral.service.loadOrFail();
  }

  @FieldResolver(() => Partner, { description: 'Whom it is addressed to.' })
  partner(@Root() referral: Referral): Promise<Partner> {
    return referral.partner.loadOrFail();
  }

  @FieldResolver(() => ClientCase, {
    nullable: true,
    description: 'For caseworkers on the case; null for everybody else.',
  })
  clientCase(@Root() referral: Referral, @Ctx() { loaders }: Context): Promise<ClientCase | null> {
    return loaders.ownCase.load(referral.clientCase.id);
  }

  @FieldResolver(() => Consent, {
    nullable: true,
    description:
      'What it rests on, once sent: the consent for the service itself, if there was one then, or else for its kind; when that runs out, another that covers the service. For caseworkers on the case; null on the statutory task.',
  })
  async consent(@Root() referral: Referral, @Ctx() { loaders }: Context): Promise<Consent | null> {
    const { consent, parties = [] } = referral;
    if (!consent || !parties.includes(Party.CASEWORKER)) return null;
    const consents = await loaders.consentsOfCase.load(referral.clientCase.id);
    return consents.find(({ id }) => id === consent.id) ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'By which the partner knows the client, once sent, to talk of the same on the phone; for caseworkers on the case. The partner finds it in `client`.',
  })
  async pseudonym(@Root() referral: Referral, @Ctx() { loaders }: Context): Promise<string | null> {
    if (!(referral.parties ?? []).includes(Party.CASEWORKER)) return null;
    return (await loaders.disclosureOfReferral.load(referral.id))?.pseudonym ?? null;
  }

  @FieldResolver(() => ReferralClient, {
    nullable: true,
    description: 'For the partner, as far as it may see; null otherwise, and some days after the end.',
  })
  async client(@Root() referral: Referral, @Ctx() { loaders, now }: Context): Promise<ReferralDisclosure | null> {
    const disclosure = await loaders.disclosureOfReferral.load(referral.id);
    return disclosure && mayReadClient(referral.parties ?? [], disclosure, now) ? disclosure : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'For caseworkers on the case, and the partner as long as it may see the client.',
  })
  async note(@Root() referral: Referral, @Ctx() { loaders, now }: Context): Promise<string | null> {
    const disclosure = await loaders.disclosureOfReferral.load(referral.id);
    return disclosure && mayReadNote(referral.parties ?? [], disclosure, now) ? disclosure.note : null;
  }

  @FieldResolver(() => [ReferralStep], { description: 'What the viewer can do next: only steps that have a mutation.' })
  async openSteps(@Root() referral: Referral, @Ctx() { now }: Context): Promise<ReferralStep[]> {
    return openStepsFor(referral, await limitsIn(referral.network), now);
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'By when the partner is to answer; while NEEDS_INFO, the caseworker.',
  })
  respondBy(@Root() referral: Referral): Date | null {
    return viewOf(referral).respondBy;
  }

  @FieldResolver(() => GraphQLDateTime, { nullable: true, description: 'The appointment that was last agreed.' })
  scheduledAt(@Root() referral: Referral): Date | null {
    return viewOf(referral).scheduledAt;
  }

  @FieldResolver(() => GraphQLLocalDate, { nullable: true, description: 'The day on which the client began.' })
  startedOn(@Root() referral: Referral): string | null {
    return viewOf(referral).startedOn;
  }

  @FieldResolver(() => DeclineReason, { nullable: true, description: 'Why the partner did not take the client on.' })
  declineReason(@Root() referral: Referral): DeclineReason | null {
    return viewOf(referral).declineReason;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The same in words; for the partner as long as it may see the client.',
  })
  async declineText(@Root() referral: Referral, @Ctx() ctx: Context): Promise<string | null> {
    return (await mayReadWords(ctx, referral)) ? viewOf(referral).declineText : null;
  }

  @FieldResolver(() => CancelReason, {
    nullable: true,
    description: 'Why the caseworker took it back; null for the partner.',
  })
  cancelReason(@Root() referral: Referral): CancelReason | null {
    return viewOf(referral).cancelReason;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The same in words; for caseworkers on the case.' })
  cancelText(@Root() referral: Referral): string | null {
    return viewOf(referral).cancelText;
  }

  @FieldResolver(() => Attribution, { nullable: true, description: 'Whom its end is due to.' })
  attribution(@Root() referral: Referral): Attribution | null {
    return viewOf(referral).attribution;
  }

  @FieldResolver(() => ReferralOutcome, { nullable: true, description: 'What came of it.' })
  outcome(@Root() referral: Referral): ReferralOutcome | null {
    return viewOf(referral).outcome;
  }

  @FieldResolver(() => [ReferralEventType], {
    description: 'What happened, as far as the viewer may see; oldest first.',
  })
  async events(@Root() referral: Referral, @Ctx() { loaders }: Context): Promise<ReferralEventType[]> {
    return eventsAsSeen(referral, await loaders.eventsOfReferral.load(referral.id));
  }

  @FieldResolver(() => Int, {
    description: 'Goes up with every change that the viewer may see; hand it to `expectedVersion`.',
  })
  version(@Root() referral: Referral): number {
    return viewOf(referral).version;
  }

  @FieldResolver(() => GraphQLDateTime, { description: 'When it last changed, as far as the viewer may see.' })
  updatedAt(@Root() referral: Referral): Date {
    return viewOf(referral).updatedAt;
  }
}
