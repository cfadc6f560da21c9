import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Partner } from '../partner/partner.entity.js';
import '../referral/referral.enums.js';
import { ReferralStatus } from '../referral/referral.rules.js';
import { UserError } from '../shared/errors.js';
import { FieldValue } from '../shared/field-value.js';
import { GraphQLDateTime } from '../shared/scalars.js';

@ObjectType({ description: 'How many referrals stand at one status.' })
export class ReferralTally {
  @Field(() => ReferralStatus, { description: 'Where they stand, as the viewer sees it.' })
  status!: ReferralStatus;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType({ description: 'One field in which two partners differ.' })
export class MergeDifference {
  @Field(() => String, { description: 'Name of the field, to hand to `take`.' })
  field!: string;

  @Field(() => FieldValue, {
    nullable: true,
    description: 'What the one that stays has, and keeps if not said otherwise.',
  })
  survivor!: unknown;

  @Field(() => FieldValue, { nullable: true, description: 'What the other has.' })
  other!: unknown;
}

@ObjectType({ description: 'What a merge of two partners would do.' })
export class MergePreview {
  @Field(() => Partner, { description: 'The one that stays.' })
  survivor!: Partner;

  @Field(() => Partner, { description: 'The one that it takes in.' })
  other!: Partner;

  @Field(() => UserError, { nullable: true, description: 'Why they cannot be merged; null where they can.' })
  obstacle!: UserError | null;

  @Field(() => Int, { description: 'Services that move, with places, waiting lists and all that hangs on them.' })
  services!: number;

  @Field(() => Int, { description: 'Locations that move.' })
  locations!: number;

  @Field(() => Int, { description: 'Of these, at an address where the survivor is already: one of the two remains.' })
  equalLocations!: number;

  @Field(() => Int, { description: 'Openings for work that move.' })
  jobOpenings!: number;

  @Field(() => Int, { description: 'Partners that belong to the other as their umbrella.' })
  members!: number;

  @Field(() => Int, { description: 'Contacts that the survivor gets.' })
  contacts!: number;

  @Field(() => Int, { description: 'People who edit the other, and will edit the survivor.' })
  editors!: number;

  @Field(() => Int, { description: 'Questions about availability that move.' })
  availabilityRequests!: number;

  @Field(() => [ReferralTally], {
    description: 'Referrals that move, counted by where they stand; drafts are not told.',
  })
  referrals!: ReferralTally[];

  @Field(() => [MergeDifference], { description: 'What would be taken or left behind.' })
  differences!: MergeDifference[];
}

@ObjectType({ description: 'One field of a partner that was merged, and its value there.' })
export class MergedValue {
  @Field(() => String, { description: 'Name of the field.' })
  field!: string;

  @Field(() => FieldValue, { nullable: true, description: 'As the other had it.' })
  value!: unknown;
}

@ObjectType({ description: 'A partner that was a duplicate of this one and was merged into it.' })
export class MergedPartner {
  @Field(() => ID, { description: 'Its id, which answers the survivor since.' })
  id!: string;

  @Field(() => String, { description: 'What it was called.' })
  name!: string;

  @Field(() => GraphQLDateTime, { description: 'When it was merged.' })
  at!: Date;

  @Field(() => String, { nullable: true, description: 'Name of who merged it; null where the account is gone.' })
  by!: string | null;

  @Field(() => ID, { description: 'Id of what it was merged into then; that may have been merged since.' })
  into!: string;

  @Field(() => [MergedValue], { description: 'What was taken of it.' })
  taken!: MergedValue[];

  @Field(() => [MergedValue], { description: 'What it had otherwise, and was not taken.' })
  leftBehind!: MergedValue[];

  @Field(() => [ID], { description: 'Ids of the services that came with it.' })
  services!: string[];

  @Field(() => [ID], { description: 'Ids of the locations that came with it.' })
  locations!: string[];
}
