import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { isLoopback } from '../shared/loopback.js';

const TIMEOUT_MS = 5_000;
const REFRESH_MS = 10 * 60_000;
/** How often the provider is asked at most, when it is away and when unknown key ids come: no flood is passed on. */
const ASK_AGAIN_MS = 1_000;

/** The provider's keys are needed and can't be had. */
export class ProviderAway extends Error {
  override name = 'ProviderAway';
}

/** The provider answers, but it is not the one that OIDC_ISSUER means: no waiting helps. */
export class WrongIssuer extends Error {
  override name = 'WrongIssuer';
}

export interface ProviderKeys {
  /** The key of a token. Rejects with ProviderAway where the provider would have to be asked and doesn't answer. */
  readonly find: JWTVerifyGetKey;
  /** Asks for the keys now, so that the first request need not wait; the fault, if there is one. Never rejects. */
  warmUp(): Promise<unknown>;
}

/**
 * The signing keys of an OpenID provider, found through its discovery document. jose's own remote key set drops keys
 * that it can't renew; here, keys once fetched stay in use however long the provider is away. They are renewed beside
 * the requests every ten minutes, and before the answer when a token names an unknown key.
 */
export function providerKeys(
  issuer: string,
  { refreshMs = REFRESH_MS, askAgainMs = ASK_AGAIN_MS, timeoutMs = TIMEOUT_MS, onFault = (_: unknown) => {} } = {},
): ProviderKeys {
  let current: JWTVerifyGetKey | undefined;
  let fault: unknown;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  const askedFor = (): number => performance.now() - askedAt;

  async function load(): Promise<void> {
    askedAt = performance.now();
    try {
      current = createLocalJWKSet(await fetchKeys(issuer, timeoutMs));
      fault = undefined;
    } catch (error) {
      fault = error;
      onFault(error);
    } finally {
      asking = undefined;
    }
  }

  const ask = (): Promise<void> => {
    asking ??= load();
    return asking;
  };

  async function askUnlessJustAsked(): Promise<void> {
    if (asking || askedFor() >= askAgainMs) await ask();
    if (fault) throw new ProviderAway('The identity provider does not answer.', { cause: fault });
  }

  return {
    async find(header, token) {
      if (!current) await askUnlessJustAsked();
      else if (askedFor() >= (fault ? askAgainMs : refreshMs)) void ask();
      try {
        return await current!(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await askUnlessJustAsked();
        return current!(header, token);
      }
    },
    warmUp: () => ask().then(() => fault),
  };
}

/** OpenID Connect Discovery 1.0, section 4. */
async function fetchKeys(issuer: string, timeoutMs: number): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(timeoutMs);
  const document = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, signal);
  if (document.issuer !== issuer)
    throw new WrongIssuer(
      `The provider calls itself ${String(document.issuer).slice(0, 200)}, but OIDC_ISSUER is ${issuer}.`,
    );
  const address = typeof document.jwks_uri === 'string' ? URL.parse(document.jwks_uri) : null;
  if (!address || !isSafe(address)) throw new Error('The discovery document names no safe address for the keys.');
  return (await fetchJson(address.href, signal)) as unknown as JSONWebKeySet;
}

const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));

async function fetchJson(address: string, signal: AbortSignal): Promise<Record<string, unknown>> {
  const response = await fetch(address, { signal, redirect: 'error', headers: { accept: 'application/json' } });
  if (response.status === 404) throw new WrongIssuer(`There is no provider at OIDC_ISSUER: ${address} is not found.`);
  if (!response.ok) throw new Error(`The identity provider answers HTTP ${response.status} to ${address}.`);
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null)
    throw new Error(`The identity provider answers no object: ${address}.`);
  return body as Record<string, unknown>;
}
