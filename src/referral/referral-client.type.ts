import { Field, Int, ObjectType } from 'type-graphql';
import { LanguageTag } from '../shared/scalars.js';

@ObjectType({ description: 'What a partner is told of the client, as of the sending.' })
export class ReferralClient {
  @Field(() => String, { description: 'Another one for every partner, so that two partners cannot compare.' })
  pseudonym!: string;

  @Field(() => [LanguageTag], { description: 'That the client speaks.' })
  languages!: string[];

  @Field(() => Int, { nullable: true, description: 'In years, from the year of birth.' })
  age!: number | null;
}
