import { foldGerman } from '../search/fold.rules.js';
import { guessOf, isUnknown } from '../search/search-lore.rules.js';
import { matchesOf } from '../search/search-match.rules.js';
import { askedWords, planOf, SearchHow, type SynonymGroup, type Wanted } from '../search/search-plan.rules.js';
import { foundBy, type TextWord } from '../search/search-words.rules.js';
import { keysOf, SHIPPED_SYNONYMS } from '../search/synonyms.rules.js';
import { termsOf } from '../search/word-parts.rules.js';
import { isOccupation, occupationsBelow } from './occupation.rules.js';
import { OCCUPATION_WORDS } from './occupation-words.data.js';
import { OCCUPATIONS } from './occupations.data.js';

/** More words that nobody knows are not looked up among the nearly equal ones. */
const MOST_GUESSED = 3;

/** Occupations that are told of at most. */
export const MOST_OCCUPATIONS = 10;

enum Where {
  WORDS = 'WORDS',
  LABEL = 'LABEL',
}

const TEXTS = OCCUPATIONS.map(({ code, de, en }) => ({
  code,
  texts: [
    { field: Where.WORDS, text: OCCUPATION_WORDS[code] ?? '' },
    { field: Where.LABEL, text: `${de} | ${en}` },
  ],
}));

/** Codes of the main groups that have a word as a title of its own. */
const CODES_OF_TITLE = Map.groupBy(
  Object.entries(OCCUPATION_WORDS).flatMap(([code, words]) =>
    words.split(', ').map(title => ({ code, title: foldGerman(title) })),
  ),
  ({ title }) => title,
);

const IN_USE: readonly string[] = [
  ...new Set(TEXTS.flatMap(({ texts }) => texts.flatMap(({ text }) => foundBy(text).map(word => word.folded)))),
];
const SYNONYMS = new Map<string, SynonymGroup[]>();
for (const group of SHIPPED_SYNONYMS)
  for (const key of keysOf(group)) SYNONYMS.set(key, [...(SYNONYMS.get(key) ?? []), group]);

/** How well words are met, the best first; a slip counts as much as what was meant. */
const ORDER: readonly SearchHow[] = [
  SearchHow.EXACT,
  SearchHow.STEM,
  SearchHow.PREFIX,
  SearchHow.TYPO,
  SearchHow.PLACE,
  SearchHow.COMPOUND,
  SearchHow.SYNONYM,
];

/**
 * Codes of the areas and main groups that somebody may mean who names an occupation as people do (Putzkraft, Lagerist), best
 * first; or the code itself, of any length, where that was typed.
 */
export function occupationsFor(query: string): string[] {
  const code = query.trim();
  if (isOccupation(code)) return [code];
  const words = askedWords(query);
  if (words.length === 0) return [];
  const exact = metBy(planOf(words, loreOf(words)));
  const found = exact.length > 0 ? exact : metBy(planOf(words.map(withoutRole), loreOf(words.map(withoutRole))));
  const titled = (CODES_OF_TITLE.get(foldGerman(query)) ?? []).map(one => one.code);
  return [...new Set([...titled, ...found])].slice(0, MOST_OCCUPATIONS);
}

/** What is offered for choosing: what meets a query, or everything one level below a code, or the areas. */
export function chosenOccupations(parent: string | null, query: string | null): string[] {
  if (query === null || query.trim() === '') return occupationsBelow(parent);
  const found = occupationsFor(query);
  return parent === null ? found : found.filter(code => code !== parent && code.startsWith(parent));
}

function metBy(plan: readonly Wanted[]): string[] {
  const met = TEXTS.flatMap(({ code, texts }) => {
    const matches = matchesOf(plan, texts);
    if (!matches) return [];
    const worst = Math.max(...matches.map(({ how }) => ORDER.indexOf(how)));
    const byLabel = matches.every(({ field }) => field === Where.LABEL);
    return [{ code, worst, byLabel }];
  });
  return met
    .sort(
      (a, b) =>
        a.worst - b.worst ||
        Number(a.byLabel) - Number(b.byLabel) ||
        b.code.length - a.code.length ||
        (a.code < b.code ? -1 : 1),
    )
    .map(({ code }) => code);
}

/** Of words that are not among those of any occupation: their beginnings, while they are typed, or slips of others. */
function loreOf(words: readonly TextWord[]) {
  const meant = new Map<string, { how: SearchHow; words: readonly string[] }>();
  for (const { folded } of words) {
    if (!isUnknown(folded) || IN_USE.includes(folded) || meant.size >= MOST_GUESSED) continue;
    const longer = IN_USE.filter(word => word.startsWith(folded));
    const guess = longer.length > 0 ? { how: SearchHow.PREFIX, words: longer } : guessOf(folded, IN_USE);
    meant.set(folded, guess ?? { how: SearchHow.TYPO, words: [] });
  }
  return { synonyms: SYNONYMS, meant };
}

/** Last parts that say who works, and not at what. */
const ROLES = new Set(
  [
    'Helfer',
    'Kraft',
    'Fachkraft',
    'Hilfskraft',
    'Hilfe',
    'Aushilfe',
    'Mitarbeiter',
    'Arbeiter',
    'Assistent',
    'Meister',
  ].map(role => termsOf(role.toLowerCase()).whole),
);

/** Lagerarbeiter as Lager. */
function withoutRole(word: TextWord): TextWord {
  const { parts, headAt } = termsOf(word.folded);
  return parts.length === 2 && ROLES.has(parts[1]!)
    ? { ...word, folded: termsOf(word.folded.slice(0, headAt)).whole }
    : word;
}
