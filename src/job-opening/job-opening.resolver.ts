import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { CONFIRM } from '../confirmation/confirm-argument.js';
import '../confirmation/confirmation.enums.js';
import { Location } from '../location/location.entity.js';
import { Need } from '../need/need.entity.js';
import { Occupation } from '../occupation/occupation.type.js';
import { Partner } from '../partner/partner.entity.js';
import { FieldGroup } from '../record/record.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Freshness, freshnessOf } from '../shared/freshness.rules.js';
import { payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { closeJobOpening, createJobOpening, updateJobOpening } from './job-opening.actions.js';
import { JobOpening } from './job-opening.entity.js';
import {
  JobOpeningConnection,
  JobOpeningInput,
  JobOpeningsArgs,
  NetworkJobOpeningsArgs,
} from './job-opening.inputs.js';
import { findJobOpening, jobOpeningPage, jobOpeningsOfPartner } from './job-opening.query.js';
import { isListed, JobOpeningStatus } from './job-opening.rules.js';
import { JobOpeningPayload } from './job-opening-payload.type.js';

@Resolver(() => JobOpening)
export class JobOpeningResolver {
  @Query(() => JobOpening, {
    nullable: true,
    description: 'One job opening of the published directory; also one that is closed or over.',
  })
  jobOpening(
    @Arg('id', () => ID, { description: 'UUID.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<JobOpening | null> {
    return findJobOpening(ctx, id);
  }

  @Query(() => JobOpeningConnection, {
    description:
      'Job openings of all networks, or of one, newest first, with a query best first: those that are OPEN and not over.',
  })
  jobOpenings(
    @Args(() => NetworkJobOpeningsArgs) args: NetworkJobOpeningsArgs,
    @Ctx() ctx: Context,
  ): Promise<JobOpeningConnection> {
    return jobOpeningPage(ctx, args);
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => JobOpeningPayload, {
    description:
      "A new job opening. For the partner's editors; where it has none at all, for the coordinators of its network.",
  })
  jobOpeningCreate(
    @Arg('partner', () => ID, { description: 'Whose.' }) partner: string,
    @Arg('input', () => JobOpeningInput, { description: 'What is offered.' }) input: JobOpeningInput,
    @Ctx() ctx: Context,
  ): Promise<JobOpeningPayload> {
    return payload(
      'jobOpening',
      createJobOpening(ctx, partner, input).then(key => findJobOpening(ctx, key)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => JobOpeningPayload, { description: 'Edits a job opening. For whoever may create one.' })
  jobOpeningUpdate(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Arg('input', () => JobOpeningInput, { description: 'What changes.' }) input: JobOpeningInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Arg('confirm', () => [FieldGroup], CONFIRM) confirm: FieldGroup[] | null,
    @Ctx() ctx: Context,
  ): Promise<JobOpeningPayload> {
    return payload(
      'jobOpening',
      updateJobOpening(ctx, id, input, expectedVersion, confirm).then(key => findJobOpening(ctx, key)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => JobOpeningPayload, {
    description: 'Nobody is looked for any more: no longer listed, still there by its id. For whoever may create one.',
  })
  jobOpeningClose(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Arg('as', () => JobOpeningStatus, { description: 'FILLED or WITHDRAWN.' }) as: JobOpeningStatus,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<JobOpeningPayload> {
    return payload(
      'jobOpening',
      closeJobOpening(ctx, id, as, expectedVersion).then(key => findJobOpening(ctx, key)),
    );
  }

  @FieldResolver(() => Boolean, { description: 'Is it listed today: OPEN, and not over?' })
  listed(@Root() opening: JobOpening, @Ctx() { now }: Context): boolean {
    return isListed(opening, berlinDay(now));
  }

  @FieldResolver(() => Partner, { description: 'Whose opening it is.' })
  partner(@Root() opening: JobOpening): Promise<Partner> {
    return opening.partner.loadOrFail();
  }

  @FieldResolver(() => Occupation, { description: 'What kind of work it is.' })
  occupation(@Root() opening: JobOpening): Occupation {
    return { code: opening.occupationCode };
  }

  @FieldResolver(() => [Need], { description: 'Whom it is suited for; empty = nobody in particular.' })
  async needs(@Root() opening: JobOpening, @Ctx() { loaders }: Context): Promise<Need[]> {
    const codes = (await loaders.needsOfJobOpening.load(opening.id)).map(row => row.need);
    return [...(await loaders.needs()).values()].filter(need => codes.includes(need.code));
  }

  @FieldResolver(() => Location, { nullable: true, description: 'Where the work is; null = not told.' })
  async location(@Root() opening: JobOpening): Promise<Location | null> {
    return opening.location ? opening.location.loadOrFail() : null;
  }

  @FieldResolver(() => Freshness, { description: 'How old the last confirmation is.' })
  freshness(@Root() opening: JobOpening, @Ctx() { now }: Context): Freshness {
    return freshnessOf(opening.confirmedAt, now);
  }
}

@Resolver(() => Partner)
export class PartnerJobOpeningsResolver {
  @FieldResolver(() => JobOpeningConnection, {
    description: 'Whom it looks for, newest first, with a query best first.',
  })
  jobOpenings(
    @Root() partner: Partner,
    @Args(() => JobOpeningsArgs) args: JobOpeningsArgs,
    @Ctx() ctx: Context,
  ): Promise<JobOpeningConnection> {
    return jobOpeningsOfPartner(ctx, partner.id, args);
  }
}
