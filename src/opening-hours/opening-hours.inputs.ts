import { ArgsType, Extensions, Field, InputType, Int } from 'type-graphql';
import { GraphQLLocalDate, LocalTime } from '../shared/scalars.js';
import './opening-hours.enums.js';
import {
  Attendance,
  LONGEST_NOTE,
  LONGEST_REASON,
  MOST_EXCEPTIONS,
  MOST_RULES,
  OnHolidays,
  Recurrence,
  Weekday,
} from './opening-hours.rules.js';

@InputType({ description: 'A day of the week, of a rule.' })
export class OpeningDayInput {
  @Field(() => Weekday, { description: 'Which.' })
  weekday!: Weekday;

  @Field(() => Int, {
    nullable: true,
    description: 'MONTHLY and YEARLY: the how manieth of the month or year, −1 the last; every one when left out.',
  })
  ordinal?: number | null;
}

@InputType({ description: 'A series of days with the same hours. Times are local (Europe/Berlin).' })
export class OpeningRuleInput {
  @Field(() => Recurrence, { nullable: true, description: 'How the days come again; WEEKLY when left out.' })
  frequency?: Recurrence | null;

  @Field(() => Int, {
    nullable: true,
    description: '1 to 52; 2 = every second week, which needs `anchor` or `validFrom` to count from. 1 when left out.',
  })
  interval?: number | null;

  @Field(() => [OpeningDayInput], { nullable: true, description: 'On these days of the week.' })
  days?: OpeningDayInput[] | null;

  @Field(() => [Int], { nullable: true, description: 'MONTHLY: on these days, 1 to 31; −1 is the last.' })
  daysOfMonth?: number[] | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'First day of the series; nothing opens before it.' })
  anchor?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many days the series has, from `anchor` on.' })
  count?: number | null;

  @Field(() => Weekday, { nullable: true, description: 'Where a counted week begins; MONDAY when left out.' })
  weekStart?: Weekday | null;

  @Field(() => LocalTime, { nullable: true, description: 'With `closes`, or neither: then a `note` says when.' })
  opens?: string | null;

  @Field(() => LocalTime, {
    nullable: true,
    description: 'Earlier than `opens`: on the next day, up to 13 hours later. 24:00: midnight.',
  })
  closes?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'From this day on.' })
  validFrom?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Up to and including this day.' })
  validTo?: string | null;

  @Field(() => OnHolidays, { nullable: true, description: 'CLOSED when left out.' })
  onHolidays?: OnHolidays | null;

  @Field(() => Attendance, { nullable: true, description: 'OPEN_DOOR when left out.' })
  attendance?: Attendance | null;

  @Extensions({ maxLength: LONGEST_NOTE })
  @Field(() => String, { nullable: true, description: 'For people, up to 500 characters.' })
  note?: string | null;
}

@InputType({ description: 'Hours of one day. Times are local (Europe/Berlin).' })
export class OpeningSpanInput {
  @Field(() => LocalTime, { description: 'From.' })
  opens!: string;

  @Field(() => LocalTime, { description: 'To. Earlier than `opens`: on the next day. 24:00: midnight.' })
  closes!: string;

  @Field(() => Attendance, { nullable: true, description: 'OPEN_DOOR when left out.' })
  attendance?: Attendance | null;
}

@InputType({ description: 'Days on which the rules do not hold: closed, or with hours of their own.' })
export class OpeningExceptionInput {
  @Field(() => GraphQLLocalDate, { description: 'First day.' })
  from!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Last day, included; `from` when left out.' })
  until?: string | null;

  @Field(() => [Weekday], { nullable: true, description: 'Of them only these days of the week; all when left out.' })
  weekdays?: Weekday[] | null;

  @Field(() => [OpeningSpanInput], { nullable: true, description: 'Closed when left out or empty.' })
  hours?: OpeningSpanInput[] | null;

  @Extensions({ maxLength: LONGEST_REASON })
  @Field(() => String, { nullable: true, description: 'For people: "Betriebsferien".' })
  reason?: string | null;
}

@InputType({
  description:
    'Opening hours as a whole: they replace those there were. Rules that surely overlap (every week, the same attendance) are refused.',
})
export class OpeningHoursInput {
  @Extensions({ maxItems: MOST_RULES })
  @Field(() => [OpeningRuleInput], { description: 'At most 50.' })
  rules!: OpeningRuleInput[];

  @Extensions({ maxItems: MOST_EXCEPTIONS })
  @Field(() => [OpeningExceptionInput], { nullable: true, description: 'At most 200.' })
  exceptions?: OpeningExceptionInput[] | null;
}

/** What an edit of a location or service may say of its hours. */
@InputType()
export abstract class OpeningHoursEditInput {
  @Field(() => OpeningHoursInput, {
    nullable: true,
    description: 'When it is open; replaces all rules and exceptions.',
  })
  openingHours?: OpeningHoursInput | null;

  @Extensions({ maxItems: MOST_EXCEPTIONS })
  @Field(() => [OpeningExceptionInput], {
    nullable: true,
    description: 'Exceptions that come to those there are: a holiday, without saying the rules again.',
  })
  addExceptions?: OpeningExceptionInput[] | null;

  @Extensions({ maxItems: MOST_EXCEPTIONS })
  @Field(() => [GraphQLLocalDate], {
    nullable: true,
    description: 'First days of exceptions that go, before others come; one that is not there is gone already.',
  })
  removeExceptions?: string[] | null;
}

@ArgsType()
export class OpeningDaysArgs {
  @Field(() => GraphQLLocalDate, { description: 'First day.' })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: 'Last day, included; at most 62 days in all.' })
  until!: string;
}

@ArgsType()
export class OpeningsArgs extends OpeningDaysArgs {
  @Field(() => [Attendance], { nullable: true, description: 'One of these; any when left out or empty.' })
  attendance?: Attendance[] | null;
}
