import { foldGerman } from './fold.rules.js';
import { SearchHow, type Slot, type Wanted, type Way } from './search-plan.rules.js';
import { type FoundBy, foundBy } from './search-words.rules.js';

/** A text of a record, with the name of the field that it stands in. */
export interface FieldText<Field extends string = string> {
  readonly field: Field;
  readonly text: string;
  /** Are they names of streets? */
  readonly street?: boolean;
}

/** Which words of a record met words of the query, how, and where. */
export interface Met<Field extends string = string> {
  readonly words: readonly string[];
  readonly matched: readonly string[];
  readonly how: SearchHow;
  readonly field: Field;
}

type Located<Field extends string> = FoundBy & { readonly field: Field };

/** How each word of the query is met by a record; null where one is not. Texts come in the order of their weight. */
export function matchesOf<Field extends string>(
  plan: readonly Wanted[],
  texts: readonly FieldText<Field>[],
): Met<Field>[] | null {
  const words = texts.flatMap(({ field, text, street }) => foundBy(text, street).map(word => ({ ...word, field })));
  const met = plan.map(wanted => firstMet(wanted, words));
  return plan.length > 0 && met.every(one => one !== null) ? met : null;
}

function firstMet<Field extends string>(
  { words, ways }: Wanted,
  located: readonly Located<Field>[],
): Met<Field> | null {
  for (const way of ways) {
    const found = wordsFor(way, located);
    if (!found) continue;
    const matched = [...new Set(found.map(word => word.surface))];
    const exact = way.how === SearchHow.STEM && foldGerman(matched.join(' ')) === foldGerman(words.join(' '));
    return { words, matched, how: exact ? SearchHow.EXACT : way.how, field: found[0]!.field };
  }
  return null;
}

function wordsFor<Field extends string>({ slots }: Way, located: readonly Located<Field>[]): Located<Field>[] | null {
  const found = slots.map(one => located.find(word => fills(one, word)));
  return found.length > 0 && found.every(word => word !== undefined) ? found : null;
}

const fills = ({ wholes, parts }: Slot, word: FoundBy): boolean =>
  word.wholes.some(term => wholes.includes(term)) || word.parts.some(term => parts.includes(term));
