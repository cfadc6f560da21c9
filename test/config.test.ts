import { isAbsolute, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.js';

const OWN_DATABASE = 'postgresql://hub_app:s3cret@db.example:5433/hub';
const PROVIDER = { OIDC_ISSUER: 'https://id.example/realms/hub', OIDC_AUDIENCE: 'partnernetz' };

const faultsOf = (env: NodeJS.ProcessEnv, purpose?: 'serve' | 'command'): readonly string[] => {
  try {
    readConfig(env, purpose);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

describe('defaults', () => {
  it('is a demo hub on this machine', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      databaseUrl: null,
      databaseOwnerUrl: null,
      dataDir: resolve('.data'),
      provider: null,
      largestUpload: 512 * 2 ** 20,
      logLevel: 'info',
      production: false,
      personas: true,
      explorer: true,
      introspection: true,
      demoData: true,
    });
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ HOST: '', PORT: ' ', DATABASE_URL: '', OIDC_ISSUER: '', NODE_ENV: '' })).toEqual(
      readConfig({}),
    );
  });

  it('makes DATA_DIR absolute', () => {
    expect(isAbsolute(readConfig({ DATA_DIR: 'somewhere/else' }).dataDir)).toBe(true);
  });

  it('adds the usual port to a database address without one', () => {
    const { databaseUrl } = readConfig({
      DATABASE_URL: 'postgresql://hub:x@db.example/hub?sslmode=require',
      ...PROVIDER,
    });
    expect(databaseUrl).toBe('postgresql://hub:x@db.example:5432/hub?sslmode=require');
  });
});

describe('personas', () => {
  it.each([
    ['the default', {}, true],
    ['localhost', { HOST: 'localhost' }, true],
    ['another loopback address', { HOST: '127.8.9.10' }, true],
    ['IPv6 loopback', { HOST: '::1' }, true],
    ['development named', { NODE_ENV: 'development' }, true],
    ['a provider', PROVIDER, false],
    ['every interface', { HOST: '0.0.0.0', ...PROVIDER }, false],
    ['IPv6 any', { HOST: '::', ...PROVIDER }, false],
    ['a name that begins like loopback', { HOST: '127.0.0.1.example', ...PROVIDER }, false],
    ['production', { NODE_ENV: 'production', ...PROVIDER }, false],
    ['a database of one’s own', { DATABASE_URL: OWN_DATABASE, ...PROVIDER }, false],
  ])('%s: %o → %s', (_, env, personas) => {
    expect(readConfig(env).personas).toBe(personas);
  });

  it.each([
    ['production', { NODE_ENV: 'production' }, 'production'],
    ['a database of one’s own', { DATABASE_URL: OWN_DATABASE }, 'DATABASE_URL'],
    ['every interface', { HOST: '0.0.0.0' }, 'HOST'],
    ['IPv6 any', { HOST: '::' }, 'HOST'],
    ['a name', { HOST: 'hub.example' }, 'HOST'],
  ])('without them a missing OIDC_ISSUER is a fault when serving: %s', (_, env, why) => {
    expect(faultsOf(env)).toEqual([expect.stringMatching(new RegExp(`^OIDC_ISSUER is missing: .*${why}`))]);
    expect(faultsOf(env, 'command')).toEqual([]);
    expect(readConfig(env, 'command').personas).toBe(false);
  });
});

describe('production', () => {
  it('turns explorer, introspection and demo data off', () => {
    const config = readConfig({ NODE_ENV: 'production', ...PROVIDER });
    expect(config).toMatchObject({ production: true, explorer: false, introspection: false, demoData: false });
  });

  it('is not needed to keep demo data out of a database of one’s own', () => {
    expect(readConfig({ DATABASE_URL: OWN_DATABASE, ...PROVIDER }).demoData).toBe(false);
  });
});

describe('faults', () => {
  it.each([
    ['HOST', { HOST: 'http://127.0.0.1', ...PROVIDER }],
    ['HOST', { HOST: '127.0.0.1:4000', ...PROVIDER }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '-1' }],
    ['PORT', { PORT: '4e3' }],
    ['PORT', { PORT: 'http' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://hub:x@db/hub', ...PROVIDER }],
    ['DATABASE_URL', { DATABASE_URL: 'db.example', ...PROVIDER }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://db.example/hub', ...PROVIDER }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://hub@db.example', ...PROVIDER }],
    ['DATABASE_OWNER_URL', { DATABASE_OWNER_URL: OWN_DATABASE }],
    ['OIDC_ISSUER', { ...PROVIDER, OIDC_ISSUER: 'http://id.example' }],
    ['OIDC_ISSUER', { ...PROVIDER, OIDC_ISSUER: 'https://id.example/?realm=hub' }],
    ['OIDC_ISSUER', { ...PROVIDER, OIDC_ISSUER: 'id.example' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: PROVIDER.OIDC_ISSUER }],
    ['OIDC_AUDIENCE', { OIDC_AUDIENCE: 'partnernetz' }],
    ['NODE_ENV', { NODE_ENV: 'prodution' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ])('%s: %o', (name, env) => {
    expect(faultsOf(env)).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
  });

  it('allows a provider on this machine without https', () => {
    expect(faultsOf({ ...PROVIDER, OIDC_ISSUER: 'http://localhost:8080/realms/hub' })).toEqual([]);
  });

  it('are told together, one line each', () => {
    const env = { PORT: 'x', HOST: 'a b', DATABASE_URL: 'x', NODE_ENV: 'x', LOG_LEVEL: 'x', OIDC_AUDIENCE: 'x' };
    const faults = faultsOf(env);
    expect(faults).toHaveLength(7);
    expect(new ConfigError(faults).message.split('\n')).toEqual(faults);
    for (const name of [...Object.keys(env), 'OIDC_ISSUER']) expect(faults.join('\n')).toContain(name);
  });

  it('never repeat a value', () => {
    const env = { PORT: 's3cret', HOST: 's3cret s3cret', DATABASE_URL: 'mysql://a:s3cret@b/c', OIDC_ISSUER: 's3cret' };
    expect(faultsOf({ ...env, LOG_LEVEL: 's3cret', NODE_ENV: 's3cret' }).join('\n')).not.toContain('s3cret');
  });
});
