import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Progress } from '../shared/progress.js';

/** After so much was done, what is no longer needed is thrown away. */
const EVERY = 5_000;

/**
 * The same progress, for work that makes much and keeps little: V8 would let its heap grow to three times of what is
 * alive before it looks. A look costs some 50 ms, and keeps a directory of any size below 400 MB.
 */
export function withBoundedMemory(progress: Progress): Progress {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let done = 0;
  return {
    begin: (label, total) => progress.begin(label, total),
    advance(count) {
      done += count;
      if (done >= EVERY) {
        collect();
        done = 0;
      }
      progress.advance(count);
    },
    end() {
      collect();
      progress.end();
    },
  };
}
