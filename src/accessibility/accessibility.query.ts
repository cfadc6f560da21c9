import { LocationStatus } from '../location/location.rules.js';
import { ownNetwork } from '../network/own-network.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { columnsOf, entitiesOf, type Sql, sql } from '../shared/sql.js';
import { readsAssessment, readsLocation } from './accessibility.access.js';
import {
  AccessibilityAssessmentConnection,
  type AccessibilityAssessmentFilter,
  type AccessibilityAssessmentsArgs,
  type AccessibilityRemediesArgs,
  AccessibilityRemedyConnection,
  type AccessibilityRemedyFilter,
} from './accessibility.inputs.js';
import { OPEN_REMEDIES } from './accessibility.rules.js';
import { AccessibilityAssessment } from './accessibility-assessment.entity.js';
import { AccessibilityRemedy } from './accessibility-remedy.entity.js';

/** Newest first, by the day on which somebody looked. */
const ASSESSMENTS: OrderedList<AccessibilityAssessment> = {
  entity: AccessibilityAssessment,
  table: 'accessibility_assessment',
  order: 't.assessed_on desc, t.id desc',
  after: ([day, id]) => sql`(t.assessed_on, t.id) < (${day}::date, ${id}::uuid)`,
};

/** What is due first comes first. */
const REMEDIES: OrderedList<AccessibilityRemedy> = {
  entity: AccessibilityRemedy,
  table: 'accessibility_remedy',
  order: 't.due_on, t.id',
  after: ([day, id]) => sql`(t.due_on, t.id) > (${day}::date, ${id}::uuid)`,
};

/** Those of one network, newest first. BAD_USER_INPUT for a network that is not the viewer's. */
export async function assessmentPage(
  ctx: Context,
  { network: slug, filter, ...args }: AccessibilityAssessmentsArgs,
): Promise<AccessibilityAssessmentConnection> {
  const { em, viewer, secrets } = ctx;
  const page = pageOf(args, secrets, AccessibilityAssessmentConnection.list);
  const network = await ownNetwork(ctx, slug, 'network');
  const conditions = [inNetwork(network.id), readsAssessment(viewer), ...wishedAssessments(network.id, filter ?? {})];
  return AccessibilityAssessmentConnection.of(secrets, {
    rows: await listPage(em, ASSESSMENTS, conditions, page),
    page,
    position: ({ assessedOn, id }) => [assessedOn, id],
    count: () => countOf(em, ASSESSMENTS, conditions),
  });
}

/** Those of one network, what is due first before. BAD_USER_INPUT for a network that is not the viewer's. */
export async function remedyPage(
  ctx: Context,
  { network: slug, filter, ...args }: AccessibilityRemediesArgs,
): Promise<AccessibilityRemedyConnection> {
  const { em, viewer, secrets, now } = ctx;
  const page = pageOf(args, secrets, AccessibilityRemedyConnection.list);
  const network = await ownNetwork(ctx, slug, 'network');
  const conditions = [
    inNetwork(network.id),
    readsLocation(viewer, sql`t.location_id`),
    ...wishedRemedies(network.id, filter ?? {}, berlinDay(now)),
  ];
  return AccessibilityRemedyConnection.of(secrets, {
    rows: await listPage(em, REMEDIES, conditions, page),
    page,
    position: ({ dueOn, id }) => [dueOn, id],
    count: () => countOf(em, REMEDIES, conditions),
  });
}

/** Null where there is none that the viewer may read. */
export async function findAssessment({ em, viewer }: Context, id: string): Promise<AccessibilityAssessment | null> {
  if (!isId(id)) return null;
  const [found] = await entitiesOf(
    em,
    AccessibilityAssessment,
    sql`select ${columnsOf(em, AccessibilityAssessment, 't')} from accessibility_assessment t
        where t.id = ${id} and ${readsAssessment(viewer)}`,
  );
  return found ?? null;
}

/** Null where there is none that the viewer may read. */
export async function findRemedy({ em, viewer }: Context, id: string): Promise<AccessibilityRemedy | null> {
  if (!isId(id)) return null;
  const [found] = await entitiesOf(
    em,
    AccessibilityRemedy,
    sql`select ${columnsOf(em, AccessibilityRemedy, 't')} from accessibility_remedy t
        where t.id = ${id} and ${readsLocation(viewer, sql`t.location_id`)}`,
  );
  return found ?? null;
}

const inNetwork = (id: string): Sql => sql`exists (
  select from location l join partner p on p.id = l.partner_id where l.id = t.location_id and p.network_id = ${id})`;

/** SQL: is it about a place that is a site of the Jobcenter? One that was given up is none. */
const atSite = (networkId: string): Sql => sql`exists (
  select from location l join jobcenter j on j.partner_id = l.partner_id
  where l.id = t.location_id and j.network_id = ${networkId} and l.status = ${LocationStatus.ACTIVE})`;

function atLocation(id: string | null | undefined): Sql[] {
  if (id == null) return [];
  return [isId(id) ? sql`t.location_id = ${id}` : sql`false`];
}

const wishedAssessments = (
  networkId: string,
  { location, ofJobcenter, status, from, until }: AccessibilityAssessmentFilter,
): Sql[] => [
  ...atLocation(location),
  ...(ofJobcenter ? [atSite(networkId)] : []),
  ...(status == null ? [] : [sql`t.status = ${status}`]),
  ...(from == null ? [] : [sql`t.assessed_on >= ${from}::date`]),
  ...(until == null ? [] : [sql`t.assessed_on <= ${until}::date`]),
];

const wishedRemedies = (
  networkId: string,
  { location, ofJobcenter, states, overdue }: AccessibilityRemedyFilter,
  today: string,
): Sql[] => [
  ...atLocation(location),
  ...(ofJobcenter ? [atSite(networkId)] : []),
  ...(states?.length ? [sql`t.state = any(${states}::text[])`] : []),
  ...(overdue ? [sql`t.state = any(${OPEN_REMEDIES}::text[]) and t.due_on < ${today}::date`] : []),
];
