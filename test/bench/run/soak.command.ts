import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { withClient } from '../../../src/database/client.js';
import { superuserUrl } from '../../support/data-dir.js';
import { sizeNamed } from '../size.js';
import { LoadProcess } from './load-process.js';
import { memoryOf, type Server } from './processes.js';
import { QUESTIONS } from './questions.js';
import { openScene, type Scene, start } from './scene.js';

interface Options {
  readonly size: string;
  readonly data: string;
  readonly minutes: string;
  readonly connections: string;
  readonly json?: string;
}

export const soakCommand = (): Command =>
  new Command('soak')
    .description('Half of what the hub can carry, for long: does its memory grow, does it lose a connection?')
    .option('--size <size>', 'S, L or XL', 'S')
    .option('--data <folder>', 'where the databases lie', '.bench')
    .option('--minutes <number>', 'how long', '30')
    .option('--connections <number>', 'that ask at once', '16')
    .option('--json <file>', 'where the figures go')
    .action(soak);

/** Of a question at a time; all of them come round within a minute. */
const TURN_SECONDS = 7;
const FULL_LOAD_SECONDS = 3;
/** While code is compiled and caches fill, memory grows as it should. */
const SETTLED_AFTER = 0.25;

interface Moment {
  readonly minute: number;
  readonly rssMb: number;
  readonly connections: number;
}

async function soak({ size: name, data, minutes, connections, json }: Options): Promise<void> {
  const scene = await openScene(data, sizeNamed(name), QUESTIONS);
  const load = new LoadProcess();
  let server: Server | undefined;
  try {
    server = await start('hub', scene);
    const { port, pid } = server;
    const turns = [];
    for (const question of QUESTIONS) {
      const order = { port, requests: await scene.requests(question, 'hub'), connections: Number(connections) };
      const full = await load.run({ ...order, seconds: FULL_LOAD_SECONDS });
      turns.push({ ...order, seconds: TURN_SECONDS, rate: Math.max(1, full.count / full.seconds / 2) });
    }
    const from = performance.now();
    const minute = () => (performance.now() - from) / 60_000;
    const moments: Moment[] = [];
    let [asked, failed] = [0, 0];
    for (let i = 0; minute() < Number(minutes); i++) {
      const result = await load.run(turns[i % turns.length]!);
      asked += result.count;
      failed += result.failed;
      moments.push({ minute: minute(), rssMb: memoryOf(pid).rss, connections: await connectionsOf(scene) });
    }
    const settled = moments.filter(one => one.minute > SETTLED_AFTER * Number(minutes));
    const figures = {
      size: name,
      minutes: Number(minutes),
      requests: asked,
      failed,
      mbPerMinute: Number(slopeOf(settled).toFixed(2)),
      rssMb: moments.at(-1)!.rssMb,
      peakRssMb: memoryOf(pid).peak,
      mostConnections: Math.max(...moments.map(one => one.connections)),
      connectionsAtTheEnd: moments.at(-1)!.connections,
    };
    console.log(figures);
    if (json) await writeFile(json, `${JSON.stringify({ ...figures, moments }, null, 2)}\n`);
  } finally {
    load.stop();
    await server?.stop();
    await scene.close();
  }
}

/** Those of the hub's role to PostgreSQL. */
const connectionsOf = async ({ dataDir, database }: Scene): Promise<number> =>
  withClient(await superuserUrl(dataDir, database.ownerUrl), async client => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where usename = 'hub_app'`,
    );
    return rows[0]!.count;
  });

/** MB a minute, by least squares. */
function slopeOf(moments: readonly Moment[]): number {
  const mean = (of: (one: Moment) => number) => moments.reduce((sum, one) => sum + of(one), 0) / moments.length;
  const [x, y] = [mean(one => one.minute), mean(one => one.rssMb)];
  const across = moments.reduce((sum, one) => sum + (one.minute - x) * (one.rssMb - y), 0);
  const along = moments.reduce((sum, one) => sum + (one.minute - x) ** 2, 0);
  return along === 0 ? 0 : across / along;
}
