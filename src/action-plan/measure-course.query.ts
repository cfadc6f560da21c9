import type { Context } from '../shared/context.js';
import type { MeasureLights, TargetReached } from './action-plan.types.js';
import { type MeasureCourse, progressOn, reachedOn, TrafficLight } from './measure-progress.rules.js';
import type { PlanMeasure } from './plan-measure.entity.js';

/** A measure and how it went; the courses of one page of measures by two statements. */
export async function courseOf({ loaders }: Context, measure: PlanMeasure): Promise<MeasureCourse> {
  const [readings, adjustments] = await Promise.all([
    loaders.courseOfMeasure.load(measure.id),
    loaders.adjustmentsOfMeasure.load(measure.id),
  ]);
  const { startsOn, dueOn, baseline, target, unit, droppedOn, pauses } = measure;
  return { startsOn, dueOn, baseline, target, adjustments, droppedOn, pauses, unit, readings };
}

/** How many measures of a plan showed which light on that day. */
export async function lightsOf(ctx: Context, plan: string, on: string): Promise<MeasureLights> {
  const measures = await ctx.loaders.measuresOfPlan.load(plan);
  const lights = await Promise.all(measures.map(async measure => progressOn(await courseOf(ctx, measure), on).light));
  const count = (light: TrafficLight) => lights.filter(one => one === light).length;
  return {
    green: count(TrafficLight.GREEN),
    yellow: count(TrafficLight.YELLOW),
    red: count(TrafficLight.RED),
    grey: count(TrafficLight.GREY),
  };
}

/** Target against what was reached on that day, of each measure of a plan. */
export async function targetsOf(ctx: Context, plan: string, on: string): Promise<TargetReached[]> {
  const measures = await ctx.loaders.measuresOfPlan.load(plan);
  return Promise.all(measures.map(async measure => ({ measure, ...reachedOn(await courseOf(ctx, measure), on) })));
}
