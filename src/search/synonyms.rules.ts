import { createHash } from 'node:crypto';
import { keyOfTerm, type SynonymGroup } from './search-plan.rules.js';
import { SYNONYMS } from './synonyms.data.js';

/** The groups that come with the program. */
export const SHIPPED_SYNONYMS: readonly SynonymGroup[] = SYNONYMS.trim()
  .split('\n')
  .map(line => {
    const terms = line.split(',').map(term => term.trim());
    return {
      words: terms.map(term => term.replace(/^>/, '')),
      leading: terms.filter(term => term.startsWith('>')).map(term => term.slice(1)),
    };
  });

/** Under which keys a group is looked up. */
export const keysOf = ({ words }: Pick<SynonymGroup, 'words'>): string[] =>
  [...new Set(words.map(keyOfTerm))].filter(key => key !== '');

/** The shipped groups as rows of `search_synonym`; the code of one changes with whatever stands in it. */
export const shippedSynonymRows = () =>
  SHIPPED_SYNONYMS.map(({ words, leading }) => {
    const keys = keysOf({ words });
    const code = createHash('sha256')
      .update(JSON.stringify([words, leading, keys]))
      .digest('hex')
      .slice(0, 32);
    return { code, name: words[0]!, words, leading, keys };
  });
