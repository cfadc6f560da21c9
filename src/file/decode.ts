import { isUtf8 } from 'node:buffer';
import { finding } from './finding.rules.js';
import type { FindingReport } from './report.js';
import { SourceFault } from './source-fault.js';
import type { SourceFile } from './source-file.js';

/**
 * The file as UTF-8 without byte-order mark, however it came.
 *
 * A mark decides. Without one, plain ASCII leaves it open until the first byte above 127: if the piece in which it
 * stands (64 KiB) is UTF-8, or mostly is, the file is; if not, all of it is Windows-1252, which refuses nothing but is what
 * spreadsheets write. Bytes of a UTF-8 file that are none are read as Windows-1252, and those alone. Either is told once per file, with the text around the first such place. NUL bytes in the first piece,
 * or a run of them later, are no text: `SourceFault`.
 */
export async function* utf8Of(file: SourceFile, report: FindingReport): AsyncIterable<Buffer> {
  let encoding: 'open' | 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be' = 'open';
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let rest: Buffer = EMPTY;
  let first = true;
  let told = false;
  const tell = (value: string) => {
    if (!told) report.add(finding({ file: file.name }, 'BAD_ENCODING', value));
    told = true;
  };

  for await (const piece of file.read()) {
    let bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    rest = EMPTY;
    if (first && bytes.length < 3) {
      rest = bytes;
      continue;
    }
    if (first) {
      first = false;
      const mark = MARKS.find(({ bytes: mark }) => bytes.subarray(0, mark.length).equals(mark));
      if (mark) {
        encoding = mark.encoding;
        bytes = bytes.subarray(mark.bytes.length);
        if (encoding !== 'utf-8') tell(encoding);
      } else if (bytes.includes(0)) throw new SourceFault('BAD_FORMAT', 'NUL');
    }
    if (encoding === 'utf-16le' || encoding === 'utf-16be') {
      decoder ??= new TextDecoder(encoding);
      yield Buffer.from(decoder.decode(bytes, { stream: true }));
      continue;
    }
    if (bytes.includes(NOTHING)) throw new SourceFault('BAD_FORMAT', 'NUL');
    if (encoding === 'windows-1252') {
      yield latin(bytes);
      continue;
    }
    const whole = bytes.length - cutCharacter(bytes);
    if (isUtf8(bytes.subarray(0, whole))) {
      rest = Buffer.from(bytes.subarray(whole));
      bytes = bytes.subarray(0, whole);
      if (encoding === 'open' && !isAsciiOnly(bytes)) encoding = 'utf-8';
      yield bytes;
      continue;
    }
    tell(placeOf(bytes));
    if (encoding === 'open') encoding = isMostlyUtf8(bytes) ? 'utf-8' : 'windows-1252';
    if (encoding === 'windows-1252') {
      yield latin(bytes);
    } else {
      rest = Buffer.from(bytes.subarray(whole));
      yield mended(bytes.subarray(0, whole));
    }
  }
  if (rest.length === 0) return;
  if (isUtf8(rest)) yield rest;
  else {
    tell(placeOf(rest));
    yield latin(rest);
  }
}

const EMPTY: Buffer = Buffer.alloc(0);
/** So many zero bytes in a row stand in no text. */
const NOTHING = Buffer.alloc(256);

const MARKS = [
  { encoding: 'utf-8', bytes: Buffer.from([0xef, 0xbb, 0xbf]) },
  { encoding: 'utf-16le', bytes: Buffer.from([0xff, 0xfe]) },
  { encoding: 'utf-16be', bytes: Buffer.from([0xfe, 0xff]) },
] as const;

const latin = (bytes: Buffer): Buffer => Buffer.from(WINDOWS_1252.decode(bytes));
const WINDOWS_1252 = new TextDecoder('windows-1252');

const isAsciiOnly = (bytes: Buffer): boolean => bytes.every(byte => byte < 0x80);

/** How many bytes at the end begin a character whose others are still to come. */
function cutCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < lengthFrom(byte) ? back : 0;
  }
  return 0;
}

/** How long a character is that begins with this byte; 0 where none does. */
function lengthFrom(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/** The length of the character at this place; 0 where there is none. */
function characterAt(bytes: Buffer, at: number): number {
  const length = lengthFrom(bytes[at]!);
  return length < 2 || (at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length))) ? length : 0;
}

/** Whether more characters beyond ASCII are UTF-8 than bytes are not. */
function isMostlyUtf8(bytes: Buffer): boolean {
  let balance = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = characterAt(bytes, i);
    if (length !== 1) balance += length > 1 ? 1 : -1;
    i += length || 1;
  }
  return balance > 0;
}

/** What is UTF-8 stays; each byte that is not is read as Windows-1252. */
function mended(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = characterAt(bytes, i);
    i += length || 1;
    if (length > 0) continue;
    parts.push(bytes.subarray(from, i - 1), latin(bytes.subarray(i - 1, i)));
    from = i;
  }
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}

const AROUND = 30;

/** The text around the first byte that is no UTF-8, as Windows-1252. */
function placeOf(bytes: Buffer): string {
  let at = 0;
  for (let length = characterAt(bytes, 0); length > 0; length = characterAt(bytes, at)) at += length;
  return WINDOWS_1252.decode(bytes.subarray(Math.max(0, at - AROUND), at + AROUND));
}
