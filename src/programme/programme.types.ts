import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Network } from '../network/network.entity.js';
import { SMALLEST_CELL } from '../referral-follow-up/sustained-integration.rules.js';
import { Cents, GraphQLLocalDate } from '../shared/scalars.js';
import {
  type MoneyRow,
  NOTHING_TOLD,
  ProgrammeRole,
  perPlace,
  type RoundCounts,
  type ToldCounts,
} from './programme.rules.js';

registerEnumType(ProgrammeRole, {
  name: 'ProgrammeRole',
  description: 'As what a network takes part in a programme.',
  valuesConfig: {
    LEAD: { description: 'It leads it and keeps its record (Federführung).' },
    PARTICIPANT: { description: 'It takes part.' },
  },
});

@ObjectType('ProgrammeNetwork', { description: 'A network in a programme.' })
export class ProgrammeNetworkType {
  @Field(() => Network, { description: 'Which.' })
  network!: Network;

  @Field(() => ProgrammeRole, { description: 'As what.' })
  role!: ProgrammeRole;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Its last day, where it left by itself; null: as long as the programme goes.',
  })
  until!: string | null;
}

@ObjectType({ description: 'Money for each place and month: `cents` · places + `remainder` is the whole, exactly.' })
export class CentsPerPlace {
  @Field(() => Cents, { description: 'Whole cents for each place and month.' })
  cents!: number;

  @Field(() => Cents, { description: 'What is left over of the whole.' })
  remainder!: number;
}

@ObjectType({ description: 'Money and coaching, summed exactly over months, services and rounds.' })
export class ProgrammeMoney {
  @Field(() => Float, {
    description:
      'Places, summed over the months: one place for a year is 12. A whole number, exact; an Int would not hold it.',
  })
  placeMonths!: number;

  @Field(() => Cents, { description: 'Benefit money that was turned into wage subsidy (Passiv-Aktiv-Transfer).' })
  benefitCents!: number;

  @Field(() => Cents, { description: 'Subsidy from the money of the programme.' })
  subsidyCents!: number;

  @Field(() => Float, {
    description: 'Coaching beside the job, in minutes. A whole number, exact; an Int would not hold it.',
  })
  coachingMinutes!: number;

  @Field(() => CentsPerPlace, {
    nullable: true,
    description: 'Benefit money for each place and month; null without places.',
  })
  benefitPerPlace!: CentsPerPlace | null;

  @Field(() => CentsPerPlace, { nullable: true, description: 'Subsidy for each place and month; null without places.' })
  subsidyPerPlace!: CentsPerPlace | null;
}

export function moneyOf(row: MoneyRow | null | undefined): ProgrammeMoney {
  const placeMonths = Number(row?.place_months ?? 0);
  const benefitCents = Number(row?.benefit_cents ?? 0);
  const subsidyCents = Number(row?.subsidy_cents ?? 0);
  return {
    placeMonths,
    benefitCents,
    subsidyCents,
    coachingMinutes: Number(row?.coaching_minutes ?? 0),
    benefitPerPlace: perPlace(benefitCents, placeMonths),
    subsidyPerPlace: perPlace(subsidyCents, placeMonths),
  };
}

const SMALL = `null where it, or what is missing from a larger figure to it, is below ${SMALLEST_CELL}, or nothing was counted yet.`;

@ObjectType({
  description:
    'What became of the participants, by referrals of this hub, as of the end of a month; first on the day after the round was entered. Once told, a figure moves by five at least, so that nobody learns of single people by looking again. Of fewer than five participants nothing is told, not even that there was none. Referrals at services that tell their caseworker less (`feedbackLevel`) count in what they tell: at NONE in nothing, at RECEIVED_ONLY in `participants`, at STATUS not in `employed` and `sustained`; others can be reported as `participantsElsewhere`.',
})
export class ProgrammeFigures implements ToldCounts {
  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Counted up to and including this day; null: not yet.',
  })
  asOf!: string | null;

  @Field(() => Int, { nullable: true, description: `People who were accepted within the intake window; ${SMALL}` })
  participants!: number | null;

  @Field(() => Int, { description: 'People who took part by other ways, as reported.' })
  participantsElsewhere!: number;

  @Field(() => Int, { nullable: true, description: `Both together; ${SMALL}` })
  participantsInAll!: number | null;

  @Field(() => Int, { nullable: true, description: `Who of these began; ${SMALL}` })
  started!: number | null;

  @Field(() => Int, { nullable: true, description: `Who of these came to the aim; ${SMALL}` })
  completed!: number | null;

  @Field(() => Int, { nullable: true, description: `Who of these ended before it, by whomever; ${SMALL}` })
  aborted!: number | null;

  @Field(() => Int, { nullable: true, description: `Who of these went over into regular employment; ${SMALL}` })
  employed!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Who of these was recorded to be in it still six months later; ${SMALL}`,
  })
  sustained!: number | null;
}

export const figuresOf = (
  asOf: string | null,
  told: ToldCounts | null,
  participantsElsewhere: number,
): ProgrammeFigures => {
  const { participants, started, completed, aborted, employed, sustained } = told ?? NOTHING_TOLD;
  const counts: { [Name in keyof RoundCounts]: number | null } = {
    participants,
    started,
    completed,
    aborted,
    employed,
    sustained,
  };
  return {
    asOf,
    ...counts,
    participantsElsewhere,
    participantsInAll: participants === null ? null : participants + participantsElsewhere,
  };
};
