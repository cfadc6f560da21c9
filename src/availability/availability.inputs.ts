import { ArgsType, Extensions, Field, ID, InputType, Int } from 'type-graphql';
import '../location/location.enums.js';
import { AccessibilityFeature } from '../location/location.rules.js';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate, LanguageTag, MunicipalityKey } from '../shared/scalars.js';
import './availability.enums.js';
import { AgeGroup, DEFAULT_WITHIN_DAYS, MOST_LANGUAGES } from './availability.rules.js';
import { AvailabilityQuestion } from './availability-question.entity.js';
import { AvailabilityRequest } from './availability-request.entity.js';

export const AvailabilityQuestionConnection = connectionOf(AvailabilityQuestion, 'availabilityQuestions');
export type AvailabilityQuestionConnection = InstanceType<typeof AvailabilityQuestionConnection>;

export const AvailabilityRequestConnection = connectionOf(AvailabilityRequest, 'availabilityRequests');
export type AvailabilityRequestConnection = InstanceType<typeof AvailabilityRequestConnection>;

@InputType({
  description:
    'A profile, and no person: no case, no need, no age, no words of your own. A rare profile can point to one person all the same: leave out what makes no difference.',
})
export class AvailabilityAskInput {
  @Field(() => String, { description: 'Slug of the network; you are a caseworker there.' })
  network!: string;

  @Field(() => ID, { description: 'Code of the category; everything below it fits too.' })
  category!: string;

  @Field(() => MunicipalityKey, {
    description: 'Where the client lives; in the network. Finds the fitting services, and is neither told nor stored.',
  })
  municipality!: string;

  @Extensions({ maxItems: MOST_LANGUAGES })
  @Field(() => [LanguageTag], {
    nullable: true,
    description: 'Any one of them suffices. Up to 10, of language and country only: "uk", "pt-BR".',
  })
  languages?: string[] | null;

  @Field(() => AgeGroup, { nullable: true, description: 'Services that take anybody of these ages fit.' })
  ageGroup?: AgeGroup | null;

  @Field(() => [AccessibilityFeature], { nullable: true, description: 'Must all be known to be there.' })
  accessibility?: AccessibilityFeature[] | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_WITHIN_DAYS,
    description: 'Free within so many days, 1 to 90.',
  })
  withinDays?: number | null;
}

@InputType({ description: 'What you say of your places, for the profile and the time that were asked for.' })
export class AvailabilityAnswerInput {
  @Field(() => Int, {
    description:
      'Free for this profile within the asked time; 0 = none. Of a service that tells little of its clients, who asked sees 0, 1, 3 or 6.',
  })
  places!: number;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description:
      'The first day with a place, shown as you say it; null = now. With no place: a day after the asked time.',
  })
  freeFrom?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days a new client waits; when left out, the days until `freeFrom`, else as reported before.',
  })
  expectedWaitDays?: number | null;
}

@ArgsType()
export class AvailabilityRequestsArgs extends PageArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True: those that still wait for an answer; false: the others; all when left out.',
  })
  open?: boolean | null;
}
