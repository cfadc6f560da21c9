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
import { ClientCase } from '../client-case/client-case.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';
import type { Context } from '../shared/context.js';
import { UserError } from '../shared/errors.js';
import { payload } from '../shared/payload.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import { Role } from '../viewer/viewer.rules.js';
import { mayReadClient, mayReadNote } from './referral.access.js';
import * as steps from './referral.actions.js';
import { Referral } from './referral.entity.js';
import { ReferralConnection, ReferralDraftInput, ReferralsArgs } from './referral.inputs.js';
import { findReferral, referralPage } from './referral.query.js';
import { ReferralStatus, ReferralStep } from './referral.rules.js';
import { viewOf } from './referral.view.js';
import { ReferralClient } from './referral-client.type.js';
import type { ReferralDisclosure } from './referral-disclosure.entity.js';
import { eventsAsSeen, ReferralEventType } from './referral-event.type.js';
import { Attribution, CancelReason, DeclineReason, REASON_LENGTH, ReferralOutcome } from './referral-reasons.rules.js';
import { draftReferral } from './referral-send.actions.js';

@ObjectType({ description: 'Answer to every step of a referral.' })
export class ReferralPayload {
  @Field(() => Referral, { nullable: true, description: 'As it stands now; null when refused.' })
  referral?: Referral | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserError[];
}

/** Whoever can stand on a side of a referral; which step is open to whom, the table of steps decides. */
const PARTIES = [Role.CASEWORKER, Role.PARTNER_EDITOR, Role.COORDINATOR];

const WHICH = { description: 'Which referral.' };
const VERSION = { nullable: true, description: 'The version that you have read.' };

const answer = (ctx: Context, step: Promise<string>): Promise<ReferralPayload> =>
  payload(
    'referral',
    step.then(id => findReferral(ctx, id)),
  );

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

  @Authorized(Role.CASEWORKER)
  @Mutation(() => ReferralPayload, { description: 'Prepares a referral; the partner knows nothing of it yet.' })
  referralDraft(
    @Arg('input', () => ReferralDraftInput, { description: 'Whose, where to, and why it may.' })
    input: ReferralDraftInput,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, draftReferral(ctx, input));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: 'Offers the case to the partner, with a snapshot of the client.' })
  referralSend(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('expectedVersion', () => Int, VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, steps.sendReferral(ctx, { id, expectedVersion }));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: 'Says that it has arrived; ten working days to decide.' })
  referralAcknowledge(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('expectedVersion', () => Int, VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, steps.acknowledgeReferral(ctx, { id, expectedVersion }));
  }

  @Extensions({ maxLength: { outOfOrderReason: REASON_LENGTH.most } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: 'Takes the client on; reserves one place of the service.' })
  referralAccept(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('outOfOrderReason', () => String, {
      nullable: true,
      description: 'Required when somebody waits longer: 10 to 300 characters.',
    })
    outOfOrderReason: string | null,
    @Arg('expectedVersion', () => Int, VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, steps.acceptReferral(ctx, { id, expectedVersion }, outOfOrderReason));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: 'Puts the client on the waiting list, where the service keeps one.' })
  referralWaitlist(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('expectedVersion', () => Int, VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, steps.waitlistReferral(ctx, { id, expectedVersion }));
  }

  @Extensions({ maxLength: { text: REASON_LENGTH.most } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: 'Does not take the client on.' })
  referralDecline(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('reason', () => DeclineReason, { description: 'Why; OTHER needs words.' }) reason: DeclineReason,
    @Arg('text', () => String, { nullable: true, description: 'In words: 10 to 300 characters.' }) text: string | null,
    @Arg('expectedVersion', () => Int, VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, steps.declineReferral(ctx, { id, expectedVersion }, reason, text));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: 'Sets the first appointment, or another.' })
  referralSchedule(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('at', () => GraphQLDateTime, { description: 'In the future.' }) at: Date,
    @Arg('expectedVersion', () => Int, VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, steps.scheduleReferral(ctx, { id, expectedVersion }, at));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: 'The client has begun.' })
  referralStart(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('on', () => GraphQLLocalDate, { nullable: true, description: 'Today when left out; not in the future.' })
    on: string | null,
    @Arg('expectedVersion', () => Int, VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, steps.startReferral(ctx, { id, expectedVersion }, on));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: 'Ends it with an outcome; the place becomes free.' })
  referralComplete(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('outcome', () => ReferralOutcome, { description: 'NO_DETAIL where the service may not report more.' })
    outcome: ReferralOutcome,
    @Arg('expectedVersion', () => Int, VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, steps.completeReferral(ctx, { id, expectedVersion }, outcome));
  }

  @Extensions({ maxLength: { text: REASON_LENGTH.most } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: 'Takes it back; a place that it held becomes free.' })
  referralCancel(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('reason', () => CancelReason, { description: 'Why; OTHER needs words.' }) reason: CancelReason,
    @Arg('text', () => String, { nullable: true, description: 'In words: 10 to 300 characters.' }) text: string | null,
    @Arg('expectedVersion', () => Int, VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, steps.cancelReferral(ctx, { id, expectedVersion }, reason, text));
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
  openSteps(@Root() referral: Referral): ReferralStep[] {
    return steps.openStepsFor(referral);
  }

  @FieldResolver(() => GraphQLDateTime, { nullable: true, description: 'By when the partner is to answer.' })
  respondBy(@Root() referral: Referral): Date | null {
    return viewOf(referral).respondBy;
  }

  @FieldResolver(() => GraphQLDateTime, { nullable: true, description: 'The first appointment.' })
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

  @FieldResolver(() => String, { nullable: true, description: 'The same in words.' })
  declineText(@Root() referral: Referral): string | null {
    return viewOf(referral).declineText;
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

  @FieldResolver(() => Attribution, { nullable: true, description: 'Who brought it to its end.' })
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
