import type pg from 'pg';
import { QUEUE } from './queue-schema.js';

/** What the serving role may do with each table of the job queue. Only here anything is deleted: jobs that are done. */
export const QUEUE_GRANTS: Readonly<Record<string, string>> = {
  migrations: 'select',
  _private_tasks: 'select, insert',
  _private_job_queues: 'select, insert, update',
  _private_jobs: 'select, insert, update, delete',
  _private_known_crontabs: 'select, insert, update',
};

/** What it may call there; `add_job` is made of `add_jobs`. */
export const QUEUE_FUNCTIONS = ['add_job', 'add_jobs'];

const POLICY = 'serving';

/** SQL that gives the serving role exactly these rights. The queue has row-level security on and no policy of its own. */
export async function queueGrants(owner: pg.Client, role: string): Promise<string> {
  const name = owner.escapeIdentifier(role);
  const tables = Object.entries(QUEUE_GRANTS).map(
    ([table, rights]) => `grant ${rights} on ${QUEUE}.${table} to ${name};`,
  );
  const policies = (await tablesWithoutPolicy(owner, role)).map(
    table =>
      `drop policy if exists ${POLICY} on ${table}; create policy ${POLICY} on ${table} to ${name} using (true);`,
  );
  return `
    revoke all on schema ${QUEUE} from public, ${name};
    revoke all on all tables in schema ${QUEUE} from public, ${name};
    revoke all on all functions in schema ${QUEUE} from public, ${name};
    grant usage on schema ${QUEUE} to ${name};
    ${tables.join('\n')}
    grant execute on function ${QUEUE_FUNCTIONS.map(one => `${QUEUE}.${one}`).join(', ')} to ${name};
    ${policies.join('\n')}`;
}

/** Making a policy locks its table against a clock that runs, so it is made once. */
async function tablesWithoutPolicy(owner: pg.Client, role: string): Promise<string[]> {
  const { rows } = await owner.query<{ table: string }>(
    `select pg_class.oid::regclass::text as table from pg_class
     where relnamespace = $1::regnamespace and relrowsecurity
       and not exists (select from pg_policy where polrelid = pg_class.oid and polname = $2
         and polroles = array(select oid from pg_roles where rolname = $3))`,
    [QUEUE, POLICY, role],
  );
  return rows.map(row => row.table);
}
