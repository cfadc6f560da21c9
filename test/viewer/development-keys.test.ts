import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StartFault } from '../../src/shared/start-fault.js';
import { developmentIssuer, openDevelopmentKeys, tokenFor } from '../../src/viewer/development-keys.js';
import { findPersona, PERSONAS } from '../../src/viewer/personas.js';
import { createSignIn } from '../../src/viewer/sign-in.js';

const NOW = new Date('2026-05-04T08:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
let dataDir: string;

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'partnernetz-keys-')), 'data');
});
afterEach(() => rm(join(dataDir, '..'), { recursive: true }));

it('issues tokens for 30 days that pass like any other', async () => {
  const keys = await openDevelopmentKeys(dataDir);
  let now = NOW;
  const signIn = createSignIn(developmentIssuer(keys), { now: () => now });
  for (const persona of PERSONAS) {
    const header = `Bearer ${await tokenFor(keys, persona, NOW)}`;
    now = new Date(NOW.getTime() + 29 * DAY_MS);
    const identity = { issuer: 'urn:partnernetz:development', subject: persona.name, name: persona.name };
    expect(await signIn.identify(header)).toEqual(identity);
    now = new Date(NOW.getTime() + 31 * DAY_MS);
    await expect(signIn.identify(header)).rejects.toThrow('expired');
  }
});

it('keeps its keys to itself and between starts', async () => {
  const first = await openDevelopmentKeys(dataDir);
  const file = join(dataDir, 'development-keys.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await openDevelopmentKeys(dataDir)).toEqual(first);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(first.privateKey);
  expect(first.publicKey).not.toHaveProperty('d');
});

it('ends with one key however many make it at once', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => openDevelopmentKeys(dataDir)));
  expect(new Set(all.map(keys => keys.publicKey.kid)).size).toBe(1);
  const token = await tokenFor(all[0]!, findPersona('admin')!, NOW);
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', kid: all[9]!.publicKey.kid });
});

it('says so when the file is damaged', async () => {
  await openDevelopmentKeys(dataDir);
  await writeFile(join(dataDir, 'development-keys.json'), '{"kty":');
  await expect(openDevelopmentKeys(dataDir)).rejects.toThrow(StartFault);
});

it('does not take the tokens of another data directory', async () => {
  const mine = createSignIn(developmentIssuer(await openDevelopmentKeys(dataDir)), { now: () => NOW });
  const others = await openDevelopmentKeys(join(dataDir, 'other'));
  const header = `Bearer ${await tokenFor(others, findPersona('admin')!, NOW)}`;
  await expect(mine.identify(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});
