import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';
import './instrument.enums.js';
import { DecisionForm, InstrumentRuleKind } from './instrument.rules.js';

@InputType({ description: 'A new instrument; its rules come with its first version.' })
export class InstrumentInput {
  @Field(() => ID, { description: 'Lower case with hyphens, such as "sgb2-16i"; for ever.' })
  code!: string;

  @Field(() => String, { description: 'Where it stands, such as "SGB II", or the name of a programme.' })
  law!: string;

  @Field(() => String, { nullable: true, description: 'The section in it.' })
  section?: string | null;

  @Field(() => String, { description: 'Its German name.' })
  nameDe!: string;

  @Field(() => String, { description: 'Its English name.' })
  nameEn!: string;

  @Field(() => Boolean, { description: 'That somebody gets it tells of health or disability.' })
  sensitive!: boolean;
}

@InputType({ description: 'A part of a subsidy, in percent of the pay; months are counted from 1, without gaps.' })
export class InstrumentSubsidyStepInput {
  @Field(() => Int, { description: 'From the beginning of this month.' })
  fromMonth!: number;

  @Field(() => Int, { description: 'To the end of this month.' })
  untilMonth!: number;

  @Field(() => Int, { description: 'How much of the pay, 0 to 100.' })
  percent!: number;
}

@InputType({ description: 'One rule with the parameters of its kind, and no others.' })
export class InstrumentRuleInput {
  @Field(() => InstrumentRuleKind, { description: 'What it is about.' })
  kind!: InstrumentRuleKind;

  @Field(() => DecisionForm, { nullable: true, description: 'In which form the office decides.' })
  form?: DecisionForm | null;

  @Field(() => Int, { nullable: true, description: 'An age.' })
  years?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many months.' })
  months?: number | null;

  @Field(() => Int, { nullable: true, description: 'Within how many months.' })
  withinMonths?: number | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of needs.' })
  needs?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Codes of instruments.' })
  instruments?: string[] | null;

  @Field(() => [InstrumentSubsidyStepInput], { nullable: true, description: 'The steps of a subsidy.' })
  steps?: InstrumentSubsidyStepInput[] | null;
}

@InputType({ description: 'Rules for a time in which the instrument has no others.' })
export class InstrumentVersionInput {
  @Field(() => GraphQLLocalDate, { description: 'The first day on which they hold.' })
  validFrom!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day; left out: until further notice.' })
  validTo?: string | null;

  @Field(() => [InstrumentRuleInput], { description: 'All of them, 30 at most.' })
  rules!: InstrumentRuleInput[];

  @Extensions({ maxLength: 500 })
  @Field(() => String, { description: 'Where they stand.' })
  source!: string;
}
