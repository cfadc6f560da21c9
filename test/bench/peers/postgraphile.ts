import { createServer } from 'node:http';
import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { ready } from './ready.js';
import { signIn } from './signed-in.js';
import { settingsOf } from './viewer-settings.js';

/** PostGraphile 5 over the views of the peers, with the same connections and policies as the hub. */

const { DATABASE_URL: connectionString = '', DATA_DIR: dataDir = '.' } = process.env;
const identify = await signIn(dataDir);
const viewers = new pg.Pool({ connectionString, max: 4, idleTimeoutMillis: 0 });

const preset: GraphileConfig.Preset = {
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
  pgServices: [
    makePgService({
      connectionString,
      schemas: ['bench_peer'],
      poolConfig: { max: 10, idleTimeoutMillis: 0, options: '-c jit=off' },
    }),
  ],
  // It hides orders by columns that it finds no index of: views have none.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  schema: { defaultBehavior: '+list +connection' },
  grafserv: { graphiql: false, websockets: false, watch: false },
  grafast: {
    explain: false,
    async context(request) {
      const by = await identify(request.node?.req.headers.authorization);
      return by ? { pgSettings: await settingsOf(viewers, by) } : {};
    },
  },
};

const instance = postgraphile(preset);
const server = createServer();
await instance.createServ(grafserv).addTo(server);
const schema = await instance.getSchema();
if (process.env.SDL) process.stdout.write((await import('graphql')).printSchema(schema));
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => ready(server));
