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
import { Consortium } from '../consortium/consortium.entity.js';
import { Instrument } from '../instrument/instrument.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { Cents, GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { editProgramme, foundProgramme } from './programme.actions.js';
import { Programme, ProgrammeFunder } from './programme.entity.js';
import {
  ProgrammeConnection,
  ProgrammeEditInput,
  ProgrammeInput,
  ProgrammeMonthInput,
  ProgrammeRoundConnection,
  ProgrammeRoundInput,
  ProgrammesArgs,
} from './programme.inputs.js';
import { findProgramme, programmePage, roundsOf } from './programme.query.js';
import { ProgrammeRole, sumTold } from './programme.rules.js';
import { figuresOf, moneyOf, ProgrammeFigures, ProgrammeMoney, ProgrammeNetworkType } from './programme.types.js';
import { leaveProgramme } from './programme-network.actions.js';
import { addRound, editRound, reportMonth } from './programme-round.actions.js';

const OF_PROGRAMME = { nullable: true, description: 'The version of the programme that you have read.' } as const;

@ObjectType({ description: 'Answer to an edit of a programme, its rounds or their money.' })
export class ProgrammePayload extends MutationPayload {
  @Field(() => Programme, { nullable: true, description: 'As it stands now; null when refused.' })
  programme?: Programme | null;
}

/** The answer to a write that returns the id of the programme. */
const answer = (ctx: Context, written: Promise<string>): Promise<ProgrammePayload> =>
  payload(
    'programme',
    written.then(id => findProgramme(ctx, id)),
  );

@Resolver(() => Programme)
export class ProgrammeResolver {
  @Query(() => ProgrammeConnection, {
    description: 'Published programmes of all networks, by title; drafts for their keepers.',
  })
  programmes(@Args(() => ProgrammesArgs) args: ProgrammesArgs, @Ctx() ctx: Context): Promise<ProgrammeConnection> {
    return programmePage(ctx, args);
  }

  @Query(() => Programme, { nullable: true, description: 'One programme by its slug or id.' })
  programme(
    @Arg('slug', () => String, { description: 'Its slug, such as "miar", or its id.' }) slug: string,
    @Ctx() ctx: Context,
  ): Promise<Programme | null> {
    return findProgramme(ctx, slug);
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ProgrammePayload, { description: 'A new programme. For coordinators of the network that leads it.' })
  programmeFound(
    @Arg('input', () => ProgrammeInput, { description: 'What it is.' }) input: ProgrammeInput,
    @Ctx() ctx: Context,
  ): Promise<ProgrammePayload> {
    return answer(ctx, foundProgramme(ctx, input));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ProgrammePayload, {
    description: 'Edits a programme. For coordinators of the network that leads it.',
  })
  programmeEdit(
    @Arg('id', () => ID, { description: 'Which programme.' }) id: string,
    @Arg('input', () => ProgrammeEditInput, { description: 'What changes.' }) input: ProgrammeEditInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ProgrammePayload> {
    return answer(ctx, editProgramme(ctx, id, input, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ProgrammePayload, {
    description:
      'A network that others named in a published programme leaves it. For coordinators of that network; who leads it cannot leave (INVALID_INPUT). Without a last day it is as if it had never been named: only within 30 days after it was named, or after what was a draft then was published, else TOO_LATE.',
  })
  programmeNetworkLeave(
    @Arg('programme', () => ID, { description: 'Id of the programme.' }) programme: string,
    @Arg('network', () => String, { description: 'Slug of the network that leaves: one that you coordinate.' })
    network: string,
    @Arg('until', () => GraphQLLocalDate, {
      nullable: true,
      description: 'Its last day, today or later; it stays to be read. Left out: it was named by mistake.',
    })
    until: string | null,
    @Arg('expectedVersion', () => Int, OF_PROGRAMME) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ProgrammePayload> {
    return answer(ctx, leaveProgramme(ctx, programme, network, until ?? null, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ProgrammePayload, {
    description:
      'The next round of a programme. DUPLICATE where a day of a service belongs to another round already. It is counted first on the day after, so that slips can be corrected until then. For coordinators of the network that leads it.',
  })
  programmeRoundAdd(
    @Arg('programme', () => ID, { description: 'Id of the programme.' }) programme: string,
    @Arg('input', () => ProgrammeRoundInput, { description: 'What it is.' }) input: ProgrammeRoundInput,
    @Arg('expectedVersion', () => Int, OF_PROGRAMME) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ProgrammePayload> {
    return answer(ctx, addRound(ctx, programme, input, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ProgrammePayload, {
    description:
      'Edits a round. Once it has been counted, its services and the first day of its intake stay, and its last is moved to no day that was counted (INVALID_INPUT). For coordinators of the network that leads it.',
  })
  programmeRoundEdit(
    @Arg('id', () => ID, { description: 'Which round.' }) id: string,
    @Arg('input', () => ProgrammeRoundInput, { description: 'What changes.' }) input: ProgrammeRoundInput,
    @Arg('expectedVersion', () => Int, OF_PROGRAMME) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ProgrammePayload> {
    return answer(ctx, editRound(ctx, id, input, expectedVersion));
  }

  @Authorized(Role.COORDINATOR)
  @Mutation(() => ProgrammePayload, {
    description:
      'Says what was paid in a month of a round, and for how many places. For coordinators of the network that leads it.',
  })
  programmeMonthReport(
    @Arg('round', () => ID, { description: 'Id of the round.' }) round: string,
    @Arg('input', () => ProgrammeMonthInput, { description: 'The month.' }) input: ProgrammeMonthInput,
    @Ctx() ctx: Context,
  ): Promise<ProgrammePayload> {
    return answer(ctx, reportMonth(ctx, round, input));
  }

  @FieldResolver(() => [ProgrammeNetworkType], {
    description: 'Whose programme it is: the lead first, then who takes part or did until it left.',
  })
  async networks(@Root() { id, network }: Programme, @Ctx() { loaders }: Context): Promise<ProgrammeNetworkType[]> {
    const [lead, others] = await Promise.all([network.loadOrFail(), loaders.networksOfProgramme.load(id)]);
    return [
      { network: lead, role: ProgrammeRole.LEAD, until: null },
      ...others.map(one => ({
        network: one.network.getEntity(),
        role: ProgrammeRole.PARTICIPANT,
        until: one.partUntil,
      })),
    ];
  }

  @FieldResolver(() => Consortium, { nullable: true, description: 'The consortium that carries it.' })
  consortium(@Root() { consortium }: Programme): Promise<Consortium> | null {
    return consortium ? consortium.loadOrFail() : null;
  }

  @FieldResolver(() => [ProgrammeFunder], { description: 'Who pays for it; 20 at most.' })
  funders(@Root() { id }: Programme, @Ctx() { loaders }: Context): Promise<ProgrammeFunder[]> {
    return loaders.fundersOfProgramme.load(id);
  }

  @FieldResolver(() => Cents, { description: 'What all funders pay, together.' })
  async budgetCents(@Root() { id }: Programme, @Ctx() { loaders }: Context): Promise<number> {
    return (await loaders.fundersOfProgramme.load(id)).reduce((sum, one) => sum + one.amountCents, 0);
  }

  @FieldResolver(() => [Partner], { description: 'Published partners that carry it out, by name; 200 at most.' })
  partners(@Root() { id }: Programme, @Ctx() { loaders }: Context): Promise<Partner[]> {
    return loaders.partnersOfProgramme.load(id);
  }

  @FieldResolver(() => [Instrument], { description: 'The instruments that it combines.' })
  async instruments(@Root() { id }: Programme, @Ctx() { loaders }: Context): Promise<Instrument[]> {
    const [codes, { byCode }] = await Promise.all([loaders.instrumentsOfProgramme.load(id), loaders.instruments()]);
    return codes.flatMap(({ code }) => byCode.get(code) ?? []);
  }

  @FieldResolver(() => ProgrammeRoundConnection, { description: 'Its rounds (Durchläufe), in their order.' })
  rounds(
    @Root() { id }: Programme,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ProgrammeRoundConnection> {
    return roundsOf(ctx, id, args);
  }

  @FieldResolver(() => ProgrammeFigures, {
    description: 'The figures of all rounds that have begun, summed; a figure that one of them does not tell is null.',
  })
  async figures(@Root() { id }: Programme, @Ctx() { loaders }: Context): Promise<ProgrammeFigures> {
    const rounds = await loaders.countedRoundsOfProgramme.load(id);
    const counted = rounds.filter(round => round.as_of !== null);
    const elsewhere = rounds.reduce((sum, round) => sum + round.elsewhere, 0);
    if (counted.length === 0) return figuresOf(null, null, elsewhere);
    const told = {
      participants: sumTold(counted, 'participants'),
      started: sumTold(counted, 'started'),
      completed: sumTold(counted, 'completed'),
      aborted: sumTold(counted, 'aborted'),
      employed: sumTold(counted, 'employed'),
      sustained: sumTold(counted, 'sustained'),
    };
    const asOf = counted.map(round => round.as_of!).sort()[0]!;
    return figuresOf(asOf, told, elsewhere);
  }

  @FieldResolver(() => ProgrammeMoney, { description: 'What was paid in all rounds, summed exactly.' })
  async money(@Root() { id }: Programme, @Ctx() { loaders }: Context): Promise<ProgrammeMoney> {
    return moneyOf(await loaders.moneyOfProgramme.load(id));
  }
}
