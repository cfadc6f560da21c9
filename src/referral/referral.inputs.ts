import { ArgsType, Extensions, Field, ID, InputType } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import './referral.enums.js';
import { Referral } from './referral.entity.js';
import { DisclosureBasis, ReferralStatus } from './referral.rules.js';

export const ReferralConnection = connectionOf(Referral, 'referrals');
export type ReferralConnection = InstanceType<typeof ReferralConnection>;

@InputType({
  description:
    'Which referrals; an empty list is as if left out; all fields must hold, each as far as the viewer can see it.',
})
export class ReferralFilter {
  @Field(() => [ReferralStatus], { nullable: true, description: 'Standing at one of these, as the viewer sees it.' })
  statuses?: ReferralStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'To this service.' })
  service?: string | null;

  @Field(() => ID, { nullable: true, description: 'To this partner.' })
  partner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this case; for caseworkers on it.' })
  clientCase?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the time for an answer is over.' })
  overdue?: boolean | null;
}

@ArgsType()
export class ReferralsArgs extends PageArgs {
  @Field(() => ReferralFilter, { nullable: true, description: 'All that you may see when left out.' })
  filter?: ReferralFilter | null;
}

@InputType({ description: 'A referral to be sent.' })
export class ReferralDraftInput {
  @Field(() => ID, { description: 'Whose.' })
  clientCase!: string;

  @Field(() => ID, { description: 'To which service of the network.' })
  service!: string;

  @Field(() => DisclosureBasis, { description: 'Why data may go to the partner.' })
  basis!: DisclosureBasis;

  @Extensions({ maxLength: 2000 })
  @Field(() => String, { nullable: true, description: 'What the partner should know, up to 2,000 characters.' })
  note?: string | null;
}
