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
import { Consent } from '../consent/consent.entity.js';
import { AccessibilityFeature } from '../location/location.rules.js';
import { Municipality } from '../municipality/municipality.entity.js';
import { Need } from '../need/need.entity.js';
import { Network } from '../network/network.entity.js';
import { ReferralConnection } from '../referral/referral.inputs.js';
import { referralsOfCase } from '../referral/referral.query.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { closeCase, openCase, updateCase } from './client-case.actions.js';
import { ClientCase } from './client-case.entity.js';
import {
  ClientCaseConnection,
  ClientCaseOpenInput,
  ClientCasesArgs,
  ClientCaseUpdateInput,
} from './client-case.inputs.js';
import { clientCasePage, findClientCase } from './client-case.query.js';

@ObjectType({ description: 'Answer to a change of a case.' })
export class ClientCasePayload extends MutationPayload {
  @Field(() => ClientCase, { nullable: true, description: 'As it stands now; null when refused.' })
  clientCase?: ClientCase | null;
}

@Resolver(() => ClientCase)
export class ClientCaseResolver {
  @Authorized()
  @Query(() => ClientCase, { nullable: true, description: 'One case that you work on; null for any other.' })
  clientCase(
    @Arg('id', () => ID, { description: 'UUID.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<ClientCase | null> {
    return findClientCase(ctx, id);
  }

  @Authorized()
  @Query(() => ClientCaseConnection, {
    description: "The viewer's own: assigned to her, or as a deputy; newest first.",
  })
  clientCases(@Args(() => ClientCasesArgs) args: ClientCasesArgs, @Ctx() ctx: Context): Promise<ClientCaseConnection> {
    return clientCasePage(ctx, args);
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => ClientCasePayload, { description: 'Opens a case, assigned to you. For caseworkers of the network.' })
  clientCaseOpen(
    @Arg('input', () => ClientCaseOpenInput, { description: 'The client, without a name.' }) input: ClientCaseOpenInput,
    @Ctx() ctx: Context,
  ): Promise<ClientCasePayload> {
    return payload(
      'clientCase',
      openCase(ctx, input).then(id => findClientCase(ctx, id)),
    );
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => ClientCasePayload, {
    description: 'Changes an open case. What was disclosed before stays as it was. For caseworkers on the case.',
  })
  clientCaseUpdate(
    @Arg('id', () => ID, { description: 'Which case.' }) id: string,
    @Arg('input', () => ClientCaseUpdateInput, { description: 'What changes.' }) input: ClientCaseUpdateInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION)
    expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ClientCasePayload> {
    const updated = updateCase(ctx, id, input, expectedVersion);
    return payload(
      'clientCase',
      updated.then(key => findClientCase(ctx, key)),
    );
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => ClientCasePayload, {
    description: 'Closes a case: nothing new is sent, what is under way goes on. For caseworkers on the case.',
  })
  clientCaseClose(
    @Arg('id', () => ID, { description: 'Which case.' }) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION)
    expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ClientCasePayload> {
    return payload(
      'clientCase',
      closeCase(ctx, id, expectedVersion).then(key => findClientCase(ctx, key)),
    );
  }

  @FieldResolver(() => Network, { description: 'Whose case it is.' })
  network(@Root() clientCase: ClientCase): Promise<Network> {
    return clientCase.network.loadOrFail();
  }

  @FieldResolver(() => Municipality, { description: 'Where the client lives.' })
  municipality(@Root() clientCase: ClientCase): Promise<Municipality> {
    return clientCase.municipality.loadOrFail();
  }

  @FieldResolver(() => [Need], { description: 'What the client brings along.' })
  async needs(@Root() clientCase: ClientCase, @Ctx() { loaders }: Context): Promise<Need[]> {
    const health = await loaders.healthOfCase.load(clientCase.id);
    return [...(await loaders.needs()).values()].filter(need => health?.needs.includes(need.code));
  }

  @FieldResolver(() => [AccessibilityFeature], { description: 'What the client cannot do without.' })
  async accessibility(@Root() clientCase: ClientCase, @Ctx() { loaders }: Context): Promise<AccessibilityFeature[]> {
    return (await loaders.healthOfCase.load(clientCase.id))?.accessibility ?? [];
  }

  @FieldResolver(() => [Consent], { description: 'All that were recorded, newest first.' })
  consents(@Root() clientCase: ClientCase, @Ctx() { loaders }: Context): Promise<Consent[]> {
    return loaders.consentsOfCase.load(clientCase.id);
  }

  @FieldResolver(() => ReferralConnection, { description: 'Newest first.' })
  referrals(
    @Root() clientCase: ClientCase,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ReferralConnection> {
    return referralsOfCase(ctx, clientCase.id, args);
  }
}
