import { expect, test } from 'vitest';
import { isPlainLanguage } from '../../src/shared/language.rules.js';

test.each([
  ['de', true],
  ['gsg', true],
  ['pt-BR', true],
  ['es-419', true],
  ['de-x-muster', false],
  ['de-Anna', false],
  ['de-1996', false],
  ['de-muster', false],
  ['de-DE-u-nu-latn', false],
  ['zh-Hant-TW', false],
])('%s is of language and country only: %s', (tag, plain) => {
  expect(isPlainLanguage(tag)).toBe(plain);
});
