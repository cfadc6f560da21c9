import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FINDING_CODES, finding, SEVERITIES, shownValue } from '../../src/file/finding.rules.js';
import { findingFile } from '../../src/file/finding-file.js';
import { findingReport } from '../../src/file/report.js';
import { scratch } from '../support/files.js';

const { path } = scratch();

describe('a finding', () => {
  test('shows a value shortened and harmless', () => {
    expect(shownValue('a\u001b[31m\n\t\u202eb')).toBe('a\\u001b[31m\\n\\t\\u202eb');
    expect(shownValue('x'.repeat(1000))).toBe(`${'x'.repeat(199)}…`);
    expect(shownValue('\u0000'.repeat(1000)).length).toBeLessThanOrEqual(200);
    expect(shownValue('😀'.repeat(1000)).isWellFormed()).toBe(true);
    expect([shownValue('\ud800'), shownValue({ a: 1 }), shownValue(undefined)]).toEqual(['\ufffd', '{"a":1}', '']);
  });

  test('has a severity, a description and a German sentence for each code', () => {
    for (const [code, { severity, description, german }] of Object.entries(FINDING_CODES)) {
      expect(SEVERITIES, code).toContain(severity);
      expect(description, code).toMatch(/^[A-Z].*\.$/);
      expect(german, code).toMatch(/^[A-ZÄÖÜ].*\.$/);
    }
    expect(Object.keys(FINDING_CODES)).toEqual(Object.keys(FINDING_CODES).sort());
  });
});

test('a report counts all and keeps the first', () => {
  const report = findingReport({ kept: 2 });
  for (let row = 1; row <= 100_000; row++) report.add(finding({ file: 'a.csv', row }, 'MISSING_ID'));
  report.add(finding({ file: 'a.csv' }, 'UNKNOWN_COLUMN', 'x'));
  report.add(finding({ file: 'a.csv' }, 'BAD_FORMAT', 'x', 'WARNING'));
  expect(
    report
      .summary()
      .map(({ code, severity, count, findings }) => [code, severity, count, findings.map(one => one.row)]),
  ).toEqual([
    ['BAD_FORMAT', 'WARNING', 1, [null]],
    ['MISSING_ID', 'WARNING', 100_000, [1, 2]],
    ['UNKNOWN_COLUMN', 'NOTICE', 1, [null]],
  ]);
  expect([report.total, report.hasErrors, report.severities.WARNING]).toEqual([100_002, false, 100_001]);
  expect(report.summary()[0]!.severities).toEqual({ ERROR: 0, WARNING: 1, NOTICE: 0 });
  report.add(finding({ file: 'a.csv' }, 'BAD_FORMAT'));
  expect(report.summary()[0]!.severities).toEqual({ ERROR: 1, WARNING: 1, NOTICE: 0 });
  expect([report.hasErrors, report.summary()[0]!.severity]).toEqual([true, 'ERROR']);
});

test('a file of findings holds every one', async () => {
  const at = await path('findings.ndjson');
  const file = findingFile(at);
  const report = findingReport({ kept: 1, sink: file.add });
  for (let row = 1; row <= 10_000; row++) report.add(finding({ file: 'a.csv', row, column: 'id' }, 'MISSING_ID', 'ä'));
  file.close();
  const lines = (await readFile(at, 'utf8')).trimEnd().split('\n');
  expect(lines.length).toBe(10_000);
  expect(JSON.parse(lines[9_999]!)).toEqual({
    file: 'a.csv',
    row: 10_000,
    column: 'id',
    code: 'MISSING_ID',
    severity: 'WARNING',
    value: 'ä',
  });
});
