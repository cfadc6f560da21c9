import { IsolationLevel } from '@mikro-orm/postgresql';
import type { Context } from './context.js';
import { sessionOf } from './policies.js';

/**
 * Everything that a request reads from now on comes from one transaction that knows the viewer: a page agrees with its
 * total, and the policies let through what is hers.
 */
export async function openSnapshot({ em, viewer, now }: Context): Promise<void> {
  if (em.isInTransaction()) return;
  em.setSessionContext(sessionOf(viewer, now));
  await em.begin({ isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true });
}

export async function closeSnapshot({ em }: Context): Promise<void> {
  if (em.isInTransaction()) await em.commit();
}
