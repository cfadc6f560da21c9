import { describe, expect, test } from 'vitest';
import type { JsonValue, RecordDocument } from '../../src/record/record.rules.js';
import { faultsOfService } from '../../src/service/service-faults.rules.js';

const OFFER: RecordDocument = {
  name: 'Sprachkurs',
  status: 'ACTIVE',
  categories: ['language-course'],
  needs: ['refugee'],
  languages: ['de', 'uk', 'gsg'],
  interpretation: false,
  deliveryModes: ['ON_SITE'],
  minimumAge: 18,
  maximumAge: 65,
  criteria: [{ effect: 'REQUIRES', needs: ['refugee'], text: 'mit Aufenthaltserlaubnis' }],
  costs: [{ amountCents: 0, currency: 'EUR', free: true, validFrom: '2026-01-01', validTo: '2026-01-01' }],
  requiredDocuments: [{ name: 'Ausweis', url: 'https://anker.example/ausweis' }],
  feedbackLevel: 'STATUS',
  serviceArea: ['05', '05334', '05334002'],
  contacts: [{ responsibility: 'Anmeldung', email: 'a@anker.example', languages: ['tr'] }],
};
const pathsOf = (own: RecordDocument, changed?: readonly string[]): string[] =>
  faultsOfService({ ...OFFER, ...own }, changed).map(({ path }) => path.join('.'));

test('a text of several lines may hold line breaks, tabs and what Arabic and emojis need', () => {
  expect(pathsOf({ description: 'Eins\r\n\tzwei\n\n‏عربي‎ 👩‍👧 \u00ad' })).toEqual([]);
});

test('a whole offer has no fault', () => {
  expect(faultsOfService(OFFER)).toEqual([]);
});

const many = (count: number, value: JsonValue): JsonValue => Array.from({ length: count }, () => value);

describe('a fault stands at its field', () => {
  test.each<[string, RecordDocument]>([
    ['name', { name: null }],
    ['name', { name: 'X' }],
    ['name', { name: 'x'.repeat(201) }],
    ['name', { name: ' Kurs' }],
    ['name', { name: '…' }],
    ['name', { name: 'Kurs\u202efdp' }],
    ['name', { name: 'Kurs\u0007' }],
    ['name', { name: 'Kurs\nBcc' }],
    ['description', { description: 'Kurs\u0001' }],
    ['description', { description: 'Kurs\u0085' }],
    ['howToApply', { howToApply: 'Kurs\u202efdp' }],
    ['costs.0.description', { costs: [{ currency: 'EUR', free: true, description: '\u2066Beitrag' }] }],
    ['name', { name: 'Kurs\u200b' }],
    ['description', { description: 'x'.repeat(4_001) }],
    ['description', { description: 'a\0b' }],
    ['description', { description: ['a'] }],
    ['status', { status: 'OPEN' }],
    ['intakePausedUntil', { intakePausedUntil: '2026-02-30' }],
    ['intakePausedUntil', { intakePausedUntil: '0000-01-01' }],
    ['categories', { categories: [] }],
    ['categories', { categories: many(21, 'a') }],
    ['categories.0', { categories: ['Ein Kurs'] }],
    ['languages', { languages: [] }],
    ['languages.1', { languages: ['de', 'deutsch'] }],
    ['languages.0', { languages: ['DE'] }],
    ['interpretation', { interpretation: null }],
    ['deliveryModes.0', { deliveryModes: ['FAX'] }],
    ['minimumAge', { minimumAge: -1 }],
    ['minimumAge', { minimumAge: 17.5 }],
    ['maximumAge', { maximumAge: 121 }],
    ['maximumAge', { minimumAge: 40, maximumAge: 39 }],
    ['criteria.0.effect', { criteria: [{ effect: 'MAYBE', text: 'x1' }] }],
    ['criteria.0.text', { criteria: [{ effect: 'REQUIRES' }] }],
    ['criteria.0.text', { criteria: [{ effect: 'REQUIRES', needs: [], text: '' }] }],
    ['criteria.0.rule', { criteria: [{ effect: 'REQUIRES', text: 'A1', rule: 'x' }] }],
    ['criteria', { criteria: many(31, { effect: 'REQUIRES', text: 'A1' }) }],
    ['costs.0.amountCents', { costs: [{ amountCents: -1, currency: 'EUR', free: false }] }],
    ['costs.0.amountCents', { costs: [{ amountCents: 1e12, currency: 'EUR', free: false }] }],
    ['costs.0.free', { costs: [{ amountCents: 1, currency: 'EUR', free: true }] }],
    ['costs.0.currency', { costs: [{ amountCents: 1, currency: 'Euro', free: false }] }],
    ['costs.0.unit', { costs: [{ amountCents: 1, currency: 'EUR', free: false, unit: 'LIFE' }] }],
    ['costs.0.validTo', { costs: [{ currency: 'EUR', free: true, validFrom: '2026-02-01', validTo: '2026-01-31' }] }],
    ['costs.0', { costs: ['gratis'] }],
    ['requiredDocuments.0.name', { requiredDocuments: [{ url: 'https://anker.example' }] }],
    ['requiredDocuments.0.url', { requiredDocuments: [{ name: 'Antrag', url: 'javascript:alert(1)' }] }],
    ['howToApply', { howToApply: 'x'.repeat(2_001) }],
    ['feedbackLevel', { feedbackLevel: null }],
    ['serviceArea.1', { serviceArea: ['05', '17'] }],
    ['serviceArea.0', { serviceArea: ['0533'] }],
    ['serviceArea', { serviceArea: many(501, '05') }],
    ['contacts.0.responsibility', { contacts: [{ name: 'Eva Blau' }] }],
    ['contacts.0.name', { contacts: [{ name: 'Eva\u202e', responsibility: 'Anmeldung' }] }],
    ['contacts.0.email', { contacts: [{ responsibility: 'Anmeldung', email: 'x' }] }],
    ['contacts.0.phone', { contacts: [{ responsibility: 'Anmeldung', phone: 'x' }] }],
    ['contacts.0.languages.0', { contacts: [{ responsibility: 'Anmeldung', languages: ['x'] }] }],
    ['contacts', { contacts: many(21, { responsibility: 'Anmeldung' }) }],
    ['email', { email: 'x@y' }],
    ['phone', { phone: '12' }],
    ['website', { website: `https://anker.example/${'x'.repeat(500)}` }],
  ])('%s', (path, own) => {
    expect(pathsOf(own)).toEqual([path]);
    for (const { message } of faultsOfService({ ...OFFER, ...own })) expect(message).toMatch(/^[A-ZÄÖÜ].*\.$/s);
  });
});

test('all of them are told at once', () => {
  const paths = pathsOf({ name: '', minimumAge: 200, languages: [] });
  expect(new Set(paths)).toEqual(new Set(['name', 'minimumAge', 'maximumAge', 'languages']));
});

test('what is not active may lack a kind and a language', () => {
  for (const status of ['PAUSED', 'CLOSED']) expect(pathsOf({ status, categories: [], languages: [] })).toEqual([]);
});

test('an old fault keeps nobody from mending another, but what belongs together is looked at together', () => {
  expect(pathsOf({ name: '', website: 'alt' }, ['description'])).toEqual([]);
  expect(pathsOf({ languages: [] }, ['name'])).toEqual([]);
  expect(pathsOf({ languages: [] }, ['status'])).toEqual(['languages']);
  expect(pathsOf({ minimumAge: 50, maximumAge: 40 }, ['minimumAge'])).toEqual(['minimumAge']);
});
