import type { EntityManager } from '@mikro-orm/postgresql';
import type { WriteRoot } from '../read-path/write-path.js';
import { tellAllNextInLine } from '../referral-step/referral-waiting.actions.js';
import { change } from '../shared/change.js';
import { isId } from '../shared/id.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { editedPartners } from '../viewer/viewer.rules.js';
import { lockAllPlaces } from './capacity.actions.js';
import { type CapacityReport, capacityFaults } from './capacity-report.rules.js';
import { freePlaces } from './service.rules.js';

/** A report of one service, by its id. */
export interface ServiceReport {
  readonly service: string;
  readonly report: CapacityReport;
}

/**
 * Stores what partners report of the places of services, each once, dated now; whose turn it is where places came free
 * is told. What referrals hold stays as it is. A bounded number of statements, however many. That the numbers are fit and
 * who may say so, the caller has looked at.
 */
export async function storeReports(tx: EntityManager, reports: readonly ServiceReport[], at: Date): Promise<void> {
  if (reports.length === 0) return;
  const stored = await lockAllPlaces(
    tx,
    reports.map(({ service }) => service),
  );
  const said = reports.map(({ service, report }) => {
    const before = stored.get(service)!;
    const { total, occupiedElsewhere, waiting, expectedWaitDays } = report;
    const after = {
      ...before,
      total: total === undefined ? before.total : total,
      occupiedElsewhere: occupiedElsewhere === undefined ? before.occupiedElsewhere : (occupiedElsewhere ?? 0),
      reportedWaiting: waiting === undefined ? before.reportedWaiting : waiting,
      expectedWaitDays: expectedWaitDays === undefined ? before.expectedWaitDays : expectedWaitDays,
    };
    return { service, before, after };
  });
  const rows = said.map(({ service, after }) => ({
    service_id: service,
    total: after.total,
    occupied_elsewhere: after.occupiedElsewhere,
    reported_waiting: after.reportedWaiting,
    expected_wait_days: after.expectedWaitDays,
  }));
  // The rows are locked; what referrals count (reserved, waitlisted) is not touched.
  await change(
    tx,
    sql`update service_capacity c set total = r.total, occupied_elsewhere = r.occupied_elsewhere,
          reported_waiting = r.reported_waiting, expected_wait_days = r.expected_wait_days, reported_at = ${at}
        from jsonb_populate_recordset(null::service_capacity, ${JSON.stringify(rows)}::jsonb) r
        where c.service_id = r.service_id`,
  );
  const freed = said.map(({ service, before, after }) => ({
    service,
    before: freePlaces(before),
    after: freePlaces(after),
  }));
  await tellAllNextInLine(tx, freed, at);
}

/**
 * The same of one service of the viewer by one statement, where nobody has to be told whose turn it is: it takes the lock,
 * looks at what it finds under it, and writes one row. None where somebody waits for a place that would come free, and
 * where there is something to refuse: `reportCapacity` does and tells that.
 */
export const serviceCapacityReport: WriteRoot = {
  statement({ viewer, now }, { id, input }) {
    const report = input as CapacityReport;
    if (!isId(id) || capacityFaults(report).length > 0) return null;
    const { total, occupiedElsewhere, waiting, expectedWaitDays } = report;
    const totalAfter = said(total, 'total');
    const elsewhereAfter = said(occupiedElsewhere === null ? 0 : occupiedElsewhere, 'occupied_elsewhere');
    return sql`update service_capacity c set total = ${totalAfter}, occupied_elsewhere = ${elsewhereAfter},
        reported_waiting = ${said(waiting, 'reported_waiting')},
        expected_wait_days = ${said(expectedWaitDays, 'expected_wait_days')}, reported_at = ${now}::timestamptz
      from service s
      where c.service_id = ${id}::uuid and s.id = c.service_id and s.partner_id = any(${editedPartners(viewer)}::uuid[])
        and not (c.waitlisted > 0 and c.total is not null and ${totalAfter} is not null
          and greatest(0, ${totalAfter} - c.reserved - ${elsewhereAfter})
            > greatest(0, c.total - c.reserved - c.occupied_elsewhere))`;
  },
  thing: 'service',
  // Whose record she keeps she sees.
  from: (_, { id }) => sql`service t where t.id = ${id}::uuid`,
};

/** SQL: a number of a report; what is left out stays as it is stored. */
const said = (value: number | null | undefined, stored: string): Sql =>
  value === undefined ? verbatim(`c.${stored}`) : sql`${value}::int`;
