import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadOrder, LoadResult } from './load.js';

/** The process that makes the load; one for the whole run, so that its own start is not measured. */
export class LoadProcess {
  readonly #child: ChildProcess = fork(join(import.meta.dirname, 'load.js'), { stdio: 'inherit' });

  /** @throws Error where the server hung up, or the process ended */
  run(order: LoadOrder): Promise<LoadResult> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error('The load’s process ended.'));
      this.#child.once('exit', onExit);
      this.#child.once('message', ({ result, error }: { result?: LoadResult; error?: string }) => {
        this.#child.off('exit', onExit);
        if (result) resolve(result);
        else reject(new Error(error));
      });
      this.#child.send(order);
    });
  }

  stop(): void {
    this.#child.disconnect();
  }
}
