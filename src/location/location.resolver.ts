import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { AS_OF, locationAsOf } from '../history/as-of.query.js';
import { Municipality } from '../municipality/municipality.entity.js';
import type { Context } from '../shared/context.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import { AccessibilityEntry, Location } from './location.entity.js';

@Resolver(() => Location)
export class LocationResolver {
  @Query(() => Location, { nullable: true, description: 'One location of the published directory.' })
  location(
    @Arg('id', () => ID, { description: 'UUID.' }) id: string,
    @Arg('asOf', () => GraphQLDateTime, AS_OF) asOf: Date | null,
    @Ctx() ctx: Context,
  ): Promise<Location | null> {
    return locationAsOf(ctx, id, asOf);
  }

  @FieldResolver(() => Municipality, { description: 'Where it lies.' })
  municipality(@Root() location: Location): Promise<Municipality> {
    return location.municipality.loadOrFail();
  }

  @FieldResolver(() => [AccessibilityEntry], {
    description: 'What is known; a feature that is not in the list is UNKNOWN.',
  })
  accessibility(@Root() location: Location, @Ctx() { loaders }: Context): Promise<AccessibilityEntry[]> {
    return loaders.accessibilityOfLocation.load(location);
  }
}
