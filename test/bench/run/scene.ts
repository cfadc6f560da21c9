import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../src/database/client.js';
import type { EmbeddedDatabase } from '../../../src/database/embedded.js';
import { findPostmaster } from '../../../src/database/postmaster.js';
import { openDevelopmentKeys, tokenFor } from '../../../src/viewer/development-keys.js';
import { openBenchDatabase } from '../database.js';
import { fill, folderOf } from '../generate/generate.command.js';
import { makePeerSchema } from '../peers/peer-schema.js';
import type { Size } from '../size.js';
import { type Server, startServer } from './processes.js';
import { type Asked, askOf, type Question } from './questions.js';
import type { Ask, Subject } from './subject.js';

/** Everything that a run needs: the database, what is asked, and a folder for it. */
export interface Scene {
  readonly dataDir: string;
  readonly database: EmbeddedDatabase;
  readonly postmaster: number;
  /** By question. */
  readonly asked: ReadonlyMap<Question, readonly Asked[]>;
  /** File with the requests of a question as this subject is sent them. */
  requests(question: Question, subject: Subject): Promise<string>;
  /** File with what the limit replays; empty where nothing is. */
  readonly replays: string;
  /** Request as it is sent, with a token where somebody asks. */
  request(ask: Ask): Promise<{ body: string; authorization?: string }>;
  close(): Promise<void>;
}

/** The database of that size, generated where it is not there yet, and requests to ask of it. */
export async function openScene(data: string, size: Size, questions: readonly Question[]): Promise<Scene> {
  const dataDir = folderOf(data, size);
  for (const line of await fill(dataDir, size, { jobs: 2, search: false })) console.log(line);
  const database = await openBenchDatabase(dataDir);
  try {
    const folder = await mkdtemp(join(tmpdir(), 'partnernetz-bench-'));
    const owner = await connect(database.ownerUrl, 'partnernetz bench');
    const asked = new Map<Question, readonly Asked[]>();
    try {
      await makePeerSchema(owner);
      for (const question of questions) asked.set(question, await question.asks(owner, size));
    } finally {
      await owner.end();
    }
    const keys = await openDevelopmentKeys(dataDir);
    const tokens = new Map<string, Promise<string>>();
    const tokenOf = (name: string): Promise<string> => {
      const token = tokens.get(name) ?? tokenFor(keys, { name, may: { de: '', en: '' } }, new Date());
      tokens.set(name, token);
      return token;
    };
    const request = async ({ as, ...ask }: Ask) => ({
      body: JSON.stringify(ask),
      ...(as !== undefined && { authorization: `Bearer ${await tokenOf(as)}` }),
    });
    const postmaster = (await findPostmaster(join(dataDir, 'postgres')))!.pid;
    return {
      dataDir,
      database,
      postmaster,
      replays: join(folder, 'replays.txt'),
      asked,
      request,
      async requests(question, subject) {
        const path = join(folder, `${question.name}-${subject}.txt`);
        const all = await Promise.all(asked.get(question)!.map(one => request(askOf(question, one, subject))));
        await writeFile(path, all.map(one => JSON.stringify(one)).join('\n'));
        return path;
      },
      async close() {
        await rm(folder, { recursive: true, force: true });
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The hub as `npm start` has it; peers as their manuals say for production. */
export function start(subject: Subject, { dataDir, database, replays }: Scene): Promise<Server> {
  if (subject === 'hub') return startServer('src/main.js', ['serve'], { DATA_DIR: dataDir });
  return startServer(`test/bench/peers/${subject}.js`, [], {
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    NODE_ENV: 'production',
    GRAPHILE_ENV: 'production',
    ...(subject === 'limit' && existsSync(replays) && { REPLAYS: replays }),
  });
}
