import { ArgsType, Extensions, Field, ID, InputType, Int } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { SelfAudit, SelfAuditQuestionnaire } from './self-audit.entity.js';

export const SelfAuditConnection = connectionOf(SelfAudit, 'self-audits');
export type SelfAuditConnection = InstanceType<typeof SelfAuditConnection>;
export const SelfAuditQuestionnaireConnection = connectionOf(SelfAuditQuestionnaire, 'self-audit-questionnaires');
export type SelfAuditQuestionnaireConnection = InstanceType<typeof SelfAuditQuestionnaireConnection>;

@ArgsType()
export class SelfAuditsArgs extends PageArgs {
  @Field(() => String, { description: 'Slug of a network in which you are caseworker or coordinator.' })
  network!: string;

  @Field(() => String, { nullable: true, description: 'Code of a questionnaire, in all its editions.' })
  questionnaire?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this team.' })
  team?: string | null;
}

@InputType({ description: 'One question of a questionnaire; answers are whole numbers on a scale.' })
export class SelfAuditQuestionInput {
  @Field(() => String, { description: 'The same in all editions, for the same question and scale.' })
  code!: string;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { description: 'What is asked, up to 500 characters.' })
  text!: string;

  @Field(() => Int, { description: 'Where the scale begins, 0 or more.' })
  lowest!: number;

  @Field(() => Int, { description: 'Where it ends, 100 or less.' })
  highest!: number;

  @Field(() => String, { description: 'What its beginning means.' })
  lowestMeans!: string;

  @Field(() => String, { description: 'What its end means.' })
  highestMeans!: string;
}

@InputType({ description: 'A new edition of a questionnaire; the first where there is none with the code.' })
export class SelfAuditQuestionnaireInput {
  @Field(() => String, { description: 'The same for all editions.' })
  code!: string;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => [SelfAuditQuestionInput], { description: 'In the order in which they are asked.' })
  questions!: SelfAuditQuestionInput[];
}

@InputType({ description: 'What a team answers to one question.' })
export class SelfAuditAnswerInput {
  @Field(() => String, { description: 'Code of the question; each once.' })
  question!: string;

  @Field(() => Int, { nullable: true, description: 'On its scale; null: it cannot be answered.' })
  value?: number | null;

  @Extensions({ maxLength: 1000 })
  @Field(() => String, { nullable: true, description: 'In words, never about a person; up to 1,000 characters.' })
  note?: string | null;
}

@InputType({ description: 'A questionnaire as a team filled it in.' })
export class SelfAuditInput {
  @Field(() => ID, { description: 'Id of the edition.' })
  questionnaire!: string;

  @Field(() => GraphQLLocalDate, { description: 'On which day; none to come.' })
  filledOn!: string;

  @Field(() => [SelfAuditAnswerInput], { description: 'One for each question that was answered.' })
  answers!: SelfAuditAnswerInput[];
}
