import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { AreaOutline } from '../geography/area-outline.entity.js';
import { DemandFigure } from '../geography/demand-figure.entity.js';
import { GeoSource } from '../geography/geo-source.entity.js';
import { FiguresArgs, OUTLINE_COST } from '../geography/geography.inputs.js';
import { ofMeasure } from '../geography/geography.rules.js';
import { Municipality } from '../municipality/municipality.entity.js';
import { connectionOf, PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { AreaKey } from '../shared/scalars.js';
import { District } from './district.entity.js';
import { DISTRICTS, districtConditions, findDistrict } from './district.query.js';

export const DistrictConnection = connectionOf(District, 'districts');
export type DistrictConnection = InstanceType<typeof DistrictConnection>;

@ArgsType()
class DistrictsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'The beginning of its name, or nearly its name.' })
  query?: string | null;

  @Field(() => AreaKey, { nullable: true, description: 'Of this state.' })
  area?: string | null;
}

@Resolver(() => District)
export class DistrictResolver {
  @Query(() => DistrictConnection, { description: 'Kreise and kreisfreie Städte by name.' })
  async districts(
    @Args(() => DistrictsArgs) args: DistrictsArgs,
    @Ctx() { em, secrets }: Context,
  ): Promise<DistrictConnection> {
    const page = pageOf(args, secrets, DistrictConnection.list);
    const conditions = await districtConditions(em, args);
    return DistrictConnection.of(secrets, {
      rows: await listPage(em, DISTRICTS, conditions, page),
      page,
      position: ({ name, key }) => [name, key],
      count: () => countOf(em, DISTRICTS, conditions),
    });
  }

  @Query(() => District, { nullable: true, description: 'One district by its key.' })
  district(
    @Arg('key', () => ID, { description: '5 digits, for example "05334".' }) key: string,
    @Ctx() { em }: Context,
  ): Promise<District | null> {
    return findDistrict(em, key);
  }

  @FieldResolver(() => [Municipality], { description: 'Its municipalities, by name.' })
  municipalities(@Root() district: District, @Ctx() { loaders }: Context): Promise<Municipality[]> {
    return loaders.municipalitiesOfDistrict.load(district.key);
  }

  @FieldResolver(() => AreaOutline, {
    nullable: true,
    complexity: OUTLINE_COST,
    description: 'Where it ends, to draw a map with; null where none was imported.',
  })
  outline(@Root() district: District, @Ctx() { loaders }: Context): Promise<AreaOutline | null> {
    return loaders.outlineOfArea.load(district.key);
  }

  @FieldResolver(() => [DemandFigure], { description: 'People counted there, the newest first; up to 20 a measure.' })
  async demandFigures(
    @Root() district: District,
    @Args(() => FiguresArgs) { measure }: FiguresArgs,
    @Ctx() { loaders }: Context,
  ): Promise<DemandFigure[]> {
    return ofMeasure(await loaders.figuresOfArea.load(district.key), measure);
  }

  @FieldResolver(() => GeoSource, { nullable: true, description: 'Where its name is from.' })
  async source(@Root() district: District): Promise<GeoSource | null> {
    return (await district.source?.load()) ?? null;
  }
}
