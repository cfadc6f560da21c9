import type { EntityManager } from '@mikro-orm/postgresql';

/** What the work answers, after all that it did was taken back: a transaction, or a savepoint of the caller's, rolled back. */
export async function undone<T>(em: EntityManager, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  const outcome: { value?: T } = {};
  const enough = new Error('A trial is over.');
  try {
    await em.transactional(async tx => {
      outcome.value = await work(tx);
      throw enough;
    });
  } catch (error) {
    if (error !== enough) throw error;
  }
  return outcome.value!;
}
