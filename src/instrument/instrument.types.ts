import { Field, ID, Int, ObjectType } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';
import './instrument.enums.js';
import { Instrument } from './instrument.entity.js';
import { DecisionForm, type InstrumentRule, InstrumentRuleKind, type SubsidyStep } from './instrument.rules.js';
import { type RuleCheck, RuleState } from './instrument-check.rules.js';
import type { ServiceInstrument } from './service-instrument.rules.js';

@ObjectType({ description: 'A part of a subsidy, in percent of the pay; months are counted from 1.' })
export class InstrumentSubsidyStep {
  @Field(() => Int, { description: 'From the beginning of this month.' })
  fromMonth!: number;

  @Field(() => Int, { description: 'To the end of this month.' })
  untilMonth!: number;

  @Field(() => Int, { description: 'How much of the pay.' })
  percent!: number;
}

@ObjectType('InstrumentRule', { description: 'One rule; `kind` tells which of the others it has.' })
export class InstrumentRuleType {
  @Field(() => InstrumentRuleKind, { description: 'What it is about.' })
  kind!: InstrumentRuleKind;

  @Field(() => DecisionForm, { nullable: true, description: 'In which form the office decides.' })
  form!: DecisionForm | null;

  @Field(() => Int, { nullable: true, description: 'An age.' })
  years!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many months.' })
  months!: number | null;

  @Field(() => Int, { nullable: true, description: 'Within how many months.' })
  withinMonths!: number | null;

  @Field(() => [ID], { description: 'Codes of needs.' })
  needs!: string[];

  @Field(() => [ID], { description: 'Codes of instruments.' })
  instruments!: string[];

  @Field(() => [InstrumentSubsidyStep], { description: 'The steps of a subsidy, one after the other.' })
  steps!: SubsidyStep[];

  stored!: InstrumentRule;
}

export function ruleOf(stored: InstrumentRule): InstrumentRuleType {
  const has = stored as Partial<Omit<InstrumentRuleType, 'stored'>>;
  return Object.assign(new InstrumentRuleType(), {
    kind: stored.kind,
    form: has.form ?? null,
    years: has.years ?? null,
    months: has.months ?? null,
    withinMonths: has.withinMonths ?? null,
    needs: has.needs ?? [],
    instruments: has.instruments ?? [],
    steps: has.steps ?? [],
    stored,
  });
}

@ObjectType({ description: 'A rule of an instrument, held against what is known of a client.' })
export class InstrumentCheck {
  @Field(() => InstrumentRuleType, { description: 'Which rule.' })
  rule!: InstrumentRuleType;

  @Field(() => RuleState, { description: 'Whether it is met.' })
  state!: RuleState;

  check!: RuleCheck;
}

export const checkOf = (check: RuleCheck): InstrumentCheck =>
  Object.assign(new InstrumentCheck(), { rule: ruleOf(check.rule), state: check.state, check });

@ObjectType('ServiceInstrument', { description: 'An instrument by which a place at a service may be paid.' })
export class ServiceInstrumentType {
  @Field(() => Instrument, { description: 'Which.' })
  instrument!: Instrument;

  @Field(() => Boolean, { description: 'It takes nobody without it.' })
  required!: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Whether the provider is approved for it; null: not said.' })
  approvedProvider!: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the measure is approved for it; null: not said.' })
  approvedMeasure!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Number of the approval.' })
  approvalNumber!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The first day on which it is so.' })
  validFrom!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day on which it is so.' })
  validTo!: string | null;
}

/** @param instruments all, by code */
export const serviceInstrumentsOf = (
  stored: readonly ServiceInstrument[],
  instruments: ReadonlyMap<string, Instrument>,
): ServiceInstrumentType[] =>
  stored.flatMap(one => {
    const instrument = instruments.get(one.instrument);
    if (!instrument) return [];
    return [
      {
        instrument,
        required: one.required,
        approvedProvider: one.approvedProvider ?? null,
        approvedMeasure: one.approvedMeasure ?? null,
        approvalNumber: one.approvalNumber ?? null,
        validFrom: one.validFrom ?? null,
        validTo: one.validTo ?? null,
      },
    ];
  });
