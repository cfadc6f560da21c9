import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { seesAccession } from '../accession/accession.access.js';
import { Accession } from '../accession/accession.entity.js';
import { Network } from '../network/network.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { ActionPlan } from './action-plan.entity.js';
import { ActionPlanConnection, ActionPlansArgs } from './action-plan.inputs.js';
import { findPlan, planPage } from './action-plan.query.js';
import { MOST_MEASURES } from './action-plan.rules.js';
import { MeasureLights, TargetReached } from './action-plan.types.js';
import { lightsOf, targetsOf } from './measure-course.query.js';
import { PlanMeasure } from './plan-measure.entity.js';

const ON = { nullable: true, description: 'As of this day; today when left out.' } as const;

@Resolver(() => ActionPlan)
export class ActionPlanResolver {
  @Query(() => ActionPlanConnection, {
    description:
      'Action plans (Aktionspläne), the latest first: published ones for everybody, adopted ones for members of the network, drafts for those who coordinate it.',
  })
  actionPlans(@Args(() => ActionPlansArgs) args: ActionPlansArgs, @Ctx() ctx: Context): Promise<ActionPlanConnection> {
    return planPage(ctx, args);
  }

  @Query(() => ActionPlan, {
    nullable: true,
    description: 'One action plan; null for what is not there, or not for you.',
  })
  actionPlan(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<ActionPlan | null> {
    return findPlan(ctx, id);
  }

  @FieldResolver(() => Network, { description: 'Whose plan it is.' })
  network(@Root() plan: ActionPlan): Promise<Network> {
    return plan.network.loadOrFail();
  }

  @FieldResolver(() => Accession, {
    nullable: true,
    description: 'The accession for whose catalogue of measures it stands, if you may see it.',
  })
  async accession(@Root() { accession }: ActionPlan, @Ctx() ctx: Context): Promise<Accession | null> {
    const found = accession && (await accession.loadOrFail());
    return found && seesAccession(ctx.viewer, found, berlinDay(ctx.now)) ? found : null;
  }

  @Extensions({ items: MOST_MEASURES })
  @FieldResolver(() => [PlanMeasure], {
    description: 'Its measures in their order, 60 at most.',
  })
  measures(@Root() { id }: ActionPlan, @Ctx() { loaders }: Context): Promise<PlanMeasure[]> {
    return loaders.measuresOfPlan.load(id);
  }

  @FieldResolver(() => MeasureLights, { description: 'How many measures show which light.' })
  lights(
    @Root() { id }: ActionPlan,
    @Arg('on', () => GraphQLLocalDate, ON) on: string | null,
    @Ctx() ctx: Context,
  ): Promise<MeasureLights> {
    return lightsOf(ctx, id, on ?? berlinDay(ctx.now));
  }

  @Extensions({ items: MOST_MEASURES })
  @FieldResolver(() => [TargetReached], {
    description: 'Of each measure: its target as adopted against what was reached, and whether it was set too high.',
  })
  targetsReached(
    @Root() { id }: ActionPlan,
    @Arg('on', () => GraphQLLocalDate, ON) on: string | null,
    @Ctx() ctx: Context,
  ): Promise<TargetReached[]> {
    return targetsOf(ctx, id, on ?? berlinDay(ctx.now));
  }
}
