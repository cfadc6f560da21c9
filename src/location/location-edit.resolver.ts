import { Arg, Authorized, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import { CONFIRM } from '../confirmation/confirm-argument.js';
import '../confirmation/confirmation.enums.js';
import { FieldGroup } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { Location } from './location.entity.js';
import { findLocation } from './location.query.js';
import { archiveLocation, createLocation, updateLocation } from './location-edit.actions.js';
import { LocationInput } from './location-edit.inputs.js';
import { LocationPayload } from './location-payload.type.js';

@Resolver(() => Location)
export class LocationEditResolver {
  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => LocationPayload, {
    description:
      "A new location. For the partner's editors; where it has none at all, for the coordinators of its network.",
  })
  locationCreate(
    @Arg('partner', () => ID, { description: 'Whose.' }) partner: string,
    @Arg('input', () => LocationInput, { description: 'What is known of it.' }) input: LocationInput,
    @Ctx() ctx: Context,
  ): Promise<LocationPayload> {
    return payload(
      'location',
      createLocation(ctx, partner, input).then(key => findLocation(ctx, key)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => LocationPayload, { description: 'Edits a location. For whoever may create one.' })
  locationUpdate(
    @Arg('id', () => ID, { description: 'Which location.' }) id: string,
    @Arg('input', () => LocationInput, { description: 'What changes.' }) input: LocationInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Arg('confirm', () => [FieldGroup], CONFIRM) confirm: FieldGroup[] | null,
    @Ctx() ctx: Context,
  ): Promise<LocationPayload> {
    return payload(
      'location',
      updateLocation(ctx, id, input, expectedVersion, confirm).then(key => findLocation(ctx, key)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => LocationPayload, {
    description:
      'Given up: the partner shows it no longer. INVALID_INPUT names the services that still take place there, unless they are closed. For whoever may edit it.',
  })
  locationArchive(
    @Arg('id', () => ID, { description: 'Which location.' }) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION) expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<LocationPayload> {
    return payload(
      'location',
      archiveLocation(ctx, id, expectedVersion).then(key => findLocation(ctx, key)),
    );
  }
}
