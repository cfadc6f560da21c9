import {
  Arg,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { Category } from '../category/category.entity.js';
import { ClientCase } from '../client-case/client-case.entity.js';
import { Instrument } from '../instrument/instrument.entity.js';
import { checkOf, InstrumentCheck } from '../instrument/instrument.types.js';
import { Referral } from '../referral/referral.entity.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { checksOfDecision } from './case-funding.query.js';
import { attachDecision, detachDecision, recordDecision } from './funding-decision.actions.js';
import { FundingDecision } from './funding-decision.entity.js';
import { FundingDecisionInput } from './funding-decision.inputs.js';
import { findFundingDecision } from './funding-decision.query.js';
import { correctWithdrawal, withdrawDecision } from './funding-withdrawal.actions.js';

@ObjectType({ description: 'Answer to a change of a funding decision.' })
export class FundingDecisionPayload extends MutationPayload {
  @Field(() => FundingDecision, { nullable: true, description: 'As it stands now; null when refused.' })
  fundingDecision?: FundingDecision | null;
}

@Resolver(() => FundingDecision)
export class FundingDecisionResolver {
  @Authorized(Role.CASEWORKER)
  @Mutation(() => FundingDecisionPayload, {
    description: 'Records what was decided for a case. Several may go with one referral. For caseworkers on the case.',
  })
  fundingDecisionRecord(
    @Arg('input', () => FundingDecisionInput, { description: 'What was decided.' }) input: FundingDecisionInput,
    @Ctx() ctx: Context,
  ): Promise<FundingDecisionPayload> {
    return payload(
      'fundingDecision',
      recordDecision(ctx, input).then(id => findFundingDecision(ctx, id)),
    );
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => FundingDecisionPayload, {
    description:
      'Says for which referral of the case it is: to a service that takes the instrument. The rules are held against it when the referral is sent, or at once if it was. Where a service takes nobody without it, sending attaches it by itself. For caseworkers on the case.',
  })
  fundingDecisionAttach(
    @Arg('id', () => ID, { description: 'Which decision.' }) id: string,
    @Arg('referral', () => ID, { description: 'For which referral.' }) referral: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<FundingDecisionPayload> {
    return payload(
      'fundingDecision',
      attachDecision(ctx, id, referral, expectedVersion).then(key => findFundingDecision(ctx, key)),
    );
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => FundingDecisionPayload, {
    description:
      'It is for no referral any more (Zuordnung lösen). Only as long as the referral is a draft. For caseworkers on the case.',
  })
  fundingDecisionDetach(
    @Arg('id', () => ID, { description: 'Which decision.' }) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<FundingDecisionPayload> {
    return payload(
      'fundingDecision',
      detachDecision(ctx, id, expectedVersion).then(key => findFundingDecision(ctx, key)),
    );
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => FundingDecisionPayload, {
    description:
      'It holds no more from a day on (Aufhebung). If that has come, a draft lets go of it. For caseworkers on the case.',
  })
  fundingDecisionWithdraw(
    @Arg('id', () => ID, { description: 'Which decision.' }) id: string,
    @Arg('on', () => GraphQLLocalDate, { description: 'The first day on which it does not hold.' }) on: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<FundingDecisionPayload> {
    return payload(
      'fundingDecision',
      withdrawDecision(ctx, id, on, expectedVersion).then(key => findFundingDecision(ctx, key)),
    );
  }

  @Authorized(Role.CASEWORKER)
  @Mutation(() => FundingDecisionPayload, {
    description:
      'Corrects the day of a withdrawal (Aufhebung berichtigen): not before that of the decision, and once it has come, not in the future. For caseworkers on the case.',
  })
  fundingDecisionWithdrawalCorrect(
    @Arg('id', () => ID, { description: 'Which decision; it was withdrawn.' }) id: string,
    @Arg('on', () => GraphQLLocalDate, { description: 'The first day on which it does not hold.' }) on: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<FundingDecisionPayload> {
    return payload(
      'fundingDecision',
      correctWithdrawal(ctx, id, on, expectedVersion).then(key => findFundingDecision(ctx, key)),
    );
  }

  @FieldResolver(() => Instrument, { description: 'What was decided on.' })
  async instrument(@Root() { instrument }: FundingDecision, @Ctx() { loaders }: Context): Promise<Instrument> {
    return (await loaders.instruments()).byCode.get(instrument.code)!;
  }

  @FieldResolver(() => Category, { nullable: true, description: 'What it is for (Ziel); null: not limited.' })
  async category(@Root() { category }: FundingDecision, @Ctx() { loaders }: Context): Promise<Category | null> {
    return category ? ((await loaders.categories()).byCode.get(category.code) ?? null) : null;
  }

  @FieldResolver(() => ClientCase, { nullable: true, description: 'For whom; for caseworkers on the case.' })
  clientCase(@Root() { clientCase }: FundingDecision, @Ctx() { loaders }: Context): Promise<ClientCase | null> {
    return loaders.ownCase.load(clientCase.id);
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Id of the referral that it is for; null: none yet.' })
  referralId(@Root() { referral }: FundingDecision): string | null {
    return referral?.id ?? null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Months used before, as told; for caseworkers on the case.',
  })
  monthsUsedBefore(@Root() decision: FundingDecision, @Ctx() ctx: Context): Promise<number | null> {
    return forCaseworkers(ctx, decision, decision.monthsUsedBefore);
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Months without work; for caseworkers on the case.' })
  unemployedMonths(@Root() decision: FundingDecision, @Ctx() ctx: Context): Promise<number | null> {
    return forCaseworkers(ctx, decision, decision.unemployedMonths);
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Months with benefit; for caseworkers on the case.' })
  benefitMonths(@Root() decision: FundingDecision, @Ctx() ctx: Context): Promise<number | null> {
    return forCaseworkers(ctx, decision, decision.benefitMonths);
  }

  @FieldResolver(() => [InstrumentCheck], {
    description:
      'The rules of the day of the decision, each held against what is known of the client and of what else goes with the referral; empty for all but caseworkers on the case. Of months within a time other decisions count as long as they run: up to the end of their placement or their withdrawal, in full where no end is known; not where it ended before it began, as far as its service tells.',
  })
  async checks(@Root() decision: FundingDecision, @Ctx() ctx: Context): Promise<InstrumentCheck[]> {
    return (await checksOfDecision(ctx, decision)).map(checkOf);
  }
}

const forCaseworkers = async <T>({ loaders }: Context, { clientCase }: FundingDecision, value: T): Promise<T | null> =>
  (await loaders.ownCase.load(clientCase.id)) ? value : null;

@Resolver(() => ClientCase)
export class CaseFundingResolver {
  @FieldResolver(() => [FundingDecision], {
    description: 'What was decided on instruments, the newest first; 200 at most.',
  })
  fundingDecisions(@Root() { id }: ClientCase, @Ctx() { loaders }: Context): Promise<FundingDecision[]> {
    return loaders.decisionsOfCase.load(id);
  }
}

@Resolver(() => Referral)
export class ReferralFundingResolver {
  @FieldResolver(() => [FundingDecision], {
    description:
      'What was decided for it, the newest first. Caseworkers on the case: all; the partner: what it is told, as long as it may read of the client.',
  })
  fundingDecisions(@Root() { id }: Referral, @Ctx() { loaders }: Context): Promise<FundingDecision[]> {
    return loaders.decisionsOfReferral.load(id);
  }
}
