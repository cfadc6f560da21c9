import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { Page } from '../shared/connection.js';
import { newestAfter, newestFirst } from '../shared/newest-first.js';
import { entitiesPerId, manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { allOf, columnsOf, rowsOf, sql } from '../shared/sql.js';
import { Referral } from './referral.entity.js';
import { ReferralDisclosure } from './referral-disclosure.entity.js';
import { ReferralEvent } from './referral-event.entity.js';

/** What was disclosed with a referral that was shown. */
export const disclosureOfReferral = (em: EntityManager) =>
  onePerId(
    ids => em.find(ReferralDisclosure, { referral: { $in: [...ids] } }),
    disclosure => disclosure.referral.id,
  );

/** What happened to a referral that was shown, oldest first. */
export const eventsOfReferral = (em: EntityManager) =>
  manyPerId(
    ids => em.find(ReferralEvent, { referral: { $in: [...ids] } }, { orderBy: { number: 'asc' } }),
    event => event.referral.id,
  );

interface ReferralsOfCases {
  rows: DataLoader<string, Referral[]>;
  count: DataLoader<string, number>;
}

/** The referrals of cases that were shown, newest first: the same page of each case's list by one statement. */
export function referralsOfCases(em: EntityManager): (page: Page) => ReferralsOfCases {
  const known = new Map<string, ReferralsOfCases>();
  return page => {
    const wishes = JSON.stringify(page);
    const lists = known.get(wishes) ?? make(em, page);
    known.set(wishes, lists);
    return lists;
  };
}

function make(em: EntityManager, page: Page): ReferralsOfCases {
  return {
    rows: entitiesPerId(
      em,
      Referral,
      ids => sql`select r.*, r.client_case_id as owner_id from unnest(${ids}::uuid[]) as parent (id) cross join lateral (
          select ${columnsOf(em, Referral, 'r')} from referral r
          where ${allOf([sql`r.client_case_id = parent.id`, ...newestAfter('r', page)])} ${newestFirst('r', page)}) as r
        order by r.created_at desc, r.id desc`,
    ),
    count: new DataLoader(async ids => {
      const rows = await rowsOf<{ id: string; count: number }>(
        em,
        sql`select client_case_id as id, count(*)::int as count from referral
            where client_case_id = any(${ids}::uuid[]) group by 1`,
      );
      const found = new Map(rows.map(row => [row.id, row.count]));
      return ids.map(id => found.get(id) ?? 0);
    }),
  };
}
