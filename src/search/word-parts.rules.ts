import { type Entry, formOf, innerFormOf, isUsualHead, townOf } from './lexicon.rules.js';

/** What a folded word is found by. */
export interface WordTerms {
  /** The word as a whole, brought to one form. */
  readonly whole: string;
  /** The parts of a compound, in their order; none of a simple word. */
  readonly parts: readonly string[];
  /** Other parts by which a text with the word is found. */
  readonly also: readonly string[];
  /** Is all of it in the lexicon, or a number, or a town? */
  readonly known: boolean;
  readonly place: boolean;
  /** Where in the word the second part begins; 0 of a simple word. */
  readonly headAt: number;
  /** Of a compound, a part that nobody knows. */
  readonly unknownPart: string | null;
}

const LONGEST_WORD = 60;
const SHORTEST_COMPOUND = 6;
const SHORTEST_PART = 3;
/** Before a known head: Trauer|begleitung. */
const SHORTEST_UNKNOWN_MODIFIER = 4;
const SHORTEST_KNOWN_HEAD = 4;
/** After letters that are no word; a shorter one is there by chance, unless many words end in it: Supp|ort, Postadr|essen. */
const SHORTEST_CERTAIN_WORD = 6;
/** After a known modifier, where a chance hit is likelier: Wald|emar is none. */
const SHORTEST_KNOWN_MODIFIER = 5;
const SHORTEST_UNKNOWN_HEAD = 5;

const simple = (whole: string, more: Partial<WordTerms> = {}): WordTerms => ({
  whole,
  parts: [],
  also: [],
  known: false,
  place: false,
  headAt: 0,
  unknownPart: null,
  ...more,
});

const MOST_REMEMBERED = 200_000;
const remembered = new Map<string, WordTerms>();

/** Takes a folded word apart. The same word always gives the same. */
export function termsOf(folded: string): WordTerms {
  const word = folded.slice(0, LONGEST_WORD);
  const known = remembered.get(word);
  if (known) return known;
  const terms = analysed(word);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(word, terms);
  return terms;
}

function analysed(word: string): WordTerms {
  if (/^\d/.test(word)) return simple(word, { known: true });
  const law = /^(sgb|alg|hartz)(\d+)$/.exec(word);
  if (law) return simple(word, { known: true, also: [law[1]!] });
  const entry = formOf(word);
  if (entry) return simple(entry.canonical, { known: true, also: alsoOf(entry) });
  const town = townOf(word);
  if (town) return simple(town, { known: true, place: true });
  return compound(word) ?? simple(stemOf(word));
}

/** Of a word of the lexicon that is made of others of it: Altenpflege is found by Pflege. */
const alsoOf = ({ base, parts }: Entry): readonly string[] => parts ?? partsWithin(base);

function partsWithin(word: string): readonly string[] {
  if (word.length < SHORTEST_COMPOUND + 2) return [];
  return knownPieces(word, 0, new Map())?.flatMap(piece => [piece.canonical, ...piece.also]) ?? [];
}

interface Piece {
  readonly canonical: string;
  /** May it be seen where what stands beside it is no word? */
  readonly certain: boolean;
  readonly also: readonly string[];
  readonly from: number;
}

function compound(word: string): WordTerms | null {
  if (word.length < SHORTEST_COMPOUND) return null;
  const pieces = knownPieces(word, 0, new Map());
  if (pieces) return ofPieces(pieces, true, null);
  return withUnknownModifier(word) ?? withUnknownHead(word);
}

function ofPieces(pieces: readonly Piece[], known: boolean, unknownPart: string | null): WordTerms {
  const parts = pieces.map(piece => piece.canonical);
  return {
    whole: parts.join('+'),
    parts,
    also: pieces.flatMap(piece => piece.also),
    known,
    place: false,
    headAt: pieces[1]!.from,
    unknownPart,
  };
}

/** The fewest known words that make up the rest; words of three letters only where nothing else does. */
function knownPieces(word: string, from: number, seen: Map<number, Piece[] | null>): Piece[] | null {
  const known = seen.get(from);
  if (known !== undefined) return known;
  let best: Piece[] | null = null;
  const rest = word.slice(from);
  const last = from > 0 && rest.length >= SHORTEST_PART ? formOf(rest) : undefined;
  if (last) best = [pieceOf(last, from)];
  for (let to = from + SHORTEST_PART; !last && to <= word.length - SHORTEST_PART; to++) {
    const first = innerFormOf(word.slice(from, to));
    const others = first ? knownPieces(word, to, seen) : null;
    if (!first || !others) continue;
    const found = [pieceOf(first, from), ...others];
    if (!best || cost(found, word) < cost(best, word)) best = found;
  }
  seen.set(from, best);
  return best;
}

const pieceOf = (entry: Entry, from: number): Piece => ({
  canonical: entry.canonical,
  certain: isCertain(entry),
  also: alsoOf(entry),
  from,
});

function cost(pieces: readonly Piece[], word: string): number {
  const ends = [...pieces.slice(1).map(piece => piece.from), word.length];
  const short = pieces.filter((piece, i) => ends[i]! - piece.from <= SHORTEST_PART).length;
  return pieces.length + short * 0.6;
}

function withUnknownModifier(word: string): WordTerms | null {
  for (let at = SHORTEST_UNKNOWN_MODIFIER; at <= word.length - SHORTEST_KNOWN_HEAD; at++) {
    const modifier = word.slice(0, at);
    if (!mayBeWord(modifier)) continue;
    const head = knownTail(word, at);
    if (!head) continue;
    const part = stemOf(modifier.replace(/(?<=...)s$/, ''));
    return ofPieces([{ canonical: part, certain: false, also: [], from: 0 }, ...head], false, part);
  }
  return null;
}

/** The known words that a word ends in, from there on: not such as may be there by chance. */
function knownTail(word: string, at: number): Piece[] | null {
  const rest = word.slice(at);
  const one = formOf(rest);
  if (one && rest.length >= SHORTEST_KNOWN_HEAD) return isCertain(one) ? [pieceOf(one, at)] : null;
  if (rest.length < SHORTEST_COMPOUND + 2) return null;
  const pieces = knownPieces(rest, 0, new Map());
  return pieces?.every(piece => piece.certain) ? pieces.map(piece => ({ ...piece, from: piece.from + at })) : null;
}

const isCertain = ({ base, noun }: Entry): boolean =>
  noun && (base.length >= SHORTEST_CERTAIN_WORD || isUsualHead(base));

/** Prefixes alone are no word: Ver|dienst, unge|bunden. */
const MERE_PREFIXES =
  /^(ab|an|auf|aus|be|bei|da|dar|durch|ein|ent|er|fort|ge|gegen|her|hin|hinter|mit|nach|nieder|um|un|unter|uber|ver|vor|weg|wider|wieder|zer|zu|zuruck|zusammen)+$/;
/** No German word ends so, but many a half of one: Gesc|haft, Postadr|essen. */
const NO_END_OF_WORD = /([bdfgkpt][lr]|[bdfgklmnrz]h|s[bcdfg]|[jqvw])$/;

const mayBeWord = (modifier: string): boolean =>
  hasVowel(modifier) && !MERE_PREFIXES.test(modifier) && !NO_END_OF_WORD.test(modifier);

const MERE_ENDINGS =
  /^(ung|heit|keit|schaft|lich|isch|igkeit|ling|ismus|tum|bar|sam|los|ent|ant|ier|ator|ation|zeitig|massig)/;
/** No German word begins so. */
const NO_BEGINNING = /^([lmnrhjw][^aeiouy]|ch[lmnrw]|chaft|t[lnm]|p[mt])/;

function withUnknownHead(word: string): WordTerms | null {
  for (let at = word.length - SHORTEST_UNKNOWN_HEAD; at >= SHORTEST_KNOWN_MODIFIER; at--) {
    const head = word.slice(at);
    const modifier = innerFormOf(word.slice(0, at));
    if (!modifier || !hasVowel(head) || MERE_ENDINGS.test(head) || NO_BEGINNING.test(head)) continue;
    const part = stemOf(head);
    return ofPieces(
      [
        { ...pieceOf(modifier, 0), also: modifier.parts ?? [] },
        { canonical: part, certain: false, also: [], from: at },
      ],
      false,
      part,
    );
  }
  return null;
}

const hasVowel = (text: string): boolean => /[aeiouy]/.test(text);

const SHORTEST_STEM = 4;

/** A word that the lexicon does not have, without the ending of its inflection. */
export function stemOf(word: string): string {
  const person = word.replace(/(?<=...(?:er|ent|ant|ist|og))in(nen)?$/, '');
  for (const ending of ['ern', 'en', 'em', 'er', 'es', 'e', 's', 'n'])
    if (person.endsWith(ending) && person.length - ending.length >= SHORTEST_STEM)
      if (ending !== 'n' || /[lr]n$/.test(person))
        if (ending !== 's' || !/ss$/.test(person)) return person.slice(0, -ending.length);
  return person;
}
