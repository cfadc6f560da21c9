import { createHash } from 'node:crypto';
import * as lexicon from './lexicon.data.js';
import { TOWNS } from './places.data.js';

/** Goes up where the rules themselves change what a text is found by. */
const RULES = 9;

/** Of lexicon and rules: an index that was made by others is made anew. */
export const SEARCH_RULES: string = createHash('sha256')
  .update(JSON.stringify([RULES, Object.entries(lexicon).sort(), TOWNS]))
  .digest('hex')
  .slice(0, 16);
