import type { EntityManager } from '@mikro-orm/postgresql';
import { checkConfirmed, confirmEdits, confirmMade } from '../confirmation/confirmed-edit.actions.js';
import { isKeeper } from '../partner/partner-keepers.query.js';
import { changesSince } from '../record/changes-since.query.js';
import type { ChangesSince } from '../record/conflict.rules.js';
import type { Fault } from '../record/fault.rules.js';
import { changeRecords, type Provenance } from '../record/record.actions.js';
import { lockRecords, type StoredRecord } from '../record/record.query.js';
import { completed, type FieldGroup, type JsonValue, Origin, type RecordDocument } from '../record/record.rules.js';
import { refuseStale } from '../record/record-edit.actions.js';
import { allNaming } from '../record/standing.query.js';
import { storeReports } from '../service/capacity-report.actions.js';
import { holdLocations } from '../service/service-edit.actions.js';
import { faultsOfService, pausedInThePast } from '../service/service-faults.rules.js';
import { createServices } from '../service/service-record.actions.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import { serviceReferenceFaults } from '../service/service-references.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { type UserError, userErrorsOf } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import type { SaidPlaces } from './place-columns.rules.js';
import { changesOfNew } from './row-diff.rules.js';
import { type PlacesWish, placesReports } from './row-places.actions.js';
import { checkNamed, type RowResult, refuseFaulty, userErrorOf } from './row-results.actions.js';
import { RowOutcome } from './service-table.rules.js';

/** One of many edits. */
export interface ServiceRow {
  /** By what the caller knows it. */
  readonly row: number;
  /** Null: a new one. */
  readonly id: string | null;
  readonly expectedVersion: number | null;
  /** The fields that are to be so. @param stored of one that is there already */
  readonly wanted: (stored: RecordDocument) => RecordDocument;
  /**
   * Groups that are right after the edit, as whoever edits says; she confirms with it also what she says as a whole. Left
   * out: of a table, whose cells nobody says that somebody looked at, only what is new is confirmed.
   */
  readonly confirm?: readonly FieldGroup[];
  /** What of that it says as a whole; all when left out. */
  readonly whole?: (wanted: RecordDocument) => RecordDocument;
  /** What it says of places; null, and left out: nothing. */
  readonly places?: SaidPlaces | null;
  /** What was wrong already before anybody looked at what is stored. */
  readonly faults?: readonly Fault[];
}

/** Whose new ones are. */
export interface Home {
  readonly partner: string;
  readonly network: string;
}

interface Ready {
  readonly row: ServiceRow;
  readonly stored: StoredRecord | null;
  readonly partner: string;
  readonly wanted: RecordDocument;
  readonly document: RecordDocument;
}

/**
 * Stores what can be stored of many edits, and tells of each what became of it: one that is refused keeps none of the
 * others from being stored. A bounded number of statements, however many.
 *
 * @param home where new ones go, and where all must be that are there; null: wherever the viewer keeps the record
 */
export async function writeServiceRows(
  ctx: Context,
  tx: EntityManager,
  rows: readonly ServiceRow[],
  home: Home | null,
): Promise<RowResult[]> {
  const refused = new Map<ServiceRow, UserError[]>();
  const ids = rows.flatMap(({ id }) => (isId(id) ? [id.toLowerCase()] : []));
  const stored = await lockRecords(tx, SERVICE_RECORD, ids);
  const isOurs = await keptAmong(ctx, tx, [...stored.values()], home);
  const since = await changesSince(tx, staleAmong(rows, stored));
  const ready = rows.flatMap(row => {
    try {
      return [prepared(row, stored, isOurs, home, ids, since)];
    } catch (error) {
      refused.set(row, userErrorsOf(error));
      return [];
    }
  });
  const faultless = await withoutFaults(ctx, tx, await namingStanding(tx, ready), refused);
  const places = await placesReports(ctx, tx, faultless.map(placesWish));
  for (const [row, userErrors] of places.refused) refused.set(row, userErrors);
  const sound = faultless.filter(({ row }) => !refused.has(row));
  const by: Provenance = { origin: Origin.EDIT, at: ctx.now, account: ctx.viewer.accountId };
  const changed = await changeRecords(
    tx,
    SERVICE_RECORD,
    sound.flatMap(({ stored: one, wanted }) => (one ? [{ id: one.id, wanted }] : [])),
    by,
  );
  const fresh = sound.filter(one => one.stored === null);
  const made = await createServices(
    tx,
    fresh.map(({ document }) => ({ ...home!, document })),
    by,
  );
  await confirmMade(ctx, tx, SERVICE_RECORD, made);
  const changesOf = new Map(changed.map(({ id, changes }) => [id, changes]));
  const byHand = sound.flatMap(({ row: { confirm, whole = all => all }, stored: one, wanted }) =>
    one && confirm ? [{ id: one.id, wanted: whole(wanted), changes: changesOf.get(one.id) ?? {}, confirm }] : [],
  );
  await confirmEdits(ctx, tx, SERVICE_RECORD, byHand);
  const idOf = new Map<ServiceRow, string>([
    ...sound.flatMap(one => (one.stored ? [[one.row, one.stored.id] as const] : [])),
    ...fresh.map((one, i) => [one.row, made[i]!] as const),
  ]);
  const reports = [...places.reports].map(([row, { report }]) => ({ service: idOf.get(row)!, report }));
  await storeReports(tx, reports, ctx.now);
  const isChanged = new Set([...changed.map(({ id }) => id), ...reports.map(({ service }) => service)]);
  const documents = new Map(sound.map(({ row, document }) => [row, document]));
  return rows.map(row => {
    const userErrors = refused.get(row);
    if (userErrors) {
      const there = stored.get(row.id?.toLowerCase() ?? '');
      const ours = there && isOurs(there) ? there : null;
      const said = ours?.document ?? (row.id === null ? row.wanted({}) : {});
      return {
        row: row.row,
        outcome: RowOutcome.REFUSED,
        id: ours?.id ?? null,
        name: textOf(said.name),
        changes: {},
        userErrors,
      };
    }
    const id = idOf.get(row)!;
    const outcome =
      row.id === null ? RowOutcome.CREATED : isChanged.has(id) ? RowOutcome.CHANGED : RowOutcome.UNCHANGED;
    const document = documents.get(row)!;
    const changes = {
      ...(row.id === null ? changesOfNew(document) : changesOf.get(id)),
      ...places.reports.get(row)?.changes,
    };
    return { row: row.row, outcome, id, name: textOf(document.name), changes, userErrors: [] };
  });
}

const textOf = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);

const placesWish = ({ row, stored, partner }: Ready): PlacesWish<ServiceRow> => ({
  row,
  id: stored?.id ?? null,
  partner,
  said: row.places ?? null,
});

/** Which of the services the viewer may edit here: one look for each partner. */
async function keptAmong(
  { viewer }: Context,
  tx: EntityManager,
  stored: readonly StoredRecord[],
  home: Home | null,
): Promise<(record: StoredRecord) => boolean> {
  if (home) return record => record.partner === home.partner;
  const kept = new Set<string>();
  for (const [partner, [one]] of Map.groupBy(stored, record => record.partner))
    if (await isKeeper(tx, viewer, one!)) kept.add(partner);
  return record => kept.has(record.partner);
}

/** What was edited since somebody read it, and what she read. */
const staleAmong = (rows: readonly ServiceRow[], stored: ReadonlyMap<string, StoredRecord>) =>
  rows.flatMap(({ id, expectedVersion: version }) => {
    const record = stored.get(id?.toLowerCase() ?? '');
    return record && version !== null && version !== record.version ? [{ id: record.id, version }] : [];
  });

function prepared(
  row: ServiceRow,
  stored: ReadonlyMap<string, StoredRecord>,
  isOurs: (record: StoredRecord) => boolean,
  home: Home | null,
  ids: readonly string[],
  since: ReadonlyMap<string, ChangesSince>,
): Ready {
  refuseFaulty(row.faults ?? []);
  checkConfirmed(SERVICE_RECORD, row.confirm);
  if (row.id === null) {
    const document = completed(SERVICE_RECORD, row.wanted({}));
    return { row, stored: null, partner: home!.partner, wanted: document, document };
  }
  const id = row.id.toLowerCase();
  const record = stored.get(id);
  checkNamed(id, record !== undefined && isOurs(record), ids);
  return edited(row, record!, since.get(id));
}

function edited(row: ServiceRow, record: StoredRecord, since: ChangesSince | undefined): Ready {
  const wanted = row.wanted(record.document);
  refuseStale(SERVICE_RECORD, record, row.expectedVersion, wanted, since);
  return { row, stored: record, partner: record.partner, wanted, document: { ...record.document, ...wanted } };
}

/** With what stands for locations that were merged. */
async function namingStanding(tx: EntityManager, ready: readonly Ready[]): Promise<Ready[]> {
  const wanted = await allNaming(
    tx,
    SERVICE_RECORD,
    ready.map(one => one.wanted),
  );
  return ready.map((one, i) => ({
    ...one,
    wanted: wanted[i]!,
    document: { ...one.document, ...wanted[i] },
  }));
}

async function withoutFaults(
  { now }: Context,
  tx: EntityManager,
  ready: readonly Ready[],
  refused: Map<ServiceRow, UserError[]>,
): Promise<Ready[]> {
  const moved = ready.filter(({ wanted }) => 'locations' in wanted || 'status' in wanted);
  await holdLocations(
    tx,
    moved.map(({ document }) => document),
  );
  const unknown = await serviceReferenceFaults(
    tx,
    ready.map(({ partner, document, stored, wanted }) => ({
      partner,
      document,
      ...(stored && { changed: Object.keys(wanted) }),
    })),
  );
  return ready.filter(({ row, stored, document, wanted }, i) => {
    const malformed = faultsOfService(document, stored ? Object.keys(wanted) : undefined);
    const faults = oncePerPlace([
      ...malformed,
      ...unknown[i]!,
      ...pausedInThePast(stored?.document ?? {}, wanted, berlinDay(now)),
    ]);
    if (faults.length > 0) refused.set(row, faults.map(userErrorOf));
    return faults.length === 0;
  });
}

/** What is malformed is not there either: that is said once. */
const oncePerPlace = (faults: readonly Fault[]): Fault[] =>
  [...new Map(faults.toReversed().map(fault => [fault.path.join('/'), fault])).values()].toReversed();
