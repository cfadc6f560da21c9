import { createHmac } from 'node:crypto';

/** Where a match stands in the list. */
export interface Rank {
  /** floor(100 · score): who differs by less stands equal. */
  bucket: number;
  tieBreak: string;
}

/** What the order of equals depends on, apart from the service. */
export interface Draw {
  /** Known to the hub alone, so that nobody can pick a service id that wins. */
  secret: string;
  /** YYYY-MM-DD: drawn anew every day, the same all day long. */
  day: string;
  /** Anything that stands for the question. */
  question: string;
}

/**
 * Neutral between competitors, reproducible, and the same over all pages of a day: HMAC(secret, day, question,
 * service) as hex. Source: domain guide, "Matching: the score"; section 17 SGB II wants plurality.
 */
export const tieBreak = ({ secret, day, question }: Draw, service: string): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify([day, question, service]))
    .digest('hex');

export const rankOf = (score: number, draw: Draw, service: string): Rank => ({
  bucket: Math.floor(100 * score),
  tieBreak: tieBreak(draw, service),
});

/** Best first; negative when `a` stands before `b`. */
export function compareRanks(a: Rank, b: Rank): number {
  if (a.bucket !== b.bucket) return b.bucket - a.bucket;
  if (a.tieBreak === b.tieBreak) return 0;
  return a.tieBreak < b.tieBreak ? -1 : 1;
}
