import { ArgsType, Extensions, Field, ID, InputType, Int } from 'type-graphql';
import { connectionOf, PageArgs } from '../shared/connection.js';
import { Cents, GraphQLLocalDate } from '../shared/scalars.js';
import { Programme } from './programme.entity.js';
import { LONGEST_GOALS, MOST_FIELDS, MOST_FUNDERS, MOST_PARTNERS, MOST_SERVICES } from './programme.rules.js';
import { ProgrammeRound, ProgrammeRoundMonth } from './programme-round.entity.js';

export const ProgrammeConnection = connectionOf(Programme, 'programmes');
export type ProgrammeConnection = InstanceType<typeof ProgrammeConnection>;

export const ProgrammeRoundMonthConnection = connectionOf(ProgrammeRoundMonth, 'programmeRoundMonths');
export type ProgrammeRoundMonthConnection = InstanceType<typeof ProgrammeRoundMonthConnection>;

export const ProgrammeRoundConnection = connectionOf(ProgrammeRound, 'programmeRounds');
export type ProgrammeRoundConnection = InstanceType<typeof ProgrammeRoundConnection>;

@InputType({ description: 'Which programmes. All fields must hold.' })
export class ProgrammeFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Slug of a network that leads it or takes part, or did until it left; with `on`: on that day.',
  })
  network?: string | null;

  @Field(() => ID, { nullable: true, description: 'Code of an instrument that it uses.' })
  instrument?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'It runs on this day.' })
  on?: string | null;
}

@ArgsType()
export class ProgrammesArgs extends PageArgs {
  @Field(() => ProgrammeFilter, { nullable: true, description: 'All when left out.' })
  filter?: ProgrammeFilter | null;
}

@InputType({ description: 'Who pays, and how much.' })
export class ProgrammeFunderInput {
  @Field(() => String, { description: 'Whose money it is.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Where it comes from.' })
  source?: string | null;

  @Field(() => Cents, { description: 'How much, for the whole time.' })
  amountCents!: number;
}

@InputType({ description: 'What a programme is. Left out = unchanged; null = emptied; lists replace what was there.' })
export class ProgrammeEditInput {
  @Field(() => String, { nullable: true, description: 'As it is called; cannot be emptied.' })
  title?: string | null;

  @Extensions({ maxLength: LONGEST_GOALS })
  @Field(() => String, { nullable: true, description: 'What it is to reach, up to 10,000 characters.' })
  goals?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Its first day; cannot be emptied. No round begins earlier.',
  })
  from?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Its last day; null: it goes on. No round ends later.',
  })
  until?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether everybody reads it.' })
  published?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'A consortium that carries it.' })
  consortium?: string | null;

  @Extensions({ maxItems: MOST_PARTNERS })
  @Field(() => [String], {
    nullable: true,
    description:
      'Slugs of the networks that take part beside the lead. Who has left stays to be read without being named, and is not named again.',
  })
  networks?: string[] | null;

  @Extensions({ maxItems: MOST_FUNDERS })
  @Field(() => [ProgrammeFunderInput], { nullable: true, description: 'Who pays, 20 at most.' })
  funders?: ProgrammeFunderInput[] | null;

  @Extensions({ maxItems: MOST_PARTNERS })
  @Field(() => [ID], { nullable: true, description: 'Published partners that carry it out, of any network.' })
  partners?: string[] | null;

  @Extensions({ maxItems: MOST_FUNDERS })
  @Field(() => [ID], { nullable: true, description: 'Codes of the instruments that it combines, 20 at most.' })
  instruments?: string[] | null;
}

@InputType({ description: 'A new programme; a draft, if `published` is left out.' })
export class ProgrammeInput extends ProgrammeEditInput {
  @Field(() => String, { description: 'Slug of a network that you coordinate: it leads the programme.' })
  network!: string;

  @Field(() => String, { description: 'Short name for addresses, lower case with hyphens; for ever.' })
  slug!: string;
}

@InputType({ description: 'What a round is. Left out = unchanged; lists replace what was there.' })
export class ProgrammeRoundInput {
  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Its first day, within the period of its programme; needed for a new one.',
  })
  from?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Its last day; null: it goes on. Where its programme ends it is needed, and not later.',
  })
  until?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description:
      'The first day on which it takes people; needed for a new one. Once the round has been counted it stays.',
  })
  intakeFrom?: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description:
      'The last day on which it takes people; needed for a new one. Once the round has been counted it can be moved to no day before `figures.asOf`.',
  })
  intakeUntil?: string | null;

  @Field(() => Int, { nullable: true, description: 'For how many people; needed for a new one.' })
  places?: number | null;

  @Extensions({ maxItems: MOST_SERVICES })
  @Field(() => [ID], {
    nullable: true,
    description:
      'Services of the network that leads the programme; each in one round of all programmes at a time. Once the round has been counted they stay as they are: another service goes into a new round.',
  })
  services?: string[] | null;

  @Extensions({ maxItems: MOST_FIELDS })
  @Field(() => [ID], { nullable: true, description: 'Fields of work: codes of the KldB 2010.' })
  fieldsOfWork?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'People who took part by other ways than referrals of this hub.' })
  participantsElsewhere?: number | null;

  @Field(() => String, { nullable: true, description: 'Who reported these; needed where there are any.' })
  elsewhereSource?: string | null;
}

@InputType({
  description:
    'What was paid in a month. The same month and service again replaces what was said; 5,000 such reports on a round at most.',
})
export class ProgrammeMonthInput {
  @Field(() => ID, {
    nullable: true,
    description: 'For which service of the round; left out: for all of it. A month is told the one way or the other.',
  })
  service?: string | null;

  @Field(() => GraphQLLocalDate, { description: 'Any day of the month; none to come.' })
  month!: string;

  @Field(() => Int, { description: 'Places that were taken, 100,000 at most.' })
  places!: number;

  @Field(() => Cents, {
    description: 'Benefit money that was turned into wage subsidy; 10,000,000,000 (100 million euros) at most.',
  })
  benefitCents!: number;

  @Field(() => Cents, { description: 'Subsidy from the money of the programme; as much at most.' })
  subsidyCents!: number;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 0,
    description: 'Coaching beside the job, in minutes; 100,000,000 at most.',
  })
  coachingMinutes?: number | null;
}
