import { MikroORM } from '@mikro-orm/postgresql';
import type { BaseLogger } from 'pino';
import { ormConnection } from '../database/client.js';
import { HUB, Lock } from '../database/locks.js';
import { recoverLostConnections } from '../database/lost-connections.js';
import { nextImport } from '../import-job/import-job.query.js';
import { runImports } from '../import-job/import-run.actions.js';
import type { Clock } from '../shared/clock.js';
import { describe } from '../shared/fault-log.js';
import { removeStrayFolders } from '../shared/temporary-folder.js';
import { type Queue, startQueue } from './queue.js';

interface Options {
  /** Of the hub. */
  readonly desk: MikroORM;
  /** As the serving role. */
  readonly url: string;
  readonly clock: Clock;
  readonly logger: BaseLogger;
  /** For tests, milliseconds. */
  readonly pollMs?: number;
  /** For tests, milliseconds. */
  readonly closingMs?: number;
}

/**
 * Does the imports that wait, one after the other, by one hub at a time. The connection on which rows are staged holds
 * the lock: where its hub is killed, another one takes the job up within a minute.
 */
export function startImports({ desk, url, clock, logger, ...options }: Options): Queue {
  const onFault = (error: unknown, job: string) => logger.error({ ...describe(error), job }, 'An import failed.');
  const round = async (ending: AbortSignal): Promise<void> => {
    if (!(await nextImport(desk.em.fork()))) return;
    await removeStrayFolders();
    const bench = await openBench(url);
    try {
      const [lock] = await bench.em
        .fork()
        .execute<{ got: boolean }[]>(`select pg_try_advisory_lock(${HUB}, ${Lock.IMPORTING}) as got`);
      if (!lock?.got) return;
      await runImports({ desk, bench, clock, ending, onFault });
      // A connection that is closed may hold it a moment longer: whoever is asked then would wait for the next round.
      await bench.em.fork().execute(`select pg_advisory_unlock(${HUB}, ${Lock.IMPORTING})`);
    } catch (error) {
      if (!ending.aborted) throw error;
    } finally {
      await bench.close(true);
    }
  };
  return startQueue(url, { task: 'imports', round, logger, ...options });
}

async function openBench(url: string): Promise<MikroORM> {
  const { driverOptions, ...connection } = ormConnection(url);
  const bench = await MikroORM.init({
    ...connection,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: 1 },
    driverOptions: { ...driverOptions, idleTimeoutMillis: 0, application_name: 'partnernetz import' },
  });
  // Else its end would be waited for for ever, and this hub would import nothing more.
  recoverLostConnections(await bench.em.getConnection().getNativeClient());
  return bench;
}
