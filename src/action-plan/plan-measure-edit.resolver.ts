import { Arg, Authorized, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { findMeasure } from './action-plan.query.js';
import { measureNow, recordReading, reviewMeasure } from './measure-record.actions.js';
import { addMeasure, editMeasure } from './plan-measure.actions.js';
import { PlanMeasure } from './plan-measure.entity.js';
import {
  MeasureReadingInput,
  MeasureReviewInput,
  PlanMeasureAddInput,
  PlanMeasureEditInput,
} from './plan-measure.inputs.js';

@ObjectType({ description: 'Answer to a mutation of a measure.' })
export class PlanMeasurePayload extends MutationPayload {
  @Field(() => PlanMeasure, { nullable: true, description: 'As it stands now; null when refused.' })
  planMeasure?: PlanMeasure | null;
}

const WHICH = { description: 'Which measure.' } as const;

const answer = (ctx: Context, action: Promise<string>): Promise<PlanMeasurePayload> =>
  payload(
    'planMeasure',
    action.then(id => findMeasure(ctx, id)),
  );

@Resolver()
export class PlanMeasureEditResolver {
  @Authorized(Role.COORDINATOR)
  @Mutation(() => PlanMeasurePayload, {
    description: 'Adds a measure to a plan that is not closed, 60 at most. For coordinators of the network.',
  })
  planMeasureAdd(
    @Arg('plan', () => ID, { description: 'To which plan.' }) plan: string,
    @Arg('input', () => PlanMeasureAddInput, { description: 'The measure.' }) input: PlanMeasureAddInput,
    @Ctx() ctx: Context,
  ): Promise<PlanMeasurePayload> {
    return answer(ctx, addMeasure(ctx, plan, input));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => PlanMeasurePayload, {
    description:
      'Changes a measure; target and due day only as long as the plan is a draft. For coordinators of the network.',
  })
  planMeasureEdit(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => PlanMeasureEditInput, { description: 'What changes.' }) input: PlanMeasureEditInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<PlanMeasurePayload> {
    return answer(ctx, editMeasure(ctx, id, input, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => PlanMeasurePayload, {
    description:
      'Enters how far a measure is, where the hub does not measure it; the same day again replaces it. For coordinators of the network.',
  })
  planMeasureRecord(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => MeasureReadingInput, { description: 'The reading.' }) input: MeasureReadingInput,
    @Ctx() ctx: Context,
  ): Promise<PlanMeasurePayload> {
    return answer(ctx, recordReading(ctx, id, input));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => PlanMeasurePayload, {
    complexity: 1000,
    description:
      'Measures now what the hub else measures once a month and on the due day; it is the reading of today. After the due day STAFF_TRAINED, SITES_ASSESSED and REFERRALS_WITH_OUTCOME are measured as of that day, and it is the reading of that day. For coordinators of the network.',
  })
  planMeasureMeasure(@Arg('id', () => ID, WHICH) id: string, @Ctx() ctx: Context): Promise<PlanMeasurePayload> {
    return answer(ctx, measureNow(ctx, id));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => PlanMeasurePayload, {
    description:
      'Looks back at a measure of an adopted plan: go on, change target or due day, or give it up. Reviews are entered in the order of their days. What was given up is taken up again by the first two (UNDER_WAY, PLANNED before it begins), unless it was given up after `reviewedOn`. For coordinators of the network.',
  })
  planMeasureReview(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => MeasureReviewInput, { description: 'What was found and decided.' }) input: MeasureReviewInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<PlanMeasurePayload> {
    return answer(ctx, reviewMeasure(ctx, id, input, expectedVersion));
  }
}
