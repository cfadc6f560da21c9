import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { isLoopback } from './shared/loopback.js';
import { StartFault } from './shared/start-fault.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const ENVIRONMENTS = ['production', 'development', 'test'] as const;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the hub was told from outside, checked. Nothing else reads the environment. */
export interface Config {
  /** Where it listens; port 0 lets the system pick one. */
  readonly host: string;
  readonly port: number;
  /** One's own PostgreSQL as the role that serves; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** The same database as the role that owns and migrates. */
  readonly databaseOwnerUrl: string | null;
  /** Absolute. Holds the embedded database and the development keys. */
  readonly dataDir: string;
  readonly provider: { readonly issuer: string; readonly audience: string } | null;
  /** Bytes of a directory that may be uploaded. */
  readonly largestUpload: number;
  readonly logLevel: LogLevel;
  readonly production: boolean;
  /** May people sign in without a provider? Only where nothing but this machine and invented data is within reach. */
  readonly personas: boolean;
  readonly explorer: boolean;
  readonly introspection: boolean;
  /** May the demo world be put into an empty embedded database? */
  readonly demoData: boolean;
}

/** Everything that is wrong with the environment, told together. */
export class ConfigError extends StartFault {
  override name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/**
 * Reads and checks the environment. `purpose` is `serve` for the hub itself, which needs a way to sign in; other
 * commands do without. Messages name the variable and never repeat its value: it may be a secret in the wrong place.
 *
 * @throws ConfigError with every fault that was found.
 */
export function readConfig(env: NodeJS.ProcessEnv, purpose: 'serve' | 'command' = 'serve'): Config {
  const faults: string[] = [];
  const read = (name: string): string | null => env[name]?.trim() || null;
  const check = (fine: boolean, fault: string): void => void (fine || faults.push(fault));

  const host = read('HOST') ?? '127.0.0.1';
  check(isIP(host) > 0 || HOST_NAME.test(host), 'HOST must be an IP address or a host name, without scheme and port.');

  const port = read('PORT') ?? '4000';
  check(/^\d{1,5}$/.test(port) && Number(port) <= 65_535, 'PORT must be a whole number from 0 to 65535.');

  const uploadMib = read('UPLOAD_MIB') ?? '512';
  check(/^[1-9]\d{0,3}$/.test(uploadMib), 'UPLOAD_MIB must be a whole number from 1 to 9999.');

  const databaseUrl = read('DATABASE_URL');
  const databaseOwnerUrl = read('DATABASE_OWNER_URL');
  for (const [name, url] of Object.entries({ DATABASE_URL: databaseUrl, DATABASE_OWNER_URL: databaseOwnerUrl }))
    check(!url || isDatabaseUrl(url), `${name} must look like postgresql://role:password@host:5432/database.`);
  check(!databaseOwnerUrl || databaseUrl !== null, 'DATABASE_OWNER_URL needs DATABASE_URL, the role that serves.');

  const issuer = read('OIDC_ISSUER');
  const audience = read('OIDC_AUDIENCE');
  check(!issuer || isIssuer(issuer), 'OIDC_ISSUER must be an https address without query (http only on this machine).');
  check(!issuer || audience !== null, 'OIDC_ISSUER needs OIDC_AUDIENCE, the audience of this hub’s access tokens.');
  check(!audience || issuer !== null, 'OIDC_AUDIENCE needs OIDC_ISSUER, the address of the identity provider.');

  const environment = read('NODE_ENV');
  check(
    !environment || isOneOf(ENVIRONMENTS, environment),
    `NODE_ENV must be one of ${ENVIRONMENTS.join(', ')}, or unset.`,
  );
  const production = environment === 'production';

  const logLevel = read('LOG_LEVEL') ?? 'info';
  check(isOneOf(LOG_LEVELS, logLevel), `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);

  const personas = !databaseUrl && isLoopback(host) && !production && !issuer;
  if (purpose === 'serve' && !personas && !issuer) {
    const why = production
      ? 'NODE_ENV is production'
      : databaseUrl
        ? 'DATABASE_URL names a database of your own'
        : 'HOST is reachable from other machines';
    faults.push(`OIDC_ISSUER is missing: ${why}, so people must sign in through an identity provider.`);
  }

  if (faults.length > 0) throw new ConfigError(faults);
  return {
    host,
    port: Number(port),
    databaseUrl: databaseUrl && withPort(databaseUrl),
    databaseOwnerUrl: databaseOwnerUrl && withPort(databaseOwnerUrl),
    dataDir: resolve(read('DATA_DIR') ?? '.data'),
    provider: issuer && audience ? { issuer, audience } : null,
    largestUpload: Number(uploadMib) * 2 ** 20,
    logLevel: logLevel as LogLevel,
    production,
    personas,
    explorer: !production,
    introspection: !production,
    demoData: !production && !databaseUrl,
  };
}

/** The same for this process. */
export const configOfProcess = (purpose?: 'serve' | 'command'): Config => readConfig(process.env, purpose);

const isOneOf = (list: readonly string[], value: string): boolean => list.includes(value);

function isDatabaseUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.username !== '' && url.pathname.length > 1;
}

/** MikroORM takes an address without a port for port 0. */
function withPort(text: string): string {
  const url = new URL(text);
  if (url.hostname && !url.port) url.port = '5432';
  return url.href;
}

function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.search || url.hash || url.username) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}
