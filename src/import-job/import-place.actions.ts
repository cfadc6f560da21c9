import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { change } from '../shared/change.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { countWhere, rowsOf, sql } from '../shared/sql.js';
import { MOST_UPLOADS, RESUMABLE, UNFINISHED, UPLOAD_HOURS, UPLOAD_MINUTES } from './import-job.rules.js';

/**
 * A place for one more upload of a network, held from now on; null where there is none. Those that are not worked on any
 * more make room, the oldest first: such as broke off with their hub, then what is kept for a job that was stopped or
 * failed, which then cannot be taken up again. Returns the id of the upload.
 */
export function reserveUpload(em: EntityManager, network: string, now: Date): Promise<string | null> {
  return em.transactional(async tx => {
    // Of two at once the second counts the first.
    await oneAtATime(tx, `uploads ${network}`);
    const held = () => countWhere(tx, 'import_upload u', [sql`u.network_id = ${network}`]);
    if ((await held()) >= MOST_UPLOADS && !(await makeRoom(tx, network, now))) return null;
    const id = randomUUID();
    await change(tx, sql`insert into import_upload (id, network_id, created_at) values (${id}, ${network}, ${now})`);
    return id;
  });
}

async function makeRoom(tx: EntityManager, network: string, now: Date): Promise<boolean> {
  const brokeOff = new Date(now.getTime() - UPLOAD_MINUTES * 60_000);
  const dead = await change(
    tx,
    sql`delete from import_upload u where u.network_id = ${network} and u.created_at < ${brokeOff}
          and not exists (select from import_job j where j.id = u.id)`,
  );
  if (dead > 0) return true;
  // Locked: somebody may just be taking it up again.
  const [stopped] = await rowsOf<{ id: string }>(
    tx,
    sql`select j.id from import_job j where j.status = any(${RESUMABLE}::text[])
          and exists (select from import_upload u where u.id = j.id and u.network_id = ${network})
        order by j.created_at limit 1 for update of j`,
  );
  if (!stopped) return false;
  await releaseUpload(tx, stopped.id);
  return true;
}

/** Nobody needs it any more: its pieces go, and its place is free. */
export const releaseUpload = (em: EntityManager, id: string): Promise<number> =>
  change(em, sql`delete from import_upload where id = ${id}`);

/** Releases uploads that are a day old: of jobs that were stopped, and such as broke off with their hub. How many. */
export const forgetUploads = (em: EntityManager, now: Date): Promise<number> =>
  change(
    em,
    sql`delete from import_upload u where u.created_at < ${new Date(now.getTime() - UPLOAD_HOURS * 3_600_000)}
          and not exists (select from import_job j where j.id = u.id and j.status = any(${UNFINISHED}::text[]))`,
  );
