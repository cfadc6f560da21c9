import type { EntityManager } from '@mikro-orm/postgresql';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { Service } from '../service/service.entity.js';
import { PUBLISHED } from '../service/service.rules.js';
import { entitiesPerId, manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, rowsOf, sql } from '../shared/sql.js';
import type { Adjustment, Reading } from './measure-progress.rules.js';
import { PlanMeasure } from './plan-measure.entity.js';

/** The measures of a plan that was shown, in their order. */
export const measuresOfPlan = (em: EntityManager) =>
  entitiesPerId(
    em,
    PlanMeasure,
    ids => sql`select t.plan_id as owner_id, ${columnsOf(em, PlanMeasure, 't')} from plan_measure t
      where t.plan_id = any(${ids}::uuid[]) order by t.position, t.id`,
  );

interface ReadingRow extends Reading {
  measure: string;
}

/** All readings of a measure that have a value, the oldest first. */
export const courseOfMeasure = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<ReadingRow>(
        em,
        sql`select measure_id as measure, read_on::text as "on", value from measure_reading
            where measure_id = any(${ids}::uuid[]) and value is not null order by read_on`,
      ),
    row => row.measure,
  );

interface AdjustmentRow extends Adjustment {
  measure: string;
}

/** What reviews moved of target and due day, the oldest first. */
export const adjustmentsOfMeasure = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<AdjustmentRow>(
        em,
        sql`select measure_id as measure, reviewed_on::text as "on", target_before as target, due_before::text as "dueOn"
            from measure_review where measure_id = any(${ids}::uuid[]) and target_before is not null
            order by created_at, id`,
      ),
    row => row.measure,
  );

/** When the next review is to be, as the last one said. */
export const nextReviewOfMeasure = (em: EntityManager) =>
  onePerId(
    ids =>
      rowsOf<{ measure: string; on: string | null }>(
        em,
        sql`select distinct on (measure_id) measure_id as measure, next_review_on::text as "on"
            from measure_review where measure_id = any(${ids}::uuid[])
            order by measure_id, reviewed_on desc, created_at desc, id`,
      ),
    row => row.measure,
  );

/** The published services that a measure names, by name. */
export const servicesOfMeasure = (em: EntityManager) =>
  entitiesPerId(
    em,
    Service,
    ids => sql`select ms.measure_id as owner_id, ${columnsOf(em, Service, 't')}
      from plan_measure_service ms join service t on t.id = ms.service_id
      where ms.measure_id = any(${ids}::uuid[]) and t.status = any(${PUBLISHED}::text[])
        and ${ofPublishedPartner(sql`t.partner_id`)}
      order by t.name, t.id`,
  );
