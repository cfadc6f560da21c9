import { Field, Float, Int, ObjectType } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';
import type { FollowUpMonths } from './referral-follow-up.rules.js';
import type { ShownFigures } from './sustained-integration.rules.js';

const SMALL = 'null where it, or what is missing from a larger count to it, is below `smallestCount`.';

@ObjectType({ description: 'What was found out so many months after the completion.' })
export class SustainedIntegrationCheck implements ShownFigures {
  @Field(() => Int, { description: 'How many months after: 3 or 6.' })
  months!: FollowUpMonths;

  @Field(() => Int, { nullable: true, description: 'Of how many the day has come; null below `smallestCount`.' })
  due!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of how many it is known; null below `smallestCount`.' })
  recorded!: number | null;

  @Field(() => Int, { nullable: true, description: `Who of these is still in work; ${SMALL}` })
  stillEmployed!: number | null;

  @Field(() => Int, { nullable: true, description: `Whose work of these is subject to social insurance; ${SMALL}` })
  subjectToSocialInsurance!: number | null;

  @Field(() => Int, { nullable: true, description: `Whose work of these is not publicly subsidised; ${SMALL}` })
  unsubsidised!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Share of those subject to social insurance among those of whom it is known, 0 to 1. After the supplementary figure K2E3 on lasting integration (§ 48a SGB II; § 5 para. 2 no. 3 of its ordinance on key figures), which asks after twelve months whether somebody is in work subject to social insurance, in whichever job.',
  })
  rate!: number | null;
}

@ObjectType({
  description:
    'How many of those who found work stay in work (nachhaltige Integration): in whole calendar half-years of the completion. Of several only those are summed of which all can be told; ask for one alone for what can be told of it. So no two periods differ by a person.',
})
export class SustainedIntegration {
  @Field(() => GraphQLLocalDate, {
    description: 'The first day that was counted: of the half-year in which the asked one lies.',
  })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: 'The last day that was counted.' })
  until!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'Referrals completed with EMPLOYED or SUBSIDISED_JOB in the period, without half-years that have fewer than `smallestCount`; null where all have.',
  })
  placed!: number | null;

  @Field(() => [SustainedIntegrationCheck], { description: 'After 3 and after 6 months.' })
  checks!: SustainedIntegrationCheck[];

  @Field(() => Int, { description: 'Smaller counts are not told, so that nobody is recognised.' })
  smallestCount!: number;
}
