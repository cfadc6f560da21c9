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
import { Network } from '../network/network.entity.js';
import { seesPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { editConsortium, foundConsortium } from './consortium.actions.js';
import { Consortium } from './consortium.entity.js';
import {
  ConsortiaArgs,
  ConsortiumConnection,
  ConsortiumEditInput,
  ConsortiumInput,
  ConsortiumMemberConnection,
  ConsortiumMemberInput,
  MembershipsArgs,
} from './consortium.inputs.js';
import { consortiumPage, findConsortium, membershipsOf } from './consortium.query.js';
import { addMember, endMember } from './consortium-member.actions.js';
import { ConsortiumMember } from './consortium-member.entity.js';

@ObjectType({ description: 'Answer to an edit of a consortium or its members.' })
export class ConsortiumPayload extends MutationPayload {
  @Field(() => Consortium, { nullable: true, description: 'As it stands now; null when refused.' })
  consortium?: Consortium | null;
}

/** The answer to a write that returns the id of the consortium. */
const answer = (ctx: Context, written: Promise<string>): Promise<ConsortiumPayload> =>
  payload(
    'consortium',
    written.then(id => findConsortium(ctx, id)),
  );

@Resolver(() => Consortium)
export class ConsortiumResolver {
  @Query(() => ConsortiumConnection, { description: 'Consortia of all networks, by name.' })
  consortia(@Args(() => ConsortiaArgs) args: ConsortiaArgs, @Ctx() ctx: Context): Promise<ConsortiumConnection> {
    return consortiumPage(ctx, args);
  }

  @Query(() => Consortium, { nullable: true, description: 'One consortium.' })
  consortium(
    @Arg('id', () => ID, { description: 'UUID.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<Consortium | null> {
    return findConsortium(ctx, id);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ConsortiumPayload, {
    description: 'A new consortium. For coordinators of the network that keeps it.',
  })
  consortiumFound(
    @Arg('input', () => ConsortiumInput, { description: 'What it is.' }) input: ConsortiumInput,
    @Ctx() ctx: Context,
  ): Promise<ConsortiumPayload> {
    return answer(ctx, foundConsortium(ctx, input));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ConsortiumPayload, {
    description: 'Edits or dissolves it. For coordinators of the network that keeps it.',
  })
  consortiumEdit(
    @Arg('id', () => ID, { description: 'Which consortium.' }) id: string,
    @Arg('input', () => ConsortiumEditInput, { description: 'What changes.' }) input: ConsortiumEditInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ConsortiumPayload> {
    return answer(ctx, editConsortium(ctx, id, input, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ConsortiumPayload, {
    description: 'Takes a partner in. For coordinators of the network that keeps it.',
  })
  consortiumMemberAdd(
    @Arg('id', () => ID, { description: 'Which consortium.' }) id: string,
    @Arg('input', () => ConsortiumMemberInput, { description: 'Who, as what, when.' }) input: ConsortiumMemberInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ConsortiumPayload> {
    return answer(ctx, addMember(ctx, id, input, expectedVersion));
  }

  @Authorized(Role.COORDINATOR, Role.PARTNER_EDITOR)
  @Mutation(() => ConsortiumPayload, {
    description:
      'Says which is the last day of a membership. For coordinators of the network that keeps the consortium; and for the partner that leaves: its editors, and the coordinators of its network. These cannot prolong it, nor end it before today or once it is over, except within 30 days after it was entered: then from its first day on.',
  })
  consortiumMemberEnd(
    @Arg('id', () => ID, { description: 'Which membership.' }) id: string,
    @Arg('until', () => GraphQLLocalDate, { description: 'The last day.' }) until: string,
    @Arg('expectedVersion', () => Int, {
      nullable: true,
      description: 'The version of the consortium that you have read.',
    })
    expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ConsortiumPayload> {
    return answer(ctx, endMember(ctx, id, until, expectedVersion));
  }

  @FieldResolver(() => Network, { description: 'The network that keeps the record.' })
  network(@Root() { network }: Consortium): Promise<Network> {
    return network.loadOrFail();
  }

  @FieldResolver(() => Partner, {
    nullable: true,
    description: 'The umbrella that it belongs to (Dachverband); null also for one that is not published.',
  })
  umbrella(@Root() { umbrella }: Consortium, @Ctx() { viewer }: Context): Promise<Partner | null> {
    return Promise.resolve(umbrella?.loadOrFail() ?? null).then(one => (one && seesPartner(viewer, one) ? one : null));
  }

  @FieldResolver(() => ConsortiumMemberConnection, { description: 'Who belongs to it, the oldest membership first.' })
  members(
    @Root() { id }: Consortium,
    @Args(() => MembershipsArgs) args: MembershipsArgs,
    @Ctx() ctx: Context,
  ): Promise<ConsortiumMemberConnection> {
    return membershipsOf(ctx, 'consortium_id', id, args);
  }
}

@Resolver(() => ConsortiumMember)
export class ConsortiumMemberResolver {
  @FieldResolver(() => Partner, { nullable: true, description: 'Who; null for a partner that is published no more.' })
  partner(@Root() { partner }: ConsortiumMember, @Ctx() { viewer }: Context): Promise<Partner | null> {
    return partner.loadOrFail().then(one => (seesPartner(viewer, one) ? one : null));
  }

  @FieldResolver(() => Consortium, { description: 'To what.' })
  consortium(@Root() { consortium }: ConsortiumMember): Promise<Consortium> {
    return consortium.loadOrFail();
  }
}

@Resolver(() => Partner)
export class PartnerConsortiaResolver {
  @FieldResolver(() => ConsortiumMemberConnection, {
    description: 'The consortia that it belongs to, with its roles, the oldest membership first.',
  })
  consortia(
    @Root() { id }: Partner,
    @Args(() => MembershipsArgs) args: MembershipsArgs,
    @Ctx() ctx: Context,
  ): Promise<ConsortiumMemberConnection> {
    return membershipsOf(ctx, 'partner_id', id, args);
  }
}
