import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../shared/context.js';
import { AreaOutline } from './area-outline.entity.js';
import { DemandFigure } from './demand-figure.entity.js';
import { GeoSource } from './geo-source.entity.js';
import { geoSources } from './geography.query.js';

@Resolver(() => AreaOutline)
export class OutlineResolver {
  @Query(() => [GeoSource], { description: 'What municipalities, districts, outlines and figures were imported from.' })
  geoSources(@Ctx() { em }: Context): Promise<GeoSource[]> {
    return geoSources(em);
  }

  @FieldResolver(() => GeoSource, { description: 'Who surveyed it.' })
  source(@Root() outline: AreaOutline): Promise<GeoSource> {
    return outline.source.loadOrFail();
  }
}

@Resolver(() => DemandFigure)
export class DemandFigureResolver {
  @FieldResolver(() => GeoSource, { description: 'Who counted.' })
  source(@Root() figure: DemandFigure): Promise<GeoSource> {
    return figure.source.loadOrFail();
  }
}
