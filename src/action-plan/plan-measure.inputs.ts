import { Extensions, Field, Float, ID, InputType } from 'type-graphql';
import '../confirmation/freshness-subject.enums.js';
import { FreshnessSubject } from '../confirmation/freshness-subject.rules.js';
import '../referral/referral.enums.js';
import { ReferralOutcome } from '../referral/referral-reasons.rules.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import './action-plan.enums.js';
import {
  MeasureField,
  MeasureIndicator,
  MeasureStatus,
  MeasureUnit,
  MOST_SERVICES,
  ReviewDecision,
} from './action-plan.rules.js';

@InputType({ description: 'What the hub is to measure; each indicator has parameters of its own.' })
export class MeasureIndicatorInput {
  @Field(() => MeasureIndicator, { description: 'What tells how far the measure is.' })
  indicator!: MeasureIndicator;

  @Field(() => ID, { nullable: true, description: 'Of STAFF_TRAINED: code of the training topic.' })
  topic?: string | null;

  @Field(() => ID, { nullable: true, description: 'Code of a category; everything below it counts too.' })
  category?: string | null;

  @Field(() => ReferralOutcome, { nullable: true, description: 'Of REFERRALS_WITH_OUTCOME; not NO_DETAIL.' })
  outcome?: ReferralOutcome | null;

  @Field(() => FreshnessSubject, { nullable: true, description: 'Of FRESHNESS: whose freshness.' })
  subject?: FreshnessSubject | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Of SITES_ASSESSED: assessments since this day.' })
  since?: string | null;
}

@InputType({ description: 'A new measure.' })
export class PlanMeasureAddInput {
  @Field(() => MeasureField, { description: 'What it is about.' })
  field!: MeasureField;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { description: 'As people call it.' })
  title!: string;

  @Extensions({ maxLength: 2000 })
  @Field(() => String, { nullable: true, description: 'What is done.' })
  description?: string | null;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { description: 'Who answers for it: a function, never a person.' })
  owner!: string;

  @Field(() => ID, { nullable: true, description: 'Partner of the network that does it.' })
  partner?: string | null;

  @Extensions({ maxItems: 40 })
  @Field(() => [ID], { nullable: true, description: 'Codes of the needs that it is for.' })
  needs?: string[] | null;

  @Extensions({ maxItems: MOST_SERVICES })
  @Field(() => [ID], { nullable: true, description: 'Services of the network that it is about.' })
  services?: string[] | null;

  @Field(() => GraphQLLocalDate, { description: 'When it begins, at the baseline.' })
  startsOn!: string;

  @Field(() => GraphQLLocalDate, { description: 'When the target is to be reached; after the beginning.' })
  dueOn!: string;

  @Field(() => MeasureUnit, { description: 'In what is counted; what the hub measures has a unit of its own.' })
  unit!: MeasureUnit;

  @Field(() => Float, { description: 'Where it stands at the beginning.' })
  baseline!: number;

  @Field(() => Float, { description: 'Where it is to stand at the due day; lower than the baseline is possible.' })
  target!: number;

  @Field(() => MeasureIndicatorInput, { nullable: true, description: 'Entered by hand when left out.' })
  indicator?: MeasureIndicatorInput | null;
}

@InputType({ description: 'Left out = unchanged; null = emptied, where that is allowed.' })
export class PlanMeasureEditInput {
  @Extensions({ maxLength: 200 })
  @Field(() => String, { nullable: true, description: 'As people call it; cannot be emptied.' })
  title?: string | null;

  @Extensions({ maxLength: 2000 })
  @Field(() => String, { nullable: true, description: 'What is done.' })
  description?: string | null;

  @Extensions({ maxLength: 200 })
  @Field(() => String, { nullable: true, description: 'Who answers for it; cannot be emptied.' })
  owner?: string | null;

  @Field(() => ID, { nullable: true, description: 'Partner of the network that does it.' })
  partner?: string | null;

  @Extensions({ maxItems: 40 })
  @Field(() => [ID], { nullable: true, description: 'Codes of the needs that it is for.' })
  needs?: string[] | null;

  @Extensions({ maxItems: MOST_SERVICES })
  @Field(() => [ID], { nullable: true, description: 'Services of the network that it is about.' })
  services?: string[] | null;

  @Field(() => MeasureStatus, { nullable: true, description: 'What is done about it; cannot be emptied.' })
  status?: MeasureStatus | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When it begins; only of a draft.' })
  startsOn?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'When the target is to be reached; of an adopted plan by a review only.',
  })
  dueOn?: string | null;

  @Field(() => Float, { nullable: true, description: 'Where it stands at the beginning; only of a draft.' })
  baseline?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Where it is to stand at the due day; of an adopted plan by a review only.',
  })
  target?: number | null;
}

@InputType({ description: 'How far a measure is, by hand; the same day again replaces it.' })
export class MeasureReadingInput {
  @Field(() => GraphQLLocalDate, { description: 'Of which day; not in the future.' })
  readOn!: string;

  @Field(() => Float, { description: 'In the unit of the measure.' })
  value!: number;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { nullable: true, description: 'Never about a person.' })
  note?: string | null;
}

@InputType({ description: 'A look back at a measure, and what was decided.' })
export class MeasureReviewInput {
  @Field(() => GraphQLLocalDate, { description: 'When; not in the future, and not before the last review.' })
  reviewedOn!: string;

  @Extensions({ maxLength: 2000 })
  @Field(() => String, { description: 'What was found, never about a person.' })
  note!: string;

  @Field(() => ReviewDecision, { description: 'ADJUST needs a target or a due day; STOP gives the measure up.' })
  decision!: ReviewDecision;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'When the next one is to be; after this one.' })
  nextReviewOn?: string | null;

  @Field(() => Float, { nullable: true, description: 'With ADJUST: the new target.' })
  target?: number | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'With ADJUST: the new due day.' })
  dueOn?: string | null;
}
