import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { District } from '../district/district.entity.js';
import { AreaOutline } from '../geography/area-outline.entity.js';
import { DemandFigure } from '../geography/demand-figure.entity.js';
import { GeoSource } from '../geography/geo-source.entity.js';
import { FiguresArgs, OUTLINE_COST } from '../geography/geography.inputs.js';
import { ofMeasure } from '../geography/geography.rules.js';
import { knownNetwork } from '../network/network.query.js';
import { connectionOf, PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { AreaKey } from '../shared/scalars.js';
import { Municipality } from './municipality.entity.js';
import { findMunicipality, MUNICIPALITIES, municipalityConditions } from './municipality.query.js';

export const MunicipalityConnection = connectionOf(Municipality, 'municipalities');
export type MunicipalityConnection = InstanceType<typeof MunicipalityConnection>;

@ArgsType()
class MunicipalitiesArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'The beginning of its name or of a word in it; or, where none begins so, a slip of one.',
  })
  query?: string | null;

  @Field(() => String, { nullable: true, description: 'Five digits; one code can lie in two municipalities.' })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug of the network that it belongs to.' })
  network?: string | null;

  @Field(() => AreaKey, { nullable: true, description: 'Of this state or district.' })
  area?: string | null;
}

@Resolver(() => Municipality)
export class MunicipalityResolver {
  @Query(() => MunicipalityConnection, { description: 'Municipalities by name.' })
  async municipalities(
    @Args(() => MunicipalitiesArgs) args: MunicipalitiesArgs,
    @Ctx() { em, secrets }: Context,
  ): Promise<MunicipalityConnection> {
    const page = pageOf(args, secrets, MunicipalityConnection.list);
    if (args.network != null) await knownNetwork(em, args.network, 'network');
    const conditions = await municipalityConditions(em, args);
    return MunicipalityConnection.of(secrets, {
      rows: await listPage(em, MUNICIPALITIES, conditions, page),
      page,
      position: ({ name, key }) => [name, key],
      count: () => countOf(em, MUNICIPALITIES, conditions),
    });
  }
  @Query(() => Municipality, { nullable: true, description: 'One municipality by its key.' })
  municipality(
    @Arg('key', () => ID, { description: '8 digits, for example "05334002".' }) key: string,
    @Ctx() { em }: Context,
  ): Promise<Municipality | null> {
    return findMunicipality(em, key);
  }

  @FieldResolver(() => District, { nullable: true, description: 'Its Kreis; null where that was never imported.' })
  district(@Root() municipality: Municipality, @Ctx() { loaders }: Context): Promise<District | null> {
    return loaders.districtByKey.load(municipality.districtKey);
  }

  @FieldResolver(() => AreaOutline, {
    nullable: true,
    complexity: OUTLINE_COST,
    description: 'Where it ends, to draw a map with; null where none was imported.',
  })
  outline(@Root() municipality: Municipality, @Ctx() { loaders }: Context): Promise<AreaOutline | null> {
    return loaders.outlineOfArea.load(municipality.key);
  }

  @FieldResolver(() => [DemandFigure], { description: 'People counted there, the newest first; up to 20 a measure.' })
  async demandFigures(
    @Root() municipality: Municipality,
    @Args(() => FiguresArgs) { measure }: FiguresArgs,
    @Ctx() { loaders }: Context,
  ): Promise<DemandFigure[]> {
    return ofMeasure(await loaders.figuresOfArea.load(municipality.key), measure);
  }

  @FieldResolver(() => GeoSource, { nullable: true, description: 'Where its name and centre are from.' })
  async source(@Root() municipality: Municipality): Promise<GeoSource | null> {
    return (await municipality.source?.load()) ?? null;
  }
}
