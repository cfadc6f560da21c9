import {
  Arg,
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
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { ReferralFollowUp } from './referral-follow-up.entity.js';
import { ReferralFollowUpInput } from './referral-follow-up.inputs.js';
import { findFollowUp, followUpsOf } from './referral-follow-up.query.js';
import { FOLLOW_UP_MONTHS } from './referral-follow-up.rules.js';
import { recordFollowUp } from './referral-follow-up-record.actions.js';

@ObjectType({ description: 'Answer to what was found out after some months.' })
export class ReferralFollowUpPayload extends MutationPayload {
  @Field(() => ReferralFollowUp, { nullable: true, description: 'As it stands now; null when refused.' })
  followUp?: ReferralFollowUp | null;
}

@Resolver(() => Referral)
export class ReferralFollowUpResolver {
  @Authorized(Role.CASEWORKER)
  @Mutation(() => ReferralFollowUpPayload, {
    description:
      'Says whether the client is still in work, from the day on which it is due; can be corrected for 30 days. For caseworkers on the case.',
  })
  referralFollowUpRecord(
    @Arg('id', () => ID, { description: 'Of the follow-up.' }) id: string,
    @Arg('input', () => ReferralFollowUpInput, { description: 'What was found out.' }) input: ReferralFollowUpInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION)
    expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralFollowUpPayload> {
    return payload(
      'followUp',
      recordFollowUp(ctx, id, input, expectedVersion).then(key => findFollowUp(ctx, key)),
    );
  }

  @Extensions({ items: FOLLOW_UP_MONTHS.length })
  @FieldResolver(() => [ReferralFollowUp], {
    description:
      'After 3 and after 6 months, where the client found work; for caseworkers on the case, empty for everybody else.',
  })
  followUps(@Root() referral: Referral, @Ctx() ctx: Context): Promise<ReferralFollowUp[]> {
    return followUpsOf(ctx, referral);
  }
}
