import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { Location } from '../location/location.entity.js';
import { findLocation } from '../location/location.query.js';
import { LocationPayload } from '../location/location-payload.type.js';
import { Partner } from '../partner/partner.entity.js';
import { findPartner } from '../partner/partner.query.js';
import { PartnerPayload } from '../partner/partner-payload.type.js';
import { momentOf } from '../record/past.js';
import { FieldGroup, RecordName } from '../record/record.rules.js';
import { Service } from '../service/service.entity.js';
import { findService } from '../service/service.query.js';
import { ServicePayload } from '../service/service-payload.type.js';
import type { Context } from '../shared/context.js';
import { Freshness, freshnessOf } from '../shared/freshness.rules.js';
import { payload } from '../shared/payload.js';
import { Role } from '../viewer/viewer.rules.js';
import { confirmPartner, confirmRecord } from './confirmation.actions.js';
import { GroupFreshness } from './confirmation.types.js';
import { groupsOfRecord } from './confirmation-groups.query.js';

const GROUPS = 'How fresh each group of its fields is. `confirmedAt` of the record is the oldest of them.';

@Resolver(() => Partner)
export class PartnerConfirmationResolver {
  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => PartnerPayload, {
    description:
      "Everything shown is still right, locations, services and job openings included; nothing is edited. For the partner's editors; where it has none at all, for the coordinators of its network.",
  })
  partnerConfirm(
    @Arg('id', () => ID, { description: 'Which partner.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<PartnerPayload> {
    return payload(
      'partner',
      confirmPartner(ctx, id).then(key => findPartner(ctx, key)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => PartnerPayload, {
    description:
      'The same of some groups of fields: of the partner, and of its locations, services and job openings as far as they have them. For the same as `partnerConfirm`.',
  })
  partnerConfirmGroups(
    @Arg('id', () => ID, { description: 'Which partner.' }) id: string,
    @Arg('groups', () => [FieldGroup], { description: 'At least one.' }) groups: FieldGroup[],
    @Ctx() ctx: Context,
  ): Promise<PartnerPayload> {
    return payload(
      'partner',
      confirmPartner(ctx, id, groups).then(key => findPartner(ctx, key)),
    );
  }

  @FieldResolver(() => [GroupFreshness], { description: GROUPS })
  confirmations(@Root() partner: Partner, @Ctx() ctx: Context): Promise<GroupFreshness[]> {
    return groupsOfRecord(ctx, RecordName.PARTNER, partner);
  }
}

@Resolver(() => Location)
export class LocationConfirmationResolver {
  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => LocationPayload, {
    description: 'What is said of the location is still right; nothing is edited. For whoever may edit it.',
  })
  locationConfirm(
    @Arg('id', () => ID, { description: 'Which location.' }) id: string,
    @Arg('groups', () => [FieldGroup], { nullable: true, description: 'Of these groups; all when left out.' })
    groups: FieldGroup[] | null,
    @Ctx() ctx: Context,
  ): Promise<LocationPayload> {
    return payload(
      'location',
      confirmRecord(ctx, RecordName.LOCATION, id, groups).then(key => findLocation(ctx, key)),
    );
  }

  @FieldResolver(() => Freshness, { description: 'How old the last confirmation is.' })
  freshness(@Root() location: Location, @Ctx() { now }: Context): Freshness {
    return freshnessOf(location.confirmedAt ?? null, momentOf(location, now));
  }

  @FieldResolver(() => [GroupFreshness], { description: GROUPS })
  confirmations(@Root() location: Location, @Ctx() ctx: Context): Promise<GroupFreshness[]> {
    return groupsOfRecord(ctx, RecordName.LOCATION, location);
  }
}

@Resolver(() => Service)
export class ServiceConfirmationResolver {
  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => ServicePayload, {
    description: 'What is said of the service is still right; nothing is edited. For whoever may edit it.',
  })
  serviceConfirm(
    @Arg('id', () => ID, { description: 'Which service.' }) id: string,
    @Arg('groups', () => [FieldGroup], { nullable: true, description: 'Of these groups; all when left out.' })
    groups: FieldGroup[] | null,
    @Ctx() ctx: Context,
  ): Promise<ServicePayload> {
    return payload(
      'service',
      confirmRecord(ctx, RecordName.SERVICE, id, groups).then(key => findService(ctx, key)),
    );
  }

  @FieldResolver(() => [GroupFreshness], { description: GROUPS })
  confirmations(@Root() service: Service, @Ctx() ctx: Context): Promise<GroupFreshness[]> {
    return groupsOfRecord(ctx, RecordName.SERVICE, service);
  }
}
