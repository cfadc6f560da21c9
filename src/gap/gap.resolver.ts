import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { Municipality } from '../municipality/municipality.entity.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { updateGap } from './gap.actions.js';
import { Gap } from './gap.entity.js';
import { GapConnection, GapsArgs, GapUpdateInput } from './gap.inputs.js';
import { findGap, gapPage, thisMonth } from './gap.query.js';
import { shownEvents } from './gap.rules.js';

@ObjectType({ description: 'Answer to an edit of a gap.' })
export class GapPayload extends MutationPayload {
  @Field(() => Gap, { nullable: true, description: 'As it stands now; null when refused.' })
  gap?: Gap | null;
}

@Resolver(() => Gap)
export class GapResolver {
  @Authorized(Role.COORDINATOR)
  @Query(() => GapConnection, {
    description:
      'The gap register of a network (Lückenregister), for its coordinators: newest month first, then most events.',
  })
  gaps(@Args(() => GapsArgs) args: GapsArgs, @Ctx() ctx: Context): Promise<GapConnection> {
    return gapPage(ctx, args);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => GapPayload, { description: 'Says what is done about a gap. For coordinators of its network.' })
  gapUpdate(
    @Arg('id', () => ID, { description: 'Which gap.' }) id: string,
    @Arg('input', () => GapUpdateInput, { description: 'What changes.' }) input: GapUpdateInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION)
    expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<GapPayload> {
    return payload(
      'gap',
      updateGap(ctx, id, input, expectedVersion).then(key => findGap(ctx, key)),
    );
  }

  @FieldResolver(() => Municipality, { description: 'Where the clients live.' })
  municipality(@Root() { municipality }: Gap): Promise<Municipality> {
    return municipality.loadOrFail();
  }

  @FieldResolver(() => Category, {
    description: 'What was looked for; of a referral the first category of its service.',
  })
  async category(@Root() { category }: Gap, @Ctx() { loaders }: Context): Promise<Category> {
    return (await loaders.categories()).byCode.get(category.code)!;
  }

  @FieldResolver(() => Int, {
    description:
      'How often. What ended at a service that tells the caseworker nothing (feedback level NONE) is added once the month is over, and so is what is taken back of it: the number going up would tell her.',
  })
  events(@Root() gap: Gap, @Ctx() ctx: Context): number {
    return shownEvents(gap, thisMonth(ctx));
  }
}
