import { Extensions, Field, ID, InputType, Int } from 'type-graphql';
import { GraphQLLocalDate } from '../shared/scalars.js';
import './service-terms.enums.js';
import { CostUnit, CriterionEffect } from './service-terms.rules.js';

@InputType({ description: 'What something costs those who come.' })
export class CostInput {
  @Field(() => Int, {
    nullable: true,
    description: 'In hundredths of the currency; left out where it is free, or nobody knows how much.',
  })
  amountCents?: number | null;

  @Field(() => String, { nullable: true, defaultValue: 'EUR', description: 'ISO 4217.' })
  currency?: string | null;

  @Field(() => CostUnit, { nullable: true, description: 'What the amount is for.' })
  unit?: CostUnit | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'It costs nothing.' })
  free?: boolean | null;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { nullable: true, description: 'What is paid for, up to 500 characters.' })
  description?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The first day on which it is so.' })
  validFrom?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day on which it is so.' })
  validTo?: string | null;
}

@InputType({ description: 'Something to bring along.' })
export class RequiredDocumentInput {
  @Field(() => String, { description: 'What it is.' })
  name!: string;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { nullable: true, description: 'Where to get it, or the form itself.' })
  url?: string | null;
}

@InputType({ description: 'Whom a service takes, or does not: by needs, or in words, or both.' })
export class ServiceCriterionInput {
  @Field(() => CriterionEffect, { description: 'Whether it opens or closes.' })
  effect!: CriterionEffect;

  @Field(() => [ID], { nullable: true, description: 'Codes of needs; any one of them suffices.' })
  needs?: string[] | null;

  @Extensions({ maxLength: 500 })
  @Field(() => String, { nullable: true, description: 'In words, up to 500 characters.' })
  text?: string | null;
}
