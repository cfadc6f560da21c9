import { Field, Int, ObjectType } from 'type-graphql';
import { GraphQLDateTime, GraphQLLocalDate, LocalTime } from '../shared/scalars.js';
import './opening-hours.enums.js';
import {
  Attendance,
  OnHolidays,
  type OpeningException,
  type OpeningHours,
  type OpeningRule,
  Recurrence,
  Weekday,
} from './opening-hours.rules.js';
import type { Opening, SpecialDay } from './openings.rules.js';

@ObjectType('OpeningDay', { description: 'A day of the week, of a rule.' })
export class OpeningDayType {
  @Field(() => Weekday, { description: 'Which.' })
  weekday!: Weekday;

  @Field(() => Int, {
    nullable: true,
    description: 'MONTHLY and YEARLY: the how manieth of the month or year, −1 the last; null: every one.',
  })
  ordinal!: number | null;
}

@ObjectType('OpeningRule', { description: 'A series of days with the same hours. Times are local (Europe/Berlin).' })
export class OpeningRuleType {
  @Field(() => Recurrence, { description: 'How the days come again.' })
  frequency!: Recurrence;

  @Field(() => Int, { description: '2 = every second week (month …), counted from `anchor`, else from `validFrom`.' })
  interval!: number;

  @Field(() => [OpeningDayType], { description: 'On these days of the week.' })
  days!: readonly OpeningDayType[];

  @Field(() => [Int], { description: 'On these days of the month; −1 is the last.' })
  daysOfMonth!: readonly number[];

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'First day of the series; nothing opens before it.' })
  anchor!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many days the series has, from `anchor` on; null = no end.' })
  count!: number | null;

  @Field(() => Weekday, { description: 'Where a week begins, for weeks that are counted in intervals.' })
  weekStart!: Weekday;

  @Field(() => LocalTime, { nullable: true, description: 'Null, with `closes`: when is not told, see `note`.' })
  opens!: string | null;

  @Field(() => LocalTime, { nullable: true, description: 'Earlier than `opens`: on the next day. 24:00: midnight.' })
  closes!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'From this day on; null = since ever.' })
  validFrom!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Up to and including this day; null = no end.' })
  validTo!: string | null;

  @Field(() => OnHolidays, { description: 'What it makes of public holidays.' })
  onHolidays!: OnHolidays;

  @Field(() => Attendance, { description: 'How one gets through.' })
  attendance!: Attendance;

  @Field(() => String, { nullable: true, description: 'For people: "bitte klingeln".' })
  note!: string | null;
}

@ObjectType('OpeningSpan', { description: 'Hours of one day. Times are local (Europe/Berlin).' })
export class OpeningSpanType {
  @Field(() => LocalTime, { description: 'From.' })
  opens!: string;

  @Field(() => LocalTime, { description: 'To. Earlier than `opens`: on the next day. 24:00: midnight.' })
  closes!: string;

  @Field(() => Attendance, { description: 'How one gets through.' })
  attendance!: Attendance;
}

@ObjectType('OpeningException', {
  description:
    'Days on which the rules do not hold (Betriebsferien, Sondersprechtag). Of several for one day the shortest holds. A holiday stays what the rules make of it, unless the exception closes or is of that day alone.',
})
export class OpeningExceptionType {
  @Field(() => GraphQLLocalDate, { description: 'First day.' })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: 'Last day, included.' })
  until!: string;

  @Field(() => [Weekday], { description: 'Of them only these days of the week; empty = all.' })
  weekdays!: Weekday[];

  @Field(() => [OpeningSpanType], { description: 'The hours of each of these days; empty = closed.' })
  hours!: OpeningSpanType[];

  @Field(() => String, { nullable: true, description: 'For people: "Betriebsferien".' })
  reason!: string | null;
}

/** `holiday` has a resolver: it is told in a language. */
@ObjectType('Opening', { description: 'A stretch of time in which it is open.' })
export class OpeningType {
  @Field(() => GraphQLDateTime, { description: 'When it opens; the start of the asked days for what began before.' })
  startsAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it closes; the end of the asked days for what lasts longer.' })
  endsAt!: Date;

  @Field(() => Attendance, { description: 'How one gets through.' })
  attendance!: Attendance;

  @Field(() => [String], { description: 'Notes of the rules.' })
  notes!: string[];

  @Field(() => String, { nullable: true, description: 'Reason of the exception by which it is open.' })
  exception!: string | null;

  /** As computed, with the holiday's names. */
  opening!: Opening;
}

/** `holiday` has a resolver: it is told in a language. */
@ObjectType('SpecialDay', { description: 'A day on which a public holiday or an exception holds.' })
export class SpecialDayType {
  @Field(() => GraphQLLocalDate, { description: 'The day.' })
  day!: string;

  @Field(() => OpeningExceptionType, { nullable: true, description: 'The exception that holds.' })
  exception!: OpeningException | null;

  @Field(() => Boolean, { description: 'Does nothing open on this day? Null where no times are told.', nullable: true })
  closed!: boolean | null;

  /** As computed, with the holiday's names. */
  special!: SpecialDay;
}

@ObjectType('OpeningHours', {
  description:
    'When it is open (Öffnungszeiten): rules and exceptions, and what follows from them in local time (Europe/Berlin), daylight saving and the public holidays of the state included.',
})
export class OpeningHoursType {
  @Field(() => [OpeningRuleType], { description: 'At most 50. For one kind of attendance they are taken together.' })
  rules!: readonly OpeningRule[];

  @Field(() => [OpeningExceptionType], { description: 'At most 200.' })
  exceptions!: readonly OpeningException[];

  hours!: OpeningHours;
  /** First two digits of the municipality's key, whose holidays hold. */
  state!: () => Promise<string>;
}
