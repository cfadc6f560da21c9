import { MikroORM, ReferenceKind } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, ormConnection } from '../../src/database/client.js';
import { GRANTS, tablesOf } from '../../src/database/grants.js';
import { QUEUE_FUNCTIONS, QUEUE_GRANTS } from '../../src/database/queue-grants.js';
import { QUEUE } from '../../src/database/queue-schema.js';
import { entities } from '../../src/entities.js';
import { copyOfTemplate } from '../support/database.js';

/**
 * Entities that the hub may change and that carry no version, each with its reason. An update of a row that a policy
 * hides succeeds silently unless the entity is versioned.
 */
const UNVERSIONED: Readonly<Record<string, string>> = {
  accessibility_entry: 'a value of a list of its location, written and taken out as a whole under its lock',
  confirmation_link: 'used and taken back by one statement that says that neither has been',
  service_area: 'a value of a list of its service, written and taken out as a whole under its lock',
  service_category: 'a value of a list, as service_area',
  service_location: 'a value of a list, as service_area',
  service_need: 'a value of a list, as service_area',
  programme_network: 'a value of a list of its programme, written and taken out under its lock',
  programme_funder: 'a value of a list, as programme_network',
  programme_partner: 'a value of a list, as programme_network',
  programme_instrument: 'a value of a list, as programme_network',
  programme_round_service:
    'a value of a list of its round, written and taken out as a whole under the lock of the programme',
  programme_round_field: 'a value of a list, as programme_round_service',
  measure_reading: 'the figure of one day, written by one statement and never read and written back',
  plan_measure_service: 'a value of a list of its measure, written and taken out as a whole under its lock',
  import_finding: 'what an import found, written once at its end',
  import_piece: 'a piece of an upload, written once',
  import_upload: 'the place of an upload, written once',
  source: 'a name; when it was imported last is set by one statement',
  source_row: 'what a source said, written and taken out as a whole by its import',
  source_record: 'what a source said of a record, written as a whole under the lock of that',
  job_opening_need: 'a value of a list, as service_area',
  service_capacity: 'a counter: changed by one statement that says what it needs, never read and written back',
  service_acceptance: 'a counter',
  service_answer: 'a counter',
  record_reminder: 'whose it is changes by merges alone, under the lock of the partners',
  search_document: 'follows from its record: written whole, by one statement, never read and written back',
  search_word: 'a word that is there or not',
  gap_search: 'marks of one day, set and forgotten, never changed',
  finder_service: 'follows from its service: triggers keep it under the lock of that',
  finder_area: 'as finder_service',
  accessibility_finding: 'a value of a list of its assessment, written under its lock',
  team_contact: 'a value of a list of its team, written and taken out as a whole under its lock',
  team_staff: 'a value of a list of its team, written and taken out under its lock',
  training_attendance: 'a value of a list of its session, written under its lock',
  knowledge_report: 'what was said on a day, said again as a whole under the lock of its team',
  self_audit: 'what was answered on a day, answered again as a whole under the lock of its team',
  idempotency_key: 'changed under its lock, by statements that assert the row they touch',
};

/** Tables with a network that hold nothing of a case: the published directory, and who works where. */
const NOT_OF_A_CASE = [
  'consortium',
  'accession',
  'action_plan',
  'finder_area',
  'finder_service',
  'import_job',
  'import_upload',
  'job_opening',
  'jobcenter',
  'membership',
  'network_municipality',
  'partner',
  'partner_merge',
  'plan_measure',
  'programme',
  'programme_network',
  'proposal',
  'publication',
  'revision',
  'search_document',
  'search_synonym',
  'service',
  'sharing_agreement',
  'sharing_partner',
  'source',
  'team',
  'training_attendance',
  'training_course',
  'training_session',
];

/** Tables of accounts that are no secret of one: who works where, and who changed or confirmed what in the directory. */
const NOT_PERSONAL = ['confirmation', 'membership', 'revision'];

/** Tables that hang on no case and have policies all the same, each with its reason. */
const SECURED_WITHOUT_A_CASE: Readonly<Record<string, string>> = {
  availability_question: 'who asked is told to nobody, and what to those alone who were asked',
  availability_request: 'what a partner answered is no business of its competitors',
  gap: 'a count of one is as good as a case',
  need_caseload: 'how many clients have a need is for the coordination alone',
};

/**
 * Every policy of the database but for the job queue's. The wall is restrictive, so whatever is added beside it stays
 * inside the network.
 */
const WALL = 'network_wall: restrictive, all commands';
const SYSTEM = 'system: permissive, all commands';
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  availability_question: [
    'addressed: permissive, all commands',
    'asked: permissive, all commands',
    'coordinated: permissive, all commands',
    WALL,
    SYSTEM,
  ],
  availability_request: [
    'addressed: permissive, all commands',
    'asked: permissive, all commands',
    'coordinated: permissive, all commands',
    WALL,
    SYSTEM,
  ],
  client_case: [WALL, 'on_case: permissive, all commands', SYSTEM],
  client_case_health: [WALL, 'on_case: permissive, all commands', SYSTEM],
  consent: [WALL, 'on_case: permissive, all commands', SYSTEM],
  funding_decision: ['disclosed: permissive, select', WALL, 'on_case: permissive, all commands', SYSTEM],
  gap: ['coordinated: permissive, all commands', WALL, SYSTEM],
  need_caseload: ['coordinated: permissive, all commands', WALL, SYSTEM],
  idempotency_key: ['own: permissive, all commands', SYSTEM],
  referral: [
    'addressed: permissive, all commands',
    'coordinated: permissive, all commands',
    WALL,
    'on_case: permissive, all commands',
    SYSTEM,
  ],
  referral_disclosure: ['disclosed: permissive, all commands', WALL, 'on_case: permissive, all commands', SYSTEM],
  referral_event: [WALL, 'of_referral: permissive, all commands', SYSTEM],
  referral_notice: [
    'addressed: permissive, all commands',
    'coordinated: permissive, all commands',
    WALL,
    'on_case: permissive, all commands',
    SYSTEM,
  ],
  referral_question: ['disclosed: permissive, all commands', WALL, 'on_case: permissive, all commands', SYSTEM],
  referral_appointment: [WALL, 'of_referral: permissive, all commands', SYSTEM],
  referral_follow_up: ['coordinated: permissive, all commands', WALL, 'on_case: permissive, all commands', SYSTEM],
  referral_message: ['disclosed: permissive, all commands', WALL, 'on_case: permissive, all commands', SYSTEM],
};

let client: pg.Client;
let orm: MikroORM;

beforeAll(async () => {
  const database = await copyOfTemplate('house_walls');
  client = await connect(database.superuser);
  orm = await MikroORM.init({ ...ormConnection(database.hubApp), entities });
});
afterAll(async () => {
  await client?.end();
  await orm?.close(true);
});

const rows = async <T extends object>(sql: string, ...values: unknown[]): Promise<T[]> =>
  (await client.query<T>(sql, values)).rows;

/** Name of each row, of a query that calls it so. */
const names = async (sql: string, ...values: unknown[]): Promise<string[]> =>
  (await rows<{ name: string }>(sql, ...values)).map(row => row.name);

/** Rights of the serving role by table, and on columns too. */
async function rightsIn(schema: string): Promise<Record<string, string>> {
  const found = await rows<{ table: string; rights: string }>(
    `select relname as table, string_agg(
       case when has_table_privilege('hub_app', pg_class.oid, right_name) then right_name
         else right_name || ' (' || (select string_agg(attname, ', ' order by attnum) from pg_attribute
           where attrelid = pg_class.oid and attnum > 0 and not attisdropped
             and has_column_privilege('hub_app', pg_class.oid, attnum, right_name)) || ')' end, ', ' order by position) as rights
     from pg_class, unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain'])
       with ordinality as _(right_name, position)
     where relnamespace = $1::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
       and (has_table_privilege('hub_app', pg_class.oid, right_name)
         or right_name in ('select', 'insert', 'update', 'references')
           and has_any_column_privilege('hub_app', pg_class.oid, right_name))
     group by relname order by relname`,
    schema,
  );
  return Object.fromEntries(found.map(one => [one.table, one.rights]));
}

async function policiesIn(schema: string): Promise<Record<string, string[]>> {
  const found = await rows<{ table: string; policies: string[] }>(
    `select tablename as table, array_agg(policyname || ': ' || lower(permissive)
        || case cmd when 'ALL' then ', all commands' else ', ' || lower(cmd) end
        || case when roles = '{public}' then '' else ', for ' || array_to_string(roles, ', ') end order by policyname) as policies
     from pg_policies where schemaname = $1 group by tablename`,
    schema,
  );
  return Object.fromEntries(found.map(one => [one.table, one.policies]));
}

/** Tables whose rows hang on a case: those that reference `client_case`, those that reference them, and so on. */
async function tablesOfCases(): Promise<string[]> {
  const keys = await rows<{ from: string; to: string }>(
    `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint where contype = 'f'`,
  );
  const found = new Set(['client_case']);
  for (const table of found) for (const key of keys) if (key.to === table) found.add(key.from);
  return [...found].sort();
}

const tablesWithPolicies = async (): Promise<string[]> =>
  [...(await tablesOfCases()), ...Object.keys(SECURED_WITHOUT_A_CASE)].sort();

/** Tables whose rows are one account's own, for nobody else to see. */
const personalTables = async (): Promise<string[]> =>
  (await tablesWith('account_id')).filter(table => !NOT_PERSONAL.includes(table));

const tablesWith = (column: string): Promise<string[]> =>
  names(
    `select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
     where attname = $1 and not attisdropped and relkind in ('r', 'p') order by 1`,
    column,
  );

describe('the serving role', () => {
  it('has exactly the rights that are declared for each table, by whatever way', async () => {
    expect(await rightsIn('public')).toEqual(GRANTS);
    expect(await tablesOf(client)).toEqual(Object.keys(GRANTS).sort());
  });

  it('has exactly the rights in the job queue that are declared', async () => {
    expect(await rightsIn(QUEUE)).toEqual(QUEUE_GRANTS);
    const functions = await names(
      `select distinct proname as name from pg_proc
       where pronamespace = $1::regnamespace and has_function_privilege('hub_app', oid, 'execute') order by 1`,
      QUEUE,
    );
    expect(functions).toEqual(QUEUE_FUNCTIONS);
    const sequences = await names(
      `select relname as name from pg_class where relnamespace = $1::regnamespace
         and case relkind when 'S' then has_sequence_privilege('hub_app', oid, 'usage, select, update') end`,
      QUEUE,
    );
    expect(sequences).toEqual([]);
  });

  it('has no power besides, and is a member of no other', async () => {
    const [role] = await rows(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
              has_schema_privilege(oid, 'public', 'create') or has_schema_privilege(oid, '${QUEUE}', 'create')
                or has_database_privilege(oid, current_database(), 'create') as may_create,
              exists(select from pg_auth_members where member = pg_roles.oid) as is_member
       from pg_roles where rolname = 'hub_app'`,
    );
    expect(Object.entries(role!).filter(([, power]) => power !== false)).toEqual([]);
  });

  it('owns nothing', async () => {
    const owned = `select pg_describe_object(classid, objid, 0) as name from pg_shdepend
      where deptype = 'o' and refobjid = 'hub_app'::regrole and dbid in (0, (select oid from pg_database where datname = current_database()))`;
    expect(await names(owned)).toEqual([]);
  });

  it('finds no function that works with the rights of somebody else', async () => {
    expect(
      await names(
        `select proname as name from pg_proc where prosecdef and pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)`,
      ),
    ).toEqual([]);
  });
});

describe('row-level security', () => {
  it('is on for every table of cases, every personal one and those that have a reason, for the owner too', async () => {
    const inPublic = `relnamespace = 'public'::regnamespace`;
    const secured = await names(`select relname as name from pg_class where relrowsecurity and ${inPublic} order by 1`);
    const forced = await names(
      `select relname as name from pg_class where relforcerowsecurity and ${inPublic} order by 1`,
    );
    expect(secured).toEqual([...(await tablesWithPolicies()), ...(await personalTables())].sort());
    expect(forced).toEqual(secured);
  });

  it('is on for every table that has a network, but for those that hold nothing of a case', async () => {
    const withNetwork = await tablesWith('network_id');
    expect(withNetwork.filter(table => !NOT_OF_A_CASE.includes(table))).toEqual(await tablesWithPolicies());
  });

  it('is made of these policies and no other', async () => {
    expect(await policiesIn('public')).toEqual(POLICIES);
  });

  it('lets the serving role into the tables of the job queue, and nobody else', async () => {
    const secured = await names(
      `select relname as name from pg_class where relrowsecurity and relnamespace = $1::regnamespace`,
      QUEUE,
    );
    const serving = ['serving: permissive, all commands, for hub_app'];
    expect(await policiesIn(QUEUE)).toEqual(Object.fromEntries(secured.map(table => [table, serving])));
    expect(secured.filter(table => !QUEUE_GRANTS[table])).toEqual([]);
  });

  it('lets nobody but its account and the hub itself through to a personal table', async () => {
    const quals = await rows<{ table: string; policy: string; qual: string; with_check: string | null }>(
      `select tablename as table, policyname as policy, qual, with_check from pg_policies where tablename = any($1)`,
      await personalTables(),
    );
    expect(quals).not.toEqual([]);
    for (const { policy, qual, with_check } of quals) {
      expect(qual).toMatch(policy === 'system' ? /app\.system.* = 'on'/s : /^\(account_id = .*app\.account/s);
      expect(with_check).toBeNull(); // as `qual`
    }
  });

  it('has a wall around every network', async () => {
    const walls = await rows<{ name: string; qual: string; with_check: string | null }>(
      `select tablename as name, qual, with_check from pg_policies where permissive = 'RESTRICTIVE' order by 1`,
    );
    expect(walls.map(wall => wall.name)).toEqual(await tablesWithPolicies());
    for (const { qual, with_check } of walls) {
      expect(qual).toMatch(/app\.system.* = 'on'.* OR \(network_id = ANY .*app\.networks/s);
      expect(with_check).toBeNull(); // as `qual`
    }
  });
});

describe('every entity', () => {
  const metadata = () => [...orm.getMetadata().getAll().values()].filter(one => !one.abstract && !one.embeddable);

  it('has a table, and every table an entity', () => {
    const tables = metadata().map(one => one.tableName);
    expect([...tables, 'mikro_orm_migrations'].sort()).toEqual(Object.keys(GRANTS).sort());
  });

  it('that the hub may change is versioned, or stands among the exceptions', () => {
    const unversioned = metadata()
      .filter(one => /update|delete/.test(GRANTS[one.tableName] ?? '') && !one.versionProperty)
      .map(one => one.tableName);
    expect(unversioned.sort()).toEqual(Object.keys(UNVERSIONED).sort());
  });

  it('has an index on each of its relations', async () => {
    const leading = new Set(
      await names(
        `select indrelid::regclass || '.' || attname as name from pg_index
         join pg_attribute on attrelid = indrelid and attnum = indkey[0]
         where indisvalid and indpred is null`,
      ),
    );
    const owning = [ReferenceKind.MANY_TO_ONE, ReferenceKind.ONE_TO_ONE];
    const relations = metadata().flatMap(({ tableName, relations }) =>
      relations
        .filter(one => owning.includes(one.kind) && !one.mappedBy)
        .map(one => `${tableName}.${one.fieldNames[0]}`),
    );
    const keys = await names(
      `select conrelid::regclass || '.' || attname as name from pg_constraint
       join pg_attribute on attrelid = conrelid and attnum = conkey[1] where contype = 'f'`,
    );
    expect(relations.length).toBeGreaterThan(30);
    expect([...new Set([...relations, ...keys])].filter(column => !leading.has(column))).toEqual([]);
  });

  it('holds its relations as references', () => {
    const loose = metadata().flatMap(({ className, relations }) =>
      relations.filter(one => !one.ref).map(one => `${className}.${one.name}`),
    );
    expect(loose).toEqual([]);
  });
});
