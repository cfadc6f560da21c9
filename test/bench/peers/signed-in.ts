import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { openDevelopmentKeys } from '../../../src/viewer/development-keys.js';
import { DEVELOPMENT_ISSUER } from '../../../src/viewer/personas.js';

export interface SignedIn {
  readonly issuer: string;
  readonly subject: string;
}

/** Who a token of the hub's own keys is of; a token is verified once. @throws for a wrong one */
export async function signIn(
  dataDir: string,
): Promise<(authorization: string | undefined) => Promise<SignedIn | null>> {
  const { publicKey } = await openDevelopmentKeys(dataDir);
  const keys = createLocalJWKSet({ keys: [publicKey] });
  const known = new Map<string, Promise<JWTPayload>>();
  return async authorization => {
    if (!authorization) return null;
    const token = authorization.replace(/^Bearer /, '');
    const verified =
      known.get(token) ?? jwtVerify(token, keys, { issuer: DEVELOPMENT_ISSUER }).then(({ payload }) => payload);
    known.set(token, verified);
    const { exp, sub } = await verified;
    if (!sub || (exp ?? 0) * 1000 < Date.now()) throw new Error('This token has run out.');
    return { issuer: DEVELOPMENT_ISSUER, subject: sub };
  };
}
