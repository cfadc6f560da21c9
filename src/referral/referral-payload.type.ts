import { Field, ObjectType } from 'type-graphql';
import { MutationPayload } from '../shared/payload.js';
import { Referral } from './referral.entity.js';

@ObjectType({ description: 'Answer to every step of a referral.' })
export class ReferralPayload extends MutationPayload {
  @Field(() => Referral, { nullable: true, description: 'As it stands now; null when refused.' })
  referral?: Referral | null;
}

@ObjectType({ description: 'Answer to an offer to several services.' })
export class ReferralOfferPayload extends MutationPayload {
  @Field(() => [Referral], {
    nullable: true,
    description: 'One for each service, in the order in which they were named; null when refused.',
  })
  referrals?: Referral[] | null;
}
