import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/file/csv-read.js';
import type { FileLimits } from '../../src/file/limits.rules.js';
import { findingReport } from '../../src/file/report.js';
import { openSource } from '../../src/file/source.js';
import { all, directoryOf, exchanged, scratch, zipOf } from '../support/files.js';

const { path, file, folder } = scratch();

/** Every file's first column, and what was found. */
async function read(at: string, limits?: Partial<FileLimits>) {
  const report = findingReport();
  const source = await openSource(at, report, { limits });
  const rows: Record<string, string[]> = {};
  for (const one of source.files)
    rows[one.name] = (await all(readCsv(one, report))).map(row => Object.values(row.values)[0]!);
  await source.close();
  const found = report.summary().flatMap(one => one.findings.map(each => [each.code, each.file]));
  return { kind: source.kind, rows, found, report, totalBytes: source.totalBytes };
}

const TABLE = 'id,name\n1,Köln\n2,Aachen\n';
const READ = ['1', '2'];

describe('a source', () => {
  test('is a folder with folders, a zip with the same, or one file', async () => {
    const files = { 'csv/b.csv': TABLE, 'a.csv': TABLE, '__MACOSX/._a.csv': 'x' };
    const rows = { 'a.csv': READ, 'csv/b.csv': READ };
    expect(await read(await folder(files))).toMatchObject({ kind: 'folder', rows, found: [] });
    expect(await read(await file('t.zip', await zipOf(files)))).toMatchObject({ kind: 'zip', rows, found: [] });
    expect(await read(await file('one.csv', TABLE))).toMatchObject({ kind: 'file', rows: { 'one.csv': READ } });
  });

  test('tells how much there is to read, and each piece that was read', async () => {
    let seen = 0;
    const report = findingReport();
    const source = await openSource(await file('told.zip', await zipOf({ 'a.csv': TABLE, 'b.csv': TABLE })), report, {
      onBytes: bytes => {
        seen += bytes;
      },
    });
    for (const one of source.files) await all(one.read());
    await source.close();
    expect([seen, source.totalBytes]).toEqual([2 * Buffer.byteLength(TABLE), 2 * Buffer.byteLength(TABLE)]);
  });

  test.each([
    ['that is not there', 'absent.csv'],
    ['that is a device', '/dev/zero'],
  ])('%s is a finding', async (_, at) => {
    const { rows, found } = await read(at.startsWith('/') ? at : await path(at));
    expect(rows).toEqual({});
    expect(found).toEqual([['UNREADABLE', at.split('/').at(-1)]]);
  });
});

describe('what leads out is not followed', () => {
  test('links in a folder', async () => {
    const at = await folder({ 'a.csv': TABLE });
    const secret = await folder({ 'secret.csv': TABLE });
    await symlink(`${secret}/secret.csv`, `${at}/b.csv`);
    await symlink(secret, `${at}/c`);
    const { rows, found } = await read(at);
    expect(rows).toEqual({ 'a.csv': READ });
    expect(found).toEqual([
      ['SYMLINK', 'b.csv'],
      ['SYMLINK', 'c'],
    ]);
  });

  test('a file that becomes a link after it was listed', async () => {
    const at = await folder({ 'a.csv': TABLE });
    const report = findingReport();
    const source = await openSource(at, report);
    const { rm } = await import('node:fs/promises');
    await rm(`${at}/a.csv`);
    await symlink('/etc/hostname', `${at}/a.csv`);
    expect(await all(readCsv(source.files[0]!, report))).toEqual([]);
    expect(report.count('UNREADABLE')).toBe(1);
  });

  test('links in a zip', async () => {
    const zip = await zipOf({ 'b.csv': '/etc/passwd' }, { mode: 0o120777 });
    expect(await read(await file('link.zip', zip))).toMatchObject({ rows: {}, found: [['SYMLINK', 'b.csv']] });
  });

  test.each(['../../x.csv', '/a/b/x.csv', 'a/../..csv', 'C:/a/x.csv', '..\\..\\x.csv'])('the path %s', async name => {
    const harmless = 'q'.repeat(name.length);
    const zip = exchanged(await zipOf({ [harmless]: TABLE, 'good.csv': TABLE }), harmless, name);
    const { rows, report } = await read(await file('climbs.zip', zip));
    expect(rows).toEqual({ 'good.csv': READ });
    expect(report.count('UNSAFE_PATH')).toBe(1);
  });
});

describe('what is too much is refused before it is read', () => {
  test('four gigabytes of nothing', async () => {
    const at = await folder({ 'a.csv': TABLE });
    await writeFile(`${at}/nothing.csv`, '');
    await truncate(`${at}/nothing.csv`, 4 * 2 ** 30);
    expect(await read(at)).toMatchObject({ rows: { 'a.csv': READ }, found: [['TOO_LARGE', 'nothing.csv']] });
    expect((await read(`${at}/nothing.csv`)).found).toEqual([['TOO_LARGE', 'nothing.csv']]);
    await truncate(`${at}/nothing.csv`, 2 ** 30);
    expect((await read(at)).found).toEqual([['BAD_FORMAT', 'nothing.csv']]);
  });

  test('a zip bomb, by what its directory says', async () => {
    const bomb = await zipOf({ 'bomb.csv': Buffer.alloc(20 * 2 ** 20, 'a'), 'good.csv': TABLE });
    expect(bomb.length).toBeLessThan(50_000);
    expect(await read(await file('bomb.zip', bomb))).toMatchObject({
      rows: { 'good.csv': READ },
      found: [['RATIO', 'bomb.csv']],
    });
    // Each entry alone is small enough; all of them are not.
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.csv`, Buffer.alloc(2 ** 20, 'a')]));
    expect(await read(await file('many.zip', await zipOf(many)))).toMatchObject({
      rows: {},
      found: [['RATIO', 'many.zip']],
    });
  });

  test('a zip bomb that lies about its size', async () => {
    const bomb = await zipOf({
      'bomb.csv': Buffer.concat([Buffer.from('id,name\n1,x\n'), Buffer.alloc(50 * 2 ** 20, 'a')]),
    });
    bomb.writeUInt32LE(100, directoryOf(bomb) + 24);
    const { found } = await read(await file('liar.zip', bomb));
    expect(found).toEqual([['BAD_ARCHIVE', 'bomb.csv']]);
  });

  test('files, bytes and levels', async () => {
    const files = { 'a.csv': TABLE, 'b.csv': TABLE, 'c/d/e.csv': TABLE };
    const size = Buffer.byteLength(TABLE);
    for (const at of [await folder(files), await file('limits.zip', await zipOf(files))]) {
      const codes = async (limits: Partial<FileLimits>) => (await read(at, limits)).found.map(one => one[0]);
      expect(await codes({ entries: 2 })).toEqual(['TOO_MANY']);
      expect(await codes({ totalBytes: 2 * size })).toEqual(['TOO_LARGE']);
      expect(await codes({ fileBytes: size - 1 })).toEqual(['TOO_LARGE', 'TOO_LARGE', 'TOO_LARGE']);
      expect(await codes({ depth: 1 })).toEqual(['TOO_MANY']);
      expect(await codes({ depth: 3, entries: 5, totalBytes: 3 * size, fileBytes: size })).toEqual([]);
    }
  });
});

describe('a damaged zip', () => {
  const big = `id,name\n${Array.from({ length: 20_000 }, (_, i) => `${i},${(i * 7919) % 10007}\n`).join('')}`;

  test('that is cut has no directory', async () => {
    const zip = await zipOf({ 'a.csv': big });
    const { found } = await read(await file('cut.zip', zip.subarray(0, zip.length / 2)));
    expect(found).toEqual([['TRUNCATED', 'cut.zip']]);
  });

  test('in the middle of an entry keeps the rows before, and the other entries', async () => {
    const zip = await zipOf({ 'a.csv': big, 'b.csv': TABLE });
    zip.fill(0xff, 30_000, 30_100);
    const { rows, found } = await read(await file('damaged.zip', zip));
    expect(rows['b.csv']).toEqual(READ);
    expect(rows['a.csv']!.length).toBeGreaterThan(1000);
    expect(rows['a.csv']!.slice(0, 3)).toEqual(['0', '1', '2']);
    expect(found).toContainEqual(['BAD_ARCHIVE', 'a.csv']);
  });

  test('whose bytes were exchanged is found by the checksum', async () => {
    const zip = exchanged(await zipOf({ 'a.csv': TABLE }, { compress: false }), 'Aachen', 'Achern');
    expect((await read(await file('exchanged.zip', zip))).found).toEqual([['BAD_ARCHIVE', 'a.csv']]);
  });

  test('encrypted, twice the same name, no zip at all', async () => {
    const locked = await zipOf({ 'a.csv': TABLE, 'b.csv': TABLE });
    locked.writeUInt16LE(locked.readUInt16LE(directoryOf(locked) + 8) | 1, directoryOf(locked) + 8);
    expect(await read(await file('locked.zip', locked))).toMatchObject({
      rows: { 'b.csv': READ },
      found: [['ENCRYPTED', 'a.csv']],
    });
    const twice = exchanged(await zipOf({ 'a.csv': TABLE, 'b.csv': TABLE }), 'b.csv', 'a.csv');
    expect(await read(await file('twice.zip', twice))).toMatchObject({
      rows: { 'a.csv': READ },
      found: [['DUPLICATE_FILE', 'a.csv']],
    });
    expect((await read(await file('none.zip', deflateRawSync(Buffer.from('nothing'))))).rows).toEqual({});
    expect((await read(await file('none.zip', 'nothing'))).found).toEqual([['NO_ARCHIVE', 'none.zip']]);
    expect((await read(await file('empty.zip', ''))).found).toEqual([['EMPTY', 'empty.zip']]);
    expect((await read(await file('empty.csv', ''))).found).toEqual([['EMPTY', 'empty.csv']]);
    await mkdir(await path('folder.zip'), { recursive: true });
    expect((await read(await path('folder.zip'))).kind).toBe('folder');
  });
});
