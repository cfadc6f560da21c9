import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyBaseLogger } from 'fastify';

/** What an error needs to know of the request it belongs to: Apollo formats errors without telling which. */
export interface RequestScope {
  requestId: string;
  log: Pick<FastifyBaseLogger, 'error' | 'warn'>;
}

export const requestScope = new AsyncLocalStorage<RequestScope>();
