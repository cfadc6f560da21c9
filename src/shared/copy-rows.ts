import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { from as copyFrom } from 'pg-copy-streams';

/** What is used of the driver's pool. */
interface CopyPool {
  connect(): Promise<{ query(stream: ReturnType<typeof copyFrom>): ReturnType<typeof copyFrom>; release(): void }>;
}

/** Copies text into a table by `COPY … FROM STDIN`, as fast as PostgreSQL takes it. @param into the table and its columns */
export async function copyRows(em: EntityManager, into: string, text: AsyncIterable<string>): Promise<void> {
  const connection = em.getConnection() as unknown as { getNativeClient(): Promise<CopyPool> };
  const client = await (await connection.getNativeClient()).connect();
  try {
    await pipeline(Readable.from(text), client.query(copyFrom(`copy ${into} from stdin`)));
  } finally {
    client.release();
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A line of the text; null is NULL. */
export const copyLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(cell => (cell === null ? '\\N' : String(cell).replace(/[\\\n\r\t]/g, char => ESCAPES[char]!))).join('\t')}\n`;
