import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.js';
import { withClient } from '../../src/database/client.js';
import { type EmbeddedDatabase, openEmbedded } from '../../src/database/embedded.js';
import { GRANTS, grantTo, tablesOf } from '../../src/database/grants.js';
import { migrate, NEWER_SCHEMA } from '../../src/database/migrate.js';
import { checkOwnDatabase, checkServer } from '../../src/database/own-database.js';
import { QUEUE_REVISION } from '../../src/database/queue-schema.js';
import { SchemaState, schemaState } from '../../src/database/schema-state.js';
import { StartFault } from '../../src/shared/start-fault.js';
import { superuserUrl, temporaryDir } from '../support/data-dir.js';

let base: string;
let embedded: EmbeddedDatabase;
let superuser: string;

const run = (url: string, sql: string) => withClient(url, client => client.query(sql));

const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const fault = await work.catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(StartFault);
  expect((fault as StartFault).message).not.toContain('\n');
  return (fault as StartFault).message;
};

beforeAll(async () => {
  base = await temporaryDir();
  const dataDir = join(base, 'data');
  embedded = await openEmbedded(dataDir, { serving: false });
  superuser = await superuserUrl(dataDir, embedded.url);
});
afterAll(async () => {
  await embedded.close();
  await rm(base, { recursive: true });
});

describe('migrating', () => {
  it('is done by one of several at once, the others wait', async () => {
    expect(await schemaState(embedded.ownerUrl)).toBe(SchemaState.EMPTY);
    const ran = await Promise.all(Array.from({ length: 3 }, () => migrate(embedded.ownerUrl, 'hub_app')));
    expect(ran.flat()).toEqual(migrations.map(one => one.name));
    expect(await schemaState(embedded.url)).toBe(SchemaState.CURRENT);
  });

  it('brings the reference data along', async () => {
    const { rows } = await run(embedded.url, 'select (select count(*) from category) c, (select count(*) from need) n');
    expect(Number(rows[0].c)).toBeGreaterThanOrEqual(30);
    expect(Number(rows[0].n)).toBeGreaterThanOrEqual(20);
  });

  it('tells a database that is behind or newer', async () => {
    const name = migrations.at(-1)!.name;
    await run(embedded.ownerUrl, `update mikro_orm_migrations set name = 'Migration99991231' where name = '${name}'`);
    expect(await schemaState(embedded.url)).toBe(SchemaState.NEWER);
    expect(await faultOf(migrate(embedded.ownerUrl, 'hub_app'))).toBe(NEWER_SCHEMA);
    await run(embedded.ownerUrl, `update mikro_orm_migrations set name = '${name}' where name = 'Migration99991231'`);
    expect(await schemaState(embedded.url)).toBe(SchemaState.CURRENT);
  });

  it('counts the job queue’s schema in', async () => {
    const revisions = await run(embedded.ownerUrl, 'select max(id) as last from graphile_worker.migrations');
    expect(revisions.rows).toEqual([{ last: QUEUE_REVISION }]);
    await run(embedded.ownerUrl, `insert into graphile_worker.migrations (id) values (${QUEUE_REVISION + 1})`);
    expect(await schemaState(embedded.url)).toBe(SchemaState.NEWER);
    await run(embedded.ownerUrl, `delete from graphile_worker.migrations where id > ${QUEUE_REVISION}`);
    await run(embedded.ownerUrl, 'alter schema graphile_worker rename to elsewhere');
    expect(await schemaState(embedded.url)).toBe(SchemaState.BEHIND);
    expect(await migrate(embedded.ownerUrl, 'hub_app')).toEqual([]);
    expect(await schemaState(embedded.url)).toBe(SchemaState.CURRENT);
    await run(embedded.ownerUrl, 'drop schema elsewhere cascade');
  });
});

describe('rights', () => {
  it('are declared for each table, and for no other', async () => {
    expect(await withClient(embedded.url, tablesOf)).toEqual(Object.keys(GRANTS).sort());
  });

  it('are exactly those that are declared', async () => {
    const { rows } = await run(
      superuser.replace(/\/postgres\?/, '/partnernetz?'),
      `select table_name as table, string_agg(lower(privilege_type), ', ' order by privilege_type) as rights
       from information_schema.role_table_grants where grantee = 'hub_app' and table_schema = 'public' group by 1 order by 1`,
    );
    const declared = Object.entries(GRANTS).map(([table, rights]) => ({
      table,
      // Those on columns are no rights on the table.
      rights: rights
        .split(', ')
        .filter(right => !right.includes('('))
        .sort()
        .join(', '),
    }));
    expect(rows).toEqual(declared.sort((a, b) => (a.table < b.table ? -1 : 1)));
  });

  it.each([
    ['an account', `insert into account (issuer, subject, display_name) values ('a', 'b', 'c')`],
    ['a membership', `update membership set role = 'ADMIN'`],
    ['the log of migrations', 'delete from mikro_orm_migrations'],
    ['the history', `update referral_event set step = null`],
    ['the history away', 'delete from referral_event'],
    ['of what it reminded', 'update record_reminder set months = 12'],
    ['secrets', `update secret set value = ''`],
    ['tables', 'create table mine (id int)'],
    ['policies', 'alter table referral disable row level security'],
    ['everything', 'truncate referral cascade'],
    ['the job queue’s tables', 'alter table graphile_worker._private_jobs add column mine int'],
    ['the job queue’s policies', 'drop policy serving on graphile_worker._private_jobs'],
    ['the job queue’s functions', `create function graphile_worker.mine() returns int language sql return 1`],
    ['the job queue’s history', 'delete from graphile_worker.migrations'],
  ])('do not let the server change %s', async (_, sql) => {
    await expect(run(embedded.url, sql)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('are none on a table that nobody declared', async () => {
    await run(embedded.ownerUrl, 'create table stray (id int)');
    await withClient(embedded.ownerUrl, owner => grantTo(owner, 'hub_app'));
    await expect(run(embedded.url, 'select from stray')).rejects.toThrow('permission denied');
    expect(await withClient(embedded.url, tablesOf)).toContain('stray');
    await run(embedded.ownerUrl, 'drop table stray');
  });
});

describe('a PostgreSQL of one’s own', () => {
  let url: string;
  let ownerUrl: string;

  beforeEach(() => {
    ({ url, ownerUrl } = embedded);
  });

  const changed = (address: string, change: (url: URL) => void): string => {
    const copy = new URL(address);
    change(copy);
    return copy.href;
  };

  it('is taken when everything is in order', async () => {
    expect(await checkOwnDatabase(url, ownerUrl)).toBe('hub_app');
    expect(await checkOwnDatabase(url, null)).toBe('hub_app');
  });

  it('out of reach', async () => {
    const closed = changed(url, one => (one.port = '1'));
    expect(await faultOf(checkOwnDatabase(closed, null))).toMatch(
      /^PostgreSQL can't be reached at 127\.0\.0\.1:1 \(DATABASE_URL\)/,
    );
    expect(await faultOf(checkOwnDatabase(url, closed))).toContain('(DATABASE_OWNER_URL)');
    const nowhere = changed(url, one => (one.hostname = 'nowhere.invalid'));
    expect(await faultOf(checkOwnDatabase(nowhere, null))).toContain('nowhere.invalid');
  });

  it('with a wrong password or database; the password is not told', async () => {
    const wrong = changed(url, one => (one.password = 's3cret'));
    const fault = await faultOf(checkOwnDatabase(wrong, null));
    expect(fault).toContain('refuses the role hub_app of DATABASE_URL');
    expect(fault).not.toContain('s3cret');
    expect(
      await faultOf(
        checkOwnDatabase(
          changed(url, one => (one.pathname = '/other')),
          null,
        ),
      ),
    ).toContain('no database other');
  });

  it('without the serving role: says how to make it', async () => {
    const unknown = changed(url, one => (one.username = 'serv"er'));
    expect(await faultOf(checkOwnDatabase(unknown, ownerUrl))).toContain(`create role "serv""er" login password '…';`);
  });

  it('with a serving role that would pass by the policies', async () => {
    expect(await faultOf(checkOwnDatabase(superuser, null))).toContain('superuser');
    expect(await faultOf(checkOwnDatabase(ownerUrl, ownerUrl))).toContain('owns tables');
    await run(superuser, 'grant hub_owner to hub_app');
    expect(await faultOf(checkOwnDatabase(url, null))).toContain('owns tables');
    await run(superuser, `revoke hub_owner from hub_app; alter role hub_app bypassrls`);
    expect(await faultOf(checkOwnDatabase(url, null))).toContain('row-level security');
    await run(superuser, `alter role hub_app nobypassrls`);
  });

  it('too old', async () => {
    const answer = { version: '14.13 (Debian)', number: 140_013, encoding: 'UTF8' };
    const query = async () => ({ rows: [answer] });
    const fault = await faultOf(checkServer({ query } as unknown as Client));
    expect(fault).toBe('PostgreSQL 14.13 (Debian) is too old: at least 15 is needed.');
    answer.number = 150_000;
    await checkServer({ query } as unknown as Client);
  });

  it('in another encoding', async () => {
    await run(
      superuser,
      `create database latin encoding 'LATIN1' locale 'C' template template0 locale_provider 'libc'`,
    );
    expect(
      await faultOf(
        checkOwnDatabase(
          changed(url, one => (one.pathname = '/latin')),
          null,
        ),
      ),
    ).toContain('UTF8');
  });
});
