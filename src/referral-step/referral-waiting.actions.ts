import type { EntityManager } from '@mikro-orm/postgresql';
import type { Referral } from '../referral/referral.entity.js';
import { Party } from '../referral/referral.rules.js';
import { showsProgress } from '../referral/referral-feedback.rules.js';
import { notifyAll } from '../referral-clock/referral-notice.actions.js';
import { NoticeKind } from '../referral-clock/referral-notice.rules.js';
import { countWaiting, lockPlaces } from '../service/capacity.actions.js';
import { type FeedbackLevel, freePlaces } from '../service/service.rules.js';
import { ServiceWaiting } from '../service/service-waiting.entity.js';
import { isBefore, placeInLine } from '../service/service-waiting.query.js';
import { asSystem } from '../shared/as-system.js';
import { rowsOf, sql } from '../shared/sql.js';

/** The last place on the list of the service, or behind the others that are urgent. */
export async function joinWaitingList(tx: EntityManager, referral: Referral, now: Date): Promise<void> {
  await countWaiting(tx, referral.service.id, 1);
  const waiting = tx.create(ServiceWaiting, {
    service: referral.service,
    urgent: referral.urgent,
    since: now,
    leftAt: null,
  });
  await tx.flush();
  tx.assign(referral, { waiting, waitlistedAt: now });
}

/** A free place that was hers to take, and is not taken, is the next one's. */
export async function leaveWaitingList(
  tx: EntityManager,
  referral: Referral,
  { takesPlace }: { takesPlace: boolean },
  now: Date,
): Promise<void> {
  const { service, waiting } = referral;
  await countWaiting(tx, service.id, -1);
  if (!waiting) throw new Error(`Referral ${referral.id} waits without a place on the list.`);
  const free = takesPlace ? 0 : (freePlaces(await lockPlaces(tx, service.id)) ?? 0);
  const leavesPlace = free > 0 && (await countAhead(tx, referral, free)) < free;
  await tx.nativeUpdate(ServiceWaiting, { id: waiting.id, leftAt: null }, { leftAt: now });
  Object.assign(referral, { waiting: null, reconfirmBy: null });
  if (leavesPlace) await tellNextInLine(tx, service.id, { before: free - 1, after: free }, now);
}

/** Is somebody before this one in the order of the list? */
export const someoneIsAhead = async (tx: EntityManager, referral: Referral): Promise<boolean> =>
  (await countAhead(tx, referral, 1)) > 0;

/** How many are before it: urgent first, then by time; who is not on the list comes last. Counted up to `most`. */
async function countAhead(tx: EntityManager, { service, waiting }: Referral, most: number): Promise<number> {
  const rows = await rowsOf(
    tx,
    waiting
      ? sql`select from service_waiting w join service_waiting own on own.id = ${waiting.id}
            where w.service_id = ${service.id} and w.left_at is null
              and ${isBefore('w', 'own')} limit ${most}`
      : sql`select from service_waiting w where w.service_id = ${service.id} and w.left_at is null limit ${most}`,
  );
  return rows.length;
}

/** Free places of a service, before and after a change; null where they are not counted. */
export interface Freed {
  before: number | null;
  after: number | null;
}

/** The same of one service, by its id. */
export interface FreedPlaces extends Freed {
  service: string;
}

/**
 * Places have come free: the partner is told who is next, one for each place, and so is the caseworker where the level
 * shows that much: with a discreet service it would tell when another client left.
 */
export const tellNextInLine = (tx: EntityManager, service: string, freed: Freed, now: Date): Promise<void> =>
  tellAllNextInLine(tx, [{ service, ...freed }], now);

/** The same of many services; a bounded number of statements, however many. */
export async function tellAllNextInLine(tx: EntityManager, all: readonly FreedPlaces[], now: Date): Promise<void> {
  const freed = all.flatMap(({ service, before, after }) =>
    before === null || after === null || after <= before ? [] : [{ service, before, more: after - before }],
  );
  if (freed.length === 0) return;
  const next = await rowsOf<{ id: string }>(
    tx,
    sql`select n.id from unnest(${freed.map(one => one.service)}::uuid[], ${freed.map(one => one.before)}::int[],
          ${freed.map(one => one.more)}::int[]) f (service_id, before, more)
        cross join lateral (select w.id from service_waiting w where w.service_id = f.service_id and w.left_at is null
          order by ${placeInLine('w')} limit f.more offset f.before) n`,
  );
  if (next.length === 0) return;
  await asSystem(tx, async () => {
    // Rows, as imports work without entities.
    const referrals = await rowsOf<{ id: string; networkId: string; level: FeedbackLevel }>(
      tx,
      sql`select r.id, r.network_id as "networkId", r.feedback_level as level from referral r
          where r.waiting_id = any(${next.map(one => one.id)}::uuid[]) order by r.id`,
    );
    const notices = referrals.flatMap(({ id, networkId, level }) => {
      const told = showsProgress(level) ? [Party.PARTNER, Party.CASEWORKER] : [Party.PARTNER];
      const referral = { id, network: { id: networkId } };
      return told.map(party => ({ referral, party, kind: NoticeKind.PLACE_FREE, dueAt: now }));
    });
    await notifyAll(tx, notices, now);
  });
}
