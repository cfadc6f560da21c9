import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { openSource as openFile } from '../file/source.js';
import { readHsds } from '../hsds/hsds-read.js';
import { makeSource } from '../source/source.actions.js';
import { sourceNamed } from '../source/source.query.js';
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
    const known = await sourceNamed(em, wish.network, sourceName);
    if (known) return await importHsds(em, rows, { ...wish, source: known });
    const id = randomUUID();
    const open = async (tx: EntityManager) => {
      await makeSource(tx, { id, network: wish.network, name: sourceName });
    };
    return await importHsds(em, rows, { ...wish, source: id, open });
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
