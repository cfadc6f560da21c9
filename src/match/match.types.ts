import type { Ref } from '@mikro-orm/postgresql';
import { Field, Float, ObjectType } from 'type-graphql';
import type { Location } from '../location/location.entity.js';
import { Service } from '../service/service.entity.js';
import { CriterionState, type CriterionCheck as StoredCheck } from '../service/service-criteria.rules.js';
import { ServiceCriterion } from '../service/service-terms.types.js';
import { connectionOf } from '../shared/connection.js';
import './match.enums.js';
import { type ClosedIntake, MatchBlocker, MatchFactor } from './match.rules.js';
import type { Fact } from './match-factors.rules.js';
import type { InstrumentFinding } from './match-instruments.rules.js';

@ObjectType({ description: 'One part of the score: score = Σ(weight · value) / Σ(weight).' })
export class MatchReason {
  @Field(() => MatchFactor, { description: 'Which part.' })
  factor!: MatchFactor;

  @Field(() => Float, { description: "How much it counts; set by the network of the client's municipality." })
  weight!: number;

  @Field(() => Float, { description: '0 to 1, best 1; 0.5 where nothing is known of the service.' })
  value!: number;

  /** What the text is made of. */
  fact!: Fact;
}

@ObjectType({ description: 'One criterion of a service, held against the told needs.' })
export class CriterionCheck {
  @Field(() => ServiceCriterion, { description: 'Which.' })
  criterion!: ServiceCriterion;

  @Field(() => CriterionState, { description: 'Whether it holds.' })
  state!: CriterionState;
}

@ObjectType({ description: 'What the finder says of one service.' })
export class ServiceMatch {
  @Field(() => Service, { description: 'The service.' })
  service!: Service;

  /** The measured site; many are loaded together. */
  site!: Ref<Location> | null;

  @Field(() => Float, {
    description: '0 to 1, best first. Differences below a hundredth do not order: those are drawn by lot every day.',
  })
  score!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'From the client to the measured site; null without one. A protected address: to its municipality.',
  })
  distanceKm!: number | null;

  @Field(() => [MatchReason], { description: 'The parts of the score that the question asks for.' })
  reasons!: MatchReason[];

  @Field(() => [MatchBlocker], { description: 'Why it does not fit; empty for a service that fits.' })
  blockers!: MatchBlocker[];

  checks!: readonly StoredCheck[];

  findings!: readonly InstrumentFinding[];

  closedIntake!: ClosedIntake | null;
}

export const ServiceMatchConnection = connectionOf(ServiceMatch, 'serviceMatches');
export type ServiceMatchConnection = InstanceType<typeof ServiceMatchConnection>;
