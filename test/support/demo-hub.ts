import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { MikroORM } from '@mikro-orm/postgresql';
import { pino } from 'pino';
import { afterAll, beforeAll, expect } from 'vitest';
import { ormConnection } from '../../src/database/client.js';
import { seedDemo } from '../../src/demo/seed.js';
import { entities } from '../../src/entities.js';
import { type Hub, openHub } from '../../src/hub.js';
import { systemClock } from '../../src/shared/clock.js';
import {
  type DevelopmentKeys,
  developmentIssuer,
  openDevelopmentKeys,
  tokenFor,
} from '../../src/viewer/development-keys.js';
import { PERSONAS } from '../../src/viewer/personas.js';
import { createSignIn } from '../../src/viewer/sign-in.js';
import { temporaryDir } from './data-dir.js';
import { copyOfFilled, type TestDatabase } from './database.js';

// biome-ignore lint/suspicious/noExplicitAny: the data of any query
type Data = any;

async function fillWithDemo(database: TestDatabase): Promise<void> {
  const owner = await MikroORM.init({ ...ormConnection(database.owner), entities });
  await seedDemo(owner, systemClock.now());
  await owner.close(true);
}

/** A database of its own that holds the demo world; it is made once a run. */
export const demoDatabase = (name: string): Promise<TestDatabase> => copyOfFilled('demo_world', name, fillWithDemo);

/** The demo world behind a listening hub: real HTTP, real tokens of the personas, nothing replaced. */
export function demoHub(name: string) {
  let database!: TestDatabase;
  let hub!: Hub;
  let keys!: DevelopmentKeys;
  let dir!: string;
  let url!: string;

  beforeAll(async () => {
    database = await demoDatabase(name);
    dir = await temporaryDir();
    keys = await openDevelopmentKeys(dir);
    hub = await openHub({
      clientUrl: database.hubApp,
      signIn: createSignIn(developmentIssuer(keys), systemClock),
      clock: systemClock,
      logger: pino({ level: 'silent' }),
      explorer: false,
      introspection: false,
    });
    await hub.app.listen({ host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${(hub.app.server.address() as AddressInfo).port}/graphql`;
  });
  afterAll(async () => {
    await hub?.close();
    await rm(dir, { recursive: true, force: true });
  });

  async function token(persona: string): Promise<string> {
    const known = PERSONAS.find(one => one.name === persona);
    if (!known) throw new Error(`No persona is called ${persona}.`);
    return tokenFor(keys, known, systemClock.now());
  }

  /** The whole answer; null for nobody signed in. */
  async function answer(persona: string | null, query: string, variables: object = {}): Promise<Data> {
    const authorization = persona ? { authorization: `Bearer ${await token(persona)}` } : {};
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  }

  /** The data of an answer that has no errors. */
  async function ask(persona: string | null, query: string, variables: object = {}): Promise<Data> {
    const { data, errors } = await answer(persona, query, variables);
    expect(errors).toBeUndefined();
    return data;
  }

  /** What a mutation wrote; it must not have been refused. */
  async function act(persona: string, mutation: string, variables: object = {}): Promise<Data> {
    const [payload] = Object.values(await ask(persona, mutation, variables)) as [{ userErrors: unknown[] }];
    const { userErrors, ...thing } = payload;
    expect(userErrors).toEqual([]);
    return Object.values(thing)[0];
  }

  return { answer, ask, act, token, database: () => database, orm: () => hub.orm };
}
