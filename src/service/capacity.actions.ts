import type { EntityManager } from '@mikro-orm/postgresql';
import { change, changeOne } from '../shared/change.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import type { Service } from './service.entity.js';
import { type Places, showsCoarsely } from './service.rules.js';

/** Takes one place inside the caller's transaction; NO_CAPACITY. Where places are not counted there is always one. */
export async function reservePlace(tx: EntityManager, serviceId: string): Promise<void> {
  const reserved = sql`update service_capacity set reserved = reserved + 1
    where service_id = ${serviceId} and (total is null or reserved + occupied_elsewhere < total)`;
  if ((await change(tx, reserved)) === 1) return;
  throw new Refusal(UserErrorCode.NO_CAPACITY, 'Das Angebot hat keinen freien Platz.');
}

/** The counters of a service, locked until the end of the transaction; made where there are none yet. */
export async function lockPlaces(tx: EntityManager, serviceId: string): Promise<StoredPlaces> {
  return (await lockAllPlaces(tx, [serviceId])).get(serviceId)!;
}

/** The counters of a service with what its partner said last. */
export interface StoredPlaces extends Places {
  readonly reportedWaiting: number | null;
  readonly expectedWaitDays: number | null;
}

/** The same of many services, by their ids, and in the order of these: of two who take the same ones one waits. */
export async function lockAllPlaces(tx: EntityManager, ids: readonly string[]): Promise<Map<string, StoredPlaces>> {
  if (ids.length === 0) return new Map();
  await change(
    tx,
    sql`insert into service_capacity (service_id) select id from unnest(${ids}::uuid[]) id order by id
        on conflict do nothing`,
  );
  const rows = await rowsOf<StoredPlaces & { id: string }>(
    tx,
    sql`select service_id as id, total, reserved, occupied_elsewhere as "occupiedElsewhere",
          reported_waiting as "reportedWaiting", expected_wait_days as "expectedWaitDays"
        from service_capacity where service_id = any(${ids}::uuid[]) order by service_id for update`,
  );
  return new Map(rows.map(({ id, ...places }) => [id, places]));
}

/** Gives a place back that a referral held; tells how many are free now, null where they are not counted. */
export async function releasePlace(tx: EntityManager, serviceId: string): Promise<Places> {
  const [places] = await rowsOf<Places>(
    tx,
    sql`update service_capacity set reserved = reserved - 1 where service_id = ${serviceId}
        returning total, reserved, occupied_elsewhere as "occupiedElsewhere"`,
  );
  if (!places) throw new Error('A service has no counters.');
  return places;
}

/** What a partner says of its places without counting them all; null: nothing is said of it. */
export interface FreeReport {
  free: number | null;
  expectedWaitDays: number | null;
  /** A wait that was told before and no longer holds, unless another was told since. */
  takenBackDays?: number | null;
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
  service: Pick<Service, 'id' | 'feedbackLevel' | 'placesRoundedSince'>,
  { free, expectedWaitDays, takenBackDays = null }: FreeReport,
  at: Date,
): Promise<Places> {
  const step = showsCoarsely(service) ? COARSE_TOTAL : 1;
  const said = sql`total is not null and ${free}::int is not null`;
  const enough = sql`case when ${free}::int > 0 then (reserved + ${free}::int + ${step - 1}::int) / ${step}::int * ${step}::int end`;
  const total = sql`greatest(total, ${enough})`;
  const [places] = await rowsOf<Places>(
    tx,
    sql`update service_capacity set
        total = case when ${said} then ${total} else total end,
        occupied_elsewhere = case when ${said} then greatest(0, ${total} - reserved - ${free}::int) else occupied_elsewhere end,
        expected_wait_days = coalesce(${expectedWaitDays}::int, nullif(expected_wait_days, ${takenBackDays}::int)),
        reported_at = ${at}
      where service_id = ${service.id}
      returning total, reserved, occupied_elsewhere as "occupiedElsewhere"`,
  );
  if (!places) throw new Error('A service has no counters.');
  return places;
}

/** One more, or one less, on the waiting list. */
export const countWaiting = (tx: EntityManager, serviceId: string, by: 1 | -1): Promise<void> =>
  changeOne(tx, sql`update service_capacity set waitlisted = waitlisted + ${by}::int where service_id = ${serviceId}`);

/** One more acceptance that day. */
export const countAcceptance = (tx: EntityManager, serviceId: string, day: string): Promise<void> =>
  changeOne(
    tx,
    sql`insert into service_acceptance (service_id, accepted_on, accepted) values (${serviceId}, ${day}, 1)
        on conflict (service_id, accepted_on) do update set accepted = service_acceptance.accepted + 1`,
  );

/**
 * An acceptance was none. `withheldIn`: the first day of a month in which others must not see that; it leaves the count
 * when that is over, as it entered it. Null: at once.
 */
export const uncountAcceptance = (
  tx: EntityManager,
  serviceId: string,
  day: string,
  withheldIn: string | null,
): Promise<void> =>
  changeOne(
    tx,
    sql`update service_acceptance set ${takenBack('accepted', withheldIn)}
        where service_id = ${serviceId} and accepted_on = ${day} and accepted > taken_back`,
  );

/** One more first decision that day, which took so many working days. */
export const countAnswer = (tx: EntityManager, serviceId: string, day: string, workingDays: number): Promise<void> =>
  changeOne(
    tx,
    sql`insert into service_answer (service_id, answered_on, working_days, answers)
        values (${serviceId}, ${day}, ${workingDays}, 1)
        on conflict (service_id, answered_on, working_days) do update set answers = service_answer.answers + 1`,
  );

/** A first decision was none; `withheldIn` as for acceptances. */
export const uncountAnswer = (
  tx: EntityManager,
  serviceId: string,
  day: string,
  workingDays: number,
  withheldIn: string | null,
): Promise<void> =>
  changeOne(
    tx,
    sql`update service_answer set ${takenBack('answers', withheldIn)}
        where service_id = ${serviceId} and answered_on = ${day} and working_days = ${workingDays} and answers > taken_back`,
  );

/** SQL: one less. What was withheld in a month before this one is settled with it. */
function takenBack(column: 'accepted' | 'answers', month: string | null): Sql {
  const count = verbatim(column);
  if (month === null) return sql`${count} = ${count} - 1`;
  const isOver = sql`taken_back_in < ${month}::date`;
  return sql`${count} = ${count} - case when ${isOver} then taken_back else 0 end,
    taken_back = case when ${isOver} then 0 else taken_back end + 1, taken_back_in = ${month}::date`;
}
