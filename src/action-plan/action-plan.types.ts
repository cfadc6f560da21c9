import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';
import './action-plan.enums.js';
import { type Progress, type Reached, TrafficLight } from './measure-progress.rules.js';
import { PlanMeasure } from './plan-measure.entity.js';

@ObjectType({ description: 'How far a measure was on a day (Fortschritt).' })
export class MeasureProgress implements Progress {
  @Field(() => GraphQLLocalDate, { description: 'As of this day.' })
  on!: string;

  @Field(() => Float, { nullable: true, description: 'The last reading until then; null = none.' })
  value!: number | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Of which day that reading is.' })
  readOn!: string | null;

  @Field(() => Float, {
    description:
      'Where it should stand: on the straight line from the baseline at its beginning to the target at its due day.',
  })
  expected!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the way from baseline to target, 0 to 1 and beyond; negative where it went backwards.',
  })
  share!: number | null;

  @Field(() => Float, { description: 'Share of the time that is over, 0 to 1.' })
  expectedShare!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'By how much it changes in 30 days (ordinary least squares over all readings); null for fewer than two.',
  })
  trendPer30Days!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Where that leads to at the due day, not below 0, nor above 100 per cent.',
  })
  forecast!: number | null;

  @Field(() => TrafficLight, { description: 'How it stands against its plan (Ampel).' })
  light!: TrafficLight;

  @Field(() => String, { description: 'Why, in a German sentence with the limits that were applied.' })
  rule!: string;

  @Field(() => Int, { description: 'Days until it is due; negative afterwards.' })
  daysLeft!: number;
}

@ObjectType({ description: 'A target against what was reached (Ziel und Ergebnis), both as they were adopted.' })
export class TargetReached implements Reached {
  @Field(() => PlanMeasure, { description: 'Of which measure.' })
  measure!: PlanMeasure;

  @Field(() => Float, { description: 'The target as adopted, whatever reviews made of it since.' })
  target!: number;

  @Field(() => GraphQLLocalDate, { description: 'The due day as adopted.' })
  dueOn!: string;

  @Field(() => Boolean, { description: 'Whether that day has come.' })
  isDue!: boolean;

  @Field(() => Float, { nullable: true, description: 'The last reading until the due day, or until now; null = none.' })
  reached!: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of the way that is, 0 to 1 and beyond.' })
  share!: number | null;

  @Field(() => Float, { nullable: true, description: 'Before the due day: where the trend leads to.' })
  forecast!: number | null;

  @Field(() => Boolean, {
    description:
      'Whether the goal was set too high: worked for (three readings, forwards) and yet less than three quarters of the way; before the due day by the forecast, in the second half of the time.',
  })
  setTooHigh!: boolean;

  @Field(() => String, { description: 'The same in a German sentence.' })
  rule!: string;
}

@ObjectType({ description: 'How many measures show which light.' })
export class MeasureLights {
  @Field(() => Int, { description: 'GREEN.' })
  green!: number;

  @Field(() => Int, { description: 'YELLOW.' })
  yellow!: number;

  @Field(() => Int, { description: 'RED.' })
  red!: number;

  @Field(() => Int, { description: 'GREY.' })
  grey!: number;
}
