import type { Context } from './context.js';

/** Where failures are told. */
interface Log {
  error(error: unknown): void;
}

/** Does what the request left for later, one after the other. The answer is made: a failure is logged and changes nothing. */
export async function doAfterwards({ afterwards }: Pick<Context, 'afterwards'>, log: Log): Promise<void> {
  for (const work of afterwards.splice(0)) await work().catch(error => log.error(error));
}
