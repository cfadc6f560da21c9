import type { Delimiter } from './cell.rules.js';
import { csvParser } from './csv-parser.js';

/** A record, or of what is none the reason. */
export type CsvRecord = { cells: string[] } | { fault: RecordFault };
/** A quote in the wrong place; one that is never closed; more than `recordSize`; a fault after which nothing is read. */
export type RecordFault = 'QUOTE' | 'OPEN_QUOTE' | 'CUT' | 'TOO_LARGE' | 'GIVEN_UP';

/** Faults in long records make earlier pieces be read again: so many bytes at most, or it might go on for ever. */
const READ_AGAIN = 2 ** 30;
const NEWLINE = 10;

/**
 * Cuts UTF-8 into records. One that cannot be read costs its first line only: reading goes on with the next line, so
 * that one open quote does not swallow the rest of the file. For that the bytes since the last good record are held,
 * `recordSize` of them and one piece more.
 */
export async function* csvRecords(
  bytes: AsyncIterable<Buffer>,
  { delimiter, recordSize }: { delimiter: Delimiter; recordSize: number },
): AsyncIterable<CsvRecord[]> {
  const cutter = recordCutter(delimiter, recordSize);
  for await (const piece of bytes) {
    await cutter.take(piece);
    yield cutter.found();
    if (cutter.givenUp()) return;
  }
  await cutter.end();
  yield cutter.found();
}

interface Cutter {
  take(piece: Buffer): Promise<void>;
  end(): Promise<void>;
  /** The records since it was asked last. */
  found(): CsvRecord[];
  givenUp(): boolean;
}

function recordCutter(delimiter: Delimiter, recordSize: number): Cutter {
  let records: CsvRecord[] = [];
  const newParser = () => csvParser(delimiter, cells => records.push({ cells }));
  let parser = newParser();
  /** What the parser was given since the last record, and how much in all. */
  let held: Buffer[] = [];
  let heldSize = 0;
  /** Of these, what came in earlier pieces. */
  let earlier = 0;
  let given = 0;
  /** Whether the line of a fault is still going on. */
  let skipping = false;
  let again = 0;

  function hold(piece: Buffer): void {
    const ofPiece = parser.consumed - given;
    given += piece.length;
    if (ofPiece >= 0) {
      held = [];
      heldSize = 0;
    }
    earlier = heldSize;
    const rest = ofPiece > 0 ? piece.subarray(ofPiece) : piece;
    held.push(rest);
    heldSize += rest.length;
  }

  /** Gives up the first line of what is held, and answers what follows it. */
  function afterLine(fault: RecordFault): Buffer | null {
    const all = held.length === 1 ? held[0]! : Buffer.concat(held);
    parser.discard();
    parser = newParser();
    held = [];
    heldSize = given = 0;
    const end = all.indexOf(NEWLINE);
    const rest = end < 0 ? null : all.subarray(end + 1);
    records.push({ fault: fault === 'OPEN_QUOTE' && !rest?.length ? 'CUT' : fault });
    again += earlier;
    if (again > READ_AGAIN) records.push({ fault: 'GIVEN_UP' });
    return rest;
  }

  async function take(piece: Buffer | null): Promise<void> {
    for (let next = piece; next && next.length > 0 && again <= READ_AGAIN; ) {
      if (skipping) {
        const end = next.indexOf(NEWLINE);
        if (end < 0) return;
        skipping = false;
        next = next.subarray(end + 1);
      }
      const fault = await parser.write(next);
      hold(next);
      if (!fault && heldSize <= recordSize) return;
      next = afterLine(fault ?? 'TOO_LARGE');
      skipping = next === null;
    }
  }

  return {
    take,
    async end() {
      while (again <= READ_AGAIN) {
        const fault = await parser.end();
        if (!fault) return;
        await take(afterLine(fault));
      }
    },
    found() {
      const found = records;
      records = [];
      return found;
    },
    givenUp: () => again > READ_AGAIN,
  };
}
