import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { AuditQuestion } from './self-audit.rules.js';

@ObjectType({ description: 'One question of a questionnaire.' })
export class SelfAuditQuestion implements AuditQuestion {
  @Field(() => String, { description: 'The same in all editions.' })
  code!: string;

  @Field(() => String, { description: 'What is asked.' })
  text!: string;

  @Field(() => Int, { description: 'Where the scale begins.' })
  lowest!: number;

  @Field(() => Int, { description: 'Where it ends.' })
  highest!: number;

  @Field(() => String, { description: 'What its beginning means.' })
  lowestMeans!: string;

  @Field(() => String, { description: 'What its end means.' })
  highestMeans!: string;
}

@ObjectType({ description: 'What teams answered to a question in one calendar year, each as it last did.' })
export class SelfAuditYear {
  @Field(() => Int, { description: 'The year.' })
  year!: number;

  @Field(() => Int, { description: 'How many teams answered it.' })
  teams!: number;

  @Field(() => Float, { description: 'The mean of their answers.' })
  mean!: number;

  @Field(() => Int, { description: 'The lowest answer.' })
  lowest!: number;

  @Field(() => Int, { description: 'The highest answer.' })
  highest!: number;
}

@ObjectType({ description: 'How the answers to one question went over time.' })
export class SelfAuditTrend {
  @Field(() => SelfAuditQuestion, { description: 'The question, as the latest edition that has it asks it.' })
  question!: SelfAuditQuestion;

  @Field(() => [SelfAuditYear], { description: 'The years in which somebody answered it, oldest first.' })
  years!: SelfAuditYear[];

  @Field(() => Float, {
    nullable: true,
    description: 'How much the mean went up (or down) from the first year to the last; null with fewer than two.',
  })
  change!: number | null;
}
