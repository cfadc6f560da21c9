import { Arg, Authorized, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import { CONFIRM } from '../confirmation/confirm-argument.js';
import '../confirmation/confirmation.enums.js';
import { FieldGroup } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { Service } from './service.entity.js';
import { findService } from './service.query.js';
import { archiveService, createService, updateService } from './service-edit.actions.js';
import { ServiceInput } from './service-edit.inputs.js';
import { ServicePayload } from './service-payload.type.js';

@Resolver(() => Service)
export class ServiceEditResolver {
  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => ServicePayload, {
    description:
      "A new service. For the partner's editors; where it has none at all, for the coordinators of its network.",
  })
  serviceCreate(
    @Arg('partner', () => ID, { description: 'Whose.' }) partner: string,
    @Arg('input', () => ServiceInput, { description: 'What is offered.' }) input: ServiceInput,
    @Ctx() ctx: Context,
  ): Promise<ServicePayload> {
    return payload(
      'service',
      createService(ctx, partner, input).then(key => findService(ctx, key)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => ServicePayload, { description: 'Edits a service. For whoever may create one.' })
  serviceUpdate(
    @Arg('id', () => ID, { description: 'Which service.' }) id: string,
    @Arg('input', () => ServiceInput, { description: 'What changes.' }) input: ServiceInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Arg('confirm', () => [FieldGroup], CONFIRM) confirm: FieldGroup[] | null,
    @Ctx() ctx: Context,
  ): Promise<ServicePayload> {
    return payload(
      'service',
      updateService(ctx, id, input, expectedVersion, confirm).then(key => findService(ctx, key)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => ServicePayload, {
    description:
      'No longer offered: CLOSED. It takes no new referrals and is found no more; it is still there by its id, and in the history. Referrals that run go on to their end. For whoever may edit it.',
  })
  serviceArchive(
    @Arg('id', () => ID, { description: 'Which service.' }) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ServicePayload> {
    return payload(
      'service',
      archiveService(ctx, id, expectedVersion).then(key => findService(ctx, key)),
    );
  }
}
