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
  Resolver,
  Root,
} from 'type-graphql';
import { Referral } from '../referral/referral.entity.js';
import { findReferral } from '../referral/referral.query.js';
import { viewOf } from '../referral/referral.view.js';
import { ReferralPayload } from '../referral/referral-payload.type.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import { sideOf } from './referral-message.access.js';
import { readMessages, sendMessage } from './referral-message.actions.js';
import { ReferralMessage } from './referral-message.entity.js';
import { ReferralMessageConnection } from './referral-message.inputs.js';
import { findMessage, messagesOfReferral, readingSide, unreadMessages } from './referral-message.query.js';
import { LONGEST_MESSAGE, mayWrite } from './referral-message.rules.js';

@ObjectType({ description: 'Answer to the sending of a message.' })
export class ReferralMessagePayload extends MutationPayload {
  @Field(() => ReferralMessage, { nullable: true, description: 'As it was sent; null when refused.' })
  message?: ReferralMessage | null;
}

/** The sides that write to each other; coordinators are no side of it. */
const SIDES = [Role.CASEWORKER, Role.PARTNER_EDITOR];

@Resolver(() => Referral)
export class ReferralMessageResolver {
  @Extensions({ maxLength: { text: LONGEST_MESSAGE } })
  @Authorized(SIDES)
  @Mutation(() => ReferralMessagePayload, {
    description:
      "Writes to the other side, while the referral is open. The partner of a service that tells less than STATUS may write before its decision only, that of one that tells NONE not at all. For caseworkers on the case and the partner's editors.",
  })
  referralMessageSend(
    @Arg('id', () => ID, { description: 'On which referral.' }) id: string,
    @Arg('text', () => String, { description: '1 to 2,000 characters.' }) text: string,
    @Ctx() ctx: Context,
  ): Promise<ReferralMessagePayload> {
    return payload(
      'message',
      sendMessage(ctx, id, text).then(message => findMessage(ctx, message)),
    );
  }

  @Authorized(SIDES)
  @Mutation(() => ReferralPayload, {
    description:
      "Your side has read what the other side wrote so far. The other side isn't told. For caseworkers on the case and the partner's editors.",
  })
  referralMessagesRead(
    @Arg('id', () => ID, { description: 'On which referral.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return payload(
      'referral',
      readMessages(ctx, id).then(key => findReferral(ctx, key)),
    );
  }

  @FieldResolver(() => ReferralMessageConnection, {
    description:
      'What both sides wrote, newest first: for caseworkers on the case, and the partner as long as it may see the client.',
  })
  messages(
    @Root() referral: Referral,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ReferralMessageConnection> {
    return messagesOfReferral(ctx, referral, args);
  }

  @FieldResolver(() => Boolean, { description: 'May your side write now? See `referralMessageSend`.' })
  async canMessage(@Root() referral: Referral, @Ctx() ctx: Context): Promise<boolean> {
    const side = sideOf(referral);
    if (!side || !mayWrite(side, viewOf(referral).status, referral.feedbackLevel)) return false;
    return (await readingSide(ctx, referral)) !== null;
  }

  @FieldResolver(() => Int, { description: "What the other side wrote, and nobody on the viewer's side has read." })
  unreadMessages(@Root() referral: Referral, @Ctx() ctx: Context): Promise<number> {
    return unreadMessages(ctx, referral);
  }
}
