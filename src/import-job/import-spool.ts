import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { temporaryFolder } from '../shared/temporary-folder.js';

/** Work on an upload as a file, which goes away with it. @throws where it is not what was uploaded */
export async function withSpooled<T>(
  pieces: AsyncIterable<Buffer>,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await temporaryFolder('import');
  try {
    const path = join(folder, file);
    const hash = createHash('sha256');
    async function* hashed() {
      for await (const piece of pieces) {
        hash.update(piece);
        yield piece;
      }
    }
    await pipeline(Readable.from(hashed()), createWriteStream(path));
    if (hash.digest('hex') !== sha256) throw new Error('The upload is no longer whole.');
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
