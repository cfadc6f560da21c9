import { Arg, Authorized, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { adoptPlan, closePlan, draftPlan, editPlan, publishPlan } from './action-plan.actions.js';
import { ActionPlan } from './action-plan.entity.js';
import { ActionPlanDraftInput, ActionPlanEditInput } from './action-plan.inputs.js';
import { findPlan } from './action-plan.query.js';

@ObjectType({ description: 'Answer to a mutation of an action plan.' })
export class ActionPlanPayload extends MutationPayload {
  @Field(() => ActionPlan, { nullable: true, description: 'As it stands now; null when refused.' })
  actionPlan?: ActionPlan | null;
}

const WHICH = { description: 'Which plan.' } as const;
const DAY = { description: 'Its day, not in the future.' } as const;

const answer = (ctx: Context, action: Promise<string>): Promise<ActionPlanPayload> =>
  payload(
    'actionPlan',
    action.then(id => findPlan(ctx, id)),
  );

@Resolver()
export class ActionPlanEditResolver {
  @Authorized(Role.COORDINATOR)
  @Mutation(() => ActionPlanPayload, { description: 'Begins an action plan. For coordinators of the network.' })
  actionPlanDraft(
    @Arg('input', () => ActionPlanDraftInput, { description: 'Whose, for what time.' }) input: ActionPlanDraftInput,
    @Ctx() ctx: Context,
  ): Promise<ActionPlanPayload> {
    return answer(ctx, draftPlan(ctx, input));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ActionPlanPayload, {
    description: 'Changes title and period, and of a draft its accession. For coordinators of the network.',
  })
  actionPlanEdit(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => ActionPlanEditInput, { description: 'What changes.' }) input: ActionPlanEditInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ActionPlanPayload> {
    return answer(ctx, editPlan(ctx, id, input, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ActionPlanPayload, {
    description:
      'Adopts a draft (Beschluss): its targets then change by reviews only, and members of the network read it. For coordinators of the network.',
  })
  actionPlanAdopt(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('on', () => GraphQLLocalDate, DAY) on: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ActionPlanPayload> {
    return answer(ctx, adoptPlan(ctx, id, on, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ActionPlanPayload, {
    description: 'Shows an adopted plan to everybody, or no longer. For coordinators of the network.',
  })
  actionPlanPublish(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('published', () => Boolean, { nullable: true, defaultValue: true, description: 'False: no longer.' })
    published: boolean | null,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ActionPlanPayload> {
    return answer(ctx, publishPlan(ctx, id, published ?? true, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ActionPlanPayload, {
    description: 'Closes an adopted plan: nothing of it changes afterwards. For coordinators of the network.',
  })
  actionPlanClose(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('on', () => GraphQLLocalDate, DAY) on: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ActionPlanPayload> {
    return answer(ctx, closePlan(ctx, id, on, expectedVersion));
  }
}
