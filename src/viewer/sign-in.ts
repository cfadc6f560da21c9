import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../shared/clock.js';
import { serviceUnavailable, unauthenticated } from '../shared/errors.js';
import { passedTokens, SKEW_S, secondsOf, type Verified } from './passed-tokens.js';
import { ProviderAway } from './provider-keys.js';

const ALGORITHMS = ['ES256', 'PS256', 'RS256'];
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const LONGEST_SUBJECT = 255;
const LONGEST_NAME = 200;

/** Whose access tokens are taken, for whom they must be made out, and where the keys come from. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
}

/** Who sent an access token. What they may do stands in the database, never in the token. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string | null;
}

export interface SignIn {
  /**
   * Whose token an Authorization header carries; null without a header.
   *
   * @throws PublicError UNAUTHENTICATED where the header or the token is not in order, SERVICE_UNAVAILABLE where that
   * can't be told because the identity provider is away.
   */
  identify(authorization: string | undefined): Promise<Identity | null>;
}

/** Verifies access tokens of one issuer: pinned algorithms, issuer, audience, exp, iat and sub, 5 s of skew. */
export function createSignIn(trusted: TrustedIssuer, clock: Clock): SignIn {
  const passed = passedTokens(trusted);
  return {
    async identify(authorization) {
      if (authorization === undefined) return null;
      const token = BEARER.exec(authorization)?.[1];
      if (!token) throw unauthenticated('The Authorization header must be "Bearer", one space and an access token.');
      const now = clock.now();
      const known = await passed.find(token, now);
      if (known) return known;
      const verified = await verify(trusted, token, now);
      const identity = identityOf(verified.payload);
      passed.keep(token, verified, identity);
      return identity;
    },
  };
}

async function verify(trusted: TrustedIssuer, token: string, now: Date): Promise<Verified> {
  try {
    const verified = await jwtVerify(token, trusted.keys, {
      algorithms: ALGORITHMS,
      issuer: trusted.issuer,
      audience: trusted.audience,
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: SKEW_S,
      currentDate: now,
    });
    // jose looks at iat only together with a greatest age.
    if (verified.payload.iat! > secondsOf(now) + SKEW_S) throw notValid();
    return verified;
  } catch (error) {
    if (error instanceof ProviderAway) throw serviceUnavailable('The identity provider can’t be reached. Try again.');
    if (error instanceof errors.JWTExpired) throw unauthenticated('The access token has expired. Sign in again.');
    throw notValid();
  }
}

function identityOf({ iss, sub, name }: JWTPayload): Identity {
  if (typeof sub !== 'string' || sub === '' || sub.length > LONGEST_SUBJECT || !isPrintable(sub)) throw notValid();
  const shown = typeof name === 'string' && isPrintable(name) ? [...name.trim()].slice(0, LONGEST_NAME).join('') : '';
  return { issuer: iss!, subject: sub, name: shown || null };
}

/** NUL and lone surrogates don't survive the way into the database. */
const isPrintable = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text);

const notValid = () => unauthenticated('The access token is not valid here.');
