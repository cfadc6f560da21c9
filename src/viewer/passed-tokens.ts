import type { CompactJWSHeaderParameters, JWTPayload, JWTVerifyGetKey, JWTVerifyResult, ResolvedKey } from 'jose';
import type { Identity, TrustedIssuer } from './sign-in.js';

/** Seconds that clocks may differ. */
export const SKEW_S = 5;

export const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1000);

/** What jose says of a token that is in order. */
export type Verified = JWTVerifyResult & ResolvedKey;

const MOST_TOKENS = 1_000;
/** Characters: one that names all of somebody's groups is verified each time. */
const LONGEST_TOKEN = 4_000;

interface Passed {
  readonly header: CompactJWSHeaderParameters;
  readonly parts: Parameters<JWTVerifyGetKey>[1];
  readonly key: ResolvedKey['key'];
  readonly payload: JWTPayload;
  readonly identity: Identity;
}

/**
 * Tokens whose signature was verified already; who asked longest ago is forgotten first. A token passes again while it
 * has not run out and as long as the issuer's keys still have the very key that it was verified by: one that is
 * withdrawn is noticed as it would be without this, and so is a provider that is away.
 */
export function passedTokens({ keys }: Pick<TrustedIssuer, 'keys'>) {
  const passed = new Map<string, Passed>();
  const keyNow = async ({ header, parts }: Passed) => keys(header, parts);
  return {
    /** Null: it must be verified, and will say what is wrong with it. */
    async find(token: string, now: Date): Promise<Identity | null> {
      const known = passed.get(token);
      if (!known) return null;
      passed.delete(token);
      if (!holdsAt(known.payload, secondsOf(now))) return null;
      const key = await keyNow(known).catch(() => null);
      if (key !== known.key) return null;
      passed.set(token, known); // to be the youngest again
      return known.identity;
    },
    keep(token: string, { protectedHeader, key, payload }: Verified, identity: Identity): void {
      if (token.length > LONGEST_TOKEN) return;
      const [header, claims, signature] = token.split('.');
      const parts = { protected: header!, payload: claims!, signature: signature! };
      passed.set(token, { header: protectedHeader, parts, key, payload, identity });
      const [oldest] = passed.keys();
      if (passed.size > MOST_TOKENS && oldest !== undefined) passed.delete(oldest);
    },
  };
}

/** Of claims that were in order once: are they still? A clock that was put back counts, too. */
const holdsAt = ({ exp, nbf, iat }: JWTPayload, now: number): boolean =>
  exp! > now - SKEW_S && iat! <= now + SKEW_S && (nbf === undefined || nbf <= now + SKEW_S);
