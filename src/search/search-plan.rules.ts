import { hasEmptyHead, isSoft, isStopword, kinOf, likeHeadsOf, narrowedOf } from './lexicon.rules.js';
import { streetTerm, type TextWord, wordsOfQuery } from './search-words.rules.js';
import { termsOf, type WordTerms } from './word-parts.rules.js';

/** How a word of the query met the record. */
export enum SearchHow {
  EXACT = 'EXACT',
  STEM = 'STEM',
  COMPOUND = 'COMPOUND',
  SYNONYM = 'SYNONYM',
  TYPO = 'TYPO',
  PLACE = 'PLACE',
  PREFIX = 'PREFIX',
}

/** Any one of these terms; `part` terms are met within longer words only. */
export interface Slot {
  readonly wholes: readonly string[];
  readonly parts: readonly string[];
}

/** One way to meet a word: every slot must be. */
export interface Way {
  readonly how: SearchHow;
  readonly slots: readonly Slot[];
  /** Is it the word itself, made of two that were typed apart: schuldner beratung? */
  readonly joined?: boolean;
}

/** Words of the query that are met together: one, or a phrase such as "Hartz 4". */
export interface Wanted {
  readonly words: readonly string[];
  readonly ways: readonly Way[];
  /** Does the lexicon know it, or a group of synonyms? Other words are names, mostly, and seldom. */
  readonly known: boolean;
}

/** A group of words that mean the same. `leading` ones are not searched for. */
export interface SynonymGroup {
  readonly words: readonly string[];
  readonly leading: readonly string[];
}

/** What the database knows of the words of a query. */
export interface Lore {
  /** Groups by the key of one of their terms. */
  readonly synonyms: ReadonlyMap<string, readonly SynonymGroup[]>;
  /** What a word that nobody knows is taken for, and how. */
  readonly meant: ReadonlyMap<string, { readonly how: SearchHow; readonly words: readonly string[] }>;
}

/** More words than anybody types who searches; the others are not looked at. */
export const MOST_WORDS = 10;
const LONGEST_PHRASE = 5;

/** The words that a query asks for, at most `MOST_WORDS`; those that everybody uses left out. */
export function askedWords(query: string): TextWord[] {
  const words = wordsOfQuery(query).filter(
    ({ folded }) => !isStopword(folded) && (folded.length > 1 || /\d/.test(folded)),
  );
  const telling = words.filter(({ folded }) => !isSoft(termsOf(folded).whole));
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
}

/**
 * Under which a word is looked up among the synonyms: of a compound without a last part that says nothing of its own, so
 * that Suchtberatungsstelle has the synonyms of Suchtberatung, and Selbstmordgedanken those of Selbstmord.
 */
export function keyOfWord(folded: string): string {
  const { whole, parts } = termsOf(folded);
  return hasEmptyHead(parts) || (parts.length > 1 && isSoft(parts.at(-1)!)) ? parts.slice(0, -1).join('+') : whole;
}

const keyOf = (words: readonly TextWord[]): string => words.map(({ folded }) => keyOfWord(folded)).join(' ');

/** The keys of a term of a group of synonyms: its words, brought to one form. */
export const keyOfTerm = (term: string): string => keyOf(contentOf(term));

const contentOf = (term: string): TextWord[] => {
  const words = wordsOfQuery(term);
  const content = words.filter(({ folded }) => !isStopword(folded));
  const telling = content.filter(({ folded }) => !isSoft(termsOf(folded).whole));
  return [telling, content].find(some => some.length > 0) ?? words;
};

/** The keys of all phrases of a query, under which groups of synonyms are looked up. */
export function phraseKeys(words: readonly TextWord[]): string[] {
  const wholes = words.map(({ folded }) => termsOf(folded).whole);
  const keys = wholes.flatMap((_, i) =>
    Array.from({ length: Math.min(LONGEST_PHRASE, wholes.length - i) }, (__, n) =>
      wholes.slice(i, i + n + 1).join(' '),
    ),
  );
  return [...new Set(keys)];
}

/** What is searched for. Nothing at all where the query has no word. */
export function planOf(words: readonly TextWord[], lore: Lore): Wanted[] {
  const wanted: Wanted[] = [];
  for (let i = 0; i < words.length; ) {
    const { length, groups } = longestPhrase(words.slice(i), lore);
    const covered = words.slice(i, i + length);
    const many = words.length > 1;
    const own = length === 1 ? waysOf(covered[0]!, lore, many) : phraseWays(covered);
    const pairs = length === 1 ? pairsWith(words, i) : length === 2 ? [covered] : [];
    wanted.push({
      words: covered.map(word => word.surface),
      ways: [...own, ...pairs.flatMap(joinedWays), ...groups.flatMap(group => synonymWays(group, covered))],
      known: groups.length > 0 || covered.some(({ folded }) => termsOf(folded).known),
    });
    i += length;
  }
  return wanted;
}

function longestPhrase(
  words: readonly TextWord[],
  { synonyms }: Lore,
): { length: number; groups: readonly SynonymGroup[] } {
  for (let length = Math.min(LONGEST_PHRASE, words.length); length > 0; length--) {
    const groups = synonyms.get(keyOf(words.slice(0, length)));
    if (groups) return { length, groups };
  }
  return { length: 1, groups: [] };
}

const pairsWith = (words: readonly TextWord[], at: number): TextWord[][] =>
  [words.slice(Math.max(0, at - 1), at + 1), words.slice(at, at + 2)].filter(pair => pair.length === 2);

/** Two words as one: "schuldner beratung" as Schuldnerberatung, "deutsch lernen" as Deutschkurs. */
function joinedWays(pair: readonly TextWord[]): Way[] {
  const [first, last] = pair.map(({ folded }) => termsOf(folded)) as [WordTerms, WordTerms];
  if (first.place || last.place || last.parts.length > 0) return [];
  const joined = (head: string) => `${first.whole}+${head}`;
  const like = [...likeHeadsOf(last.whole)].map(joined);
  return [
    { how: SearchHow.COMPOUND, slots: [slot([joined(last.whole)])], joined: true },
    ...(like.length > 0 ? [{ how: SearchHow.COMPOUND, slots: [slot(like)] }] : []),
  ];
}

/** The words of a phrase one by one, as they were typed. */
function phraseWays(words: readonly TextWord[]): Way[] {
  const terms = words.map(({ folded }) => termsOf(folded));
  const apart = terms.flatMap(({ whole, parts }) => (parts.length > 0 ? parts : [whole]));
  return [
    { how: SearchHow.STEM, slots: terms.map(({ whole }) => slot([whole])) },
    { how: SearchHow.COMPOUND, slots: apart.map(either) },
  ];
}

function waysOf({ folded }: TextWord, lore: Lore, many: boolean): Way[] {
  const meant = lore.meant.get(folded);
  const own = ownWays(folded, many);
  if (!meant) return own;
  const others = meant.words.flatMap(word => [
    ...ownWays(word, many).map(way => ({ ...way, how: way.how === SearchHow.SYNONYM ? way.how : meant.how })),
    ...(meant.how === SearchHow.TYPO
      ? (lore.synonyms.get(keyOfWord(word)) ?? []).flatMap(group => synonymWays(group, []))
      : []),
  ]);
  return [...own, ...others];
}

const slot = (wholes: readonly string[], parts: readonly string[] = []): Slot => ({ wholes, parts });
const either = (term: string): Slot => slot([term], [term]);
/** Words that somebody means by themselves, within longer ones. */
const within = (terms: readonly string[]): Slot =>
  slot(
    terms.flatMap(term => narrowedOf(term) ?? []),
    terms.filter(term => narrowedOf(term) === null),
  );
const anywhere = (terms: readonly string[]): Slot => {
  const { wholes, parts } = within(terms);
  return slot([...terms, ...wholes], parts);
};

function ownWays(folded: string, many: boolean): Way[] {
  const { whole, parts, place } = termsOf(folded);
  if (place)
    return [
      { how: SearchHow.PLACE, slots: [slot([whole])] },
      { how: SearchHow.COMPOUND, slots: [slot([], [whole])] },
    ];
  if (parts.length === 0) {
    const others = [...kinOf(whole), ...(many ? likeHeadsOf(whole) : [])];
    return [
      { how: SearchHow.STEM, slots: [slot([whole])] },
      { how: SearchHow.COMPOUND, slots: [within([whole])] },
      ...(others.length > 0 ? [{ how: SearchHow.SYNONYM, slots: [anywhere(others)] }] : []),
    ];
  }
  const asked = parts.filter((part, i) => !(i > 0 && isSoft(part)) || parts.length === 1);
  const related = asked.map(part => [part, ...kinOf(part), ...likeHeadsOf(part)]);
  return [
    { how: SearchHow.STEM, slots: [slot([whole])] },
    { how: SearchHow.STEM, slots: [slot([streetTerm(folded)])] },
    { how: SearchHow.COMPOUND, slots: asked.map(either) },
    ...(hasEmptyHead(parts)
      ? [{ how: SearchHow.SYNONYM, slots: related.slice(0, -1).map(terms => slot(terms, terms)) }]
      : []),
    { how: SearchHow.SYNONYM, slots: related.map(terms => slot(terms, terms)) },
  ];
}

/** Every other term of the group: by its words, and by the parts of its words. */
function synonymWays({ words, leading }: SynonymGroup, typed: readonly TextWord[]): Way[] {
  const own = keyOf(typed);
  return words.flatMap(term => {
    if (leading.includes(term) || keyOfTerm(term) === own) return [];
    const terms = contentOf(term).map(({ folded }) => termsOf(folded));
    const apart = terms.flatMap(({ whole, parts }) => (parts.length > 0 ? parts : [whole]));
    const byWords = terms.map(({ whole, parts }) => (parts.length > 0 ? slot([whole]) : anywhere([whole])));
    return [
      { how: SearchHow.SYNONYM, slots: byWords },
      ...(apart.length > terms.length ? [{ how: SearchHow.SYNONYM, slots: apart.map(either) }] : []),
    ];
  });
}

/** A query with its slips corrected; null without any. */
export function didYouMean(
  query: string,
  slips: readonly { readonly word: string; readonly meant: readonly string[] }[],
): string | null {
  if (slips.length === 0) return null;
  return slips.reduce((text, { word, meant }) => text.replace(word, () => meant[0]!), query);
}
