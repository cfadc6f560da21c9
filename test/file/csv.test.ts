import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvOptions, readCsv } from '../../src/file/csv-read.js';
import { type CsvWriteOptions, writeCsv } from '../../src/file/csv-write.js';
import { DEFAULT_FILE_LIMITS } from '../../src/file/limits.rules.js';
import { findingReport } from '../../src/file/report.js';
import { all, fileOf } from '../support/files.js';

async function read(content: string | Buffer, options: CsvOptions & { piece?: number } = {}) {
  const report = findingReport();
  const rows = await all(readCsv(fileOf('t.csv', content, options.piece), report, options));
  const findings = report.summary().flatMap(one => one.findings);
  return {
    rows: rows.map(({ row, values }) => [row, ...Object.values(values)]),
    columns: Object.keys(rows[0]?.values ?? {}),
    found: findings.map(one => [one.code, one.row, one.value]),
    report,
  };
}

describe('a table', () => {
  test.each([
    ['comma', 'id,name\n1,"a,b"\n'],
    ['semicolon', 'id;name\r\n1;a,b\r\n'],
    ['tab', 'id\tname\n1\ta,b'],
    ['byte-order mark', '\ufeffid;name\n1;a,b\n'],
    ['the line that tells spreadsheets', 'sep=;\nid;name\n1;a,b\n'],
    ['line ends of all kinds', 'id;name\n1;a,b\r\n'],
  ])('is read with %s', async (_, content) => {
    const { rows, columns, found } = await read(content);
    expect([columns, rows.map(row => row.slice(1)), found]).toEqual([['id', 'name'], [['1', 'a,b']], []]);
  });

  test('counts rows as a spreadsheet does', async () => {
    const { rows } = await read('id,text\n1,"two\nlines"\n\n2,x\n');
    expect(rows).toEqual([
      [2, '1', 'two\nlines'],
      [4, '2', 'x'],
    ]);
  });

  test('in pieces of any size is the same', async () => {
    const content = 'id;größe\n1;"ü\r\n""x"""\n2;ß\n';
    for (let piece = 1; piece < 12; piece++)
      expect((await read(content, { piece })).rows).toEqual([
        [2, '1', 'ü\r\n"x"'],
        [3, '2', 'ß'],
      ]);
  });

  test('with a written-out line break has one, and says so', async () => {
    const { rows, found } = await read('id,text\n1,a\\nb\n2,C:\\\\name\n');
    expect(rows).toEqual([
      [2, '1', 'a\nb'],
      [3, '2', 'C:\\\\name'],
    ]);
    expect(found).toEqual([['LITERAL_ESCAPE', 2, 'a\\nb']]);
    expect((await read('id,text\n1,a\\nb\n', { literalBreaks: false })).rows).toEqual([[2, '1', 'a\\nb']]);
  });

  test('with a column twice keeps both', async () => {
    const { columns, found } = await read('fees,fees,\n1,2,3\n');
    expect(columns).toEqual(['fees', 'fees 2', 'column 3']);
    expect(found).toEqual([['DUPLICATE_COLUMN', 1, 'fees']]);
  });

  test('with a column named like a property of objects', async () => {
    const report = findingReport();
    const [row] = await all(readCsv(fileOf('t.csv', '__proto__,id\nx,1\n'), report));
    expect(Object.entries(row!.values)).toEqual([
      ['__proto__', 'x'],
      ['id', '1'],
    ]);
  });
});

describe('what is broken costs itself only', () => {
  test('too few and too many cells', async () => {
    const { rows, found } = await read('id,a,b\n1,x\n2,x,y\n3,x,y,z\n4,x,y,,\n');
    expect(rows.map(row => row[1])).toEqual(['2', '4']);
    expect(found).toEqual([
      ['COLUMN_COUNT', 2, '2 of 3: 1 | x'],
      ['COLUMN_COUNT', 4, '4 of 3: z'],
    ]);
  });

  test('a quote in the wrong place', async () => {
    const { rows, found } = await read('id,a\n1,x\n2,"Haus "Sonne" e.V."\n3,y\n4,Haus "Mond"\n5,z\n');
    expect(rows.map(row => row[1])).toEqual(['1', '3', '5']);
    expect(found.map(one => one.slice(0, 2))).toEqual([
      ['BAD_FORMAT', 3],
      ['BAD_FORMAT', 5],
    ]);
  });

  test('a quote never closed does not swallow what follows', async () => {
    for (const piece of [3, 1000]) {
      const { rows, found } = await read('id,a\n1,x\n2,"open\n3,y\n4,z\n', { piece });
      expect(rows.map(row => [row[0], row[1]])).toEqual([
        [2, '1'],
        [4, '3'],
        [5, '4'],
      ]);
      expect(found).toEqual([['BAD_FORMAT', 3, 'quote never closed']]);
    }
  });

  test.each([
    ['in a quoted cell', 'id,a\n1,x\n2,"cut he', 'quote never closed'],
    ['before the last cell', 'id,a\n1,x\n2', '1 of 2: 2'],
  ])('a file cut %s keeps the rows before', async (_, content, value) => {
    const { rows, found } = await read(content);
    expect(rows).toEqual([[2, '1', 'x']]);
    expect(found).toEqual([['TRUNCATED', 3, value]]);
  });

  test('a row and a cell beyond the limits', async () => {
    const limits = { ...DEFAULT_FILE_LIMITS, recordSize: 5000, cellSize: 100 };
    const huge = `id,a\n1,x\n2,${'y'.repeat(20_000)}\n3,${'z'.repeat(101)}\n4,x\n5,"${'q'.repeat(20_000)}\n6,x\n`;
    const { rows, found } = await read(huge, { limits, piece: 1000 });
    expect(rows.map(row => row[1])).toEqual(['1', '4', '6']);
    expect(found).toEqual([
      ['TOO_LARGE', 3, 'row'],
      ['TOO_LARGE', 4, '101 characters'],
      ['TOO_LARGE', 6, 'row'],
    ]);
  });

  test('millions of empty cells are one row that is too long', async () => {
    const limits = { ...DEFAULT_FILE_LIMITS, recordSize: 100_000 };
    const { rows, report } = await read(`id,a\n${','.repeat(3_000_000)}\n1,x\n`, { limits });
    expect(rows).toEqual([[3, '1', 'x']]);
    expect(report.count('TOO_LARGE')).toBe(1);
  });

  test('a NUL refuses its row; nothing but NUL the file', async () => {
    const { rows, found } = await read(`id,a\n1,x\n2,${'y'.repeat(100)}\n3,a\0b\n4,x\n`, { piece: 64 });
    expect(rows.map(row => row[1])).toEqual(['1', '2', '4']);
    expect(found).toEqual([['BAD_FORMAT', 4, 'a\\u0000b']]);
    const nothing = await read(Buffer.alloc(1000));
    expect([nothing.rows, nothing.found]).toEqual([[], [['BAD_FORMAT', null, 'NUL']]]);
  });

  test('many faults in long pieces do not end the reading', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => (i % 2 ? `${i},"a"b` : `${i},${'x'.repeat(100)}`));
    const { rows, report } = await read(`id,a\n${lines.join('\n')}\n`, { piece: 2 ** 20 });
    expect([rows.length, report.count('BAD_FORMAT'), report.total]).toEqual([15_000, 15_000, 15_000]);
  });

  test('3,000 of 100,000 rows: all others are there, and the report stays small', async () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => (i % 100 < 3 ? `${i},"a"b,c` : `${i},"Beratung, ${i}",c`));
    const { rows, report } = await read(`id,name,x\n${lines.join('\n')}\n`);
    expect(rows.length).toBe(97_000);
    expect(new Set(rows.map(row => row[1])).size).toBe(97_000);
    expect(rows.at(-1)).toEqual([100_001, '99999', 'Beratung, 99999', 'c']);
    expect(report.count('BAD_FORMAT')).toBe(3000);
    expect(report.summary()[0]!.findings.length).toBe(20);
  });
});

describe('encodings', () => {
  test('Latin-1 is read as Windows-1252 and told once', async () => {
    const latin = Buffer.from('id;ort\n1;Köln\n2;Düren\n', 'latin1');
    const { rows, found } = await read(latin);
    expect(rows.map(row => row[2])).toEqual(['Köln', 'Düren']);
    expect(found).toEqual([['BAD_ENCODING', null, 'id;ort\\n1;Köln\\n2;Düren\\n']]);
    expect((await read(Buffer.from([...Buffer.from('a\n'), 0x80]))).rows).toEqual([[2, '€']]);
  });

  test('what looks like UTF-8 in a Latin-1 file is not taken for it', async () => {
    const latin = Buffer.from('id;ort\n1;Köln\n2;Spaß\x93\n', 'latin1');
    expect((await read(latin)).rows.map(row => row[2])).toEqual(['Köln', 'Spaß“']);
  });

  test('UTF-8 stays UTF-8 where foreign bytes come later', async () => {
    const mixed = Buffer.concat([
      Buffer.from(`id;ort\n1;Köln\n${'2;Münster\n'.repeat(20)}`),
      Buffer.from('3;Düren\n', 'latin1'),
      Buffer.from('4;Größe\n'),
    ]);
    for (const piece of [7, 64, 1000]) {
      const { rows, report } = await read(mixed, { piece });
      expect(rows.slice(-2).map(row => row[2])).toEqual(['Düren', 'Größe']);
      expect(rows[0]![2]).toBe('Köln');
      expect(report.count('BAD_ENCODING')).toBe(1);
    }
  });

  test('UTF-16 with its mark', async () => {
    const { rows, found } = await read(Buffer.from('\ufeffid;ort\n1;Köln\n', 'utf16le'));
    expect(rows).toEqual([[2, '1', 'Köln']]);
    expect(found).toEqual([['BAD_ENCODING', null, 'utf-16le']]);
  });
});

describe('what is written', () => {
  const written = async (rows: string[][], columns: string[], options?: CsvWriteOptions) =>
    Buffer.concat(await all(writeCsv(columns, rows, options)));

  test('can trick no spreadsheet', async () => {
    const cells = ['＝1+1', '＋1', '－1', '＠x', '=1+1', '+49 234', '-x', '@sum', '\tx', "'=1", '-5.25', '7', 'a=b'];
    const text = (
      await written(
        [cells],
        cells.map((_, i) => `c${i}`),
      )
    ).toString();
    expect(text.split('\r\n')[1]).toBe("'＝1+1,'＋1,'－1,'＠x,'=1+1,'+49 234,'-x,'@sum,'\tx,''=1,-5.25,7,a=b");
  });

  test('with semicolon and mark, for Excel', async () => {
    expect((await written([['ä;', 'b']], ['x', 'y'], { delimiter: ';', byteOrderMark: true })).toString()).toBe(
      '\ufeffx;y\r\n"ä;";b\r\n',
    );
  });

  test('is read back exactly, whatever it is', async () => {
    const piece = fc.constantFrom(
      '＝',
      '＠',
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      "'",
      '"',
      ',',
      ';',
      '\\n',
      'ä',
      '5',
      '',
    );
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }).map(text => text.toWellFormed().replaceAll('\0', '')),
      fc.array(piece, { maxLength: 5 }).map(parts => parts.join('')),
    );
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain(width => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(
        tables,
        fc.constantFrom<(',' | ';' | '\t')[]>(',', ';', '\t'),
        fc.boolean(),
        async (rows, delimiter, byteOrderMark) => {
          const columns = rows[0]!.map((_, i) => `c${i}`);
          const report = findingReport();
          const bytes = await written(rows, columns, { delimiter, byteOrderMark });
          const back = await all(readCsv(fileOf('t.csv', bytes), report, { delimiter, literalBreaks: false }));
          expect(back.map(one => Object.values(one.values))).toEqual(rows);
          expect(report.total).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
