import { foldGerman } from './fold.rules.js';
import { isStopword } from './lexicon.rules.js';
import { keyOfTerm } from './search-plan.rules.js';

export const MOST_TERMS = 30;
export const LEAST_TERMS = 2;
export const SHORTEST_TERM = 2;
export const LONGEST_TERM = 80;
/** Words of a phrase that a query is compared with. */
export const MOST_WORDS_OF_TERM = 5;
/** Groups of one network: more than anybody keeps in order. */
export const MOST_GROUPS = 1_000;

/** Why words make no group, as a German sentence with the place of the word at fault (null: all of them); null if they do. */
export function faultOfGroup(words: readonly string[]): { at: number | null; message: string } | null {
  if (words.length < LEAST_TERMS || words.length > MOST_TERMS)
    return { at: null, message: `Eine Gruppe hat ${LEAST_TERMS} bis ${MOST_TERMS} Wörter.` };
  const keys = words.map(keyOfTerm);
  for (const [at, word] of words.entries()) {
    const message = faultOfTerm(word, keys[at]!);
    if (message) return { at, message };
    if (keys.indexOf(keys[at]!) < at)
      return { at, message: 'Dieses Wort steht schon in der Gruppe, oder eine Form von ihm.' };
  }
  return null;
}

function faultOfTerm(word: string, key: string): string | null {
  const { length } = Array.from(word);
  if (length < SHORTEST_TERM || length > LONGEST_TERM || word !== word.trim())
    return `Ein Wort hat ${SHORTEST_TERM} bis ${LONGEST_TERM} Zeichen und keine Leerzeichen am Rand.`;
  if (/\p{Cc}/u.test(word) || key === '') return 'Das ist kein Wort, nach dem gesucht werden kann.';
  if (foldGerman(word).split(' ').every(isStopword)) return 'Das ist ein Füllwort; danach wird nicht gesucht.';
  if (key.split(' ').length > MOST_WORDS_OF_TERM)
    return `Möglich sind höchstens ${MOST_WORDS_OF_TERM} Wörter hintereinander.`;
  return null;
}
