import { type FoundBy, foundBy } from './search-words.rules.js';
import { termsOf } from './word-parts.rules.js';

/** What is found. */
export enum SearchKind {
  PARTNER = 'PARTNER',
  SERVICE = 'SERVICE',
  JOB_OPENING = 'JOB_OPENING',
  PUBLICATION = 'PUBLICATION',
}

/** Where in a record a word stands. */
export enum SearchField {
  NAME = 'NAME',
  CATEGORY = 'CATEGORY',
  OCCUPATION = 'OCCUPATION',
  NEED = 'NEED',
  TOPIC = 'TOPIC',
  LANGUAGE = 'LANGUAGE',
  PARTNER = 'PARTNER',
  PLACE = 'PLACE',
  CONTACT = 'CONTACT',
  RESPONSIBILITY = 'RESPONSIBILITY',
  DISTRICT = 'DISTRICT',
  OCCUPATION_AREA = 'OCCUPATION_AREA',
  DESCRIPTION = 'DESCRIPTION',
}

/** A name tells more than a label, that more than the partner's name and its places, that more than prose. */
export type Weight = 'A' | 'B' | 'C' | 'D';

const WEIGHTS: Readonly<Record<SearchField, Weight>> = {
  NAME: 'A',
  CATEGORY: 'B',
  OCCUPATION: 'B',
  NEED: 'B',
  TOPIC: 'B',
  // Nearly all speak German: that is no course in it.
  LANGUAGE: 'C',
  PARTNER: 'C',
  PLACE: 'C',
  CONTACT: 'C',
  RESPONSIBILITY: 'D',
  DISTRICT: 'D',
  OCCUPATION_AREA: 'D',
  DESCRIPTION: 'D',
};

/** The texts of a record, the weightiest first. */
export interface RecordText {
  readonly field: SearchField;
  readonly text: string;
  /** Are they names of streets? Those are met as whole words. */
  readonly street?: boolean;
}

const termsOfText = ({ text, street }: RecordText): FoundBy[] => foundBy(text, street);

/** The lexeme of a term that only is a part of a word. */
export const partLexeme = (term: string): string => `~${term}`;

const quoted = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, '$&$&')}'`;

/** A lexeme in the text of a tsvector or a tsquery. */
export const lexeme = quoted;

/**
 * The lexeme of a term in a field of that weight. PostgreSQL's own weights are no part of its indexes: asked by them it
 * reads every record that has the term anywhere. Of a record that is read they are the quicker ones.
 */
export const weighted = (term: string, weight: Weight): string => `${weight}>${term}`;

const POSITIONS = { A: 1, B: 2, C: 3, D: 4 } as const;

/**
 * The text of a record's tsvector: each term with the best of its weights, and once more as `weighted` where that is not
 * prose; the positions mean nothing.
 */
export function vectorOf(
  texts: readonly RecordText[],
  words: (text: RecordText) => readonly FoundBy[] = termsOfText,
): string {
  const weights = new Map<string, Weight>();
  for (const text of texts)
    for (const { wholes, parts } of words(text))
      for (const term of [...wholes, ...parts.map(partLexeme)])
        if ((weights.get(term) ?? 'E') > WEIGHTS[text.field]) weights.set(term, WEIGHTS[text.field]);
  return [...weights]
    .map(([term, weight]) => {
      const own = `${quoted(term)}:${POSITIONS[weight]}${weight}`;
      return weight === 'D' ? own : `${own} ${quoted(weighted(term, weight))}`;
    })
    .join(' ');
}

const LONGEST_WORD = 60;

/** Entries of the vocabulary for the words of a text: folded, and as they are written where they stand so. */
export function vocabularyOf(words: readonly FoundBy[]): Map<string, string | null> {
  const entries = new Map<string, string | null>();
  for (const { folded, surface } of words) {
    if (/^\d/.test(folded) || folded.length < 2 || folded.length > LONGEST_WORD) continue;
    const { whole, known, unknownPart } = termsOf(folded);
    entries.set(folded, surface.replace(/-$/, ''));
    if (known) continue;
    for (const term of [whole, ...(unknownPart ? [unknownPart] : [])]) if (!entries.has(term)) entries.set(term, null);
  }
  return entries;
}
