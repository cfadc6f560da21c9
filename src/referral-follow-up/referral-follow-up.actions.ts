import type { EntityManager } from '@mikro-orm/postgresql';
import type { Referral } from '../referral/referral.entity.js';
import { asSystem } from '../shared/as-system.js';
import { berlinDay, startOfBerlinDay } from '../shared/calendar.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import { followUpDays } from './referral-follow-up.rules.js';

/** The client has found work: it is asked again later. The partner, whose step it is, reads none of it. */
export async function planFollowUps(tx: EntityManager, referral: Referral, now: Date): Promise<void> {
  await asSystem(tx, async () => {
    for (const { months, dueOn } of followUpDays(berlinDay(now)))
      await rowsOf(
        tx,
        sql`insert into referral_follow_up (referral_id, network_id, months, due_on, clock_at)
            values (${referral.id}, ${referral.network.id}, ${months}, ${dueOn}, ${startOfBerlinDay(dueOn)})`,
      );
  });
}

/** The completion does not hold any more, nor what was asked after it, also what was answered. */
export async function voidFollowUps(tx: EntityManager, referral: Referral, now: Date): Promise<void> {
  await asSystem(tx, () =>
    rowsOf(
      tx,
      sql`update referral_follow_up set voided_at = ${now}, clock_at = null, version = version + 1
          where referral_id = ${referral.id} and voided_at is null`,
    ),
  );
}
