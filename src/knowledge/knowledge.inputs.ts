import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';

@ArgsType()
export class KnowledgeArgs {
  @Field(() => String, { description: 'Slug of a network in which you are caseworker or coordinator.' })
  network!: string;

  @Field(() => [ID], { nullable: true, description: 'Codes of topics; all when left out or empty.' })
  topics?: string[] | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'As of the end of this day; today when left out.' })
  on?: string | null;
}

@ArgsType()
export class WhoKnowsArgs {
  @Field(() => String, { description: 'Slug of a network of yours.' })
  network!: string;

  @Field(() => ID, { nullable: true, description: 'Code of a need; this or `topic`.' })
  need?: string | null;

  @Field(() => ID, { nullable: true, description: 'Code of a topic; this or `need`.' })
  topic?: string | null;
}

@InputType({ description: 'What a team says of its knowledge of one topic on one day: counts, no names.' })
export class KnowledgeReportInput {
  @Field(() => ID, { description: 'Code of the topic.' })
  topic!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'On which day, none to come; today when left out.' })
  reportedOn?: string | null;

  @Field(() => Int, { description: 'How many say that they know about it.' })
  declared!: number;

  @Field(() => Int, { description: 'How many used it in the six months before.' })
  used!: number;
}
