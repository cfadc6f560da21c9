import { Arg, Args, Authorized, Ctx, Extensions, Mutation, Resolver } from 'type-graphql';
import { Referral } from '../referral/referral.entity.js';
import { ReferralDraftInput, ReferralOfferInput } from '../referral/referral.inputs.js';
import { findReferral, findReferrals } from '../referral/referral.query.js';
import { draftReferral, offerCase } from '../referral/referral-draft.actions.js';
import { ReferralOfferPayload, ReferralPayload } from '../referral/referral-payload.type.js';
import { MOST_WORDS } from '../referral/referral-question.actions.js';
import {
  AbortReason,
  CancelReason,
  DeclineReason,
  HoldReason,
  REASON_LENGTH,
  ReferralOutcome,
} from '../referral/referral-reasons.rules.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import { Role } from '../viewer/viewer.rules.js';
import { answerReferral, cancelReferral, reconfirmReferral, sendReferral } from './referral-casework.actions.js';
import { markReferralAsError, reopenReferral } from './referral-correction.actions.js';
import {
  acceptReferral,
  acknowledgeReferral,
  askReferral,
  declineReferral,
  waitlistReferral,
} from './referral-decision.actions.js';
import {
  abortReferral,
  completeReferral,
  holdReferral,
  resumeReferral,
  scheduleReferral,
  startReferral,
} from './referral-progress.actions.js';
import { StepArgs } from './referral-step.inputs.js';

/** Whoever can stand on a side of a referral; which step is open to whom, the table of steps decides. */
const PARTIES = [Role.CASEWORKER, Role.PARTNER_EDITOR, Role.COORDINATOR];

const IN_WORDS = {
  nullable: true,
  description: 'In words, up to 300 characters; for OTHER at least 10, else as few as you like.',
};

const answer = (ctx: Context, step: Promise<string>): Promise<ReferralPayload> =>
  payload(
    'referral',
    step.then(id => findReferral(ctx, id)),
  );

/** How a referral comes to be, and every step that it can take: one mutation each. */
@Resolver(() => Referral)
export class ReferralStepsResolver {
  @Authorized(Role.CASEWORKER)
  @Mutation(() => ReferralPayload, {
    description: 'Prepares a referral; the partner knows nothing of it yet. For caseworkers on the case.',
  })
  referralDraft(
    @Arg('input', () => ReferralDraftInput, { description: 'Whose, where to, and why it may.' })
    input: ReferralDraftInput,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, draftReferral(ctx, input));
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => ReferralOfferPayload, {
    description:
      'Offers one case to several services at once: all are sent, or none. The first acceptance cancels the others. For caseworkers on the case.',
  })
  referralOffer(
    @Arg('input', () => ReferralOfferInput, { description: 'Whose, where to, and why it may.' })
    input: ReferralOfferInput,
    @Ctx() ctx: Context,
  ): Promise<ReferralOfferPayload> {
    return payload(
      'referrals',
      offerCase(ctx, input).then(ids => findReferrals(ctx, ids)),
    );
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description: 'Offers the case to the partner, with a snapshot of the client. For caseworkers on the case.',
  })
  referralSend(@Args(() => StepArgs) target: StepArgs, @Ctx() ctx: Context): Promise<ReferralPayload> {
    return answer(ctx, sendReferral(ctx, target));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description: "Says that it has arrived; ten working days to decide. For the partner's editors.",
  })
  referralAcknowledge(@Args(() => StepArgs) target: StepArgs, @Ctx() ctx: Context): Promise<ReferralPayload> {
    return answer(ctx, acknowledgeReferral(ctx, target));
  }

  @Extensions({ maxLength: { question: MOST_WORDS } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description:
      "Asks the caseworker before the decision; the time for it stands still, for ten working days at most. Not open at level NONE. For the partner's editors.",
  })
  referralAsk(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('question', () => String, { description: 'Up to 2,000 characters.' }) question: string,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, askReferral(ctx, target, question));
  }

  @Extensions({ maxLength: { answer: MOST_WORDS } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description: 'Answers the question; the partner has the time that it had left. For caseworkers on the case.',
  })
  referralAnswer(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('answer', () => String, { description: 'Up to 2,000 characters.' }) text: string,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, answerReferral(ctx, target, text));
  }

  @Extensions({ maxLength: { outOfOrderReason: REASON_LENGTH.most } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description:
      "Takes the client on; reserves one place of the service, and cancels open siblings. For the partner's editors.",
  })
  referralAccept(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('outOfOrderReason', () => String, {
      nullable: true,
      description:
        'Required when somebody is ahead on the waiting list: 10 to 300 characters. The coordination reads it: nothing about the client, please.',
    })
    outOfOrderReason: string | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, acceptReferral(ctx, target, outOfOrderReason));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description:
      "Puts the client on the waiting list, where the service keeps one; to be reconfirmed every 30 days. Not open at level NONE. For the partner's editors.",
  })
  referralWaitlist(@Args(() => StepArgs) target: StepArgs, @Ctx() ctx: Context): Promise<ReferralPayload> {
    return answer(ctx, waitlistReferral(ctx, target));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description: 'Says that the client still waits; another 30 days. For caseworkers on the case.',
  })
  referralReconfirm(@Args(() => StepArgs) target: StepArgs, @Ctx() ctx: Context): Promise<ReferralPayload> {
    return answer(ctx, reconfirmReferral(ctx, target));
  }

  @Extensions({ maxLength: { text: REASON_LENGTH.most } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: "Does not take the client on. For the partner's editors." })
  referralDecline(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('reason', () => DeclineReason, { description: 'Why; OTHER needs words.' }) reason: DeclineReason,
    @Arg('text', () => String, IN_WORDS) text: string | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, declineReferral(ctx, target, reason, text));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description: "Sets the first appointment, or another. For the partner's editors.",
  })
  referralSchedule(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('at', () => GraphQLDateTime, { description: 'In the future.' }) at: Date,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, scheduleReferral(ctx, target, at));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: "The client has begun. For the partner's editors." })
  referralStart(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('on', () => GraphQLLocalDate, { nullable: true, description: 'Today when left out; not in the future.' })
    on: string | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, startReferral(ctx, target, on));
  }

  @Extensions({ maxLength: { text: REASON_LENGTH.most } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, { description: "Lets it rest until a day. For the partner's editors." })
  referralHold(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('reason', () => HoldReason, { description: 'Why; OTHER needs words.' }) reason: HoldReason,
    @Arg('text', () => String, IN_WORDS) text: string | null,
    @Arg('resumeOn', () => GraphQLLocalDate, {
      description: 'The day on which it goes on: after today, within 180 days.',
    })
    resumeOn: string,
    @Arg('keepPlace', () => Boolean, {
      description: 'Whether the place is kept; one that is not must be free again to resume.',
    })
    keepPlace: boolean,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, holdReferral(ctx, target, { reason, text, resumeOn, keepPlace }));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description:
      "It goes on; a place that was given back is reserved again, if one is free. For the partner's editors.",
  })
  referralResume(@Args(() => StepArgs) target: StepArgs, @Ctx() ctx: Context): Promise<ReferralPayload> {
    return answer(ctx, resumeReferral(ctx, target));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description: "Ends it with an outcome; the place becomes free. For the partner's editors.",
  })
  referralComplete(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('outcome', () => ReferralOutcome, { description: 'NO_DETAIL where the service may not report more.' })
    outcome: ReferralOutcome,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, completeReferral(ctx, target, outcome));
  }

  @Extensions({ maxLength: { text: REASON_LENGTH.most } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description:
      "Ends it before its aim; the place becomes free. For the partner's editors, and for coordinators of the network, when nothing moves.",
  })
  referralAbort(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('reason', () => AbortReason, { description: 'Why; OTHER needs words.' }) reason: AbortReason,
    @Arg('text', () => String, IN_WORDS) text: string | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, abortReferral(ctx, target, reason, text));
  }

  @Extensions({ maxLength: { text: REASON_LENGTH.most } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description: 'Takes it back; a place that it held becomes free. For caseworkers on the case.',
  })
  referralCancel(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('reason', () => CancelReason, { description: 'Why; OTHER needs words.' }) reason: CancelReason,
    @Arg('text', () => String, IN_WORDS) text: string | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, cancelReferral(ctx, target, reason, text));
  }

  @Extensions({ maxLength: { reason: REASON_LENGTH.most } })
  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description:
      'It should never have been: out of all statistics, and the partner reads nothing more. Within 30 days of its creation, else TOO_LATE. For caseworkers on the case and coordinators of the network.',
  })
  referralMarkAsError(
    @Args(() => StepArgs) target: StepArgs,
    @Arg('reason', () => String, { description: 'Why: 10 to 300 characters.' }) reason: string,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return answer(ctx, markReferralAsError(ctx, target, reason));
  }

  @Authorized(PARTIES)
  @Mutation(() => ReferralPayload, {
    description:
      'The coordination lets it go on after all: within 90 days of its end, else TOO_LATE, while the basis holds, a place is free, and what was decided for it goes with no other (DECISION_MISSING). For coordinators of the network.',
  })
  referralReopen(@Args(() => StepArgs) target: StepArgs, @Ctx() ctx: Context): Promise<ReferralPayload> {
    return answer(ctx, reopenReferral(ctx, target));
  }
}
