import type { Way } from './search-plan.rules.js';
import { partLexeme } from './search-record.rules.js';

/** Lexemes of which any one will do, without repetitions. */
type Lexemes = readonly string[];

/**
 * The ways to meet a word as lexemes, every slot of a way to be filled, without those that ask for more than another
 * one: what meets them meets that one too. PostgreSQL looks at each that is left for each record.
 */
export function weakestOf(ways: readonly Way[]): Lexemes[][] {
  const all = ways.map(({ slots }) =>
    slots.map(({ wholes, parts }) => [...new Set([...wholes, ...parts.map(partLexeme)])]),
  );
  return all.filter(
    (way, i) => !all.some((other, j) => i !== j && implies(way, other) && (j < i || !implies(other, way))),
  );
}

const implies = (way: readonly Lexemes[], other: readonly Lexemes[]): boolean => {
  const facts = way.flatMap(slot => [slot, ...partsOf(slot)]);
  return other.every(slot => facts.some(fact => fact.every(term => slot.includes(term))));
};

/** A record with a compound has its parts as well. */
const partsOf = (slot: Lexemes): Lexemes[] =>
  slot.length === 1 && slot[0]!.includes('+') ? slot[0]!.split('+').map(part => [partLexeme(part)]) : [];
