import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { coverageOf } from './coverage.query.js';
import { Coverage, CoverageInput } from './coverage.types.js';

@Resolver()
export class CoverageResolver {
  @Query(() => Coverage, {
    complexity: 3000,
    description: 'How well people can reach the services of a category, by municipality.',
  })
  coverage(
    @Arg('input', () => CoverageInput, { description: 'What is to be covered, and for whom.' }) input: CoverageInput,
    @Ctx() ctx: Context,
  ): Promise<Coverage> {
    return coverageOf(ctx, input);
  }
}
