import type { EntityManager } from '@mikro-orm/postgresql';
import { LocationStatus } from '../location/location.rules.js';
import { LOCATION_RECORD } from '../location/location-record.rules.js';
import { coordinatesNetwork } from '../network/network.access.js';
import { aDay, aLine, type Fault, faultsOf, optional, someText } from '../record/fault.rules.js';
import type { StoredRecord } from '../record/record.query.js';
import type { RecordDocument } from '../record/record.rules.js';
import { lockForEdit, refuseFaults } from '../record/record-edit.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change, changeOne } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import type { AccessibilityAssessmentInput, AccessibilityFindingInput } from './accessibility.inputs.js';
import { AssessmentStatus, FindingResult } from './accessibility.rules.js';
import { AccessibilityAssessment } from './accessibility-assessment.entity.js';
import { AccessibilityCriterion } from './accessibility-criterion.entity.js';
import { decideAccessibility } from './accessibility-decision.actions.js';
import { findingOf, type StoredFinding } from './accessibility-finding.rules.js';

const { DUPLICATE, INVALID_INPUT, NOT_FOUND, STEP_NOT_OPEN } = UserErrorCode;

/**
 * A new draft for a location; NOT_FOUND, INVALID_INPUT, DUPLICATE where there is a draft already. `takeOver`: id of a
 * completed assessment of the same location, whose findings it begins with. Returns the id.
 */
export function startAssessment(
  ctx: Context,
  locationId: string,
  input: AccessibilityAssessmentInput,
  takeOver: string | null,
): Promise<string> {
  return write(ctx, async tx => {
    const location = await lockAssessed(ctx, tx, locationId, 'location');
    if (location.document.status === LocationStatus.ARCHIVED)
      throw new Refusal(INVALID_INPUT, 'Dieser Standort ist aufgegeben.', ['location']);
    const { assessedOn, assessedBy, note } = checked(ctx, { assessedOn: null, assessedBy: null, note: null, ...input });
    const [draft] = await rowsOf(
      tx,
      sql`select from accessibility_assessment where location_id = ${location.id} and status = ${AssessmentStatus.DRAFT}`,
    );
    if (draft) throw new Refusal(DUPLICATE, 'Für diesen Standort ist schon eine Prüfung in Arbeit.', ['location']);
    const [made] = await rowsOf<{ id: string }>(
      tx,
      sql`insert into accessibility_assessment (location_id, assessed_on, assessed_by, note)
          values (${location.id}, ${assessedOn}::date, ${assessedBy}, ${note}) returning id`,
    );
    if (takeOver !== null) await takeFindings(tx, location.id, takeOver, made!.id);
    return made!.id;
  });
}

/** Who looked when, of a draft; NOT_FOUND, STEP_NOT_OPEN, VERSION_CONFLICT, INVALID_INPUT. Returns the id. */
export function editAssessment(
  ctx: Context,
  id: string,
  input: AccessibilityAssessmentInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const assessment = await lockDraft(ctx, tx, id, expectedVersion);
    const { assessedOn, assessedBy, note } = assessment;
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const wanted = checked(ctx, { assessedOn, assessedBy, note, ...given });
    await changeOne(
      tx,
      sql`update accessibility_assessment set assessed_on = ${wanted.assessedOn}::date, assessed_by = ${wanted.assessedBy},
            note = ${wanted.note}, version = version + 1 where id = ${id}`,
    );
    return assessment.id;
  });
}

/**
 * What was found of some criteria, in place of what was found of them before; of a draft. NOT_FOUND, STEP_NOT_OPEN,
 * VERSION_CONFLICT, INVALID_INPUT with every fault at its finding. Returns the id.
 */
export function recordFindings(
  ctx: Context,
  id: string,
  findings: readonly AccessibilityFindingInput[],
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const assessment = await lockDraft(ctx, tx, id, expectedVersion);
    await storeFindings(tx, assessment.id, await checkedFindings(tx, findings));
    await changeOne(tx, sql`update accessibility_assessment set version = version + 1 where id = ${assessment.id}`);
    return assessment.id;
  });
}

/**
 * It stands from now on, and the finder knows of the location what its latest assessment decides. NOT_FOUND,
 * STEP_NOT_OPEN, VERSION_CONFLICT, INVALID_INPUT where nothing was looked at. Returns the id.
 */
export function completeAssessment(ctx: Context, id: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const assessment = await lockDraft(ctx, tx, id, expectedVersion);
    const looked = await rowsOf(
      tx,
      sql`select from accessibility_finding
          where assessment_id = ${assessment.id} and result <> ${FindingResult.NOT_ASSESSED} limit 1`,
    );
    if (looked.length === 0) throw new Refusal(INVALID_INPUT, 'Noch ist kein Kriterium geprüft.', ['id']);
    await changeOne(
      tx,
      sql`update accessibility_assessment set status = ${AssessmentStatus.COMPLETED}, completed_at = ${ctx.now},
            version = version + 1 where id = ${assessment.id}`,
    );
    await decideAccessibility(tx, assessment.location.id, { at: ctx.now, account: ctx.viewer.accountId });
    return assessment.id;
  });
}

/** A draft is gone, with its findings. NOT_FOUND, STEP_NOT_OPEN, VERSION_CONFLICT. Returns the id that it had. */
export function discardAssessment(ctx: Context, id: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const assessment = await lockDraft(ctx, tx, id, expectedVersion);
    await changeOne(tx, sql`delete from accessibility_assessment where id = ${assessment.id}`);
    return assessment.id;
  });
}

/**
 * Of the drafts that meet where locations, which are locked, become one, discards all but the oldest by the day on which
 * somebody looked: a location has one.
 */
export async function keepOldestDrafts(
  tx: EntityManager,
  pairs: readonly { readonly mine: string; readonly theirs: string }[],
): Promise<void> {
  await change(
    tx,
    sql`with place as (
          select mine as id, mine as at from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (mine uuid)
          union select theirs, mine from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (mine uuid, theirs uuid)),
        draft as (
          select a.id, row_number() over (partition by place.at order by a.assessed_on, a.id) as nth
          from accessibility_assessment a join place on place.id = a.location_id
          where a.status = ${AssessmentStatus.DRAFT})
        delete from accessibility_assessment a using draft where a.id = draft.id and draft.nth > 1`,
  );
}

const NO_SUCH_LOCATION = 'Diesen Standort gibt es in Ihrem Netzwerk nicht.';

/**
 * The location locked, for those who coordinate its network; NOT_FOUND on the argument that names it, in the words for
 * what it names: of another network it is told like what is not there.
 */
export const lockAssessed = (
  { viewer }: Context,
  tx: EntityManager,
  id: string,
  argument: string,
  missing = NO_SUCH_LOCATION,
): Promise<StoredRecord> =>
  lockForEdit(tx, LOCATION_RECORD, id, ({ network }) => coordinatesNetwork(viewer, network), missing, argument);

/** A draft, locked after its location. */
async function lockDraft(
  ctx: Context,
  tx: EntityManager,
  id: string,
  expectedVersion: number | null | undefined,
): Promise<AccessibilityAssessment> {
  const none = 'Diese Prüfung gibt es nicht.';
  const missing = new Refusal(NOT_FOUND, none, ['id']);
  const [named] = isId(id)
    ? await rowsOf<{ location: string }>(
        tx,
        sql`select location_id as location from accessibility_assessment where id = ${id}`,
      )
    : [];
  if (!named) throw missing;
  const location = await lockAssessed(ctx, tx, named.location, 'id', none);
  const [assessment] = await entitiesOf(
    tx,
    AccessibilityAssessment,
    sql`select ${columnsOf(tx, AccessibilityAssessment, 't')} from accessibility_assessment t
        where t.id = ${id} and t.location_id = ${location.id} for update`,
  );
  if (!assessment) throw missing;
  checkVersion(expectedVersion, assessment.version);
  if (assessment.status !== AssessmentStatus.DRAFT)
    throw new Refusal(STEP_NOT_OPEN, 'Diese Prüfung ist abgeschlossen. Bitte eine neue beginnen.', ['id']);
  return assessment;
}

interface Head {
  readonly assessedOn: string;
  readonly assessedBy: string;
  readonly note: string | null;
}

function checked({ now }: Context, { note, ...said }: RecordDocument): Head {
  const head = { ...said, note: (typeof note === 'string' && note.trim()) || null };
  const faults = faultsOf(head, { assessedOn: aDay, assessedBy: aLine(), note: optional(someText(1000)) });
  refuseFaults(faults);
  const known = head as unknown as Head;
  if (known.assessedOn > berlinDay(now))
    refuseFaults([{ path: ['assessedOn'], message: 'Eine Prüfung liegt nicht in der Zukunft.' }]);
  return known;
}

async function checkedFindings(
  tx: EntityManager,
  findings: readonly AccessibilityFindingInput[],
): Promise<StoredFinding[]> {
  const criteria = new Map((await tx.find(AccessibilityCriterion, {})).map(one => [one.code, one]));
  const faults: Fault[] = [];
  const stored = new Map<string, StoredFinding>();
  for (const [i, said] of findings.entries()) {
    const found = findingOf(said, criteria.get(said.criterion), [String(i)]);
    if ('faults' in found) faults.push(...found.faults);
    else if (stored.has(said.criterion))
      faults.push({ path: [String(i), 'criterion'], message: 'Dieses Kriterium steht schon in der Liste.' });
    else stored.set(said.criterion, found.finding);
  }
  refuseFaults(faults);
  return [...stored.values()];
}

async function storeFindings(tx: EntityManager, id: string, findings: readonly StoredFinding[]): Promise<void> {
  if (findings.length === 0) return;
  await change(
    tx,
    sql`delete from accessibility_finding where assessment_id = ${id}
        and criterion_code = any(${findings.map(({ criterion }) => criterion)}::text[])`,
  );
  await change(
    tx,
    sql`insert into accessibility_finding (assessment_id, criterion_code, result, measured, evidence)
        select ${id}::uuid, f.criterion, f.result, f.measured, f.evidence
        from jsonb_to_recordset(${JSON.stringify(findings)}::jsonb)
          as f (criterion text, result text, measured double precision, evidence text)`,
  );
}

async function takeFindings(tx: EntityManager, location: string, from: string, to: string): Promise<void> {
  const [earlier] = isId(from)
    ? await rowsOf(
        tx,
        sql`select from accessibility_assessment
            where id = ${from} and location_id = ${location} and status = ${AssessmentStatus.COMPLETED}`,
      )
    : [];
  if (!earlier)
    throw new Refusal(NOT_FOUND, 'Eine solche abgeschlossene Prüfung dieses Standorts gibt es nicht.', ['takeOver']);
  await change(
    tx,
    sql`insert into accessibility_finding (assessment_id, criterion_code, result, measured, evidence)
        select ${to}::uuid, criterion_code, result, measured, evidence from accessibility_finding where assessment_id = ${from}`,
  );
}
