import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Municipality } from '../municipality/municipality.entity.js';
import type { Context } from '../shared/context.js';
import { AccessibilityEntry, Location } from './location.entity.js';

@Resolver(() => Location)
export class LocationResolver {
  @FieldResolver(() => Municipality, { description: 'Where it lies.' })
  municipality(@Root() location: Location): Promise<Municipality> {
    return location.municipality.loadOrFail();
  }

  @FieldResolver(() => [AccessibilityEntry], {
    description: 'What is known; a feature that is not in the list is UNKNOWN.',
  })
  accessibility(@Root() location: Location, @Ctx() { loaders }: Context): Promise<AccessibilityEntry[]> {
    return loaders.accessibilityOfLocation.load(location.id);
  }
}
