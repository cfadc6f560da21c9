import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { Need } from '../need/need.entity.js';
import { seesPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { ShortPageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { ActionPlan } from './action-plan.entity.js';
import {
  MeasureReadingConnection,
  MeasureReviewConnection,
  PlanMeasureConnection,
  PlanMeasuresArgs,
} from './action-plan.inputs.js';
import { findMeasure, measurePage, readingsOf, reviewsOf } from './action-plan.query.js';
import { MOST_SERVICES } from './action-plan.rules.js';
import { MeasureProgress, TargetReached } from './action-plan.types.js';
import { courseOf } from './measure-course.query.js';
import { progressOn, reachedOn } from './measure-progress.rules.js';
import { PlanMeasure } from './plan-measure.entity.js';

const ON = { nullable: true, description: 'As of this day; today when left out.' } as const;

@Resolver(() => PlanMeasure)
export class PlanMeasureResolver {
  @Query(() => PlanMeasureConnection, {
    description: 'Measures of the action plans that you may see (Maßnahmen), the next due day first.',
  })
  planMeasures(
    @Args(() => PlanMeasuresArgs) args: PlanMeasuresArgs,
    @Ctx() ctx: Context,
  ): Promise<PlanMeasureConnection> {
    return measurePage(ctx, args);
  }

  @Query(() => PlanMeasure, { nullable: true, description: 'One measure; null for what is not there, or not for you.' })
  planMeasure(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<PlanMeasure | null> {
    return findMeasure(ctx, id);
  }

  @FieldResolver(() => ActionPlan, { description: 'To which plan it belongs.' })
  plan(@Root() measure: PlanMeasure): Promise<ActionPlan> {
    return measure.plan.loadOrFail();
  }

  @FieldResolver(() => Partner, { nullable: true, description: 'The partner that does it, if you may see it.' })
  async partner(@Root() measure: PlanMeasure, @Ctx() { viewer }: Context): Promise<Partner | null> {
    const partner = measure.partner && (await measure.partner.loadOrFail());
    return partner && seesPartner(viewer, partner) ? partner : null;
  }

  @FieldResolver(() => [Need], { description: 'The needs that it is for.' })
  async needs(@Root() measure: PlanMeasure, @Ctx() { loaders }: Context): Promise<Need[]> {
    const known = await loaders.needs();
    return measure.needs.flatMap(code => known.get(code) ?? []);
  }

  @FieldResolver(() => Category, {
    nullable: true,
    description: 'Of the indicators that look at a category: which; everything below it counts too.',
  })
  async category(@Root() { category }: PlanMeasure, @Ctx() { loaders }: Context): Promise<Category | null> {
    return category ? ((await loaders.categories()).byCode.get(category.code) ?? null) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Of STAFF_TRAINED: code of the training topic.' })
  topic(@Root() { topic }: PlanMeasure): string | null {
    return topic?.code ?? null;
  }

  @Extensions({ items: MOST_SERVICES })
  @FieldResolver(() => [Service], {
    description: 'The published services that it is about, by name; 20 at most.',
  })
  services(@Root() { id }: PlanMeasure, @Ctx() { loaders }: Context): Promise<Service[]> {
    return loaders.servicesOfMeasure.load(id);
  }

  @FieldResolver(() => MeasureProgress, {
    description:
      'How far it was on a day, also a past one: by the readings, goals and days of giving up as they are entered now.',
  })
  async progress(
    @Root() measure: PlanMeasure,
    @Arg('on', () => GraphQLLocalDate, ON) on: string | null,
    @Ctx() ctx: Context,
  ): Promise<MeasureProgress> {
    return progressOn(await courseOf(ctx, measure), on ?? berlinDay(ctx.now));
  }

  @FieldResolver(() => TargetReached, { description: 'Its target as adopted against what was reached.' })
  async targetReached(
    @Root() measure: PlanMeasure,
    @Arg('on', () => GraphQLLocalDate, ON) on: string | null,
    @Ctx() ctx: Context,
  ): Promise<TargetReached> {
    return { measure, ...reachedOn(await courseOf(ctx, measure), on ?? berlinDay(ctx.now)) };
  }

  @FieldResolver(() => MeasureReadingConnection, { description: 'How far it was, the latest day first.' })
  readings(
    @Root() { id }: PlanMeasure,
    @Args(() => ShortPageArgs) args: ShortPageArgs,
    @Ctx() ctx: Context,
  ): Promise<MeasureReadingConnection> {
    return readingsOf(ctx, id, args);
  }

  @FieldResolver(() => MeasureReviewConnection, { description: 'Looks back at it, the latest first.' })
  reviews(
    @Root() { id }: PlanMeasure,
    @Args(() => ShortPageArgs) args: ShortPageArgs,
    @Ctx() ctx: Context,
  ): Promise<MeasureReviewConnection> {
    return reviewsOf(ctx, id, args);
  }

  @FieldResolver(() => GraphQLLocalDate, {
    nullable: true,
    description: 'When the next review is to be, as the last one said.',
  })
  async nextReviewOn(@Root() { id }: PlanMeasure, @Ctx() { loaders }: Context): Promise<string | null> {
    return (await loaders.nextReviewOfMeasure.load(id))?.on ?? null;
  }
}
