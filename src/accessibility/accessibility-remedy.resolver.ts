import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Jobcenter } from '../jobcenter/jobcenter.entity.js';
import { Location } from '../location/location.entity.js';
import { isOfficeOf } from '../network/network.access.js';
import { mayEditPartner } from '../partner/partner.access.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import {
  AccessibilityRemediesArgs,
  AccessibilityRemedyConnection,
  AccessibilityRemedyInput,
} from './accessibility.inputs.js';
import { findRemedy, remedyPage } from './accessibility.query.js';
import { OPEN_REMEDIES } from './accessibility.rules.js';
import { SiteAccessibility } from './accessibility.types.js';
import { AccessibilityCriterion } from './accessibility-criterion.entity.js';
import { AccessibilityRemedyPayload } from './accessibility-payloads.types.js';
import { editRemedy, planRemedy } from './accessibility-remedy.actions.js';
import { AccessibilityRemedy } from './accessibility-remedy.entity.js';

@Resolver(() => AccessibilityRemedy)
export class AccessibilityRemedyResolver {
  @Authorized()
  @Query(() => AccessibilityRemedyConnection, {
    description:
      'Remedies at locations of a network of yours, what is due first before; editors of a partner see those at its own locations.',
  })
  accessibilityRemedies(
    @Args(() => AccessibilityRemediesArgs) args: AccessibilityRemediesArgs,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityRemedyConnection> {
    return remedyPage(ctx, args);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessibilityRemedyPayload, {
    description: 'Plans a remedy at a location, assessed or not. For coordinators of its network.',
  })
  accessibilityRemedyPlan(
    @Arg('location', () => ID, { description: 'Where.' }) location: string,
    @Arg('input', () => AccessibilityRemedyInput, { description: 'What is to be done.' })
    input: AccessibilityRemedyInput,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityRemedyPayload> {
    return payload(
      'remedy',
      planRemedy(ctx, location, input).then(key => findRemedy(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessibilityRemedyPayload, {
    description:
      "Edits a remedy, or says how far it is. Nothing follows for the finder: that takes an assessment. For coordinators of its location's network.",
  })
  accessibilityRemedyEdit(
    @Arg('id', () => ID, { description: 'Which remedy.' }) id: string,
    @Arg('input', () => AccessibilityRemedyInput, { description: 'What changes.' }) input: AccessibilityRemedyInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<AccessibilityRemedyPayload> {
    return payload(
      'remedy',
      editRemedy(ctx, id, input, expectedVersion).then(key => findRemedy(ctx, key)),
    );
  }

  @FieldResolver(() => Location, { description: 'Where.' })
  location(@Root() { location }: AccessibilityRemedy): Promise<Location> {
    return location.loadOrFail();
  }

  @FieldResolver(() => AccessibilityCriterion, { description: 'Which criterion is to be met.' })
  async criterion(
    @Root() { criterion }: AccessibilityRemedy,
    @Ctx() { loaders }: Context,
  ): Promise<AccessibilityCriterion> {
    return (await loaders.accessibilityCriteria()).get(criterion.code)!;
  }

  @FieldResolver(() => Boolean, { description: 'Still to be done, and its day is over.' })
  overdue(@Root() { state, dueOn }: AccessibilityRemedy, @Ctx() { now }: Context): boolean {
    return OPEN_REMEDIES.includes(state) && dueOn < berlinDay(now);
  }
}

@Resolver(() => Jobcenter)
export class JobcenterAccessibilityResolver {
  @FieldResolver(() => SiteAccessibility, {
    nullable: true,
    description:
      'How accessible its sites are, in numbers; null for others than caseworkers and coordinators of its network and its own editors.',
  })
  async accessibility(
    @Root() { id, network, partner }: Jobcenter,
    @Arg('from', () => GraphQLLocalDate, { nullable: true, description: 'Assessed on this day or later.' })
    from: string | null,
    @Arg('until', () => GraphQLLocalDate, { nullable: true, description: 'Assessed on this day or earlier.' })
    until: string | null,
    @Ctx() { loaders, now, viewer }: Context,
  ): Promise<SiteAccessibility | null> {
    if (!isOfficeOf(viewer, network.id) && !mayEditPartner(viewer, partner.id)) return null;
    return loaders.siteAccessibility({ from: from ?? null, until: until ?? null }, berlinDay(now)).load(id);
  }
}
