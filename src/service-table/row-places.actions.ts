import type { EntityManager } from '@mikro-orm/postgresql';
import { type JsonValue, type RecordChanges, RecordName } from '../record/record.rules.js';
import { lockAllPlaces } from '../service/capacity.actions.js';
import type { CapacityReport } from '../service/capacity-report.rules.js';
import type { Context } from '../shared/context.js';
import { type UserError, UserErrorCode } from '../shared/errors.js';
import { editedPartners } from '../viewer/viewer.rules.js';
import { reportedPlaces } from './place-columns.query.js';
import {
  changedPlaces,
  isOutdated,
  PLACE_COLUMNS,
  type ReportedPlaces,
  type SaidPlaces,
} from './place-columns.rules.js';

/** What a row wants of the places of its service. */
export interface PlacesWish<Row> {
  readonly row: Row;
  /** Id of the service; null: a new one. */
  readonly id: string | null;
  /** Id of the partner whose it is. */
  readonly partner: string;
  readonly said: SaidPlaces | null;
}

/** What rows report, and why some must not; rows whose cells say nothing new are in neither. */
export interface PlacesReports<Row> {
  readonly reports: ReadonlyMap<Row, { readonly report: CapacityReport; readonly changes: RecordChanges }>;
  readonly refused: ReadonlyMap<Row, UserError[]>;
}

/**
 * Compares what rows say of places with what is stored, the counters locked; three statements, however many. A report is
 * refused where the viewer may not make one, and where there was another since the table was written.
 */
export async function placesReports<Row>(
  { viewer }: Context,
  tx: EntityManager,
  wishes: readonly PlacesWish<Row>[],
): Promise<PlacesReports<Row>> {
  const ids = wishes.flatMap(({ id, said }) => (id && said ? [id] : []));
  await lockAllPlaces(tx, ids);
  const shown = await reportedPlaces(tx, viewer, ids);
  const reports: [Row, { report: CapacityReport; changes: RecordChanges }][] = [];
  const refused: [Row, UserError[]][] = [];
  for (const { row, id, partner, said } of wishes) {
    if (!said) continue;
    const before = shown.get(id ?? '') ?? null;
    const changes = changedPlaces(before, said);
    if (Object.keys(changes).length === 0) continue;
    if (!editedPartners(viewer).includes(partner)) refused.push([row, Object.keys(changes).map(notYours)]);
    else if (isOutdated(before, said)) refused.push([row, [outdated(before!, changes)]]);
    else reports.push([row, { report: said.report, changes }]);
  }
  return { reports: new Map(reports), refused: new Map(refused) };
}

const notYours = (field: string): UserError => ({
  code: UserErrorCode.INVALID_INPUT,
  message: 'Plätze meldet nur, wer beim Partner selbst dafür zuständig ist.',
  path: [field],
});

const outdated = (stored: ReportedPlaces, changes: RecordChanges): UserError => ({
  code: UserErrorCode.VERSION_CONFLICT,
  message: 'Die Plätze wurden neu gemeldet, seit diese Tabelle geschrieben wurde.',
  path: ['reportedAt'],
  conflicts: Object.entries(changes).map(([field, { after }]) => ({
    kind: RecordName.SERVICE,
    called: PLACE_COLUMNS[field as keyof ReportedPlaces],
    field,
    // What whoever wrote the table was shown, nobody remembers.
    base: null,
    current: stored[field as keyof ReportedPlaces] as JsonValue,
    yours: after,
    both: true,
  })),
});
