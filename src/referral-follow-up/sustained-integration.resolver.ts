import { Arg, Authorized, Ctx, Extensions, ID, Query, Resolver } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { Role } from '../viewer/viewer.rules.js';
import { sustainedIntegration } from './sustained-integration.query.js';
import { SustainedIntegration } from './sustained-integration.types.js';

@Resolver()
export class SustainedIntegrationResolver {
  @Extensions({ caseData: true })
  @Authorized(Role.COORDINATOR)
  @Query(() => SustainedIntegration, {
    complexity: 1000,
    description:
      'How many of those who found work through the network stay in work, 3 and 6 months later; for its coordinators.',
  })
  sustainedIntegration(
    @Arg('network', () => String, { description: 'Slug of a network that you coordinate.' }) network: string,
    @Arg('from', () => GraphQLLocalDate, { description: 'Completed in the half-year of this day or later.' })
    from: string,
    @Arg('until', () => GraphQLLocalDate, { description: 'Completed in the half-year of this day or earlier.' })
    until: string,
    @Arg('category', () => ID, {
      nullable: true,
      description: 'By services of this category or one below it; by any when left out.',
    })
    category: string | null,
    @Ctx() ctx: Context,
  ): Promise<SustainedIntegration> {
    return sustainedIntegration(ctx, { network, from, until, category });
  }
}
