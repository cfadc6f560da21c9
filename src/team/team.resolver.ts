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
import { Location } from '../location/location.entity.js';
import { Network } from '../network/network.entity.js';
import { seesPartner } from '../partner/partner.access.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { TrainingTopic } from '../training/training-topic.entity.js';
import { Role } from '../viewer/viewer.rules.js';
import { dissolveTeam, editTeam, foundTeam } from './team.actions.js';
import { Team, TeamContact } from './team.entity.js';
import { TeamConnection, TeamInput, TeamsArgs } from './team.inputs.js';
import { findTeam, teamPage } from './team.query.js';

@ObjectType({ description: 'Answer to a change of a team.' })
export class TeamPayload extends MutationPayload {
  @Field(() => Team, { nullable: true, description: 'As it stands now; null when refused.' })
  team?: Team | null;
}

const WHICH = { description: 'Which team.' } as const;

@Resolver(() => Team)
export class TeamResolver {
  @Authorized()
  @Query(() => TeamConnection, { description: 'The teams of a network of yours, by name.' })
  teams(@Args(() => TeamsArgs) args: TeamsArgs, @Ctx() ctx: Context): Promise<TeamConnection> {
    return teamPage(ctx, args);
  }

  @Authorized()
  @Query(() => Team, { nullable: true, description: 'One team of a network of yours; null for any other.' })
  team(@Arg('id', () => ID, { description: 'UUID.' }) id: string, @Ctx() ctx: Context): Promise<Team | null> {
    return findTeam(ctx, id);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => TeamPayload, { description: 'A new team. For coordinators of the network.' })
  teamFound(
    @Arg('network', () => String, { description: 'Slug of a network that you coordinate.' }) network: string,
    @Arg('input', () => TeamInput, { description: 'What it is.' }) input: TeamInput,
    @Ctx() ctx: Context,
  ): Promise<TeamPayload> {
    return payload(
      'team',
      foundTeam(ctx, network, input).then(key => findTeam(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => TeamPayload, { description: 'Edits a team that is not dissolved. For coordinators of the network.' })
  teamEdit(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => TeamInput, { description: 'What changes.' }) input: TeamInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<TeamPayload> {
    return payload(
      'team',
      editTeam(ctx, id, input, expectedVersion).then(key => findTeam(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => TeamPayload, {
    description: 'There is no such team any more; what it reported stays. For coordinators of the network.',
  })
  teamDissolve(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('on', () => GraphQLLocalDate, { description: 'Since when; no day to come.' }) on: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<TeamPayload> {
    return payload(
      'team',
      dissolveTeam(ctx, id, on, expectedVersion).then(key => findTeam(ctx, key)),
    );
  }

  @FieldResolver(() => Network, { description: 'Whose it is.' })
  network(@Root() { network }: Team): Promise<Network> {
    return network.loadOrFail();
  }

  @FieldResolver(() => Location, {
    nullable: true,
    description: 'Where it works; null where that is not said, or the place is none that you may see any more.',
  })
  async location(@Root() team: Team, @Ctx() { viewer }: Context): Promise<Location | null> {
    const location = await team.location?.loadOrFail();
    return location && seesPartner(viewer, await location.partner.loadOrFail()) ? location : null;
  }

  @FieldResolver(() => Int, {
    description: 'How many people worked there on a day; before the first change that was told, as many as then.',
  })
  async staffOn(
    @Root() { id, staff }: Team,
    @Arg('day', () => GraphQLLocalDate, { description: 'Which day.' }) day: string,
    @Ctx() { loaders }: Context,
  ): Promise<number> {
    return (await loaders.staffOfTeamOn.load({ team: id, day })) ?? staff;
  }

  @FieldResolver(() => [TeamContact], { description: 'Whom to ask there, 20 at most.' })
  contacts(@Root() { id }: Team, @Ctx() { loaders }: Context): Promise<TeamContact[]> {
    return loaders.contactsOfTeam.load(id);
  }
}

@Resolver(() => TeamContact)
export class TeamContactResolver {
  @FieldResolver(() => [TrainingTopic], { description: 'What it is there for; empty: for all.' })
  async topics(@Root() { topics }: TeamContact, @Ctx() { loaders }: Context): Promise<TrainingTopic[]> {
    return [...(await loaders.trainingTopics()).values()].filter(({ code }) => topics.includes(code));
  }
}
