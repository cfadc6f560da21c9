import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { Party } from '../referral/referral.rules.js';
import { lockUnlessTaken } from '../referral-clock/referral-clock.actions.js';
import { notify } from '../referral-clock/referral-notice.actions.js';
import { NoticeKind } from '../referral-clock/referral-notice.rules.js';
import { addWorkingDays, startOfBerlinDay } from '../shared/calendar.rules.js';
import type { Clockwork } from '../shared/clockwork.js';
import { eachDue } from '../shared/each-due.js';
import { systemSession } from '../shared/policies.js';
import { rowsOf, sql } from '../shared/sql.js';
import { ReferralFollowUp } from './referral-follow-up.entity.js';

/**
 * What has become due up to `now` is told to the caseworker; what nobody answered for some weeks after that, to the
 * coordinator. Each in a transaction of its own, in which it is asked again whether it is due.
 *
 * @returns how many notices there were
 */
export function runFollowUps({ orm, now, ending }: Omit<Clockwork, 'logger'>): Promise<number> {
  return eachDue(
    { ending },
    most => dueFollowUps(orm, now, most),
    async id => ((await tellOf(orm, id, now)) ? 1 : 0),
  );
}

async function dueFollowUps(orm: MikroORM, now: Date, most: number): Promise<string[]> {
  const em = orm.em.fork({ session: systemSession(now) });
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select id from referral_follow_up where clock_at <= ${now} order by clock_at, id limit ${most}`,
  );
  return rows.map(row => row.id);
}

/** False where nothing is due any more, or another is at it. */
const tellOf = (orm: MikroORM, id: string, now: Date): Promise<boolean> =>
  orm.em.fork({ session: systemSession(now) }).transactional(tx => tell(tx, id, now), { clear: true });

async function tell(tx: EntityManager, id: string, now: Date): Promise<boolean> {
  const [of] = await rowsOf<{ id: string }>(tx, sql`select referral_id as id from referral_follow_up where id = ${id}`);
  const taken = of && (await lockUnlessTaken(tx, of.id, now));
  if (!taken) return false;
  const { referral, limits } = taken;
  const followUp = await tx.findOneOrFail(ReferralFollowUp, { id });
  if (!followUp.clockAt || followUp.clockAt > now) return false;
  const dueAt = followUp.clockAt;
  const isFirst = dueAt.getTime() === startOfBerlinDay(followUp.dueOn).getTime();
  const [party, kind] = isFirst
    ? [Party.CASEWORKER, NoticeKind.FOLLOW_UP_DUE]
    : [Party.COORDINATOR, NoticeKind.ESCALATION];
  await notify(tx, { referral, party, kind, dueAt }, now);
  followUp.clockAt = isFirst ? addWorkingDays(now, limits.followUpWorkingDays) : null;
  return true;
}
