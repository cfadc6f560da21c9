import type { EntityManager } from '@mikro-orm/postgresql';
import { ReferralStatus } from '../referral/referral.rules.js';
import { SMALLEST_CELL } from '../referral-follow-up/sustained-integration.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import { type CountedTopics, lastHalfYear, shownReferrals } from './knowledge.rules.js';

/**
 * By topic, how many referrals were sent in the last half-year that is over by the day, to services made for the topic's
 * needs; as far as it may be told. Half-years do not overlap, so two answers never differ by a person. Of all topics
 * together, whichever were asked for: what is told of one must not depend on that.
 */
export async function referralsByTopic(
  em: EntityManager,
  networkId: string,
  codes: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, number | null>> {
  const { from, until } = lastHalfYear(day);
  const rows = await rowsOf<CountedTopics>(
    em,
    sql`select told.topics, count(*)::int as count from (
          select array(select topic.code from training_topic topic where exists (
            select from service_need sn where sn.service_id = r.service_id and sn.need_code = any(topic.needs))
            order by topic.code) as topics
          from referral r where r.network_id = ${networkId} and r.status <> ${ReferralStatus.ENTERED_IN_ERROR}
            and (r.sent_at at time zone 'Europe/Berlin')::date between ${from}::date and ${until}::date) told
        where cardinality(told.topics) > 0 group by told.topics`,
  );
  return shownReferrals(rows, codes, SMALLEST_CELL);
}
