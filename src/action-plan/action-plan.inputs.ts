import { ArgsType, Extensions, Field, ID, InputType, Int } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { ActionPlan } from './action-plan.entity.js';
import './action-plan.enums.js';
import { MeasureField, MeasureStatus, PLANS_OF_A_PAGE } from './action-plan.rules.js';
import { MeasureReading, MeasureReview } from './measure-record.entity.js';
import { PlanMeasure } from './plan-measure.entity.js';

export const ActionPlanConnection = connectionOf(ActionPlan, 'actionPlans');
export type ActionPlanConnection = InstanceType<typeof ActionPlanConnection>;

export const PlanMeasureConnection = connectionOf(PlanMeasure, 'planMeasures');
export type PlanMeasureConnection = InstanceType<typeof PlanMeasureConnection>;

export const MeasureReadingConnection = connectionOf(MeasureReading, 'measureReadings');
export type MeasureReadingConnection = InstanceType<typeof MeasureReadingConnection>;

export const MeasureReviewConnection = connectionOf(MeasureReview, 'measureReviews');
export type MeasureReviewConnection = InstanceType<typeof MeasureReviewConnection>;

@InputType({ description: 'Which action plans; all fields must hold.' })
export class ActionPlanFilter {
  @Field(() => String, { nullable: true, description: 'Slug of the network.' })
  network?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Adopted, not closed, and today within its period; or not.' })
  running?: boolean | null;
}

@ArgsType()
export class ActionPlansArgs extends PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: PLANS_OF_A_PAGE, description: 'How many, 1 to 100.' })
  override first?: number | null;

  @Field(() => ActionPlanFilter, { nullable: true, description: 'All that you may see when left out.' })
  filter?: ActionPlanFilter | null;
}

@InputType({
  description: 'Which measures. Within a list any one suffices, an empty list is as if left out; all fields must hold.',
})
export class PlanMeasureFilter {
  @Field(() => String, { nullable: true, description: 'Slug of the network.' })
  network?: string | null;

  @Field(() => [ID], { nullable: true, description: 'For one of these needs, by code.' })
  needs?: string[] | null;

  @Field(() => [MeasureField], { nullable: true, description: 'In one of these fields.' })
  fields?: MeasureField[] | null;

  @Field(() => [MeasureStatus], { nullable: true, description: 'At one of these.' })
  statuses?: MeasureStatus[] | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Due on this day or later.' })
  dueFrom?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Due on this day or earlier.' })
  dueUntil?: string | null;
}

@ArgsType()
export class PlanMeasuresArgs extends PageArgs {
  @Field(() => PlanMeasureFilter, { nullable: true, description: 'All that you may see when left out.' })
  filter?: PlanMeasureFilter | null;
}

@InputType({ description: 'A new action plan, as a draft.' })
export class ActionPlanDraftInput {
  @Field(() => String, { description: 'Slug of a network that you coordinate.' })
  network!: string;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { description: 'As people call it.' })
  title!: string;

  @Field(() => GraphQLLocalDate, { description: 'Its first day.' })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: 'Its last day.' })
  until!: string;

  @Field(() => ID, { nullable: true, description: 'The accession for whose catalogue of measures it stands.' })
  accession?: string | null;
}

@InputType({ description: 'Left out = unchanged; null = emptied, where that is allowed.' })
export class ActionPlanEditInput {
  @Extensions({ maxLength: 200 })
  @Field(() => String, { nullable: true, description: 'As people call it; cannot be emptied.' })
  title?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Its first day; cannot be emptied.' })
  from?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Its last day; cannot be emptied.' })
  until?: string | null;

  @Field(() => ID, { nullable: true, description: 'The accession for whose catalogue it stands; only of a draft.' })
  accession?: string | null;
}
