import { SearchHow, type Wanted, type Way } from './search-plan.rules.js';
import { lexeme, type Weight, weighted } from './search-record.rules.js';
import { weakestOf } from './search-weakest.rules.js';

/**
 * What a word is worth by the weightiest fields in which it was met (name; or label; or partner and places; or anywhere)
 * and by how, 100 at most. Whole numbers, so that cursor and order agree.
 */
export const WORTH: readonly Level[] = [
  { weights: ['A'], worth: { itself: 100, compound: 80, synonym: 55 } },
  { weights: ['A', 'B'], worth: { itself: 60, compound: 50, synonym: 35 } },
  { weights: ['A', 'B', 'C'], worth: { itself: 40, compound: 26, synonym: 18 } },
  { weights: null, worth: { itself: 28, compound: 16, synonym: 10 } },
];

interface Level {
  /** Of the fields; null for all of them. */
  readonly weights: readonly Weight[] | null;
  readonly worth: Readonly<Record<Kind, number>>;
}

export type Kind = 'itself' | 'compound' | 'synonym';
const KINDS: readonly Kind[] = ['itself', 'compound', 'synonym'];

const kindOf = ({ how, joined }: Way): Kind =>
  how === SearchHow.SYNONYM ? 'synonym' : how === SearchHow.COMPOUND && !joined ? 'compound' : 'itself';

/** The kinds in which a word can be met, the best first, with their ways. */
export const kindsOf = ({ ways }: Wanted): { kind: Kind; ways: readonly Way[] }[] =>
  KINDS.map(kind => ({ kind, ways: ways.filter(way => kindOf(way) === kind) })).filter(one => one.ways.length > 0);

type Weights = readonly Weight[] | null;

/** The text of a tsquery for a record that is read: one of the ways, in fields of these weights. */
export const queryOf = (ways: readonly Way[], weights: Weights): string =>
  textOf(ways, term => [lexeme(term) + (weights ? `:${weights.join('')}` : '')]);

/** The same for the index, which answers it alone. */
const indexQueryOf = (ways: readonly Way[], weights: Weights): string =>
  textOf(ways, term => (weights ? weights.map(weight => lexeme(weighted(term, weight))) : [lexeme(term)]));

const textOf = (ways: readonly Way[], lexemes: (term: string) => readonly string[]): string =>
  weakestOf(ways)
    .map(slots => slots.map(terms => `(${terms.flatMap(lexemes).join(' | ')})`))
    .map(slots => `(${slots.join(' & ')})`)
    .join(' | ');

/** The text of a tsquery: each word in one of its ways, anywhere. */
export const allMet = (wanted: readonly Wanted[]): string =>
  wanted.map(({ ways }) => `(${queryOf(ways, null)})`).join(' & ');

/** What meets the text of a tsquery is worth, or ranks, just that. */
export interface WorthClass {
  readonly worth: number;
  readonly query: string;
}

/** Of one word each worth that there is, the best first; each record is in one of them. */
export function classesOf(wanted: Wanted): WorthClass[] {
  const kinds = kindsOf(wanted);
  const classes = WORTH.flatMap(({ weights, worth }, level) => {
    const better = WORTH[level - 1];
    const above = better ? [indexQueryOf(wanted.ways, better.weights)] : [];
    return kinds.map(({ kind, ways }, i) => {
      const others = [...above, ...kinds.slice(0, i).map(one => indexQueryOf(one.ways, weights))];
      return { worth: worth[kind], query: without(indexQueryOf(ways, weights), others) };
    });
  });
  return classes.sort((one, other) => other.worth - one.worth);
}

/**
 * What a record ranks that meets each word with that worth: between their mean and the least of them, so that who has all
 * words in its name comes before who has one there and the other one somewhere. Hits are ranked by the same in SQL.
 */
const rankOfWorths = (worths: readonly number[]): number => {
  const sum = worths.reduce((all, worth) => all + worth, 0);
  return Math.floor((sum + worths.length * Math.min(...worths)) / (2 * worths.length));
};

/** Of several words the best rank that there is: all of them in the name, themselves. */
export function bestOf(wanted: readonly Wanted[]): WorthClass {
  const best = wanted.map(one => classesOf(one)[0]!);
  return {
    worth: rankOfWorths(best.map(({ worth }) => worth)),
    query: best.map(({ query }) => `(${query})`).join(' & '),
  };
}

/** The text of a tsquery: what meets one, and none of the others. */
export const without = (query: string, others: readonly string[]): string =>
  [`(${query})`, ...others.map(other => `!(${other})`)].join(' & ');
