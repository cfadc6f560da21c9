import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { consentFor } from '../consent/consent.query.js';
import { gapOfExpiry } from '../gap/gap.rules.js';
import { gapOfReferral } from '../gap/gap-count.actions.js';
import { Referral } from '../referral/referral.entity.js';
import { OPEN, Party, ReferralStatus, ReferralStep } from '../referral/referral.rules.js';
import { renewAccess } from '../referral/referral-disclosure.actions.js';
import { showsWhile } from '../referral/referral-feedback.rules.js';
import { Attribution } from '../referral/referral-reasons.rules.js';
import { applyStep, type Stepping } from '../referral-step/referral-step.actions.js';
import { berlinDay, endOfBerlinDay } from '../shared/calendar.rules.js';
import type { Clockwork } from '../shared/clockwork.js';
import { eachDue } from '../shared/each-due.js';
import { systemSession } from '../shared/policies.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { ClockEffect, stageOf } from './referral-clock.rules.js';
import { limitsIn } from './referral-limits.query.js';
import { notify } from './referral-notice.actions.js';
import { NoticeKind } from './referral-notice.rules.js';
import { advanceClock } from './referral-timing.actions.js';

interface Taken extends Stepping {
  referral: Referral;
}

/**
 * Everything that the time brings to referrals, up to `now`: reminders, escalations, expiry, the end of consents. Each
 * in a transaction of its own, in which it is asked again whether it is due: several hubs may do this at once.
 *
 * @returns how many effects there were
 */
export function runReferralClock({ orm, now, ending }: Omit<Clockwork, 'logger'>): Promise<number> {
  return eachDue(
    { ending },
    most => dueReferrals(orm, now, most),
    async id => {
      let moved = 0;
      while (await moveOne(orm, id, now)) moved += 1;
      return moved;
    },
  );
}

async function dueReferrals(orm: MikroORM, now: Date, most: number): Promise<string[]> {
  const em = orm.em.fork({ session: systemSession(now) });
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select id, min(at) as at from (
          (select id, clock_at as at from referral where clock_at <= ${now} order by clock_at limit ${most})
          union all
          (select id, basis_ends_at from referral where basis_ends_at < ${now} order by basis_ends_at limit ${most})) due
        group by id order by at limit ${most}`,
  );
  return rows.map(row => row.id);
}

/** One effect, in one transaction; false where nothing is due, or another hub is at it. */
const moveOne = (orm: MikroORM, id: string, now: Date): Promise<boolean> =>
  orm.em.fork({ session: systemSession(now) }).transactional(
    async tx => {
      const taken = await lockUnlessTaken(tx, id, now);
      if (!taken) return false;
      const { basisEndsAt, clockAt } = taken.referral;
      if (basisEndsAt && basisEndsAt < now) await endBasis(taken);
      else if (clockAt && clockAt <= now) await nextStage(taken, clockAt);
      else return false;
      return true;
    },
    { clear: true },
  );

/** Null for what a person works on. The case is locked with it: none of its consents is revoked meanwhile. */
export async function lockUnlessTaken(tx: EntityManager, id: string, now: Date): Promise<Taken | null> {
  const [referral] = await entitiesOf(
    tx,
    Referral,
    sql`select ${columnsOf(tx, Referral, 'r')}
        from referral r join client_case c on c.id = r.client_case_id where r.id = ${id} for no key update of c, r skip locked`,
  );
  return referral ? { tx, now, limits: await limitsIn(referral.network), referral } : null;
}

async function nextStage(taken: Taken, dueAt: Date): Promise<void> {
  const { tx, now, limits, referral } = taken;
  const stage = stageOf(referral.status, referral.clockStage ?? 0);
  if (!stage) throw new Error(`Referral ${referral.id} has a clock and no stage.`);
  if (stage.effect === ClockEffect.EXPIRE) return expire(taken);
  const isEscalation = stage.effect === ClockEffect.ESCALATE;
  const kind = isEscalation ? NoticeKind.ESCALATION : NoticeKind.REMINDER;
  await notify(tx, { referral, party: stage.whom, kind, dueAt }, now);
  if (isEscalation) {
    referral.escalatedAt = now;
    if (showsWhile(referral.status, referral.feedbackLevel)) referral.seenEscalatedAt = now;
  }
  advanceClock(referral, now, limits);
}

/** Nobody answered. Where it was the caseworker's turn, it is due to the Jobcenter. */
async function expire(taken: Taken): Promise<void> {
  const { tx, now, referral } = taken;
  await gapOfReferral(tx, referral, gapOfExpiry(referral.status), now);
  const toJobcenter = referral.status === ReferralStatus.NEEDS_INFO;
  referral.attribution = toJobcenter ? Attribution.JOBCENTER : Attribution.SYSTEM;
  await applyStep(taken, referral, ReferralStep.EXPIRE, Party.SYSTEM);
}

/** The consent has ended: another that covers the service takes its place, or the referral is revoked. */
async function endBasis(taken: Taken): Promise<void> {
  const { tx, now, referral } = taken;
  const other = await consentFor(tx, referral.clientCase.id, referral.service.id, berlinDay(now));
  const looksOpen = OPEN.includes(referral.status) || OPEN.includes(referral.seenStatus);
  if (!looksOpen) referral.basisEndsAt = null;
  else if (other) await restOn(taken, other);
  else await applyStep(taken, referral, ReferralStep.REVOKE, Party.SYSTEM);
}

/** From now on it rests on another consent. Also one that ended unseen, or its end would show; its partner reads no more. */
async function restOn({ tx, referral }: Taken, { id, validUntil }: { id: string; validUntil: string }): Promise<void> {
  const until = endOfBerlinDay(validUntil);
  tx.assign(referral, { consent: id, basisEndsAt: until });
  if (OPEN.includes(referral.status)) await renewAccess(tx, referral, until);
}
