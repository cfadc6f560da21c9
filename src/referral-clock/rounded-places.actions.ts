import { HOLDS_PLACE, OPEN, ReferralStatus } from '../referral/referral.rules.js';
import { DISCREET } from '../service/service.rules.js';
import { berlinDay, monthOf, startOfBerlinDay } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Clockwork } from '../shared/clockwork.js';
import { systemSession } from '../shared/policies.js';
import { sql } from '../shared/sql.js';
import { DEFAULT_LIMITS } from './referral-limits.rules.js';

/** Ends that can be taken back. */
const REOPENED: readonly ReferralStatus[] = [ReferralStatus.COMPLETED, ReferralStatus.ABORTED];

/**
 * Of services that tell more than they did, places are shown exactly again, and acceptances and answers counted at once,
 * from the month after the last referral that was promised less can still move them: it is over, cannot be reopened and
 * cannot be taken back as an error. Not in the month of its end, nor in that of the change: each would tell a day.
 *
 * @returns of how many services
 */
export function showPlacesExactly({ orm, now }: Pick<Clockwork, 'orm' | 'now'>): Promise<number> {
  const month = startOfBerlinDay(monthOf(berlinDay(now)));
  const em = orm.em.fork({ session: systemSession(now) });
  return em.transactional(
    tx =>
      change(
        tx,
        sql`update service s set places_rounded_since = null
            where s.places_rounded_since < ${month} and not exists (
              select from referral r join network n on n.id = r.network_id
              where r.service_id = s.id and r.sent_at is not null
                and r.feedback_level = any(${DISCREET}::text[])
                and (r.status = any(${[...OPEN, ...HOLDS_PLACE]}::text[]) or r.holds_place or r.ended_at >= ${month}
                  or r.status = any(${REOPENED}::text[]) and r.ended_at >= ${now}::timestamptz
                    - make_interval(days => coalesce((n.referral_limits->>'reopenDays')::int, ${DEFAULT_LIMITS.reopenDays}::int) + 1)
                  or r.created_at >= ${now}::timestamptz
                    - make_interval(days => coalesce((n.referral_limits->>'errorDays')::int, ${DEFAULT_LIMITS.errorDays}::int) + 1)))`,
      ),
    { clear: true },
  );
}
