import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { runDueWork } from '../../src/clock/due-work.js';
import { ormConnection } from '../../src/database/client.js';
import { entities } from '../../src/entities.js';
import { type Hub, type HubOptions, openHub } from '../../src/hub.js';
import { indexEverything } from '../../src/search/search-reindex.actions.js';
import { sessionOf } from '../../src/shared/policies.js';
import type { SignIn } from '../../src/viewer/sign-in.js';
import { isSignedIn, type Viewer } from '../../src/viewer/viewer.rules.js';
import { copyOfTemplate, type TestDatabase } from './database.js';
import { type Given, given } from './given.js';

/** Tests sign in by name: what tokens must be like is tested on its own. */
export const ISSUER = 'urn:partnernetz:test';
const signIn: SignIn = {
  identify: async authorization =>
    authorization ? { issuer: ISSUER, subject: authorization.replace(/^Bearer /, ''), name: null } : null,
};

// biome-ignore lint/suspicious/noExplicitAny: the answer to any query
type Answer = { data: any; errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[] };

export type TestHub = ReturnType<typeof testHub>;

/**
 * A hub on a database of its own, for one test file. It signs in as hub_app and is asked over its HTTP server; only
 * `owner()` sees everything. `filled`: what the database holds; nothing where left out.
 */
export function testHub(name: string, more: Partial<HubOptions> = {}, filled = copyOfTemplate) {
  let database!: TestDatabase;
  let hub!: Hub;
  let owner!: MikroORM;
  let now: Date | undefined;
  const sql: string[] = [];
  const clock = { now: () => now ?? new Date() };
  const enrolled = new Map<string, Promise<string>>();

  beforeAll(async () => {
    database = await filled(name);
    owner = await MikroORM.init({ ...ormConnection(database.superuser), entities });
    const logger = pino({ level: process.env.TEST_LOG ?? 'silent' });
    const orm = { debug: ['query' as const], colors: false, logger: (line: string) => sql.push(line) };
    hub = await openHub({
      clientUrl: database.hubApp,
      signIn,
      clock,
      logger,
      explorer: false,
      introspection: true,
      orm,
      ...more,
    });
  });
  afterAll(async () => {
    await hub?.close();
    await owner?.close(true);
  });

  /** Account and memberships of a viewer that has none yet, written once; its name to sign in by. */
  function enrol(viewer: Viewer): Promise<string> {
    const key = JSON.stringify(viewer);
    const known = enrolled.get(key) ?? enlist(viewer);
    enrolled.set(key, known);
    return known;
  }

  async function enlist(viewer: Viewer): Promise<string> {
    if (!viewer.accountId && viewer.memberships.length === 0) return viewer.subject ?? ''; // known to nobody
    const subject = viewer.accountId ?? JSON.stringify(viewer.memberships);
    const em = owner.em.fork();
    const [account] = await em.execute<{ id: string }[]>(
      `insert into account (id, issuer, subject, display_name) values (coalesce(?, gen_random_uuid()), ?, ?, ?)
       on conflict (issuer, subject) do update set display_name = excluded.display_name returning id`,
      [viewer.accountId, ISSUER, subject, viewer.displayName],
    );
    for (const { role, networkId, partnerId } of viewer.memberships)
      await em.execute(
        `insert into membership (account_id, role, network_id, partner_id) values (?, ?, ?, ?) on conflict do nothing`,
        [account!.id, role, networkId, partnerId],
      );
    return subject;
  }

  /** The same with headers, and everything that came back. */
  async function ask(viewer: Viewer, payload: object, headers: Record<string, string> = {}) {
    const authorization = isSignedIn(viewer) ? { authorization: `Bearer ${await enrol(viewer)}` } : {};
    const response = await hub.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      payload,
    });
    const { statusCode: status, body: text } = response;
    return { status, headers: response.headers, text, answer: JSON.parse(text) as Answer };
  }

  return {
    given: (wish?: Given) => given(owner.em.fork(), clock.now(), wish),
    /** Past every policy. */
    owner: (): EntityManager => owner.em.fork(),
    /** As hub_app, with the context of a viewer: what the policies let through and nothing else. */
    inDatabase: (viewer: Viewer): EntityManager => hub.orm.em.fork({ session: sessionOf(viewer, clock.now()) }),
    /** As hub_app, without any context. */
    nobody: (): EntityManager => hub.orm.em.fork(),
    hub: (): Hub => hub,
    database: (): TestDatabase => database,
    /** Stops the clock at that moment; undefined lets it run. */
    setNow(moment: Date | undefined): void {
      now = moment;
    },
    now: (): Date => clock.now(),
    /** Does what the time has brought until now. Rejects where some of it failed. */
    async runClock(): Promise<void> {
      await runDueWork({ orm: hub.orm, now: clock.now(), logger: hub.app.log });
    },
    /** What was written past the program is found from now on. */
    async indexed(): Promise<void> {
      await owner.em.fork().transactional(tx => indexEverything(tx, clock.now()));
    },
    /** Asks over HTTP, signed in as the viewer. */
    as: async (viewer: Viewer, query: string, variables: object = {}): Promise<Answer> =>
      (await ask(viewer, { query, variables })).answer,
    ask,
    enrol,
    /** Statements that the hub sends meanwhile. */
    async statements(work: () => Promise<unknown>): Promise<string[]> {
      sql.length = 0;
      await work();
      return sql.map(line => line.replace(/^\[query\] /, ''));
    },
  };
}
