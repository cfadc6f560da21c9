import { Field, ObjectType } from 'type-graphql';
import { UserError } from '../shared/errors.js';
import { Referral } from './referral.entity.js';

@ObjectType({ description: 'Answer to every step of a referral.' })
export class ReferralPayload {
  @Field(() => Referral, { nullable: true, description: 'As it stands now; null when refused.' })
  referral?: Referral | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'Answer to an offer to several services.' })
export class ReferralOfferPayload {
  @Field(() => [Referral], {
    nullable: true,
    description: 'One for each service, in the order in which they were named; null when refused.',
  })
  referrals?: Referral[] | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was not.' })
  userErrors!: UserError[];
}
