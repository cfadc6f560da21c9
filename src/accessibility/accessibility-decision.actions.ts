import type { EntityManager } from '@mikro-orm/postgresql';
import { FeatureState } from '../location/location.rules.js';
import { LOCATION_RECORD } from '../location/location-record.rules.js';
import { changeRecords, type Provenance } from '../record/record.actions.js';
import { Origin } from '../record/record.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { FindingResult } from './accessibility.rules.js';
import { type Deciding, decidedFeatures } from './accessibility-verdict.rules.js';
import { latestAssessment } from './latest-assessment.query.js';

/**
 * Makes the accessibility of a location, which is locked, what its latest completed assessment decides; every feature, so
 * that what nobody looked at is UNKNOWN, whatever was said of it before. Nothing where none was completed.
 */
export async function decideAccessibility(
  tx: EntityManager,
  locationId: string,
  by: Omit<Provenance, 'origin'>,
): Promise<void> {
  const rows = await rowsOf<Deciding & { assessedOn: string; result: FindingResult | null }>(
    tx,
    sql`select c.code, c.feature, c.essential, f.result, a.assessed_on::text as "assessedOn"
        from accessibility_assessment a cross join accessibility_criterion c
        left join accessibility_finding f on f.assessment_id = a.id and f.criterion_code = c.code
        where a.id = ${latestAssessment(sql`${locationId}::uuid`)}`,
  );
  if (rows.length === 0) return;
  const results = new Map(rows.flatMap(({ code, result }) => (result === null ? [] : [[code, result] as const])));
  const accessibility = decidedFeatures(rows, results).map(({ feature, state }) => ({
    feature,
    state,
    assessedOn: state === FeatureState.UNKNOWN ? null : rows[0]!.assessedOn,
  }));
  await changeRecords(tx, LOCATION_RECORD, [{ id: locationId, wanted: { accessibility } }], {
    ...by,
    origin: Origin.ASSESSMENT,
  });
}
