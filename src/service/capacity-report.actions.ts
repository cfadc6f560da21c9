import type { EntityManager } from '@mikro-orm/postgresql';
import { tellAllNextInLine } from '../referral-step/referral-waiting.actions.js';
import { change } from '../shared/change.js';
import { sql } from '../shared/sql.js';
import { lockAllPlaces } from './capacity.actions.js';
import type { CapacityReport } from './capacity-report.rules.js';
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
