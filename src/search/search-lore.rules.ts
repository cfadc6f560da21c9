import { foldGerman } from './fold.rules.js';
import { formOf, LEXICON_WORDS, TOWN_WORDS } from './lexicon.rules.js';
import { keyOfWord, phraseKeys, SearchHow, type SynonymGroup } from './search-plan.rules.js';
import type { TextWord } from './search-words.rules.js';
import { SHIPPED_SYNONYMS } from './synonyms.rules.js';
import { mayDiffer, nearest } from './typo.rules.js';
import { termsOf } from './word-parts.rules.js';

const SHORTEST_PREFIX = 2;

/** A word that nobody knows, and what it is taken for: folded words. */
export interface Guess {
  readonly how: SearchHow.PREFIX | SearchHow.TYPO;
  readonly words: readonly string[];
}

/** Does only the corpus know this word, if anybody? Then the vocabulary is asked for it. */
export const isUnknown = (folded: string): boolean => !termsOf(folded).known;

/** What the vocabulary is asked for: the word itself, its stem, and what no lexicon knows of it. */
export function vocabularyKeys(folded: string): string[] {
  const { whole, unknownPart } = termsOf(folded);
  return [...new Set([folded, whole, ...(unknownPart ? [unknownPart] : [])])];
}

/** Is a word that no lexicon knows in use in the corpus, as it is, by its stem, or by its unknown part? */
export const isInUse = (folded: string, inUse: ReadonlySet<string>): boolean =>
  vocabularyKeys(folded).some(key => inUse.has(key));

export const mayBePrefix = (folded: string): boolean => folded.length >= SHORTEST_PREFIX;
export const mayBeTypo = (folded: string): boolean => mayDiffer(folded.length) > 0 && !/\d/.test(folded);

const synonymWords: readonly string[] = [
  ...new Set(SHIPPED_SYNONYMS.flatMap(group => group.words).flatMap(word => foldGerman(word).split(' '))),
];

/**
 * What a word that nobody knows may be a slip of: a word of the corpus or a town; else a word of the lexicon; else one of
 * its parts is mended. Null where it is like nothing.
 */
export function guessOf(folded: string, ofCorpus: readonly string[]): Guess | null {
  const words =
    firstOf(nearest(folded, [...ofCorpus, ...TOWN_WORDS])) ??
    firstOf(nearest(folded, [...LEXICON_WORDS, ...synonymWords])) ??
    firstOf(mended(folded));
  return words && { how: SearchHow.TYPO, words };
}

const firstOf = (words: string[]): string[] | null => (words.length > 0 ? words : null);

/** A compound with a slip in its last part or before it: Suchtbertung. */
function mended(folded: string): string[] {
  const { unknownPart, headAt } = termsOf(folded);
  if (!unknownPart) return [];
  const [first, last] = [folded.slice(0, headAt), folded.slice(headAt)];
  return formOf(last)
    ? nearest(first, LEXICON_WORDS).map(modifier => modifier + last)
    : nearest(last, LEXICON_WORDS).map(head => first + head);
}

/** Which words of a query are part of a phrase or word that a group of synonyms holds? */
export function wordsOfGroups(
  words: readonly TextWord[],
  groups: ReadonlyMap<string, readonly SynonymGroup[]>,
): Set<string> {
  const found = new Set<string>();
  for (const key of phraseKeys(words)) if (groups.has(key)) for (const part of key.split(' ')) found.add(part);
  return new Set(words.map(word => word.folded).filter(folded => found.has(keyOfWord(folded))));
}
