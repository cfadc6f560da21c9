import { createHmac } from 'node:crypto';
import { CompactSign, exportSPKI, type JWK, type JWTHeaderParameters, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PublicError } from '../../src/shared/errors.js';
import { providerKeys } from '../../src/viewer/provider-keys.js';
import { createSignIn, type SignIn } from '../../src/viewer/sign-in.js';
import { Provider, type Signer, signer } from '../support/provider.js';

const AUDIENCE = 'partnernetz';
const NOW = new Date('2026-05-04T08:00:00Z');
const SECOND = Math.floor(NOW.getTime() / 1000);

const provider = new Provider();
let es256: Signer;
let rs256: Signer;
let ps256: Signer;
let es384: Signer;
let stranger: Signer;
let now = NOW;

const claims = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
  const all = { iss: provider.issuer, aud: AUDIENCE, sub: 'm.muster', iat: SECOND, exp: SECOND + 300, ...changes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

const token = (payload = claims(), by = es256, header: Partial<JWTHeaderParameters> = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: by.alg, kid: by.kid, ...header }).sign(by.privateKey);

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const open = (options: Parameters<typeof providerKeys>[1] = {}): SignIn => {
  const { find } = providerKeys(provider.issuer, { askAgainMs: 0, ...options });
  return createSignIn({ issuer: provider.issuer, audience: AUDIENCE, keys: find }, { now: () => now });
};

const refused = async (signIn: SignIn, authorization: string): Promise<PublicError> => {
  const answer = await signIn.identify(authorization).catch((error: unknown) => error);
  if (answer instanceof PublicError) return answer;
  throw new Error(`Not refused: ${JSON.stringify(answer)}`);
};

beforeAll(async () => {
  [es256, rs256, ps256, es384, stranger] = await Promise.all([
    signer(),
    signer('RS256'),
    signer('PS256'),
    signer('ES384'),
    signer(),
  ]);
  await provider.open();
});
afterAll(() => provider.goAway());
beforeEach(() => {
  now = NOW;
  provider.keys = [es256.jwk, rs256.jwk, ps256.jwk, es384.jwk];
  provider.claims = {};
  provider.status = 200;
});

describe('taken', () => {
  const cases: [string, () => Promise<string>][] = [
    ['ES256', () => token()],
    ['RS256', () => token(claims(), rs256)],
    ['PS256', () => token(claims(), ps256)],
    ['several audiences, ours among them', () => token(claims({ aud: ['other', AUDIENCE] }))],
    ['expired within the skew', () => token(claims({ exp: SECOND - 4 }))],
    ['issued by a clock that is a little fast', () => token(claims({ iat: SECOND + 5 }))],
    ['not before within the skew', () => token(claims({ nbf: SECOND + 5 }))],
    ['without a key id, where one key fits', () => token(claims(), es256, { kid: undefined })],
    ['typed as an access token', () => token(claims(), es256, { typ: 'at+jwt' })],
    ['with claims nobody asked for', () => token(claims({ roles: ['ADMIN'], network: 'aachen' }))],
  ];
  it.each(cases)('%s', async (_, make) => {
    const identity = await open().identify(`Bearer ${await make()}`);
    expect(identity).toEqual({ issuer: provider.issuer, subject: 'm.muster', name: null });
  });

  it('takes the name along', async () => {
    const identity = await open().identify(`Bearer ${await token(claims({ name: 'Mia Muster' }))}`);
    expect(identity?.name).toBe('Mia Muster');
  });

  it('takes the scheme in any case, as HTTP wants it', async () => {
    expect(await open().identify(`bearer ${await token()}`)).toMatchObject({ subject: 'm.muster' });
  });

  it('drops a name that the database could not keep', async () => {
    for (const name of ['a\u0000b', 'a\ud800b', 7, { a: 1 }, ' '])
      expect(await open().identify(`Bearer ${await token(claims({ name }))}`)).toMatchObject({ name: null });
  });
});

describe('refused', () => {
  const cases: [string, () => Promise<string> | string][] = [
    ['alg none', () => `${base64({ alg: 'none' })}.${base64(claims())}.`],
    ['alg none with a signature', () => `${base64({ alg: 'none' })}.${base64(claims())}.AAAA`],
    [
      'HS256 keyed with the public key',
      async () => {
        const input = `${base64({ alg: 'HS256', kid: rs256.kid })}.${base64(claims())}`;
        return `${input}.${createHmac('sha256', await exportSPKI(rs256.publicKey))
          .update(input)
          .digest('base64url')}`;
      },
    ],
    ['an algorithm that is not pinned', () => token(claims(), es384)],
    ['an algorithm that is not the key’s', () => token(claims(), es256, { kid: rs256.kid })],
    ['another issuer', () => token(claims({ iss: 'https://elsewhere.example' }))],
    ['an issuer with a slash more', () => token(claims({ iss: `${provider.issuer}/` }))],
    ['another audience', () => token(claims({ aud: 'other' }))],
    ['no fitting one among several audiences', () => token(claims({ aud: ['other', `${AUDIENCE}2`] }))],
    ['no issuer', () => token(claims({ iss: undefined }))],
    ['no audience', () => token(claims({ aud: undefined }))],
    ['no exp', () => token(claims({ exp: undefined }))],
    ['no iat', () => token(claims({ iat: undefined }))],
    ['no sub', () => token(claims({ sub: undefined }))],
    ['an empty sub', () => token(claims({ sub: '' }))],
    ['a sub that is no text', () => token(claims({ sub: 7 }))],
    ['a sub with a NUL byte', () => token(claims({ sub: 'm\u0000' }))],
    ['a sub without end', () => token(claims({ sub: 'm'.repeat(256) }))],
    ['exp as text', () => token(claims({ exp: String(SECOND + 300) }))],
    ['iat as text', () => token(claims({ iat: String(SECOND) }))],
    ['issued in the future', () => token(claims({ iat: SECOND + 6 }))],
    ['not yet valid', () => token(claims({ nbf: SECOND + 6 }))],
    ['another key under a known key id', () => token(claims(), { ...stranger, kid: es256.kid })],
    ['an unknown key', () => token(claims(), stranger)],
    ['another key without a key id', () => token(claims(), stranger, { kid: undefined })],
    ['a key that it brings along itself', () => token(claims(), stranger, { kid: es256.kid, jwk: stranger.jwk })],
    [
      'an unknown critical header',
      () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'ES256', kid: es256.kid, crit: ['x'], x: 1 })
          .sign(es256.privateKey, { crit: { x: true } }),
    ],
    [
      'a changed claim',
      async () => {
        const [header, , signature] = (await token()).split('.');
        return `${header}.${base64(claims({ sub: 'admin' }))}.${signature}`;
      },
    ],
    [
      'a changed signature',
      async () => {
        const [header, payload, signature] = (await token()).split('.');
        return `${header}.${payload}.${signature!.startsWith('A') ? 'B' : 'A'}${signature!.slice(1)}`;
      },
    ],
    ['a signature cut short', async () => (await token()).slice(0, -8)],
    [
      'claims that are no object',
      () =>
        new CompactSign(Buffer.from('[1]')).setProtectedHeader({ alg: 'ES256', kid: es256.kid }).sign(es256.privateKey),
    ],
    ['no JSON at all', () => 'aaaa.bbbb.cccc'],
  ];
  it.each(cases)('%s', async (_, make) => {
    const text = await make();
    const error = await refused(open(), `Bearer ${text}`);
    expect(error.code).toBe('UNAUTHENTICATED');
    expect(error.message).not.toContain(text.slice(0, 8));
  });

  it.each([
    ['expired', -60],
    ['expired just beyond the skew', -5],
  ])('%s, and says so', async (_, seconds) => {
    const error = await refused(open(), `Bearer ${await token(claims({ exp: SECOND + seconds }))}`);
    expect(error.code).toBe('UNAUTHENTICATED');
    expect(error.message).toContain('expired');
  });

  it('goes by the injected clock', async () => {
    const signIn = open();
    const header = `Bearer ${await token()}`;
    expect(await signIn.identify(header)).not.toBeNull();
    now = new Date(NOW.getTime() + 306_000);
    expect((await refused(signIn, header)).message).toContain('expired');
    now = NOW;
    expect(await signIn.identify(header)).not.toBeNull();
    now = new Date(NOW.getTime() - 6_000);
    expect((await refused(signIn, header)).code).toBe('UNAUTHENTICATED');
  });

  it('though its claims and its header passed before, with another signature', async () => {
    const signIn = open();
    const [first, second] = [await token(), await token(claims({ sub: 'another' }))].map(text => text.split('.'));
    await signIn.identify(`Bearer ${first!.join('.')}`);
    await refused(signIn, `Bearer ${[first![0], first![1], second![2]].join('.')}`);
    await refused(signIn, `Bearer ${[first![0], second![1], first![2]].join('.')}`);
    expect(await signIn.identify(`Bearer ${first!.join('.')}`)).toMatchObject({ subject: 'm.muster' });
  });

  it.each([
    '',
    ' ',
    'Bearer',
    'Bearer ',
    'Bearer a.b',
    'Basic bTpt',
    'Bearer a.b.c d',
    'Bearer  a.b.c',
    'Bearer a.b.ü',
  ])('a header like %j', async header => {
    const error = await refused(open(), header);
    expect(error.code).toBe('UNAUTHENTICATED');
    expect(error.message).toContain('Authorization header');
  });

  it('a token without its scheme, and one sent twice', async () => {
    const text = await token();
    for (const header of [text, ` Bearer ${text}`, `Bearer ${text}, Bearer ${text}`, `Bearer ${text} `])
      expect((await refused(open(), header)).code).toBe('UNAUTHENTICATED');
  });
});

it('is nobody without a header', async () => {
  expect(await open().identify(undefined)).toBeNull();
});

describe('the provider', () => {
  it('is asked once for many requests', async () => {
    const signIn = open({ askAgainMs: 60_000 });
    const header = `Bearer ${await token()}`;
    const before = provider.asked;
    await Promise.all(Array.from({ length: 20 }, () => signIn.identify(header)));
    await signIn.identify(header);
    expect(provider.asked - before).toBe(2);
  });

  it('rotates its keys: the new one is taken at once, the old one while it is published', async () => {
    const signIn = open();
    const next = await signer();
    const old = await token();
    await signIn.identify(`Bearer ${old}`);
    provider.keys = [es256.jwk, next.jwk];
    expect(await signIn.identify(`Bearer ${await token(claims(), next)}`)).not.toBeNull();
    expect(await signIn.identify(`Bearer ${old}`)).not.toBeNull();
    provider.keys = [next.jwk];
    await refused(signIn, `Bearer ${await token(claims(), stranger)}`);
    expect((await refused(signIn, `Bearer ${old}`)).code).toBe('UNAUTHENTICATED');
  });

  it('withdraws a key: noticed beside the requests', async () => {
    const signIn = open({ refreshMs: 0 });
    const header = `Bearer ${await token()}`;
    await signIn.identify(header);
    provider.keys = [rs256.jwk];
    await expect.poll(() => signIn.identify(header).catch((error: PublicError) => error.code)).toBe('UNAUTHENTICATED');
  });

  it('puts another key in the place of one: a token that passed by the old one does no more', async () => {
    const signIn = open({ refreshMs: 0 });
    const header = `Bearer ${await token()}`;
    await signIn.identify(header);
    await signIn.identify(header);
    provider.keys = [{ ...stranger.jwk, kid: es256.kid }];
    await expect.poll(() => signIn.identify(header).catch((error: PublicError) => error.code)).toBe('UNAUTHENTICATED');
  });

  it('is not asked again and again for made-up keys', async () => {
    const signIn = open({ askAgainMs: 60_000 });
    await signIn.identify(`Bearer ${await token()}`);
    const before = provider.asked;
    for (let i = 0; i < 5; i++) await refused(signIn, `Bearer ${await token(claims(), stranger, { kid: `k${i}` })}`);
    expect(provider.asked).toBe(before);
  });

  it.each([
    ['answers with a failure', () => (provider.status = 500)],
    ['names another issuer', () => (provider.claims = { issuer: 'https://elsewhere.example' })],
    ['keeps its keys at an unsafe address', () => (provider.claims = { jwks_uri: 'http://id.example/keys' })],
    ['names no address', () => (provider.claims = { jwks_uri: 'keys' })],
    ['publishes no keys', () => (provider.keys = undefined as unknown as JWK[])],
  ])('%s: SERVICE_UNAVAILABLE, the reason goes to the log alone', async (_, spoil) => {
    spoil();
    const faults: unknown[] = [];
    const error = await refused(open({ onFault: fault => faults.push(fault) }), `Bearer ${await token()}`);
    expect(error.code).toBe('SERVICE_UNAVAILABLE');
    expect(faults).toHaveLength(1);
  });

  it('is away: SERVICE_UNAVAILABLE at a cold start, then it comes back', async () => {
    const signIn = open();
    const header = `Bearer ${await token()}`;
    await provider.goAway();
    expect((await refused(signIn, header)).code).toBe('SERVICE_UNAVAILABLE');
    expect((await refused(signIn, 'Bearer x')).code).toBe('UNAUTHENTICATED');
    expect(await signIn.identify(undefined)).toBeNull();
    await provider.open();
    expect(await signIn.identify(header)).not.toBeNull();
  });

  it('is away later: known keys keep working, of unknown ones nobody can tell', async () => {
    const signIn = open({ refreshMs: 0 });
    const header = `Bearer ${await token()}`;
    await signIn.identify(header);
    await provider.goAway();
    for (let i = 0; i < 10; i++) expect(await signIn.identify(header)).not.toBeNull();
    expect((await refused(signIn, `Bearer ${await token(claims({ exp: SECOND - 60 }))}`)).message).toContain('expired');
    expect((await refused(signIn, `Bearer ${await token(claims(), stranger)}`)).code).toBe('SERVICE_UNAVAILABLE');
    await provider.open();
    expect((await refused(signIn, `Bearer ${await token(claims(), stranger)}`)).code).toBe('UNAUTHENTICATED');
  });
});
