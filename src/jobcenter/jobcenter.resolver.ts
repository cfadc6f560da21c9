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
import { Partner } from '../partner/partner.entity.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { editJobcenter, registerJobcenter } from './jobcenter.actions.js';
import { Jobcenter } from './jobcenter.entity.js';
import { JobcenterConnection, JobcenterInput } from './jobcenter.inputs.js';
import { findJobcenter, jobcenterPage } from './jobcenter.query.js';

@ObjectType({ description: 'Answer to what was said of a Jobcenter.' })
export class JobcenterPayload extends MutationPayload {
  @Field(() => Jobcenter, { nullable: true, description: 'As it stands now; null when refused.' })
  jobcenter?: Jobcenter | null;
}

@Resolver(() => Jobcenter)
export class JobcenterResolver {
  @Query(() => JobcenterConnection, { description: 'The Jobcenters of all networks, by name.' })
  jobcenters(@Args(() => PageArgs) args: PageArgs, @Ctx() ctx: Context): Promise<JobcenterConnection> {
    return jobcenterPage(ctx, args);
  }

  @Query(() => Jobcenter, { nullable: true, description: 'One Jobcenter.' })
  jobcenter(@Arg('id', () => ID, { description: 'UUID.' }) id: string, @Ctx() ctx: Context): Promise<Jobcenter | null> {
    return findJobcenter(ctx, id);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => JobcenterPayload, {
    description:
      'Says that a partner is the Jobcenter of its network: a published public institution; one in each network. For its coordinators.',
  })
  jobcenterRegister(
    @Arg('partner', () => ID, { description: 'Which partner.' }) partner: string,
    @Arg('input', () => JobcenterInput, { description: 'What else there is to say.' }) input: JobcenterInput,
    @Ctx() ctx: Context,
  ): Promise<JobcenterPayload> {
    return payload(
      'jobcenter',
      registerJobcenter(ctx, partner, input).then(key => findJobcenter(ctx, key)),
    );
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => JobcenterPayload, {
    description:
      'Edits what is said of a Jobcenter beside its record, or which record it is. For coordinators of its network.',
  })
  jobcenterEdit(
    @Arg('id', () => ID, { description: 'Which Jobcenter.' }) id: string,
    @Arg('input', () => JobcenterInput, { description: 'What it is to be.' }) input: JobcenterInput,
    @Arg('partner', () => ID, {
      nullable: true,
      description: 'Another public institution of the network in place of the one that was named; left out = the same.',
    })
    partner: string | null,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<JobcenterPayload> {
    return payload(
      'jobcenter',
      editJobcenter(ctx, id, input, partner, expectedVersion).then(key => findJobcenter(ctx, key)),
    );
  }

  @FieldResolver(() => Network, { description: 'Whose it is.' })
  network(@Root() { network }: Jobcenter): Promise<Network> {
    return network.loadOrFail();
  }

  @FieldResolver(() => Partner, { description: 'Its record in the directory.' })
  partner(@Root() { partner }: Jobcenter): Promise<Partner> {
    return partner.loadOrFail();
  }

  @FieldResolver(() => [Location], { description: 'Its sites (Standorte): the locations that are in use, by name.' })
  sites(@Root() { partner }: Jobcenter, @Ctx() { loaders }: Context): Promise<Location[]> {
    return loaders.locationsOfPartner.load({ id: partner.id });
  }
}

@Resolver(() => Network)
export class NetworkJobcenterResolver {
  @FieldResolver(() => Jobcenter, { nullable: true, description: 'Its Jobcenter; null where none is registered.' })
  jobcenter(@Root() { id }: Network, @Ctx() { loaders }: Context): Promise<Jobcenter | null> {
    return loaders.jobcenterOfNetwork.load(id);
  }
}
