import { Field, Int, ObjectType } from 'type-graphql';
import { Need } from '../need/need.entity.js';
import type { JsonValue } from '../record/record.rules.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import './service-terms.enums.js';
import * as stored from './service-terms.rules.js';

@ObjectType({ description: 'What something costs those who come.' })
export class Cost {
  @Field(() => Int, {
    nullable: true,
    description: 'In hundredths of the currency; null where it is free, or nobody knows how much.',
  })
  amountCents!: number | null;

  @Field(() => String, { description: 'ISO 4217, mostly EUR.' })
  currency!: string;

  @Field(() => stored.CostUnit, { nullable: true, description: 'What the amount is for; null: it is not said.' })
  unit!: stored.CostUnit | null;

  @Field(() => Boolean, { description: 'It costs nothing.' })
  free!: boolean;

  @Field(() => String, { nullable: true, description: 'What is paid for, and who pays less or nothing.' })
  description!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The first day on which it is so.' })
  validFrom!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The last day on which it is so.' })
  validTo!: string | null;
}

@ObjectType({ description: 'Something to bring along.' })
export class RequiredDocument {
  @Field(() => String, { description: 'What it is.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Where to get it, or the form itself.' })
  url!: string | null;
}

@ObjectType({
  description:
    'Whom a service takes, or does not (Aufnahme- und Ausschlusskriterien). One with needs is checked by the finder and by the sending of a referral; one in words only is to be cleared up in conversation.',
})
export class ServiceCriterion {
  @Field(() => stored.CriterionEffect, { description: 'Whether it opens or closes.' })
  effect!: stored.CriterionEffect;

  @Field(() => [Need], { description: 'Any one of them suffices; empty for one in words only.' })
  needs!: Need[];

  @Field(() => String, { nullable: true, description: 'In words.' })
  text!: string | null;
}

export const costsOf = (value: JsonValue): Cost[] =>
  (value as unknown as readonly stored.Cost[]).map(one => ({
    amountCents: one.amountCents ?? null,
    currency: one.currency,
    unit: one.unit ?? null,
    free: one.free,
    description: one.description ?? null,
    validFrom: one.validFrom ?? null,
    validTo: one.validTo ?? null,
  }));

export const documentsOf = (value: JsonValue): RequiredDocument[] =>
  (value as unknown as readonly stored.RequiredDocument[]).map(({ name, url = null }) => ({ name, url }));

/** @param needs all needs, by code */
export const criterionOf = (
  { effect, needs: codes, text = null }: stored.Criterion,
  needs: ReadonlyMap<string, Need>,
): ServiceCriterion => ({
  effect,
  needs: (codes ?? []).flatMap(code => needs.get(code) ?? []),
  text,
});
