import { expect, test } from 'vitest';
import { proseIn, type Staged } from '../../src/hsds-import/hsds-aggregate.rules.js';
import { criteriaOf } from '../../src/hsds-import/hsds-terms-of-service.rules.js';

const staged = (row: Record<string, unknown>) => ({ key: '1', root: '1', file: 'services', line: 2, row }) as Staged;

test('of a text with characters that nobody sees a feed keeps the text', () => {
  const row = staged({ description: 'Wir\u0001 helfen.\u202e\nAllen.' });
  expect(proseIn(row, 'description', 100, () => {})).toBe('Wir helfen.\nAllen.');
  const root = staged({ eligibility_description: 'ab\u000b 18' });
  expect(criteriaOf({ root } as never)).toMatchObject([{ text: 'ab 18' }]);
});
