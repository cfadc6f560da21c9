import { Arg, Authorized, Ctx, Extensions, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql';
import { JobOpeningInput } from '../job-opening/job-opening.inputs.js';
import { LocationInput } from '../location/location-edit.inputs.js';
import { Partner } from '../partner/partner.entity.js';
import { PartnerUpdateInput } from '../partner/partner.inputs.js';
import { ServiceInput } from '../service/service-edit.inputs.js';
import type { Context } from '../shared/context.js';
import { MutationPayload, payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import { registerPartner } from './partner-register.actions.js';
import {
  proposeJobOpeningCorrection,
  proposeLocationCorrection,
  proposePartnerCorrection,
  proposeServiceCorrection,
} from './proposal.actions.js';
import { Proposal } from './proposal.entity.js';
import { findProposal, registration } from './proposal.query.js';
import { acceptProposal, rejectProposal, withdrawProposal } from './proposal-decision.actions.js';

@ObjectType({ description: 'Answer to a step of a proposal.' })
export class ProposalPayload extends MutationPayload {
  @Field(() => Proposal, { nullable: true, description: 'As it stands now; null when refused.' })
  proposal?: Proposal | null;
}

@ObjectType({ description: 'Answer to the registration of a partner.' })
export class PartnerRegisterPayload extends MutationPayload {
  @Field(() => Partner, {
    nullable: true,
    description:
      'As it was made: ACTIVE, or PENDING with a proposal. Null when refused, and in a repetition with the same Idempotency-Key where only others may see it by then.',
  })
  partner?: Partner | null;

  @Field(() => Proposal, {
    nullable: true,
    description: 'By which whoever registered it follows what becomes of it; null when refused, or published at once.',
  })
  proposal?: Proposal | null;
}

const WHY = {
  nullable: true,
  description: 'Why, or how you know: up to 500 characters, for those who decide.',
} as const;

/** Whoever has an account has a role. */
const ANYBODY = Object.values(Role);

@Resolver()
export class ProposalStepsResolver {
  @Authorized(...ANYBODY)
  @Extensions({ maxLength: { reason: 500 } })
  @Mutation(() => ProposalPayload, {
    description:
      'Proposes what should be otherwise about a partner; the same fields and checks as an edit. Decided by those who keep its record, and where they accept another name, other kinds or another umbrella, by the coordination too. At most 20 proposals of yours may be open for each kind of record. For everybody with a role here who may see it.',
  })
  partnerCorrectionPropose(
    @Arg('id', () => ID, { description: 'Which partner.' }) id: string,
    @Arg('input', () => PartnerUpdateInput, { description: 'What should be otherwise.' }) input: PartnerUpdateInput,
    @Arg('reason', () => String, WHY) reason: string | null,
    @Ctx() ctx: Context,
  ): Promise<ProposalPayload> {
    return answered(ctx, proposePartnerCorrection(ctx, id, input, reason));
  }

  @Authorized(...ANYBODY)
  @Extensions({ maxLength: { reason: 500 } })
  @Mutation(() => ProposalPayload, {
    description:
      'Proposes what should be otherwise about a location; not whether it is in use, and nothing of where a protected address is. Decided by those who keep the records of its partner. For everybody with a role here who may see it.',
  })
  locationCorrectionPropose(
    @Arg('id', () => ID, { description: 'Which location.' }) id: string,
    @Arg('input', () => LocationInput, { description: 'What should be otherwise.' }) input: LocationInput,
    @Arg('reason', () => String, WHY) reason: string | null,
    @Ctx() ctx: Context,
  ): Promise<ProposalPayload> {
    return answered(ctx, proposeLocationCorrection(ctx, id, input, reason));
  }

  @Authorized(...ANYBODY)
  @Extensions({ maxLength: { reason: 500 } })
  @Mutation(() => ProposalPayload, {
    description:
      'Proposes what should be otherwise about a service; not its status, intake, waiting list or feedback level. Decided by those who keep the records of its partner. For everybody with a role here who may see it.',
  })
  serviceCorrectionPropose(
    @Arg('id', () => ID, { description: 'Which service.' }) id: string,
    @Arg('input', () => ServiceInput, { description: 'What should be otherwise.' }) input: ServiceInput,
    @Arg('reason', () => String, WHY) reason: string | null,
    @Ctx() ctx: Context,
  ): Promise<ProposalPayload> {
    return answered(ctx, proposeServiceCorrection(ctx, id, input, reason));
  }

  @Authorized(...ANYBODY)
  @Extensions({ maxLength: { reason: 500 } })
  @Mutation(() => ProposalPayload, {
    description:
      'Proposes what should be otherwise about a job opening; not whether and how long somebody is looked for. Decided by those who keep the records of its partner. For everybody with a role here who may see it.',
  })
  jobOpeningCorrectionPropose(
    @Arg('id', () => ID, { description: 'Which job opening.' }) id: string,
    @Arg('input', () => JobOpeningInput, { description: 'What should be otherwise.' }) input: JobOpeningInput,
    @Arg('reason', () => String, WHY) reason: string | null,
    @Ctx() ctx: Context,
  ): Promise<ProposalPayload> {
    return answered(ctx, proposeJobOpeningCorrection(ctx, id, input, reason));
  }

  @Authorized(...ANYBODY)
  @Extensions({ maxLength: { reason: 500 } })
  @Mutation(() => PartnerRegisterPayload, {
    description:
      'Registers a partner. By a coordinator of the network it is published at once; of others it waits for the coordination. For everybody with a role here.',
  })
  partnerRegister(
    @Arg('network', () => String, { description: 'Slug of the network that is to keep the record.' }) network: string,
    @Arg('input', () => PartnerUpdateInput, { description: 'What is known of it; its name and kinds at least.' })
    input: PartnerUpdateInput,
    @Arg('reason', () => String, WHY) reason: string | null,
    @Arg('despiteSameName', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'It is another one than the one that is called the same, which DUPLICATE tells of.',
    })
    despiteSameName: boolean | null,
    @Ctx() ctx: Context,
  ): Promise<PartnerRegisterPayload> {
    const registered = registerPartner(ctx, { network, input, reason, despiteSameName: despiteSameName ?? false });
    return registered.then(
      async id => ({ ...(await registration(ctx, id)), userErrors: [] }),
      error => payload('partner', Promise.reject<Partner>(error)),
    );
  }

  @Authorized(...ANYBODY)
  @Mutation(() => ProposalPayload, {
    description:
      'Makes it so. For the coordination, or those who keep the record: see `ProposalKind`. VERSION_CONFLICT where a field was changed otherwise since, with both values.',
  })
  proposalAccept(
    @Arg('id', () => ID, { description: 'Which proposal.' }) id: string,
    @Arg('overwrite', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'Even where a field was changed otherwise since.',
    })
    overwrite: boolean | null,
    @Ctx() ctx: Context,
  ): Promise<ProposalPayload> {
    return answered(ctx, acceptProposal(ctx, id, overwrite ?? false));
  }

  @Authorized(...ANYBODY)
  @Mutation(() => ProposalPayload, { description: 'Leaves it as it is. For the same as `proposalAccept`.' })
  @Extensions({ maxLength: { reason: 300 } })
  proposalReject(
    @Arg('id', () => ID, { description: 'Which proposal.' }) id: string,
    @Arg('reason', () => String, { description: 'Why, in 10 to 300 characters, for whoever proposed it.' })
    reason: string,
    @Ctx() ctx: Context,
  ): Promise<ProposalPayload> {
    return answered(ctx, rejectProposal(ctx, id, reason));
  }

  @Authorized(...ANYBODY)
  @Mutation(() => ProposalPayload, {
    description: 'Takes it back. For whoever proposed it; a REVIEW for those who edit the partner.',
  })
  proposalWithdraw(
    @Arg('id', () => ID, { description: 'Which proposal.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<ProposalPayload> {
    return answered(ctx, withdrawProposal(ctx, id));
  }
}

const answered = (ctx: Context, action: Promise<string>): Promise<ProposalPayload> =>
  payload(
    'proposal',
    action.then(id => findProposal(ctx, id)),
  );
