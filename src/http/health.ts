import type { FastifyInstance } from 'fastify';
import { HttpFailure } from './failure.js';

/** True once requests can be answered. */
export type Readiness = () => Promise<boolean>;

/**
 * `/healthz`: the process answers. `/readyz`: so does what it needs. Neither says more than that.
 *
 * @param patience milliseconds
 */
export function serveHealth(app: FastifyInstance, readiness: Readiness, patience: number): void {
  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async () => {
    if (await within(patience, readiness)) return { status: 'ready' };
    throw new HttpFailure(503, 'Not ready.', { 'retry-after': '2' });
  });
}

async function within(milliseconds: number, readiness: Readiness): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([readiness().catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
