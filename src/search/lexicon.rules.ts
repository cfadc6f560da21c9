import { foldGerman } from './fold.rules.js';
import * as words from './lexicon.data.js';
import { TOWNS } from './places.data.js';

/** One word as the lexicon has it. */
export interface Entry {
  /** The word itself, folded. */
  readonly base: string;
  readonly noun: boolean;
  /** Stands for its whole family. */
  readonly canonical: string;
  /** Of a word that is not to be taken apart: what it is found by as well. Null where it may be. */
  readonly parts: readonly string[] | null;
}

const NOUN_ENDINGS = ['', 'e', 'en', 'n', 's', 'es', 'er', 'ern', 'ens'];
/** Zeugnisse, Busse; but a Gasse is no Gas. */
const DOUBLED_S = ['se', 'sen'];
const WOMEN = ['in', 'innen'];
const OTHER_ENDINGS = ['', 'e', 'en', 'er', 'em', 'es', 'n', 'ere', 'eren', 't', 'te', 'ten', 'tes', 'ter'];
const VERB_ENDINGS = ['', 'e', 't', 'st', 'te', 'ten', 'end', 'ende', 'enden', 'ender', 'endes'];
/** Between the parts of a compound (Fugenelemente). */
const LINKS = ['', 's', 'n', 'en', 'er', 'e', 'es', 'ens'];

const entries = new Map<string, Entry>();
/** Every form in which a word may stand, or end a longer one. */
const forms = new Map<string, Entry>();
/** Every form in which a word may stand within a longer one, before the last part. */
const innerForms = new Map<string, Entry>();

const baseOfForm = new Map<string, string>();

const SHORTEST_PART = 3;
const SHORTEST_EVERYDAY_PART = 4;

function addLine(line: string, partsFrom: number): void {
  const items = line.split(' ').map(item => item.split('=') as [string, string?]);
  const canonical = foldGerman(items[0]![0]);
  for (const [word, part] of items) {
    const base = foldGerman(word);
    if (base === '' || base.includes(' ')) continue;
    const noun = /^\p{Lu}/u.test(word);
    const entry = { base, noun, canonical, parts: part === undefined ? null : part ? [foldGerman(part)] : [] };
    entries.set(base, entry);
    for (const form of inflected(base, noun)) claim(forms, form, base, entry);
    if (base.length >= partsFrom)
      for (const form of linked(base, partsFrom === SHORTEST_PART)) claim(innerForms, form, base, entry);
  }
}

/** Of two words with the same form the longer one has it: Kurse are no Kur. */
function claim(table: Map<string, Entry>, form: string, base: string, entry: Entry): void {
  const others = baseOfForm.get(form) ?? '';
  if (table.has(form) && others.length >= base.length) return;
  table.set(form, entry);
  baseOfForm.set(form, base.length > others.length ? base : others);
}

function inflected(base: string, noun: boolean): string[] {
  // Auszubildender, Auszubildende: nouns that are inflected like adjectives.
  const weak = /.{5}er$/.test(base) ? ['', 'n', 'm'].map(ending => base.slice(0, -1) + ending) : [];
  const others = [
    ...(/[iu]s$/.test(base) ? DOUBLED_S : []),
    ...(base.length > SHORTEST_PART ? WOMEN : []),
    ...(base.endsWith('in') ? ['nen'] : []),
  ];
  if (noun) return [...NOUN_ENDINGS, ...others].map(ending => base + ending).concat(weak);
  const verb = base.endsWith('en') ? VERB_ENDINGS.map(ending => base.slice(0, -2) + ending) : [];
  return [...OTHER_ENDINGS.map(ending => base + ending), ...verb.filter(form => form.length >= SHORTEST_PART)];
}

/** `shortened`: also without its ending, as in Sprachkurs and Wohnheim. */
function linked(base: string, shortened: boolean): string[] {
  if (!shortened) return LINKS.map(link => base + link);
  const dropped = /[^ei]e$/.test(base) ? [base.slice(0, -1)] : /[^e]en$/.test(base) ? [base.slice(0, -2)] : [];
  return [...LINKS.map(link => base + link), ...dropped.filter(form => form.length >= SHORTEST_PART)];
}

const lines = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map(line => line.trim());

for (const line of lines(words.FAMILIES)) addLine(line, SHORTEST_PART);
for (const word of words.EVERYDAY.trim().split(/\s+/))
  if (!entries.has(foldGerman(word))) addLine(word, SHORTEST_EVERYDAY_PART);
// A word itself comes before what another one becomes by an ending.
for (const [base, entry] of entries) {
  forms.set(base, entry);
  if (innerForms.has(base)) innerForms.set(base, entry);
}

const NO_TOWN = new Set([
  'bad',
  'am',
  'an',
  'der',
  'rhein',
  'ruhr',
  'see',
  'sankt',
  'horn',
  'schloss',
  'hau',
  'holte',
  'porta',
]);

/** Words of the names of towns, folded. */
const towns: ReadonlySet<string> = new Set(
  lines(TOWNS)
    .join(' ')
    .split(',')
    .flatMap(name => foldGerman(name).split(' '))
    .filter(word => word !== '' && !NO_TOWN.has(word)),
);

const stopwords: ReadonlySet<string> = new Set(
  words.STOPWORDS.trim().split(/\s+/).map(foldGerman).concat('paragraf', 'paragraph'),
);

export const isStopword = (folded: string): boolean => stopwords.has(folded);

/** The entry of a word that stands alone or ends a longer one. */
export const formOf = (folded: string): Entry | undefined => forms.get(folded);

/** The entry of a word within a longer one, before the last part. */
export const innerFormOf = (folded: string): Entry | undefined => innerForms.get(folded);

const heads: ReadonlySet<string> = new Set(words.SHORT_HEADS.trim().split(/\s+/).map(foldGerman));

/** Is it a word that a compound often ends in, and by chance hardly any word? */
export const isUsualHead = (base: string): boolean => heads.has(base);

/** The town that a word names, or says that something belongs to: Wuppertal, Wuppertals, Wuppertaler; or null. */
export function townOf(folded: string): string | null {
  if (towns.has(folded)) return folded;
  const [, genitive] = /^(.{4,})s$/.exec(folded) ?? [];
  if (genitive && towns.has(genitive)) return genitive;
  const [, adjective] = /^(.{4,}[^e])er$/.exec(folded) ?? [];
  return adjective && towns.has(adjective) ? adjective : null;
}

/** The words themselves, without endings, that a typo may be corrected to. */
export const LEXICON_WORDS: readonly string[] = [...entries.keys()];
export const TOWN_WORDS: readonly string[] = [...towns];

const canonicalOf = (word: string): string => formOf(foldGerman(word))?.canonical ?? foldGerman(word);

const wordLists = (text: string): string[][] => lines(text).map(line => line.split(' ').map(canonicalOf));

const soft = new Set(wordLists(words.SOFT).flat());

/** Does a word ask for nothing where another one stands beside it? */
export const isSoft = (canonical: string): boolean => soft.has(canonical);

const emptyHeads = new Set(wordLists(words.EMPTY_HEADS).flat());
const activities = new Set(wordLists(words.ACTIVITIES).flat());

/** May the last part of a compound be left out: Suchtberatungsstelle? */
export const hasEmptyHead = (parts: readonly string[]): boolean =>
  parts.length > 1 && emptyHeads.has(parts.at(-1)!) && activities.has(parts.at(-2)!);

const narrowHeads = new Map(
  wordLists(words.NARROW_HEADS).map(([head, ...before]) => [head!, before.map(word => `${word}+${head}`)]),
);

/** The only compounds in which a word means the same as alone; null where it does in all that end in it. */
export const narrowedOf = (canonical: string): readonly string[] | null => narrowHeads.get(canonical) ?? null;

function related(text: string, everybody: boolean): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const relate = (one: string, other: string) =>
    one !== other && found.set(one, (found.get(one) ?? new Set()).add(other));
  for (const line of wordLists(text))
    for (const [i, one] of line.entries())
      for (const [j, other] of line.entries()) if (everybody || i === 0 || j === 0) relate(one, other);
  return found;
}

const kin = related(words.KIN, false);
const likeHeads = related(words.LIKE_HEADS, true);
const NONE: ReadonlySet<string> = new Set();

/** Words of nearly the same meaning. */
export const kinOf = (canonical: string): ReadonlySet<string> => kin.get(canonical) ?? NONE;

/** Words that a word may be exchanged for where another one stands beside it. */
export const likeHeadsOf = (canonical: string): ReadonlySet<string> => likeHeads.get(canonical) ?? NONE;
