import { Field, Int, ObjectType } from 'type-graphql';
import '../location/location.enums.js';
import { AccessibilityFeature, FeatureState } from '../location/location.rules.js';
import { Cents } from '../shared/scalars.js';
import type { SiteFigures } from './accessibility.rules.js';

@ObjectType({ description: 'What an assessment decides of one feature.' })
export class AccessibilityVerdict {
  @Field(() => AccessibilityFeature, { description: 'Which feature.' })
  feature!: AccessibilityFeature;

  @Field(() => FeatureState, {
    description:
      'Of its essential criteria alone: NO where one is not met; YES where each is met or not applicable, and one at least met; else UNKNOWN.',
  })
  state!: FeatureState;
}

@ObjectType({
  description:
    'How accessible the sites of a Jobcenter are, in numbers. For caseworkers and coordinators of its network, and its own editors.',
})
export class SiteAccessibility implements SiteFigures {
  @Field(() => Int, { description: 'Sites that are in use.' })
  sites!: number;

  @Field(() => Int, { description: 'Those of them that were assessed in the period.' })
  assessed!: number;

  @Field(() => Int, { description: 'Criteria that the latest assessment of each site found not met.' })
  notMet!: number;

  @Field(() => Int, { description: 'Those of them without a remedy that is planned, commissioned or done.' })
  withoutRemedy!: number;

  @Field(() => Int, { description: 'Remedies still to be done.' })
  open!: number;

  @Field(() => Int, { description: 'Those of them that are overdue.' })
  overdue!: number;

  @Field(() => Int, { description: 'Remedies that are done.' })
  done!: number;

  @Field(() => Cents, { description: 'What all remedies cost that are not dropped, as far as it is known.' })
  costCents!: string;

  @Field(() => Cents, { description: 'What those of them cost that are still to be done.' })
  openCostCents!: string;

  @Field(() => Int, { description: 'Remedies that are not dropped and whose cost is not known.' })
  withoutCost!: number;
}
