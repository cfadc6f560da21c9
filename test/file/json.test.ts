import { describe, expect, test } from 'vitest';
import { type JsonOptions, readJson } from '../../src/file/json-read.js';
import { DEFAULT_FILE_LIMITS } from '../../src/file/limits.rules.js';
import { findingReport } from '../../src/file/report.js';
import { all, fileOf } from '../support/files.js';

async function read(content: string | Buffer, options: JsonOptions & { name?: string; piece?: number } = {}) {
  const report = findingReport();
  const records = await all(readJson(fileOf(options.name ?? 't.json', content, options.piece), report, options));
  return {
    values: records.map(one => structuredClone(one.value)),
    rows: records.map(one => one.row),
    lists: records.map(one => one.list),
    found: report.summary().flatMap(one => one.findings.map(each => [each.code, each.row, each.value])),
  };
}

const A = { id: 'a', name: 'Köln "am" Rhein\n', tags: [1, [true, null]], nested: { x: -1.5e3 } };
const B = { id: 'b' };

describe('records are found', () => {
  test.each([
    ['in an array', JSON.stringify([A, B], null, 1), null],
    ['in a page', JSON.stringify({ total_items: 2, contents: [A, B], last: { page: true } }), 'contents'],
    ['one after the other', `${JSON.stringify(A, null, 2)}\n${JSON.stringify(B)}`, null],
  ])('%s, in pieces of any size', async (_, content, list) => {
    for (const piece of [1, 2, 3, 7, 10_000]) {
      const { values, rows, lists, found } = await read(content, { piece });
      expect({ values, rows, lists, found }).toEqual({ values: [A, B], rows: [1, 2], lists: [list, list], found: [] });
    }
  });

  test('in lists of several tables', async () => {
    const content = JSON.stringify({ 'organizations.csv': [A], 'services.csv': [B, A] });
    const { lists, rows } = await read(content, { isList: key => key.endsWith('.csv') });
    expect(lists).toEqual(['organizations.csv', 'services.csv', 'services.csv']);
    expect(rows).toEqual([1, 2, 3]);
  });

  test('as a single object, in which a list further down is none of records', async () => {
    const one = { id: 'x', data: { contents: [1] } };
    expect((await read(JSON.stringify(one))).values).toEqual([one]);
  });

  test('in NDJSON, where a bad line costs itself only', async () => {
    const content = `${JSON.stringify(A)}\n\n{"id": "x",}\n${JSON.stringify(B)}\r\n7 7\n{"id": "cut`;
    const { values, rows, found } = await read(content, { name: 't.ndjson', piece: 5 });
    expect(values).toEqual([A, B]);
    expect(rows).toEqual([1, 4]);
    expect(found.map(one => one.slice(0, 2))).toEqual([
      ['BAD_FORMAT', 3],
      ['BAD_FORMAT', 5],
      ['TRUNCATED', 6],
    ]);
  });

  test('with a byte-order mark and in Latin-1', async () => {
    expect((await read(`\ufeff${JSON.stringify([B])}`)).values).toEqual([B]);
    expect((await read(Buffer.from('[{"id": "Köln"}]', 'latin1'))).values).toEqual([{ id: 'Köln' }]);
  });

  test('without what no database takes: NUL and halves of characters', async () => {
    const { values } = await read(String.raw`[{"a": "x\u0000y", "b": "\ud83d", "c": "\ud83d\ude00", "d\u0000": 1}]`);
    expect(values).toEqual([{ a: 'x\ufffdy', b: '\ufffd', c: '😀', 'd\ufffd': 1 }]);
  });

  test('with numbers that stay what they are, and keys of any name', async () => {
    const { values } = await read('[{"n": 12345678901234567890, "m": 10092008082, "e": 1e999, "__proto__": 1}]');
    expect(Object.entries(values[0] as object)).toEqual([
      ['n', '12345678901234567890'],
      ['m', 10092008082],
      ['e', '1e999'],
      ['__proto__', 1],
    ]);
  });
});

describe('before a fault they are kept', () => {
  test.each([
    ['cut', '[{"id":"a"},{"id":"b"},{"id":"c', 'TRUNCATED', 3],
    ['cut between two', '[{"id":"a"},{"id":"b"},', 'TRUNCATED', 3],
    ['broken', '[{"id":"a"},{"id":"b"},{"id":c}]', 'BAD_FORMAT', 3],
    ['no JSON', '[{"id":"a"},{"id":"b"}]<html>', 'BAD_FORMAT', 3],
  ])('%s', async (_, content, code, row) => {
    for (const piece of [1, 10_000]) {
      const { values, found } = await read(content, { piece });
      expect(values).toEqual([{ id: 'a' }, { id: 'b' }]);
      expect(found.map(one => one.slice(0, 2))).toEqual([[code, row]]);
    }
  });
});

describe('limits hold', () => {
  const limits = { ...DEFAULT_FILE_LIMITS, jsonSize: 1000, jsonValues: 100, nesting: 8 };
  test.each([
    ['a long text', `[{"id":"a"},{"t":"${'x'.repeat(2000)}"}]`, 'TOO_LARGE'],
    ['a long key', `[{"id":"a"},{"${'x'.repeat(2000)}":1}]`, 'TOO_LARGE'],
    ['a long number', `[{"id":"a"},{"n":${'1'.repeat(2000)}}]`, 'TOO_LARGE'],
    ['many values', `[{"id":"a"},{"t":[${'1,'.repeat(200)}1]}]`, 'TOO_LARGE'],
    ['many empty objects', `[{"id":"a"},{"t":[${'{},'.repeat(200)}1]}]`, 'TOO_LARGE'],
    ['nesting', `[{"id":"a"},${'['.repeat(100)}${']'.repeat(100)}]`, 'TOO_MANY'],
  ])('%s', async (_, content, code) => {
    const { values, found } = await read(content, { limits });
    expect(values).toEqual([{ id: 'a' }]);
    expect(found.map(one => one[0])).toEqual([code]);
    const lines = await read(`{"id":"a"}\n${content.slice(12, -1)}\n{"id":"b"}\n`, { limits, name: 't.jsonl' });
    expect(lines.values).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(lines.found.map(one => one[0])).toEqual([code]);
  });

  test('of one record, not of all', async () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ id: `${i}`, t: 'x'.repeat(500) }));
    expect((await read(JSON.stringify(many), { limits })).values.length).toBe(500);
  });
});
