import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldGerman } from '../../src/search/fold.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('search_fold');

describe('folding', () => {
  const fold = async (text: string): Promise<string | undefined> => {
    const [row] = await hub.owner().execute<{ folded: string }[]>('select fold_german(?) as folded', [text]);
    return row?.folded;
  };

  test.each([
    ['Äpfel & Öl – über Straße', 'apfel ol uber strasse'],
    ['AEPFEL', 'apfel'],
    ['Mueller', 'muller'],
    ['Quelle neue Bauer', 'quelle neue bauer'],
    ['Café Ångström', 'cafe angstrom'],
    ['GROẞ', 'gross'],
    ['  a\t\nb  ', 'a b'],
    ['§ 16i SGB II', '16i sgb ii'],
    ['%_\\\'"', ''],
    ['', ''],
    ['Київ', 'киів'],
    ['مساعدة', 'مساعدة'],
  ])('%j becomes %j', async (text, folded) => {
    expect(await fold(text)).toBe(folded);
    expect(foldGerman(text)).toBe(folded);
  });

  test('is the same in the program and in PostgreSQL, whatever the text', async () => {
    const german = fc.string({
      unit: fc.constantFrom(...'aeiouäöüßAEOUÄÖÜẞéçñøåsnrt qu-/.,§1234"\\%_'),
      maxLength: 60,
    });
    // What people write today: both sides know all of these letters, whatever their version of Unicode.
    const alive = fc.oneof(
      ...[
        [0x20, 0x24f],
        [0x300, 0x377],
        [0x400, 0x481],
        [0x5d0, 0x5ea],
        [0x620, 0x669],
        [0x1e00, 0x1eff],
        [0x2010, 0x2044],
        [0x1f600, 0x1f64f],
      ].map(([min, max]) => fc.integer({ min: min!, max: max! }).map(code => String.fromCodePoint(code))),
    );
    const texts = [...fc.sample(german, 2_000), ...fc.sample(fc.string({ unit: alive, maxLength: 30 }), 2_000)];
    const storable = texts.filter(text => !text.includes('\0') && text.isWellFormed());
    expect(storable.length).toBeGreaterThan(3_000);
    const rows = await hub
      .owner()
      .execute<{ text: string; folded: string }[]>(
        'select t as text, fold_german(t) as folded from jsonb_array_elements_text(?::jsonb) as t',
        [JSON.stringify(storable)],
      );
    expect(rows.filter(({ text, folded }) => foldGerman(text) !== folded)).toEqual([]);
  });
});
