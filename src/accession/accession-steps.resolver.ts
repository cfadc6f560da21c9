import { Arg, Authorized, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { addResolution, editAccession, prepareAccession, recordConsent, removeConsent } from './accession.actions.js';
import { Accession } from './accession.entity.js';
import {
  AccessionConfirmInput,
  AccessionConsentInput,
  AccessionEditInput,
  AccessionPrepareInput,
  AccessionResolutionInput,
} from './accession.inputs.js';
import { findAccession } from './accession.query.js';
import { confirmAccession, submitAccession, withdrawAccession } from './accession-steps.actions.js';

@ObjectType({ description: 'Answer to a mutation of an accession.' })
export class AccessionPayload extends MutationPayload {
  @Field(() => Accession, { nullable: true, description: 'As it stands now; null when refused.' })
  accession?: Accession | null;
}

const WHICH = { description: 'Which accession.' } as const;
const DAY = { description: 'Its day, not in the future.' } as const;

const answer = (ctx: Context, action: Promise<string>): Promise<AccessionPayload> =>
  payload(
    'accession',
    action.then(id => findAccession(ctx, id)),
  );

@Resolver()
export class AccessionStepsResolver {
  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessionPayload, { description: 'Begins an accession. For coordinators of the network.' })
  accessionPrepare(
    @Arg('input', () => AccessionPrepareInput, { description: 'Whose, to what, until when.' })
    input: AccessionPrepareInput,
    @Ctx() ctx: Context,
  ): Promise<AccessionPayload> {
    return answer(ctx, prepareAccession(ctx, input));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessionPayload, {
    description: 'Changes deadline, catalogue and logo period. For coordinators of the network.',
  })
  accessionEdit(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => AccessionEditInput, { description: 'What changes.' }) input: AccessionEditInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<AccessionPayload> {
    return answer(ctx, editAccession(ctx, id, input, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessionPayload, {
    description:
      'Names a body that must agree, or tells what it decided, until the accession is declared. For coordinators of the network.',
  })
  accessionConsentRecord(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => AccessionConsentInput, { description: 'Who, and what.' }) input: AccessionConsentInput,
    @Ctx() ctx: Context,
  ): Promise<AccessionPayload> {
    return answer(ctx, recordConsent(ctx, id, input));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessionPayload, {
    description:
      'Takes back a body that was named by mistake, and what it decided, until the accession is declared. For coordinators of the network.',
  })
  accessionConsentRemove(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('consent', () => ID, { description: 'Which body: `AccessionConsent.id`.' }) consent: string,
    @Ctx() ctx: Context,
  ): Promise<AccessionPayload> {
    return answer(ctx, removeConsent(ctx, id, consent));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessionPayload, {
    description: 'Adds a paper with its file number, for good. For coordinators of the network.',
  })
  accessionResolutionAdd(
    @Arg('input', () => AccessionResolutionInput, { description: 'The paper.' }) input: AccessionResolutionInput,
    @Ctx() ctx: Context,
  ): Promise<AccessionPayload> {
    return answer(ctx, addResolution(ctx, input));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessionPayload, {
    description:
      'Declares the accession. What is missing is told in `userErrors`; after the deadline TOO_LATE. For coordinators of the network.',
  })
  accessionSubmit(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('on', () => GraphQLLocalDate, DAY) on: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<AccessionPayload> {
    return answer(ctx, submitAccession(ctx, id, on, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessionPayload, {
    description: 'The accession is confirmed: it is public from its day on. For coordinators of the network.',
  })
  accessionConfirm(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('input', () => AccessionConfirmInput, { description: 'Since when, and the right to the logo.' })
    input: AccessionConfirmInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<AccessionPayload> {
    return answer(ctx, confirmAccession(ctx, id, input, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => AccessionPayload, {
    description: 'Takes the accession back, or leaves the agreement. For coordinators of the network.',
  })
  accessionWithdraw(
    @Arg('id', () => ID, WHICH) id: string,
    @Arg('on', () => GraphQLLocalDate, DAY) on: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<AccessionPayload> {
    return answer(ctx, withdrawAccession(ctx, id, on, expectedVersion));
  }
}
