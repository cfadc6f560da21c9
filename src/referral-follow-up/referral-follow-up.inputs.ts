import { Field, InputType } from 'type-graphql';

@InputType({ description: 'What a caseworker found out; details only where the client is still in work.' })
export class ReferralFollowUpInput {
  @Field(() => Boolean, { description: 'In work on that day, with whichever employer.' })
  stillEmployed!: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Publicly subsidised.' })
  subsidised?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Subject to social insurance (sozialversicherungspflichtig).',
  })
  subjectToSocialInsurance?: boolean | null;
}
