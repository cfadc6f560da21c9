import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { SourceFault, unreadable } from './source-fault.js';
import type { SourceFile } from './source-file.js';

const PIECE = 64 * 1024;

/**
 * A file on disk. Opened without following a link, and looked at again when it is open: it may have been exchanged
 * since it was listed.
 */
export const plainFile = (path: string, name: string, size: number): SourceFile => ({
  name,
  size,
  async *read() {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(error =>
      Promise.reject(unreadable(error)),
    );
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) throw new SourceFault('UNREADABLE', 'no regular file');
      for (let position = 0; ; ) {
        // A piece of its own each time: readers keep views of it.
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE, position);
        if (bytesRead === 0) break;
        position += bytesRead;
        if (position > size) throw new SourceFault('TOO_LARGE', `more than the ${size} bytes it had`);
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  },
});
