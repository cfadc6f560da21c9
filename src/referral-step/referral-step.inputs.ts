import { ArgsType, Field, ID, Int } from 'type-graphql';
import { EXPECTED_VERSION } from '../shared/version.js';

@ArgsType()
export class StepArgs {
  @Field(() => ID, { description: 'Which referral.' })
  id!: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}
