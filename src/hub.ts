import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { DataloaderType, type EntityManager, MikroORM, type Options } from '@mikro-orm/postgresql';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { printSchema } from 'graphql';
import { confirmationDesk } from './confirmation/confirmation-desk.actions.js';
import { ormConnection } from './database/client.js';
import { recoverLostConnections } from './database/lost-connections.js';
import { SchemaState, schemaStateOf } from './database/schema-state.js';
import { entities } from './entities.js';
import { hsdsPage, hsdsThing } from './hsds-api/hsds-api.query.js';
import { openApi } from './hsds-api/hsds-openapi.rules.js';
import { formatError } from './http/errors.js';
import { type AskedBy, createHttpServer } from './http/server.js';
import { openUpload } from './import-job/import-upload.actions.js';
import { partnerJsonLd, partnerOffersJsonLd } from './jsonld/jsonld.query.js';
import { type Loaders, loadersFor } from './loaders.js';
import { readPath } from './read-path/read-path.js';
import { writePath } from './read-path/write-path.js';
import { hubSchema } from './schema.js';
import { roots, shapes, writes } from './shapes.js';
import { caseDataSnapshot } from './shared/case-data.js';
import type { Clock } from './shared/clock.js';
import type { Context } from './shared/context.js';
import { directoryOnlyByGet } from './shared/directory-only.js';
import { idempotencyKeys } from './shared/idempotency-header.js';
import { Secret } from './shared/secret.entity.js';
import { Secrets } from './shared/secrets.js';
import type { SignIn } from './viewer/sign-in.js';
import { viewerOf } from './viewer/viewer.query.js';
import { ANONYMOUS, type Viewer } from './viewer/viewer.rules.js';

export interface HubOptions {
  /** Of a migrated database, as a role that owns nothing. */
  clientUrl: string;
  signIn: SignIn;
  clock: Clock;
  logger: FastifyBaseLogger;
  /** GraphiQL at `/`. */
  explorer: boolean;
  introspection: boolean;
  /** Bytes of a directory that is uploaded; 512 MiB when left out. */
  largestUpload?: number;
  /** Milliseconds that a request waits for an earlier one with the same Idempotency-Key; 5 s when left out. */
  keyWaitMs?: number;
  /** For tests: what else the ORM is told. */
  orm?: Options;
}

export interface Hub {
  orm: MikroORM;
  /** Not listening yet. */
  app: FastifyInstance;
  /** The context of a request by this viewer, for whoever calls the schema without HTTP. */
  contextOf(viewer: Viewer, requestId?: string): Context;
  close(): Promise<void>;
}

const LARGEST_UPLOAD = 512 * 2 ** 20;

/** To the database, of one hub. A request holds one at a time, and waits for it up to 5 s. */
const CONNECTIONS = 20;

/** Milliseconds that connections may take to end, when the hub does. */
const CLOSING_MS = 5_000;

/** Milliseconds: nothing that a request asks of the database takes longer than the request may. */
const PATIENCE = { statement_timeout: 20_000, idle_in_transaction_session_timeout: 30_000 };

/**
 * A connection keeps its prepared statements through a quiet quarter of an hour; a word a minute keeps whatever lies between
 * from forgetting it meanwhile. What is asked is too short to be compiled.
 */
const CONNECTION = {
  idleTimeoutMillis: 15 * 60_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 60_000,
  options: '-c jit=off',
};

/** Database, schema and server, for the process and the tests alike. */
export async function openHub(options: HubOptions): Promise<Hub> {
  const { clientUrl, signIn, clock, logger, explorer, introspection, keyWaitMs } = options;
  const { largestUpload = LARGEST_UPLOAD } = options;
  const { driverOptions, ...connectionOptions } = ormConnection(clientUrl);
  const orm = await MikroORM.init({
    ...connectionOptions,
    driverOptions: { ...driverOptions, ...PATIENCE, ...CONNECTION },
    entities,
    pool: { min: 0, max: CONNECTIONS },
    dataloader: DataloaderType.ALL,
    ...options.orm,
  });
  const pool = await orm.em.getConnection().getNativeClient();
  recoverLostConnections(pool);
  const secrets = await readSecrets(orm);

  const contextOf = (viewer: Viewer, requestId = ''): Context =>
    new RequestContext(() => orm.em.fork(), viewer, clock.now(), requestId, secrets);
  const outside = orm.em.fork();
  const contextFor = async ({ authorization, idempotencyKey, requestId }: AskedBy): Promise<Context> => {
    const identity = await signIn.identify(authorization);
    const context = contextOf(await viewerOf(outside, identity), requestId);
    const lookAgain = async function (this: Context, em: EntityManager): Promise<boolean> {
      const before = this.viewer;
      this.viewer = await viewerOf(em, identity);
      return !isDeepStrictEqual(before, this.viewer);
    };
    return Object.assign(context, { idempotencyKey, lookAgain });
  };

  const schema = await hubSchema();
  const app = await createHttpServer({
    schema,
    contextFor,
    plugins: [
      readPath({ schema, shapes, roots, em: outside, formatError }),
      writePath({ schema, shapes, writes, em: outside, formatError }),
      caseDataSnapshot(schema),
      directoryOnlyByGet,
      idempotencyKeys(schema, keyWaitMs),
    ],
    confirmations: confirmationDesk(() => contextOf(ANONYMOUS)),
    explorer,
    introspection,
    sdl: () => `${printSchema(schema)}\n`,
    uploads: {
      largest: largestUpload,
      open: async (by, query, type) => openUpload(await contextFor(by), query, type),
    },
    directory: {
      page: (list, query) => hsdsPage(orm.em.fork(), list, query),
      jsonLd: id => partnerJsonLd(orm.em.fork(), id),
      offersJsonLd: (id, query) => partnerOffersJsonLd(orm.em.fork(), id, query),
      openApi,
      thing: (list, id, query) => hsdsThing(orm.em.fork(), list, id, query),
    },
    readiness: async () => (await schemaStateOf(pool)) === SchemaState.CURRENT,
    logger,
  });
  const close = async () => {
    await app.close();
    await Promise.race([orm.close(true), sleep(CLOSING_MS, undefined, { ref: false })]);
  };
  return { orm, app, contextOf, close };
}

/** What only some requests need is made when they do: Apollo works with a copy of the context, that has the same. */
class RequestContext implements Context {
  readonly afterwards: Context['afterwards'] = [];
  private readonly made: { em?: EntityManager; loaders?: Loaders } = {};

  constructor(
    private readonly fork: () => EntityManager,
    public viewer: Viewer,
    readonly now: Date,
    readonly requestId: string,
    readonly secrets: Secrets,
  ) {}

  get em(): EntityManager {
    this.made.em ??= this.fork();
    return this.made.em;
  }

  get loaders(): Loaders {
    this.made.loaders ??= loadersFor(this.em, this.viewer);
    return this.made.loaders;
  }

  async lookAgain(): Promise<boolean> {
    return false;
  }

  forget(): void {
    this.made.em?.clear();
    delete this.made.loaders;
  }
}

async function readSecrets(orm: MikroORM): Promise<Secrets> {
  const { value } = await orm.em.fork().findOneOrFail(Secret, { name: 'root' });
  return new Secrets(value);
}
