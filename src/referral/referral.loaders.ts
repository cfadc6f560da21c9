import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { ReferralNotice } from '../referral-clock/referral-notice.entity.js';
import { isBefore } from '../service/service-waiting.query.js';
import { newestOf } from '../shared/newest-first.js';
import { manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { listsPerParent } from '../shared/per-parent.loaders.js';
import { rowsOf, sql } from '../shared/sql.js';
import { Referral } from './referral.entity.js';
import type { OfferOfCase } from './referral-alternatives.rules.js';
import { ReferralDisclosure } from './referral-disclosure.entity.js';
import { ReferralEvent } from './referral-event.entity.js';
import { ReferralQuestion } from './referral-question.entity.js';

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

/** The referrals of cases that were shown, newest first. */
export const referralsOf = (em: EntityManager) =>
  listsPerParent<Referral, 'client_case_id'>(em, newestOf(Referral, 'referral'));

/** To which services a case that was shown has been offered, or is to be, and where that stands as its caseworkers see it. */
export const offersOfCase = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<OfferOfCase & { clientCase: string }>(
        em,
        sql`select r.client_case_id as "clientCase", r.service_id as service, r.seen_status as status, r.seen_updated_at as at,
              r.sent_at is not null as "wasSent", r.cancel_reason as "cancelReason"
            from referral r where r.client_case_id = any(${ids}::uuid[])`,
      ),
    row => row.clientCase,
  );

/** What the partner of a referral that was shown asked, oldest first. */
export const questionsOfReferral = (em: EntityManager) =>
  manyPerId(
    ids => em.find(ReferralQuestion, { referral: { $in: [...ids] } }, { orderBy: { askedAt: 'asc' } }),
    question => question.referral.id,
  );

/** What the hub told a side of a referral that was shown, newest first. */
export const noticesOfReferral = (em: EntityManager) =>
  manyPerId(
    ids => em.find(ReferralNotice, { referral: { $in: [...ids] } }, { orderBy: { at: 'desc', id: 'asc' } }),
    notice => notice.referral.id,
  );

/** The referrals that another one was referred on to, oldest first. */
export const childrenOfReferral = (em: EntityManager) =>
  manyPerId(
    ids => em.find(Referral, { parent: { $in: [...ids] } }, { orderBy: { createdAt: 'asc', id: 'asc' } }),
    child => child.parent!.id,
  );

/** The referrals of a sibling group, oldest first. */
export const referralsOfGroup = (em: EntityManager) =>
  manyPerId(
    ids => em.find(Referral, { siblingGroup: { $in: [...ids] } }, { orderBy: { createdAt: 'asc', id: 'asc' } }),
    referral => referral.siblingGroup!,
  );

/** How many stand before a place on a waiting list, and the place itself: 1 is next. */
export const positionOfWaiting = (em: EntityManager): DataLoader<string, number | null> =>
  new DataLoader(async ids => {
    const rows = await rowsOf<{ id: string; position: number }>(
      em,
      sql`select own.id, (select 1 + count(*)::int from service_waiting w
            where w.service_id = own.service_id and w.left_at is null
              and ${isBefore('w', 'own')}) as position
          from service_waiting own where own.id = any(${ids}::uuid[]) and own.left_at is null`,
    );
    const found = new Map(rows.map(row => [row.id, row.position]));
    return ids.map(id => found.get(id) ?? null);
  });
