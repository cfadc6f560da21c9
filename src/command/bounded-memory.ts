import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Progress } from '../shared/progress.js';

/** So often, in milliseconds, what is no longer needed is thrown away. */
const EVERY = 2_000;

/**
 * The same progress, for work that makes much and keeps little: V8 would let its heap grow to three times of what is
 * alive before it looks. A look costs some 50 ms, and keeps the heap small however long the work is.
 */
export function withBoundedMemory(progress: Progress): Progress {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let last = performance.now();
  return {
    begin: (label, total) => progress.begin(label, total),
    advance(count) {
      if (performance.now() - last >= EVERY) {
        collect();
        last = performance.now();
      }
      progress.advance(count);
    },
    end() {
      collect();
      progress.end();
    },
  };
}
