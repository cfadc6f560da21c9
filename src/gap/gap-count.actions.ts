import type { EntityManager } from '@mikro-orm/postgresql';
import type { Referral } from '../referral/referral.entity.js';
import { hidesDecision } from '../referral/referral-feedback.rules.js';
import { asSystem } from '../shared/as-system.js';
import { berlinDay, monthOf } from '../shared/calendar.rules.js';
import { changeOne } from '../shared/change.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { Gap } from './gap.entity.js';
import type { GapReason } from './gap.rules.js';

/** What was missing, and when. */
export interface GapEvent {
  network: string;
  municipality: string;
  category: string;
  reason: GapReason;
  now: Date;
  /** Must it not show before the month is over? */
  withheld: boolean;
}

/** Counts one event inside the caller's transaction, for SYSTEM: the party of a step may not write here. Returns the id. */
export async function countGap(tx: EntityManager, event: GapEvent): Promise<string> {
  const { network, municipality, category, reason, now, withheld } = event;
  const month = monthOf(berlinDay(now));
  const [row] = await asSystem(tx, () =>
    rowsOf<{ id: string }>(
      tx,
      sql`insert into gap (network_id, municipality_key, category_code, reason, month, withheld_in, events, withheld)
          values (${network}, ${municipality}, ${category}, ${reason}, ${month}, ${month},
            ${withheld ? 0 : 1}::int, ${withheld ? 1 : 0}::int)
          on conflict (network_id, month, municipality_key, category_code, reason)
          do update set ${changed(1, withheld, month)} returning id`,
    ),
  );
  return row!.id;
}

/**
 * The referral ended by what the register counts: the place is where its client lives, the kind the first of the
 * service's. `reason` null: such an end is none of the register's. The caller flushes.
 */
export async function gapOfReferral(
  tx: EntityManager,
  referral: Referral,
  reason: GapReason | null,
  now: Date,
): Promise<void> {
  if (reason === null) return;
  const [place] = await asSystem(tx, () =>
    rowsOf<{ municipality: string; category: string }>(
      tx,
      sql`select d.municipality_key as municipality, c.code as category
          from referral_disclosure d
          join service_category sc on sc.service_id = ${referral.service.id}
          join category c on c.code = sc.category_code
          where d.referral_id = ${referral.id} and d.municipality_key is not null
          order by c.position, c.code limit 1`,
    ),
  );
  if (!place) return; // a service without a category is missing nowhere
  const network = referral.network.id;
  const id = await countGap(tx, { network, ...place, reason, now, withheld: hidesDecision(referral.feedbackLevel) });
  referral.gap = tx.getReference(Gap, id, { wrapped: true });
}

/** The referral was a mistake and leaves the statistics; one that never entered them stays as it is. The caller flushes. */
export async function uncountGap(tx: EntityManager, referral: Referral, now: Date): Promise<void> {
  if (!referral.gap) return;
  const { id } = referral.gap;
  const uncounted = changed(-1, hidesDecision(referral.feedbackLevel), monthOf(berlinDay(now)));
  await asSystem(tx, () => changeOne(tx, sql`update gap set ${uncounted} where id = ${id}`));
  referral.gap = null;
}

/** SQL: one more or one less. What was withheld in a month before this one has become a plain event. */
function changed(by: 1 | -1, withheld: boolean, month: string): Sql {
  if (!withheld) return sql`events = gap.events + ${by}::int`;
  return sql`events = gap.events + case when gap.withheld_in < ${month}::date then gap.withheld else 0 end,
    withheld = case when gap.withheld_in < ${month}::date then 0 else gap.withheld end + ${by}::int,
    withheld_in = greatest(gap.withheld_in, ${month}::date)`;
}
