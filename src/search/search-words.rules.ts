import { foldGerman } from './fold.rules.js';
import { isStopword } from './lexicon.rules.js';
import { termsOf, type WordTerms } from './word-parts.rules.js';

/** One word of a text. */
export interface TextWord {
  /** As it stands there. */
  readonly surface: string;
  readonly folded: string;
  /** Words that are written together by hyphens have the same number. */
  readonly group: number;
  /** Does it name a street? Then it is a name, and its parts tell nothing. */
  readonly street?: boolean;
}

const ROMAN: Readonly<Record<string, string>> = {
  I: '1',
  II: '2',
  III: '3',
  IV: '4',
  V: '5',
  VI: '6',
  VII: '7',
  VIII: '8',
  IX: '9',
  X: '10',
  XI: '11',
  XII: '12',
  XIV: '14',
  EINS: '1',
  ZWEI: '2',
  DREI: '3',
  VIER: '4',
};

const LAWS =
  /\b(SGB|Sozialgesetzbuch|ALG|Arbeitslosengeld|Hartz)[\s-]*(X?I{1,3}|XII?|XIV|IV|VI{0,3}|IX|X|1[0-4]|[1-9]|eins|zwei|drei|vier)(?![\p{L}\d])/giu;
const LAW_NAMES: Readonly<Record<string, string>> = { sozialgesetzbuch: 'SGB', arbeitslosengeld: 'ALG' };
/** Friedrichstr. 12; without a dot or a number it may be the beginning of another word. */
const STREET = /(?<![\p{L}])(\p{L}*)([Ss]tr)(?:\.|(?=\s+\d))/gu;
const PARAGRAPH = /(§+\s*\d+)\s+([a-z])(?![\p{L}\d])/giu;
/** Leser*innen, Leser:in, Leser/-innen, Leser(in), LeserInnen. */
const GENDER = /(?<=\p{Ll})(?:(?:[*:_]|\/-?)(?:innen|in|r|n)(?!\p{L})|\((?:innen|in|r|n|en)\)|Innen(?!\p{L}))/gu;
const PHONE = /(?:\+\s?49|\b0049|(?<![\p{L}\d])\(?0)[\d\s()/–-]*\d/gu;
const SHORTEST_PHONE = 7;

/** Brings ways of writing together that differ by blanks and marks only: laws, paragraphs, forms for both genders. */
const tidied = (text: string): string =>
  text
    .replace(
      LAWS,
      (_, law: string, number: string) =>
        `${LAW_NAMES[law.toLowerCase()] ?? law}${ROMAN[number.toUpperCase()] ?? number}`,
    )
    .replace(STREET, '$1$2aße ')
    .replace(PARAGRAPH, '$1$2')
    .replace(GENDER, '');

/** The digits of a telephone number, with the area code's 0 for the country's. */
const digitsOf = (phone: string): string => phone.replace(/^\s*(\+\s?49|0049)\s*(\(0\))?\s*/, '0').replace(/\D/g, '');

const WORD = /[\p{L}\p{Nd}\p{M}]+/gu;
/** The last word of a street that a number follows. */
const STREET_NAME = /(gasse|weg|platz|strasse|allee|ring|ufer|damm|steig|pfad|graben)$/;
const HOUSE_NUMBER = /^\s+\d{1,3}\s?[a-h]?(?![\p{L}\d]|\.\d)/u;
const CONNECTORS = new Set(['und', 'oder', 'bzw', 'sowie', 'u']);

/** What somebody typed, word by word: numbers as one, and what an ellipsis leaves out put in. */
export function wordsOfQuery(text: string): TextWord[] {
  const joined = tidied(text).replace(PHONE, phone => {
    const digits = digitsOf(phone);
    return digits.length >= SHORTEST_PHONE ? ` ${digits} ` : phone;
  });
  const { words, open } = scanned(joined);
  const full = ellipses(words, open);
  return words.map(word => full.get(word) ?? word);
}

/** The words of a text, what its ellipses leave out, and its telephone numbers, whole and from each group on. */
export function wordsOfText(text: string): TextWord[] {
  const tidy = tidied(text);
  const { words, open } = scanned(tidy);
  const phones = [...tidy.matchAll(PHONE)].flatMap(([phone]) => phoneWords(phone));
  return [...words, ...ellipses(words, open).values(), ...phones];
}

function phoneWords(phone: string): TextWord[] {
  const digits = digitsOf(phone);
  if (digits.length < SHORTEST_PHONE) return [];
  const groups = phone.match(/\d+/g) ?? [];
  const tails = groups.slice(1).map((_, i) => groups.slice(i + 1).join(''));
  return [digits, ...tails.filter(tail => tail.length > 3)].map(folded => ({
    surface: phone.trim(),
    folded,
    group: -1,
  }));
}

function scanned(text: string): { words: TextWord[]; open: Map<TextWord, 'before' | 'after'> } {
  const words: TextWord[] = [];
  const open = new Map<TextWord, 'before' | 'after'>();
  let group = 0;
  let end = -1;
  for (const match of text.matchAll(WORD)) {
    const between = end < 0 ? ' ' : text.slice(end, match.index);
    if (!/^[-‐‑]$/.test(between)) group++;
    const last = words.at(-1);
    if (last && /^[-‐‑][\s,/&+)]/.test(between)) open.set(last, 'after');
    end = match.index + match[0].length;
    for (const folded of foldGerman(match[0]).split(' ')) {
      if (folded === '') continue;
      const street = STREET_NAME.test(folded) && HOUSE_NUMBER.test(text.slice(end, end + 8));
      const word = { surface: match[0], folded, group, ...(street ? { street } : {}) };
      words.push(word);
      if (/[\s(/&]-$/.test(between)) open.set(word, 'before');
    }
  }
  return { words, open };
}

/** "Schuldner- und Insolvenzberatung" tells of Schuldnerberatung, "Suchtberatung und -therapie" of Suchttherapie. */
function ellipses(
  words: readonly TextWord[],
  open: ReadonlyMap<TextWord, 'before' | 'after'>,
): Map<TextWord, TextWord> {
  const full = new Map<TextWord, TextWord>();
  for (const [i, word] of words.entries()) {
    const side = open.get(word);
    if (!side) continue;
    const others = side === 'after' ? words.slice(i + 1, i + 8) : words.slice(Math.max(0, i - 7), i).reverse();
    const carrier = others.find(other => !open.has(other) && !CONNECTORS.has(other.folded));
    if (!carrier) continue;
    const ofGroup = words.filter(other => other.group === carrier.group);
    const { headAt } = termsOf(carrier.folded);
    const [first, last] = [ofGroup[0]!, ofGroup.at(-1)!];
    const head = headAt > 0 ? carrier.folded.slice(headAt) : ofGroup.length > 1 ? last.folded : null;
    const modifier =
      headAt > 0 ? carrier.folded.slice(0, lastPartAt(carrier.folded)) : ofGroup.length > 1 ? first.folded : null;
    const joined = side === 'after' ? head && word.folded + head : modifier && modifier + word.folded;
    if (joined) full.set(word, { surface: `${word.surface}-`, folded: joined, group: -1 });
  }
  return full;
}

function lastPartAt(folded: string): number {
  const { headAt } = termsOf(folded);
  const next = headAt > 0 ? termsOf(folded.slice(headAt)).headAt : 0;
  return next > 0 ? headAt + next : headAt;
}

/** A word of a text with what it is found by. */
export interface FoundBy {
  readonly surface: string;
  readonly folded: string;
  /** Terms of the word as a whole, or of words written together by hyphens. */
  readonly wholes: readonly string[];
  readonly parts: readonly string[];
}

/** Words in a chain of hyphens that still are one word. */
const MOST_JOINED = 6;

/** What each word of a text is found by; those that everybody uses are left out. `street`: the text names streets. */
export function foundBy(text: string, street = false): FoundBy[] {
  const words = wordsOfText(text).filter(word => word.folded.length > 1 || /\d/.test(word.folded));
  const groups = Map.groupBy(words, word => word.group);
  const single = words.filter(word => !isStopword(word.folded)).map(word => ofWord(word, termsOf(word.folded), street));
  const joined = [...groups].flatMap(([group, members]) =>
    group > 0 && members.length > 1 && members.length <= MOST_JOINED ? [ofGroup(members, street)] : [],
  );
  return [...single, ...joined];
}

/** The term of a compound that names a street: as it is written, without its parts. */
export const streetTerm = (folded: string): string => `=${folded}`;

function ofWord(word: TextWord, { whole, parts, also }: WordTerms, street: boolean): FoundBy {
  const { surface, folded } = word;
  if (!street && !word.street) return { surface, folded, wholes: [whole], parts: [...parts, ...also] };
  return { surface, folded, wholes: [parts.length > 0 ? streetTerm(folded) : whole], parts: [] };
}

function ofGroup(members: readonly TextWord[], street: boolean): FoundBy {
  const parts = members.flatMap(({ folded }) => {
    const { whole, parts: own } = termsOf(folded);
    return own.length > 0 ? own : [whole];
  });
  const surface = members.map(member => member.surface).join('-');
  const folded = members.map(member => member.folded).join('');
  return street || members.some(member => member.street)
    ? { surface, folded, wholes: [streetTerm(folded)], parts: [] }
    : { surface, folded, wholes: [parts.join('+')], parts };
}
