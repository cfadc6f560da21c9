import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { CONFIRM } from '../confirmation/confirm-argument.js';
import '../confirmation/confirmation.enums.js';
import { AS_OF, partnerAsOf } from '../history/as-of.query.js';
import { Location } from '../location/location.entity.js';
import { Network } from '../network/network.entity.js';
import { momentOf } from '../record/past.js';
import { FieldGroup } from '../record/record.rules.js';
import { ServiceConnection, ServicesArgs } from '../service/service.inputs.js';
import { servicesOfPartner } from '../service/service.query.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { Freshness, freshnessOf } from '../shared/freshness.rules.js';
import { payload } from '../shared/payload.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { Contact, contactsOf } from './contact.type.js';
import { updatePartner } from './partner.actions.js';
import { Partner } from './partner.entity.js';
import { NetworkPartnersArgs, PartnerConnection, PartnerUpdateInput } from './partner.inputs.js';
import { findPartner, membersOf, parentOf, partnerPage } from './partner.query.js';
import { PartnerKind } from './partner.rules.js';
import { PartnerPayload } from './partner-payload.type.js';

@Resolver(() => Partner)
export class PartnerResolver {
  @Query(() => Partner, { nullable: true, description: 'One partner of the published directory.' })
  partner(
    @Arg('id', () => ID, { description: 'UUID.' }) id: string,
    @Arg('asOf', () => GraphQLDateTime, AS_OF) asOf: Date | null,
    @Ctx() ctx: Context,
  ): Promise<Partner | null> {
    return partnerAsOf(ctx, id, asOf);
  }

  @Query(() => PartnerConnection, { description: 'Partners of all networks, or of one, by name.' })
  partners(
    @Args(() => NetworkPartnersArgs) args: NetworkPartnersArgs,
    @Ctx() ctx: Context,
  ): Promise<PartnerConnection> {
    return partnerPage(ctx, args);
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => PartnerPayload, {
    description:
      "Edits the record. For the partner's editors; where it has none at all, for the coordinators of its network.",
  })
  partnerUpdate(
    @Arg('id', () => ID, { description: 'Which partner.' }) id: string,
    @Arg('input', () => PartnerUpdateInput, { description: 'What changes.' }) input: PartnerUpdateInput,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION)
    expectedVersion: number | null,
    @Arg('confirm', () => [FieldGroup], CONFIRM) confirm: FieldGroup[] | null,
    @Ctx() ctx: Context,
  ): Promise<PartnerPayload> {
    return payload(
      'partner',
      updatePartner(ctx, id, input, expectedVersion, confirm).then(key => findPartner(ctx, key)),
    );
  }

  @FieldResolver(() => [PartnerKind], {
    description: 'At least one: a welfare association often is a training provider and an employer too.',
  })
  kinds(@Root() partner: Partner): PartnerKind[] {
    return partner.kinds;
  }

  @FieldResolver(() => [Contact], { description: 'Whom to turn to with what, in the order that the partner gave.' })
  contacts(@Root() partner: Partner): Contact[] {
    return contactsOf(partner.contacts);
  }

  @FieldResolver(() => Network, { description: 'The network that keeps the record.' })
  network(@Root() partner: Partner): Promise<Network> {
    return partner.network.loadOrFail();
  }

  @FieldResolver(() => Partner, { nullable: true, description: 'Umbrella that it belongs to (Dachverband).' })
  parent(@Root() partner: Partner, @Ctx() ctx: Context): Promise<Partner | null> {
    return parentOf(ctx, partner);
  }

  @FieldResolver(() => PartnerConnection, { description: 'Partners that belong to this umbrella, by name.' })
  members(
    @Root() partner: Partner,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<PartnerConnection> {
    return membersOf(ctx, partner, args);
  }

  @FieldResolver(() => [Location], { description: 'Where it can be found; archived ones are left out.' })
  locations(@Root() partner: Partner, @Ctx() { loaders }: Context): Promise<Location[]> {
    return loaders.locationsOfPartner.load(partner);
  }

  @FieldResolver(() => ServiceConnection, { description: 'What it offers, by name.' })
  services(
    @Root() partner: Partner,
    @Args(() => ServicesArgs) args: ServicesArgs,
    @Ctx() ctx: Context,
  ): Promise<ServiceConnection> {
    return servicesOfPartner(ctx, partner, args);
  }

  @FieldResolver(() => Freshness, { description: 'How old the last confirmation is.' })
  freshness(@Root() partner: Partner, @Ctx() { now }: Context): Freshness {
    return freshnessOf(partner.confirmedAt, momentOf(partner, now));
  }
}
