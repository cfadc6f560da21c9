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
import { Category } from '../category/category.entity.js';
import { AS_OF, serviceAsOf } from '../history/as-of.query.js';
import { Location } from '../location/location.entity.js';
import { Need } from '../need/need.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { momentOf } from '../record/past.js';
import type { Context } from '../shared/context.js';
import { Freshness, freshnessOf } from '../shared/freshness.rules.js';
import { payload } from '../shared/payload.js';
import { GraphQLDateTime, GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { Capacity, capacityAsSeen } from './capacity.type.js';
import { seesExactPlaces } from './service.access.js';
import { pauseIntake, reportCapacity } from './service.actions.js';
import { Service } from './service.entity.js';
import { CapacityReportInput, NetworkServicesArgs, ServiceConnection } from './service.inputs.js';
import type { AreaName } from './service.loaders.js';
import { findService, servicePage } from './service.query.js';
import { ServicePayload } from './service-payload.type.js';

@ObjectType({ description: 'A municipality (8 digits), a district (5) or a state (2).' })
export class Area {
  @Field(() => String, { description: 'Its official key.' })
  key!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;
}

@Resolver(() => Service)
export class ServiceResolver {
  @Query(() => Service, { nullable: true, description: 'One service of the published directory.' })
  service(
    @Arg('id', () => ID, { description: 'UUID.' }) id: string,
    @Arg('asOf', () => GraphQLDateTime, AS_OF) asOf: Date | null,
    @Ctx() ctx: Context,
  ): Promise<Service | null> {
    return serviceAsOf(ctx, id, asOf);
  }

  @Query(() => ServiceConnection, { description: 'Services of all networks, or of one, by name.' })
  services(
    @Args(() => NetworkServicesArgs) args: NetworkServicesArgs,
    @Ctx() ctx: Context,
  ): Promise<ServiceConnection> {
    return servicePage(ctx, args);
  }

  @Authorized(Role.PARTNER_EDITOR)
  @Mutation(() => ServicePayload, { description: "Reports the places, dated now. For the partner's editors." })
  serviceCapacityReport(
    @Arg('id', () => ID, { description: 'Which service.' }) id: string,
    @Arg('input', () => CapacityReportInput, { description: 'What changes.' }) input: CapacityReportInput,
    @Ctx() ctx: Context,
  ): Promise<ServicePayload> {
    return payload(
      'service',
      reportCapacity(ctx, id, input).then(key => findService(ctx, key)),
    );
  }

  @Authorized(Role.PARTNER_EDITOR, Role.COORDINATOR)
  @Mutation(() => ServicePayload, {
    description: 'Takes nobody for a time. Null opens the intake again. For whoever may edit it.',
  })
  servicePauseIntake(
    @Arg('id', () => ID, { description: 'Which service.' }) id: string,
    @Arg('until', () => GraphQLLocalDate, { nullable: true, description: 'The last day without intake.' })
    until: string | null,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION)
    expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ServicePayload> {
    const paused = pauseIntake(ctx, id, until ?? null, expectedVersion);
    return payload(
      'service',
      paused.then(key => findService(ctx, key)),
    );
  }

  @FieldResolver(() => Partner, { description: 'Who offers it.' })
  partner(@Root() service: Service, @Ctx() { loaders }: Context): Promise<Partner> {
    return loaders.partnerOfService.load(service);
  }

  @FieldResolver(() => [Category], { description: 'What kind of offer it is.' })
  categories(@Root() service: Service, @Ctx() { loaders }: Context): Promise<Category[]> {
    return loaders.categoriesOfService.load(service);
  }

  @FieldResolver(() => [Need], { description: 'The needs it is made for; empty = no particular ones.' })
  async needs(@Root() service: Service, @Ctx() { loaders }: Context): Promise<Need[]> {
    const codes = await loaders.needsOfService.load(service);
    return [...(await loaders.needs()).values()].filter(need => codes.includes(need.code));
  }

  @FieldResolver(() => [Location], { description: 'Where it takes place; may be empty for online and outreach.' })
  locations(@Root() service: Service, @Ctx() { loaders }: Context): Promise<Location[]> {
    return loaders.locationsOfService.load(service);
  }

  @FieldResolver(() => [Area], { description: 'Where its clients may live.' })
  serviceArea(@Root() service: Service, @Ctx() { loaders }: Context): Promise<AreaName[]> {
    return loaders.areasOfService.load(service);
  }

  @FieldResolver(() => Capacity, { nullable: true, description: 'Its places; null where nothing was ever reported.' })
  async capacity(@Root() service: Service, @Ctx() { loaders, viewer, now }: Context): Promise<Capacity | null> {
    const capacity = await loaders.capacityOfService.load(service);
    return capacityAsSeen(service, capacity, seesExactPlaces(viewer, service), now);
  }

  @FieldResolver(() => Freshness, { description: 'How old the last confirmation is.' })
  freshness(@Root() service: Service, @Ctx() { now }: Context): Freshness {
    return freshnessOf(service.confirmedAt, momentOf(service, now));
  }
}
