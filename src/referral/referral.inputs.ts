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

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether it cannot wait: it is reminded of earlier and goes before others on a waiting list.',
  })
  urgent?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Another referral of the case that nobody has decided yet: of such siblings the first acceptance cancels the others. Not for services of level NONE.',
  })
  siblingOf?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The referral of the case that came to nothing (DECLINED, EXPIRED, ABORTED, CANCELLED, as you see it) and is referred on, up to five times in a row.',
  })
  parent?: string | null;
}

@InputType({ description: 'One case offered to several services at once.' })
export class ReferralOfferInput {
  @Field(() => ID, { description: 'Whose.' })
  clientCase!: string;

  @Field(() => [ID], { description: 'To which services of the network: 2 to 10, none of level NONE.' })
  services!: string[];

  @Field(() => DisclosureBasis, { description: 'Why data may go to the partners.' })
  basis!: DisclosureBasis;

  @Extensions({ maxLength: 2000 })
  @Field(() => String, { nullable: true, description: 'What the partners should know, up to 2,000 characters.' })
  note?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Whether it cannot wait.' })
  urgent?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The referral of the case that came to nothing and is referred on, as for a draft.',
  })
  parent?: string | null;
}
