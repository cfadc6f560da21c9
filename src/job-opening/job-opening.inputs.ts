import { ArgsType, Extensions, Field, Float, ID, InputType, Int } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { GraphQLLocalDate, LanguageTag, MunicipalityKey } from '../shared/scalars.js';
import { JobOpening } from './job-opening.entity.js';
import './job-opening.enums.js';
import { JobOpeningStatus, PayPeriod } from './job-opening.rules.js';

export const JobOpeningConnection = connectionOf(JobOpening, 'jobOpenings');
export type JobOpeningConnection = InstanceType<typeof JobOpeningConnection>;

@InputType({
  description:
    'Which job openings. Within a list any one suffices, an empty list is as if left out; all fields must hold.',
})
export class JobOpeningFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'As people type: words of its title, occupation, description, place or partner, in other forms, within longer words, by synonyms, with slips. All must be met; best first.',
  })
  query?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of occupations, each with all below it: "54" finds 54112.' })
  occupations?: string[] | null;

  @Field(() => MunicipalityKey, {
    nullable: true,
    description: 'Where its location lies; where it names none, a location of its partner.',
  })
  municipality?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Can be done in so many hours a week; those that tell no hours are not found.',
  })
  maximumHours?: number | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of needs that it is suited for.' })
  needs?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Of this partner.' })
  partner?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Starts by this day, or as soon as possible.' })
  startsBefore?: string | null;

  @Field(() => [JobOpeningStatus], {
    nullable: true,
    description: 'OPEN when left out. Others are found by those alone who keep the record of the partner.',
  })
  statuses?: JobOpeningStatus[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: also those whose `validUntil` is over; found by those alone who keep the record of the partner.',
  })
  expired?: boolean | null;
}

@ArgsType()
export class JobOpeningsArgs extends PageArgs {
  @Field(() => JobOpeningFilter, { nullable: true, description: 'All that are listed when left out.' })
  filter?: JobOpeningFilter | null;
}

@ArgsType()
export class NetworkJobOpeningsArgs extends JobOpeningsArgs {
  @Field(() => String, { nullable: true, description: 'Slug of the network whose partners offer them.' })
  network?: string | null;
}

@InputType({
  description:
    'A job opening. Left out = unchanged, or as usual for a new one; null = emptied, where that is allowed. Lists replace what was there. A new one needs `title` and `occupation`.',
})
export class JobOpeningInput {
  @Field(() => String, { nullable: true, description: 'As the employer calls it, 2 to 200 characters.' })
  title?: string | null;

  @Field(() => ID, { nullable: true, description: 'Code of the KldB 2010, 1 to 5 digits.' })
  occupation?: string | null;

  @Extensions({ maxLength: 4000 })
  @Field(() => String, { nullable: true, description: 'What is to be done, up to 4,000 characters.' })
  description?: string | null;

  @Field(() => JobOpeningStatus, {
    nullable: true,
    description: 'OPEN for a new one. Others as by `jobOpeningClose`; OPEN takes that back.',
  })
  status?: JobOpeningStatus | null;

  @Field(() => Int, { nullable: true, description: 'How many people are looked for, 1 to 1,000; 1 for a new one.' })
  positions?: number | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Listed up to and including this day, a year ahead at most; 90 days for a new one.',
  })
  validUntil?: string | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week, at least, 0.5 to 48.' })
  hoursFrom?: number | null;

  @Field(() => Float, { nullable: true, description: 'Hours a week, at most, 0.5 to 48.' })
  hoursTo?: number | null;

  @Field(() => Int, { nullable: true, description: 'Gross pay in cents (euro), at least; with `payPer`.' })
  payFromCents?: number | null;

  @Field(() => Int, { nullable: true, description: 'Gross pay in cents (euro), at most; with `payPer`.' })
  payToCents?: number | null;

  @Field(() => PayPeriod, { nullable: true, description: 'What the pay is for.' })
  payPer?: PayPeriod | null;

  @Field(() => String, { nullable: true, description: 'Collective agreement and grade.' })
  collectiveAgreement?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'First day of work; null = as soon as possible.' })
  startsOn?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Last day of a fixed term; null = permanent.' })
  fixedTermUntil?: string | null;

  @Extensions({ maxLength: 2000 })
  @Field(() => String, {
    nullable: true,
    description: 'What somebody should bring along, and what need not be, up to 2,000 characters.',
  })
  requirements?: string | null;

  @Field(() => [LanguageTag], { nullable: true, description: 'Spoken at work, 20 at most.' })
  languages?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of the needs it is suited for.' })
  needs?: string[] | null;

  @Field(() => ID, { nullable: true, description: "Where the work is: id of one of the partner's own locations." })
  location?: string | null;
}
