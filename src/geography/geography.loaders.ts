import type { EntityManager } from '@mikro-orm/postgresql';
import { manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import { AreaOutline } from './area-outline.entity.js';
import { DemandFigure } from './demand-figure.entity.js';

/** Of each measure: what a frontend shows of its past. */
export const MOST_FIGURES = 20;

/** The outline of each municipality or district, by key. */
export const outlineOfArea = (em: EntityManager) =>
  onePerId(
    keys => em.find(AreaOutline, { areaKey: { $in: [...keys] } }),
    outline => outline.areaKey,
  );

/** The figures of each municipality or district, by key; the newest first. */
export const figuresOfArea = (em: EntityManager) =>
  manyPerId(
    keys =>
      entitiesOf(
        em,
        DemandFigure,
        sql`select ${columnsOf(em, DemandFigure, 'f')} from (
            select *, row_number() over (partition by area_key, measure order by reference_date desc) as place
            from demand_figure where area_key = any(${keys}::text[])) f
          where f.place <= ${MOST_FIGURES} order by f.reference_date desc, f.measure`,
      ),
    figure => figure.areaKey,
  );
