import { expect, test } from 'vitest';
import { faultsOfJobOpening } from '../../src/job-opening/job-opening-faults.rules.js';
import { JOB_OPENING_RECORD } from '../../src/job-opening/job-opening-record.rules.js';
import { completed, type RecordDocument } from '../../src/record/record.rules.js';

const NOW = new Date('2026-11-22T23:30:00Z'); // the 23rd in Berlin
const least = { title: 'Küchenhilfe', occupation: '29301', validUntil: '2026-12-31' };

const pathsOf = (document: RecordDocument, changed?: string[]) =>
  faultsOfJobOpening(completed(JOB_OPENING_RECORD, { ...least, ...document }), NOW, changed).map(({ path }) =>
    path.join('.'),
  );

test.each<[string, RecordDocument]>([
  ['a title and an occupation', {}],
  ['hours and pay', { hoursFrom: 0.5, hoursTo: 48, payFromCents: 1450, payPer: 'HOUR' }],
  ['the same from and to', { hoursFrom: 20, hoursTo: 20, payFromCents: 5_000, payToCents: 5_000, payPer: 'MONTH' }],
  ['the least that is paid, in publicly subsidised employment', { payFromCents: 100, payPer: 'HOUR' }],
  ['a start that is over', { startsOn: '2025-01-01' }],
  ['a term of a day', { startsOn: '2027-01-01', fixedTermUntil: '2027-01-01' }],
  ['today as its last day', { validUntil: '2026-11-23' }],
  ['an end long ago, when it is filled', { validUntil: '2020-01-01', status: 'FILLED' }],
])('%s are enough', (_, document) => {
  expect(pathsOf(document)).toEqual([]);
});

test.each<[string, RecordDocument]>([
  ['title', { title: 'X' }],
  ['title', { title: null }],
  ['occupation', { occupation: '99' }],
  ['occupation', { occupation: null }],
  ['occupation', { occupation: 29301 }],
  ['description', { description: 'x'.repeat(4001) }],
  ['status', { status: 'GONE' }],
  ['positions', { positions: 0 }],
  ['positions', { positions: 1.5 }],
  ['hoursFrom', { hoursFrom: 0 }],
  ['hoursTo', { hoursTo: 48.5 }],
  ['hoursTo', { hoursFrom: 30, hoursTo: 20 }],
  ['payFromCents', { payFromCents: 0, payPer: 'HOUR' }],
  ['payFromCents', { payFromCents: 1, payPer: 'HOUR' }],
  ['payToCents', { payToCents: 13, payPer: 'HOUR' }],
  ['payFromCents', { payFromCents: 1450, payPer: 'MONTH' }],
  ['startsOn', { startsOn: '0001-01-01' }],
  ['startsOn', { startsOn: '9999-12-31' }],
  ['requirements', { requirements: 'Führer\u202eschein' }],
  ['payToCents', { payFromCents: 1500, payToCents: 1400, payPer: 'HOUR' }],
  ['payPer', { payFromCents: 1500 }],
  ['payPer', { payPer: 'HOUR' }],
  ['payPer', { payFromCents: 1500, payPer: 'YEAR' }],
  ['startsOn', { startsOn: '2027-02-29' }],
  ['fixedTermUntil', { startsOn: '2027-01-02', fixedTermUntil: '2027-01-01' }],
  ['validUntil', { validUntil: '2026-11-22' }],
  ['validUntil', { validUntil: '2027-11-25' }],
  ['validUntil', { validUntil: null }],
  ['languages.0', { languages: ['deutsch'] }],
  ['needs.0', { needs: ['Not A Code'] }],
  ['requirements', { requirements: 'x'.repeat(2001) }],
  ['collectiveAgreement', { collectiveAgreement: 'zwei\nZeilen' }],
])('%s is at fault in %o', (path, document) => {
  expect(pathsOf(document)).toEqual([path]);
});

test('an old fault keeps nobody from mending another field, and is told with the field that it is about', () => {
  const over = { validUntil: '2026-01-01' };
  expect(pathsOf(over, ['description'])).toEqual([]);
  expect(pathsOf(over, ['status'])).toEqual(['status']);
  expect(pathsOf({ hoursFrom: 30, hoursTo: 20 }, ['hoursFrom'])).toEqual(['hoursFrom']);
});
