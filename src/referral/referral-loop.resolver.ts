import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { ReferralNotice } from '../referral-clock/referral-notice.entity.js';
import { ReferralNoticeType } from '../referral-clock/referral-notice.type.js';
import { FeedbackLevel } from '../service/service.rules.js';
import type { Context } from '../shared/context.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import { mayReadNote } from './referral.access.js';
import { Referral } from './referral.entity.js';
import { Party, ReferralStatus } from './referral.rules.js';
import { turnOf, viewOf } from './referral.view.js';
import { lensOf } from './referral-feedback.rules.js';
import { childrenOf, parentOf, siblingsOf } from './referral-lineage.query.js';
import type { ReferralQuestion } from './referral-question.entity.js';
import { ReferralQuestionType } from './referral-question.type.js';
import { AbortReason, Attribution, HOLD_ATTRIBUTION, HoldReason } from './referral-reasons.rules.js';
import { mayReadWords } from './referral-words.query.js';

/** Whom places and their order concern. */
const TOLD_OF_PLACES: readonly Party[] = [Party.PARTNER, Party.COORDINATOR];

/** Ends after which no words stay. */
const WITHDRAWN: readonly ReferralStatus[] = [ReferralStatus.REVOKED, ReferralStatus.ENTERED_IN_ERROR];

/** Whose turn it is, what is waited for, and what belongs together. */
@Resolver(() => Referral)
export class ReferralLoopResolver {
  @FieldResolver(() => Party, {
    nullable: true,
    description: 'Whose turn it is, as far as the viewer can tell; null where it is over.',
  })
  waitingFor(@Root() referral: Referral, @Ctx() { now }: Context): Party | null {
    return turnOf(referral, now);
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When the coordination was told that nobody did anything; null again with the next step. Mostly a call helps: the next step stays with the side that owes it, and `openSteps` of the coordination does not grow.',
  })
  escalatedAt(@Root() referral: Referral): Date | null {
    return viewOf(referral).escalatedAt;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'While WAITLISTED: 1 is next. Urgent ones come first, then who waits longest.',
  })
  async waitingPosition(@Root() referral: Referral, @Ctx() { loaders }: Context): Promise<number | null> {
    if (viewOf(referral).status !== ReferralStatus.WAITLISTED || !referral.waiting) return null;
    return loaders.positionOfWaiting.load(referral.waiting.id);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Is one of the places of the service kept for it? While ON_HOLD the partner chooses. Null for caseworkers.',
  })
  holdsPlace(@Root() referral: Referral): boolean | null {
    return TOLD_OF_PLACES.includes(lensOf(referral.parties ?? [])) ? referral.holdsPlace : null;
  }

  @FieldResolver(() => FeedbackLevel, {
    description:
      'What its caseworkers are told of it: the level of the service when it was sent, and kept since; of a draft, when it was made.',
  })
  feedbackLevel(@Root() referral: Referral): FeedbackLevel {
    return referral.feedbackLevel;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'While WAITLISTED: by when the caseworker says that the client still waits. Twice missed, it expires.',
  })
  reconfirmBy(@Root() referral: Referral): Date | null {
    return viewOf(referral).status === ReferralStatus.WAITLISTED ? referral.reconfirmBy : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Why it was accepted before somebody who had waited longer; for the coordination, and for the partner as long as it may see the client.',
  })
  async outOfOrderReason(@Root() referral: Referral, @Ctx() ctx: Context): Promise<string | null> {
    const isTold = TOLD_OF_PLACES.includes(lensOf(referral.parties ?? [])) && !WITHDRAWN.includes(referral.status);
    return isTold && (await mayReadWords(ctx, referral)) ? referral.outOfOrderReason : null;
  }

  @FieldResolver(() => HoldReason, { nullable: true, description: 'While ON_HOLD: why.' })
  holdReason(@Root() referral: Referral): HoldReason | null {
    return viewOf(referral).holdReason;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The same in words; for the two sides.' })
  holdText(@Root() referral: Referral): string | null {
    return viewOf(referral).holdText;
  }

  @FieldResolver(() => Attribution, { nullable: true, description: 'While ON_HOLD: whom that is due to.' })
  holdAttribution(@Root() referral: Referral): Attribution | null {
    const { holdReason } = viewOf(referral);
    return holdReason && HOLD_ATTRIBUTION[holdReason];
  }

  @FieldResolver(() => GraphQLLocalDate, { nullable: true, description: 'While ON_HOLD: the day on which it goes on.' })
  resumeOn(@Root() referral: Referral): string | null {
    return viewOf(referral).resumeOn;
  }

  @FieldResolver(() => AbortReason, {
    nullable: true,
    description: 'Why it ended before its aim. At level STATUS the caseworker reads only what lies with the offices.',
  })
  abortReason(@Root() referral: Referral): AbortReason | null {
    return viewOf(referral).abortReason;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The same in words; for the two sides, for the partner as long as it may see the client.',
  })
  async abortText(@Root() referral: Referral, @Ctx() ctx: Context): Promise<string | null> {
    return (await mayReadWords(ctx, referral)) ? viewOf(referral).abortText : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why it was marked as an error; for caseworkers on the case.',
  })
  errorReason(@Root() referral: Referral): string | null {
    return viewOf(referral).errorReason;
  }

  @FieldResolver(() => [ReferralQuestionType], {
    description:
      'What the partner asked and the caseworker answered, oldest first; for the two sides, for the partner as long as it may see the client.',
  })
  async questions(@Root() referral: Referral, @Ctx() { loaders, now }: Context): Promise<ReferralQuestion[]> {
    const disclosure = await loaders.disclosureOfReferral.load(referral.id);
    if (!disclosure || !mayReadNote(referral.parties ?? [], disclosure, now)) return [];
    return loaders.questionsOfReferral.load(referral.id);
  }

  @FieldResolver(() => [ReferralNoticeType], {
    description: 'What the hub told your side: reminders, a free place, an escalation. Newest first.',
  })
  async notices(@Root() referral: Referral, @Ctx() { loaders }: Context): Promise<ReferralNotice[]> {
    const side = lensOf(referral.parties ?? []);
    return (await loaders.noticesOfReferral.load(referral.id)).filter(notice => notice.party === side);
  }

  @FieldResolver(() => Referral, {
    nullable: true,
    description: 'The one that came to nothing before, if the case was referred on; for caseworkers on the case.',
  })
  parent(@Root() referral: Referral, @Ctx() ctx: Context): Promise<Referral | null> {
    return parentOf(ctx, referral);
  }

  @FieldResolver(() => [Referral], {
    description: 'Where the case was referred on to, oldest first; for caseworkers on the case.',
  })
  children(@Root() referral: Referral, @Ctx() ctx: Context): Promise<Referral[]> {
    return childrenOf(ctx, referral);
  }

  @FieldResolver(() => [Referral], {
    description:
      'The others that the case is offered to at the same time, oldest first: the first acceptance cancels them. For caseworkers on the case.',
  })
  siblings(@Root() referral: Referral, @Ctx() ctx: Context): Promise<Referral[]> {
    return siblingsOf(ctx, referral);
  }
}
