import type { FastifyInstance } from 'fastify';
import { serviceUnavailable } from '../shared/errors.js';

/**
 * Has the routes of an app answered in that many milliseconds. One whose configuration says `ownTimeout` sees to it
 * itself: Fastify's own limit makes an AbortController a request, and ends with the request's body, before its handler
 * has even begun.
 */
export function limitTime(app: FastifyInstance, milliseconds: number): void {
  app.addHook('onRoute', route => {
    if (!(route.config as { ownTimeout?: boolean } | undefined)?.ownTimeout) route.handlerTimeout ??= milliseconds;
  });
}

/** The answer, or SERVICE_UNAVAILABLE when it is not there in time; what comes later is of no interest. */
export function inTime<T>(answer: T | Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(serviceUnavailable()), milliseconds);
    Promise.resolve(answer)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
