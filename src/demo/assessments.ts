import { AssessmentStatus, FindingResult } from '../accessibility/accessibility.rules.js';
import { CRITERIA } from '../accessibility/accessibility-criteria.data.js';
import { decidedFeatures, resultOfMeasured } from '../accessibility/accessibility-verdict.rules.js';
import { FeatureState } from '../location/location.rules.js';
import { addDays, addWorkingDays, berlinDay, startOfBerlinDay } from '../shared/calendar.rules.js';
import { ASSESSMENTS, type DemoAssessment, REMEDIES, USUAL } from './assessments.data.js';
import { siteId } from './jobcenters.js';
import { demoId } from './random.js';
import type { AccessibilityRow } from './sites.js';

/** The assessments, their findings and remedies, as in the tables, and what they decide of each location. */
export function assessmentRows(now: Date) {
  const assessed = ASSESSMENTS.map(one => ({
    one,
    id: demoId(`assessment/${one.at}/${one.site}/${one.on}`),
    ...datesOf(one, now),
  }));
  const findings = assessed.flatMap(({ one, id }) =>
    findingsOf(one).map(finding => ({ assessment_id: id, ...finding })),
  );
  const latest = new Map(
    [...assessed]
      .sort((a, b) => (a.assessedOn < b.assessedOn ? -1 : 1))
      .map(each => [siteId(each.one.at, each.one.site), each] as const),
  );
  return {
    assessments: assessed.map(({ one, id, assessedOn, completedAt }) => ({
      id,
      location_id: siteId(one.at, one.site),
      assessed_on: assessedOn,
      assessed_by: one.by,
      note: one.note,
      status: AssessmentStatus.COMPLETED,
      completed_at: completedAt,
      version: 3,
    })),
    findings,
    remedies: REMEDIES.map(one => ({
      id: demoId(`remedy/${one.at}/${one.site}/${one.criterion}/${one.description}`),
      location_id: siteId(one.at, one.site),
      criterion_code: one.criterion,
      description: one.description,
      cost_cents: one.costCents,
      responsible_body: one.body,
      due_on: dayOf(one.due, now),
      state: one.state,
      done_on: one.doneOn,
    })),
    decided: [...latest].flatMap(([location, { one, assessedOn }]) => decidedBy(one, location, assessedOn)),
  };
}

const dayOf = (day: string | number, now: Date): string =>
  typeof day === 'string' ? day : berlinDay(addDays(now, day));

/** Written down some working days after somebody looked, in the morning. */
function datesOf({ on }: DemoAssessment, now: Date) {
  const assessedOn = typeof on === 'string' ? on : dayOf(-on, now);
  const morning = new Date(startOfBerlinDay(assessedOn).getTime() + 9 * 3_600_000);
  return { assessedOn, completedAt: addWorkingDays(morning, 3) };
}

const findingsOf = ({ found }: DemoAssessment) =>
  CRITERIA.map(({ code, minimum = null, maximum = null, unit = null }) => {
    const said = found[code] ?? USUAL[code] ?? FindingResult.MET;
    const measured = typeof said === 'number' ? said : null;
    const result = typeof said === 'number' ? resultOfMeasured({ unit, minimum, maximum }, said) : said;
    return {
      criterion_code: code,
      result: result as FindingResult,
      measured,
      evidence: result === FindingResult.NOT_MET ? 'Begehung mit Fotos' : null,
    };
  });

/** As the completion of an assessment would write it. */
function decidedBy(one: DemoAssessment, location: string, assessedOn: string): AccessibilityRow[] {
  const criteria = CRITERIA.map(({ code, feature = null, essential = false }) => ({ code, feature, essential }));
  const results = new Map(findingsOf(one).map(({ criterion_code, result }) => [criterion_code, result]));
  return decidedFeatures(criteria, results).map(({ feature, state }) => ({
    location_id: location,
    feature,
    state,
    assessed_on: state === FeatureState.UNKNOWN ? null : assessedOn,
  }));
}
