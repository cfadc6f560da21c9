import { ArgsType, Field, ID, Int } from 'type-graphql';

@ArgsType()
export class StepArgs {
  @Field(() => ID, { description: 'Which referral.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'The version that you have read.' })
  expectedVersion?: number | null;
}
