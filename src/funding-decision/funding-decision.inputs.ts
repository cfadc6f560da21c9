import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import '../instrument/instrument.enums.js';
import { DecisionForm } from '../instrument/instrument.rules.js';
import { AreaKey, GraphQLLocalDate } from '../shared/scalars.js';
import { LONGEST_ORDER_TYPE } from './funding-decision.rules.js';

@InputType({ description: 'What the office decided on an instrument for one client.' })
export class FundingDecisionInput {
  @Field(() => ID, { description: 'For whom: a case that you work on.' })
  clientCase!: string;

  @Field(() => ID, { description: 'Code of the instrument.' })
  instrument!: string;

  @Field(() => DecisionForm, { description: 'In which form it was decided.' })
  form!: DecisionForm;

  @Field(() => GraphQLLocalDate, { description: 'When; not in the future. The rules of this day hold for it.' })
  decidedOn!: string;

  @Field(() => GraphQLLocalDate, { description: 'The first day on which it holds.' })
  validFrom!: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day; left out: not limited.' })
  validUntil?: string | null;

  @Extensions({ maxItems: 100 })
  @Field(() => [AreaKey], { nullable: true, description: 'Where it holds; left out: everywhere.' })
  regions?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Code of what it is for (Ziel); everything below it too; left out: not limited.',
  })
  category?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many hours a week, 1 to 60.' })
  weeklyHours?: number | null;

  @Field(() => Int, { nullable: true, description: 'For how many months, 1 to 600.' })
  durationMonths?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Months of the instrument that were used before, and that no decision here tells of.',
  })
  monthsUsedBefore?: number | null;

  @Field(() => Int, { nullable: true, description: 'Months without work, on the day of the decision.' })
  unemployedMonths?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Months with benefit within the period that the instrument's rule names.",
  })
  benefitMonths?: number | null;

  @Extensions({ maxLength: LONGEST_ORDER_TYPE })
  @Field(() => String, { nullable: true, description: 'Of an order: what is to be done.' })
  orderType?: string | null;

  @Field(() => ID, { nullable: true, description: 'The referral of this case that it is for; can be said later.' })
  referral?: string | null;
}
