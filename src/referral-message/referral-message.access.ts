import { mayReadNote } from '../referral/referral.access.js';
import type { Referral } from '../referral/referral.entity.js';
import { Party } from '../referral/referral.rules.js';
import type { ReferralDisclosure } from '../referral/referral-disclosure.entity.js';
import { lensOf } from '../referral/referral-feedback.rules.js';
import { type Sql, sql } from '../shared/sql.js';
import type { Side } from './referral-message.rules.js';

/** SQL: of what the caseworker wrote, that which reaches the partner. `t` is the message. */
export const HEARD: Sql = sql`not t.unheard`;

/** On which side the viewer reads and writes; null for whoever only coordinates. */
export function sideOf({ parties = [] }: Referral): Side | null {
  const lens = lensOf(parties);
  return lens === Party.CASEWORKER || lens === Party.PARTNER ? lens : null;
}

/** May the viewer read what was written? Like the note: caseworkers on the case, the partner as long as it may. */
export const mayReadMessages = (
  { parties = [] }: Referral,
  disclosure: ReferralDisclosure | null,
  now: Date,
): boolean => disclosure !== null && mayReadNote(parties, disclosure, now);
