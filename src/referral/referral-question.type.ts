import { Field, ID, ObjectType } from 'type-graphql';
import { GraphQLDateTime } from '../shared/scalars.js';

@ObjectType('ReferralQuestion', { description: 'What the partner asked before it decided.' })
export class ReferralQuestionType {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field(() => String, { description: 'The question.' })
  text!: string;

  @Field(() => GraphQLDateTime, { description: 'When it was asked.' })
  askedAt!: Date;

  @Field(() => String, { nullable: true, description: 'The answer of the caseworker; null while there is none.' })
  answer!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was answered.' })
  answeredAt!: Date | null;
}
