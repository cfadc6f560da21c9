import type { EntityManager } from '@mikro-orm/postgresql';
import { tellAllNextInLine } from '../referral-step/referral-waiting.actions.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { preparedRows } from '../shared/prepared.js';
import { columnsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { editedPartners } from '../viewer/viewer.rules.js';
import { lockAllPlaces } from './capacity.actions.js';
import { type CapacityReport, capacityFaults } from './capacity-report.rules.js';
import { Service } from './service.entity.js';
import { freePlaces } from './service.rules.js';
import { tellPlaces } from './told-places.js';

/** A report of one service, by its id. */
export interface ServiceReport {
  readonly service: string;
  readonly report: CapacityReport;
}

/** The columns of a service, and of its counters. */
interface ReportedRow extends Record<string, unknown> {
  total: number | null;
  occupied_elsewhere: number;
  reserved: number;
  reported_waiting: number | null;
  waitlisted: number;
  expected_wait_days: number | null;
}

/**
 * The same of one service of the viewer where nobody has to be told whose turn it is: the one statement takes the lock,
 * looks at what it finds under it, and writes. Null, and nothing is stored, where somebody waits for a place that would
 * come free, and for everything that is to be refused.
 */
export async function storeReport(
  { em, viewer, now }: Context,
  id: string,
  report: CapacityReport,
): Promise<ReportedRow | null> {
  if (!isId(id) || capacityFaults(report).length > 0) return null;
  const { total, occupiedElsewhere, waiting, expectedWaitDays } = report;
  const said = (value: number | null | undefined, stored: string): Sql =>
    sql`case when ${value !== undefined}::boolean then ${value ?? null}::int else ${verbatim(`c.${stored}`)} end`;
  const totalAfter = said(total, 'total');
  const elsewhereAfter = said(occupiedElsewhere === null ? 0 : occupiedElsewhere, 'occupied_elsewhere');
  const [row] = await preparedRows<ReportedRow>(
    em,
    sql`update service_capacity c set total = ${totalAfter}, occupied_elsewhere = ${elsewhereAfter},
          reported_waiting = ${said(waiting, 'reported_waiting')},
          expected_wait_days = ${said(expectedWaitDays, 'expected_wait_days')}, reported_at = ${now}::timestamptz
        from service s
        where c.service_id = ${id}::uuid and s.id = c.service_id and s.partner_id = any(${editedPartners(viewer)}::uuid[])
          and not (c.waitlisted > 0 and c.total is not null and ${totalAfter} is not null
            and greatest(0, ${totalAfter} - c.reserved - ${elsewhereAfter})
              > greatest(0, c.total - c.reserved - c.occupied_elsewhere))
        returning ${columnsOf(em, Service, 's')}, c.total, c.occupied_elsewhere, c.reserved, c.reported_waiting,
          c.waitlisted, c.expected_wait_days`,
  );
  return row ?? null;
}

/** The service of which `storeReport` has told, with its places as they are since. */
export function serviceReported({ em, now }: Context, row: ReportedRow): Service {
  const { total, occupied_elsewhere, reserved, reported_waiting, waitlisted, expected_wait_days, ...columns } = row;
  const service = em.map(Service, columns as never) as Service;
  tellPlaces(service, {
    total,
    occupiedElsewhere: occupied_elsewhere,
    reserved,
    reportedWaiting: reported_waiting,
    waitlisted,
    expectedWaitDays: expected_wait_days,
    reportedAt: now,
  });
  return service;
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
