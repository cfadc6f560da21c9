import type { EntityManager } from '@mikro-orm/postgresql';
import { openSource as openFile } from '../file/source.js';
import { readHsds } from '../hsds/hsds-read.js';
import { openSource } from '../source/source.actions.js';
import { type ImportWish, importHsds } from './hsds-import.actions.js';
import type { ImportCounts } from './hsds-import.rules.js';
import type { SourceRowValues } from './hsds-owner.rules.js';

export interface FeedWish extends Omit<ImportWish, 'source'> {
  readonly sourceName: string;
}

/** Imports a feed from a file or folder; see `importHsds`. What cannot be opened or read is told in the report. */
export async function importFeed(
  em: EntityManager,
  path: string,
  { sourceName, ...wish }: FeedWish,
): Promise<ImportCounts> {
  let onBytes = (_: number): void => {};
  const file = await openFile(path, wish.report, { onBytes: bytes => onBytes(bytes) });
  try {
    wish.progress.begin('Bytes', file.totalBytes);
    onBytes = bytes => wish.progress.advance(bytes);
    const rows = endingWith(readHsds(file, wish.report), wish.signal, () => {
      onBytes = () => {};
      wish.progress.end();
    });
    const source = await openSource(em, wish.network, sourceName);
    return await importHsds(em, rows, { ...wish, source });
  } finally {
    wish.progress.end();
    await file.close();
  }
}

async function* endingWith(
  rows: AsyncIterable<SourceRowValues>,
  signal: AbortSignal | undefined,
  end: () => void,
): AsyncGenerator<SourceRowValues> {
  for await (const row of rows) {
    signal?.throwIfAborted();
    yield row;
  }
  end();
}
