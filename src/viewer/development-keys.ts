import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose';
import { keptFile } from '../shared/kept-file.js';
import { StartFault } from '../shared/start-fault.js';
import { DEVELOPMENT_ISSUER, type Persona } from './personas.js';
import type { TrustedIssuer } from './sign-in.js';

const AUDIENCE = 'partnernetz';

const FILE = 'development-keys.json';
const ALGORITHM = 'ES256';
const LIFETIME_S = 30 * 24 * 60 * 60;

/** The key pair with which the hub issues tokens to its own personas. */
export interface DevelopmentKeys {
  readonly privateKey: JWK;
  readonly publicKey: JWK;
}

/**
 * The key pair under DATA_DIR, made on first use.
 *
 * @throws StartFault where the file can't be used or is damaged.
 */
export async function openDevelopmentKeys(dataDir: string): Promise<DevelopmentKeys> {
  const path = join(dataDir, FILE);
  const text = await keptFile(path, makeKeys);
  try {
    const privateKey = JSON.parse(text) as JWK;
    await importJWK(privateKey, ALGORITHM);
    const { d, ...publicKey } = privateKey;
    if (!d) throw new Error('no private key');
    return { privateKey, publicKey };
  } catch {
    throw new StartFault(`${path} is damaged. Remove it: the next start makes new keys, old tokens end.`);
  }
}

/** An access token for a persona, valid for 30 days from `now` on. */
export async function tokenFor(keys: DevelopmentKeys, persona: Persona, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ name: persona.name })
    .setProtectedHeader({ alg: ALGORITHM, kid: keys.publicKey.kid, typ: 'at+jwt' })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(persona.name)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_S)
    .sign(await importJWK(keys.privateKey, ALGORITHM));
}

/** The hub as its own identity provider. Its tokens are verified like those of any other. */
export function developmentIssuer(keys: DevelopmentKeys): TrustedIssuer {
  return {
    issuer: DEVELOPMENT_ISSUER,
    audience: AUDIENCE,
    keys: createLocalJWKSet({ keys: [keys.publicKey] }),
  };
}

async function makeKeys(): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: ALGORITHM, use: 'sig' });
}
