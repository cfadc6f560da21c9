/**
 * Cells that a spreadsheet would take for a formula, also where it folds characters of full width. An apostrophe before them makes them text for it; the reader of
 * this room takes it away again. A cell that has apostrophes already before such a character gets one more, so that
 * every text comes back as it was. Plain numbers calculate nothing and stay numbers.
 */
const DANGEROUS = /^'*[=+\-@＝＋－＠\t\r]/;
const DEFUSED = /^'+[=+\-@＝＋－＠\t\r]/;
const PLAIN_NUMBER = /^[+-]?\d+([.,]\d+)?$/;

export const defused = (cell: string): string => (DANGEROUS.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell);

/** The inverse of `defused`. */
export const undefused = (cell: string): string => (DEFUSED.test(cell) ? cell.slice(1) : cell);

/** `\n` and `\r\n` written out, as some exports do; a doubled backslash before them is left alone. */
export const withBreaks = (cell: string): string =>
  cell.includes('\\') ? cell.replace(/(?<!\\)(?:\\r)?\\n/g, '\n') : cell;

/** The delimiter of a table, by its first line: what stands there most often outside quotes. */
export function delimiterOf(firstLine: string): Delimiter {
  const bare = firstLine.replace(/"(?:[^"]|"")*("|$)/g, '');
  const [best] = DELIMITERS.map(one => ({ one, count: bare.split(one).length })).sort((a, b) => b.count - a.count);
  return best!.one;
}

/** The first is meant where none stands there. */
export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];
