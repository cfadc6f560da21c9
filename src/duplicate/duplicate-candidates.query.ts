import type { EntityManager } from '@mikro-orm/postgresql';
import { blockedPairs, type Pair, profilesOf, type Scope } from './duplicate-blocks.query.js';
import { type Comparison, comparePartners } from './duplicate-score.rules.js';

export interface ScoredPair extends Pair, Comparison {}

/** Pairs that are compared before others have their turn: the hub answers other requests meanwhile. */
const SLICE = 500;

/**
 * Pairs of partners of a scope that may be one, best first, compared as they stand now: nothing is kept that an edit could
 * make wrong. Three statements, however many partners. `of`: only pairs with one of these.
 */
export async function scoredPairs(
  em: EntityManager,
  scope: Scope,
  minimumScore: number,
  of?: readonly string[],
): Promise<ScoredPair[]> {
  const pairs = await blockedPairs(em, scope, of);
  if (pairs.length === 0) return [];
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const { profiles, vocabulary } = await profilesOf(em, scope, ids);
  const scored: ScoredPair[] = [];
  for (const [i, { a, b }] of pairs.entries()) {
    if (i % SLICE === SLICE - 1) await new Promise(resolve => setImmediate(resolve));
    const [mine, theirs] = [profiles.get(a), profiles.get(b)];
    if (!mine || !theirs) continue; // gone since the first statement
    const comparison = comparePartners(mine, theirs, vocabulary);
    const score = Math.round(comparison.score * 1e6) / 1e6;
    if (score >= minimumScore) scored.push({ a, b, ...comparison, score });
  }
  return scored.sort((x, y) => y.score - x.score || (x.a < y.a ? -1 : 1) || (x.b < y.b ? -1 : 1));
}
