import type { EntityManager, QueryResult } from '@mikro-orm/postgresql';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { Service } from './service.entity.js';
import { type Places, showsCoarsely } from './service.rules.js';

const RESERVE = `
  update service_capacity set reserved = reserved + 1
  where service_id = ? and (total is null or reserved + occupied_elsewhere < total)`;

/** Takes one place inside the caller's transaction; NO_CAPACITY. Where places are not counted there is always one. */
export async function reservePlace(tx: EntityManager, serviceId: string): Promise<void> {
  if ((await affected(tx, RESERVE, [serviceId])) === 1) return;
  throw new Refusal(UserErrorCode.NO_CAPACITY, 'Das Angebot hat keinen freien Platz.');
}

/** The counters of a service, locked until the end of the transaction; made where there are none yet. */
export async function lockPlaces(tx: EntityManager, serviceId: string): Promise<Places> {
  await tx.execute('insert into service_capacity (service_id) values (?) on conflict do nothing', [serviceId]);
  const [places] = await tx.execute<[Places]>(
    `select total, reserved, occupied_elsewhere as "occupiedElsewhere" from service_capacity
     where service_id = ? for update`,
    [serviceId],
  );
  return places;
}

/** Gives a place back that a referral held; tells how many are free now, null where they are not counted. */
export async function releasePlace(tx: EntityManager, serviceId: string): Promise<Places> {
  const [places] = await tx.execute<Places[]>(
    `update service_capacity set reserved = reserved - 1 where service_id = ?
     returning total, reserved, occupied_elsewhere as "occupiedElsewhere"`,
    [serviceId],
  );
  if (!places) throw new Error('A service has no counters.');
  return places;
}

/** What a partner says of its places without counting them all; null: nothing is said of it. */
export interface FreeReport {
  free: number | null;
  expectedWaitDays: number | null;
}

/** Others see `total` exactly: of a discreet service it must not tell what its reserved places add up to. */
const COARSE_TOTAL = 5;

/**
 * Makes what is free what the partner says, dated now; what referrals hold stays as it is, and where both are more than
 * the total, that is raised. One statement, since referrals take and give back meanwhile. Where places are not counted,
 * only the wait changes.
 */
export async function setFree(
  tx: EntityManager,
  { id, feedbackLevel }: Pick<Service, 'id' | 'feedbackLevel'>,
  { free, expectedWaitDays }: FreeReport,
  at: Date,
): Promise<Places> {
  const step = showsCoarsely(feedbackLevel) ? COARSE_TOTAL : 1;
  const said = sql`total is not null and ${free}::int is not null`;
  const enough = sql`case when ${free}::int > 0 then (reserved + ${free}::int + ${step - 1}::int) / ${step}::int * ${step}::int end`;
  const total = sql`greatest(total, ${enough})`;
  const [places] = await rowsOf<Places>(
    tx,
    sql`update service_capacity set
        total = case when ${said} then ${total} else total end,
        occupied_elsewhere = case when ${said} then greatest(0, ${total} - reserved - ${free}::int) else occupied_elsewhere end,
        expected_wait_days = coalesce(${expectedWaitDays}::int, expected_wait_days),
        reported_at = ${at}
      where service_id = ${id}
      returning total, reserved, occupied_elsewhere as "occupiedElsewhere"`,
  );
  if (!places) throw new Error('A service has no counters.');
  return places;
}

/** One more, or one less, on the waiting list. */
export const countWaiting = (tx: EntityManager, serviceId: string, change: 1 | -1): Promise<void> =>
  changeOne(tx, 'update service_capacity set waitlisted = waitlisted + ? where service_id = ?', [change, serviceId]);

/** One more acceptance that day. */
export const countAcceptance = (tx: EntityManager, serviceId: string, day: string): Promise<void> =>
  changeOne(
    tx,
    `insert into service_acceptance (service_id, accepted_on, accepted) values (?, ?, 1)
     on conflict (service_id, accepted_on) do update set accepted = service_acceptance.accepted + 1`,
    [serviceId, day],
  );

/** An acceptance was none. */
export const uncountAcceptance = (tx: EntityManager, serviceId: string, day: string): Promise<void> =>
  changeOne(
    tx,
    'update service_acceptance set accepted = accepted - 1 where service_id = ? and accepted_on = ? and accepted > 0',
    [serviceId, day],
  );

/** One more first decision that day, which took so many working days. */
export const countAnswer = (tx: EntityManager, serviceId: string, day: string, workingDays: number): Promise<void> =>
  changeOne(
    tx,
    `insert into service_answer (service_id, answered_on, working_days, answers) values (?, ?, ?, 1)
     on conflict (service_id, answered_on, working_days) do update set answers = service_answer.answers + 1`,
    [serviceId, day, workingDays],
  );

/** A first decision was none. */
export const uncountAnswer = (tx: EntityManager, serviceId: string, day: string, workingDays: number): Promise<void> =>
  changeOne(
    tx,
    `update service_answer set answers = answers - 1
     where service_id = ? and answered_on = ? and working_days = ? and answers > 0`,
    [serviceId, day, workingDays],
  );

/** The hub's own effects assert the row they touch: none is a bug, not a refusal. */
async function changeOne(tx: EntityManager, statement: string, values: unknown[]): Promise<void> {
  const rows = await affected(tx, statement, values);
  if (rows !== 1) throw new Error(`One row was to change, ${rows} did.`);
}

async function affected(tx: EntityManager, statement: string, values: unknown[]): Promise<number> {
  return (await tx.execute<QueryResult>(statement, values, 'run')).affectedRows;
}
