import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { readsLocation } from './accessibility.access.js';
import type { SiteFigures } from './accessibility.rules.js';
import { AccessibilityAssessment, AccessibilityFinding } from './accessibility-assessment.entity.js';
import { AccessibilityCriterion } from './accessibility-criterion.entity.js';
import { latestAssessment } from './latest-assessment.query.js';
import { type AssessedBetween, siteAccessibilityOf } from './site-accessibility.query.js';

/** All criteria by code in their order, read once a request when asked for. */
export function accessibilityCriteria(em: EntityManager): () => Promise<ReadonlyMap<string, AccessibilityCriterion>> {
  let criteria: Promise<ReadonlyMap<string, AccessibilityCriterion>> | undefined;
  return () => {
    criteria ??= em
      .find(AccessibilityCriterion, {}, { orderBy: { position: 'asc', code: 'asc' } })
      .then(all => new Map(all.map(one => [one.code, one])));
    return criteria;
  };
}

/** What each assessment found, which was shown. */
export const findingsOfAssessment = (em: EntityManager) =>
  manyPerId(
    ids => em.find(AccessibilityFinding, { assessment: { $in: [...ids] } }),
    finding => finding.assessment.id,
  );

/** What decides of each location, as far as the viewer may read it. */
export const latestAssessmentOfLocation = (em: EntityManager, viewer: Viewer) =>
  onePerId(
    ids =>
      entitiesOf(
        em,
        AccessibilityAssessment,
        sql`select ${columnsOf(em, AccessibilityAssessment, 't')} from unnest(${ids}::uuid[]) as place (id)
            join accessibility_assessment t on t.id = ${latestAssessment(sql`place.id`)}
            where ${readsLocation(viewer, sql`place.id`)}`,
      ),
    assessment => assessment.location.id,
  );

/** The numbers of each Jobcenter; those that are asked for the same period by one statement. */
export function siteAccessibility(em: EntityManager) {
  const known = new Map<string, DataLoader<string, SiteFigures>>();
  return (period: AssessedBetween, today: string): DataLoader<string, SiteFigures> => {
    const key = JSON.stringify([period, today]);
    const loader =
      known.get(key) ??
      new DataLoader<string, SiteFigures>(async ids => {
        const found = new Map((await siteAccessibilityOf(em, ids, period, today)).map(one => [one.jobcenter, one]));
        return ids.map(id => found.get(id)!);
      });
    known.set(key, loader);
    return loader;
  };
}
