import type pg from 'pg';

/** For whoever holds the connection to notice by itself and give it back. */
const GIVE_UP_MS = 1_000;

/**
 * A transaction whose connection is lost can neither commit nor roll back, and the query builder gives a connection back
 * only after one of both. Such places of the pool would be gone for ever: here they are given back for it.
 */
export function recoverLostConnections(pool: pg.Pool, afterMs = GIVE_UP_MS): void {
  const watched = new WeakSet<pg.PoolClient>();
  const held = new WeakMap<pg.PoolClient, symbol>();
  pool.on('release', (_error, client) => held.delete(client as pg.PoolClient));
  pool.on('acquire', client => {
    held.set(client, Symbol());
    if (watched.has(client)) return;
    watched.add(client); // once each, those from before this call too
    client.once('end', () => {
      const holder = held.get(client);
      if (!holder) return;
      setTimeout(() => {
        if (held.get(client) === holder) client.release(true);
      }, afterMs).unref();
    });
  });
}
