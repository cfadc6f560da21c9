import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, sql, unionOf } from '../shared/sql.js';
import {
  type Guess,
  guessOf,
  isInUse,
  isUnknown,
  mayBePrefix,
  mayBeTypo,
  vocabularyKeys,
  wordsOfGroups,
} from './search-lore.rules.js';
import {
  askedWords,
  keyOfWord,
  phraseKeys,
  planOf,
  SearchHow,
  type SynonymGroup,
  type Wanted,
} from './search-plan.rules.js';
import { partLexeme } from './search-record.rules.js';
import { EVERYTHING_OUT, type Held, heldAmong, type Shown } from './search-shown.query.js';
import { foundBy, streetTerm, type TextWord } from './search-words.rules.js';
import { swapped } from './typo.rules.js';
import { termsOf } from './word-parts.rules.js';

/** What a query asks for, in the words of one network, or of all that have none of their own for it. */
export interface PlanOfNetwork {
  /** Null: every network that no other plan names. */
  readonly networkId: string | null;
  readonly wanted: readonly Wanted[];
}

export interface SearchPlan {
  /** None where nothing was asked for. */
  readonly plans: readonly PlanOfNetwork[];
  /** Words that were taken for slips, and for what. */
  readonly corrections: readonly { readonly word: string; readonly meant: readonly string[] }[];
}

interface GroupRow extends SynonymGroup {
  network_id: string | null;
  keys: string[];
}

type Groups = ReadonlyMap<string, readonly SynonymGroup[]>;

/** Words of one query that are looked up among the nearly equal ones. */
const MOST_GUESSED = 3;

/**
 * What somebody typed, made into what is searched for: a handful of statements, whatever was typed.
 *
 * @param networkId only this network is searched; null: all, each in its own words
 * @param shown what the search may show: words of nothing else are known, or meant by a slip
 */
export async function searchPlan(
  em: EntityManager,
  query: string,
  networkId: string | null,
  shown: Shown = EVERYTHING_OUT,
): Promise<SearchPlan> {
  const words = askedWords(query);
  if (words.length === 0) return { plans: [], corrections: [] };
  const rows = await groupsOf(em, phraseKeys(words), networkId);
  const shared = byKey(rows.filter(row => row.network_id === null));
  const guesses = await guessesOf(em, words, wordsOfGroups(words, shared), shown);
  const meant = [...guesses.values()].filter(guess => guess.how === SearchHow.TYPO).flatMap(guess => guess.words);
  const ofMeant = meant.length > 0 ? await groupsOf(em, meant.map(keyOfWord), null) : [];
  const all = new Map([...shared, ...byKey(ofMeant.filter(row => row.network_id === null))]);
  const networks = [...new Set(rows.flatMap(row => row.network_id ?? []))];
  const corrections = await corrected(em, words, guesses);
  const plans = [
    { networkId: null, wanted: planOf(words, { synonyms: all, meant: guesses }) },
    ...networks.map(id => ({ networkId: id, wanted: planIn(id, words, rows, all, guesses) })),
  ];
  return { plans, corrections };
}

/** What a network's own groups know is no slip there. */
function planIn(
  networkId: string,
  words: readonly TextWord[],
  rows: readonly GroupRow[],
  shared: Groups,
  guesses: ReadonlyMap<string, Guess>,
): Wanted[] {
  const own = byKey(rows.filter(row => row.network_id === networkId));
  const synonyms = new Map([...shared]);
  for (const [key, groups] of own) synonyms.set(key, [...(shared.get(key) ?? []), ...groups]);
  const known = wordsOfGroups(words, own);
  return planOf(words, { synonyms, meant: new Map([...guesses].filter(([word]) => !known.has(word))) });
}

const groupsOf = (em: EntityManager, keys: readonly string[], networkId: string | null): Promise<GroupRow[]> =>
  rowsOf<GroupRow>(
    em,
    sql`select network_id, words, "leading", keys from search_synonym where keys && ${keys}::text[]
        and (network_id is null or ${networkId}::uuid is null or network_id = ${networkId}::uuid)
        order by network_id nulls first, name, id limit 200`,
  );

function byKey(rows: readonly GroupRow[]): Map<string, SynonymGroup[]> {
  const found = new Map<string, SynonymGroup[]>();
  for (const row of rows) for (const key of row.keys) found.set(key, [...(found.get(key) ?? []), row]);
  return found;
}

/** What each word that nobody knows is taken for: the beginning of words if it is the last, else a slip. */
async function guessesOf(
  em: EntityManager,
  words: readonly TextWord[],
  known: ReadonlySet<string>,
  shown: Shown,
): Promise<Map<string, Guess>> {
  const foreign = words.filter(({ folded }) => isUnknown(folded) && !known.has(folded)).map(({ folded }) => folded);
  if (foreign.length === 0) return new Map();
  const keys = foreign.flatMap(vocabularyKeys);
  const rows = await rowsOf<{ word: string; written: string | null }>(
    em,
    sql`select word, written from search_word where word = any(${keys}::text[])`,
  );
  const inUse = new Set(await heldAmong(em, rows.map(usedBy), shown));
  const unknown = [...new Set(foreign.filter(folded => !isInUse(folded, inUse)))].slice(0, MOST_GUESSED);
  if (unknown.length === 0) return new Map();
  const candidates = await candidatesOf(em, unknown, words.at(-1)!.folded);
  return guessesToTell(em, unknown, words.at(-1)!.folded, candidates, shown);
}

/** How often what a word was taken for may turn out to be hidden, before nothing is taken for granted any more. */
const MOST_LOOKS = 3;

/**
 * What each unknown word is taken for. The vocabulary forgets late, and has words of what is to come: one that only stands
 * in what is not shown, in a record or as its address, is nothing that anybody could have meant, and nothing that is told.
 */
async function guessesToTell(
  em: EntityManager,
  unknown: readonly string[],
  last: string,
  candidates: readonly Candidate[],
  shown: Shown,
): Promise<Map<string, Guess>> {
  const terms = new Map(candidates.map(one => [one.word, foundAs(one)]));
  const held = new Set<string>();
  const gone = new Set<string>();
  for (let look = 0; ; look++) {
    const left = candidates.filter(({ word }) => !gone.has(word));
    const guesses = guessesAmong(unknown, last, left);
    const ofCorpus = new Set(left.map(({ word }) => word));
    const open = [...guesses.values()].flatMap(({ words }) =>
      words.filter(word => ofCorpus.has(word) && !held.has(word)),
    );
    if (open.length === 0) return guesses;
    if (look < MOST_LOOKS) {
      const asked = open.map(word => ({ word, terms: terms.get(word)! }));
      for (const word of await heldAmong(em, asked, shown)) held.add(word);
    }
    for (const word of look < MOST_LOOKS ? open : ofCorpus) if (!held.has(word)) gone.add(word);
  }
}

/** What a word of the vocabulary is found by: words written together by hyphens by all of them. */
const termOf = (word: string, written: string): string =>
  foundBy(written).find(({ folded }) => folded === word)?.wholes[0] ?? termsOf(word).whole;

interface Entry {
  readonly word: string;
  readonly written: string | null;
}

/** The lexemes of a word as a whole, in a text or as the name of a street. */
const foundAs = ({ word, written }: Entry): string[] => [termOf(word, written ?? word), streetTerm(word)];

/** Those by which an entry of the vocabulary is in use: a word, a stem, or a part of words. */
const usedBy = (entry: Entry): Held => ({
  word: entry.word,
  terms: [...new Set([...foundAs(entry), entry.word, partLexeme(entry.word)])],
});

interface Candidate {
  word: string;
  written: string;
  typed: string;
  prefixed: boolean;
}

function guessesAmong(unknown: readonly string[], last: string, candidates: readonly Candidate[]): Map<string, Guess> {
  const guesses = new Map<string, Guess>();
  for (const typed of unknown) {
    const own = candidates.filter(one => one.typed === typed);
    const longer = typed === last ? own.filter(one => one.prefixed).map(one => one.word) : [];
    const guess =
      longer.length > 0
        ? { how: SearchHow.PREFIX as const, words: longer }
        : guessOf(
            typed,
            own.map(one => one.word),
          );
    if (guess) guesses.set(typed, guess);
  }
  return guesses;
}

/** Words of the vocabulary that begin so, and those that are nearly the same, by one statement. */
function candidatesOf(em: EntityManager, unknown: readonly string[], last: string): Promise<Candidate[]> {
  const asks = unknown.flatMap(typed => [
    ...(typed === last && mayBePrefix(typed)
      ? [
          sql`(select word, written, ${typed} as typed, true as prefixed from search_word
              where written is not null and word >= ${typed} collate "C" and word < ${`${typed}\u{10ffff}`} collate "C"
              order by length(word), word limit 40)`,
        ]
      : []),
    ...(mayBeTypo(typed)
      ? [
          sql`(select word, written, ${typed} as typed, false as prefixed from search_word
               where written is not null and word % ${typed} order by similarity(word, ${typed}) desc, word limit 40)`,
          sql`(select word, written, ${typed} as typed, false as prefixed from search_word
               where written is not null and word = any(${swapped(typed)}::text[]))`,
        ]
      : []),
  ]);
  if (asks.length === 0) return Promise.resolve([]);
  return rowsOf<Candidate>(em, unionOf(asks));
}

/** The words as they are written, for who is to be told. */
async function corrected(
  em: EntityManager,
  words: readonly TextWord[],
  guesses: ReadonlyMap<string, Guess>,
): Promise<SearchPlan['corrections']> {
  const slips = words.filter(({ folded }) => guesses.get(folded)?.how === SearchHow.TYPO);
  if (slips.length === 0) return [];
  const meant = slips.flatMap(({ folded }) => guesses.get(folded)!.words);
  const rows = await rowsOf<{ word: string; written: string }>(
    em,
    sql`select word, written from search_word where written is not null and word = any(${meant}::text[])`,
  );
  const written = new Map(rows.map(row => [row.word, row.written]));
  return slips.map(({ surface, folded }) => ({
    word: surface,
    meant: guesses.get(folded)!.words.map(word => written.get(word) ?? word),
  }));
}
