import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type pg from 'pg';
import { withClient } from './client.js';
import { GRANTS } from './grants.js';
import { queueRevisionOf } from './queue-schema.js';
import { referenceData } from './reference-data.js';

// A start that finds the database as this very program left it has nothing to bring up to date, and needs neither the ORM
// nor a hundred statements to find that out. The mark is a comment on the journal of migrations: it goes with a backup.

const JOURNAL = 'public.mikro_orm_migrations';

/** Was it brought up to date last by a program with the same migrations, reference data and rights, and none since? */
export const isAsLeft = (ownerUrl: string, servingRole: string): Promise<boolean> =>
  withClient(ownerUrl, async client => {
    const { rows } = await client.query<{ mark: string | null }>(
      `select obj_description(to_regclass($1), 'pg_class') as mark`,
      [JOURNAL],
    );
    const mark = rows[0]?.mark;
    return mark != null && mark === (await markOf(client, servingRole));
  });

/** Leaves the mark. By the owner, once all is done. */
export async function leaveMark(client: pg.Client, servingRole: string): Promise<void> {
  await client.query(`comment on table ${JOURNAL} is '${await markOf(client, servingRole)}'`);
}

async function markOf(client: pg.Client, servingRole: string): Promise<string> {
  const ran = await client.query<{ name: string }>(`select name from ${JOURNAL} order by name`);
  const database = [ran.rows.map(({ name }) => name), await queueRevisionOf(client)];
  const program = [await migrationFiles(), servingRole, GRANTS, referenceData()];
  return createHash('sha256')
    .update(JSON.stringify([database, program]))
    .digest('hex');
}

/** By name: to load them takes longer than all of this. */
async function migrationFiles(): Promise<string[]> {
  const names = await readdir(new URL('../../migrations', import.meta.url));
  return names.map(name => name.replace(/\..*$/, '')).sort();
}
