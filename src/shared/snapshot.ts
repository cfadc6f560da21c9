import { IsolationLevel } from '@mikro-orm/postgresql';
import type { Context } from './context.js';
import { sessionOf } from './policies.js';

/**
 * Everything that a request reads from now on comes from one transaction that knows the viewer: a page agrees with its
 * total, and the policies let through what is hers.
 */
export async function openSnapshot(context: Context): Promise<void> {
  const { em, viewer, now } = context;
  if (em.isInTransaction()) return;
  em.setSessionContext(sessionOf(viewer, now));
  context.opening = em.begin({ isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true });
  await context.opening;
}

/** Also one that is only just opening: a request can be refused meanwhile, and its transaction would stay for ever. */
export async function closeSnapshot(context: Context): Promise<void> {
  if (!context.opening) return;
  await context.opening.catch(() => {}); // told where it was opened
  if (context.em.isInTransaction()) await context.em.commit();
}
