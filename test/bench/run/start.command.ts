import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { sizeNamed } from '../size.js';
import { LoadProcess } from './load-process.js';
import { median } from './measure.js';
import { memoryOf, startServer } from './processes.js';
import { askOf, QUESTIONS } from './questions.js';
import { openScene, type Scene, start } from './scene.js';

interface Options {
  readonly size: string;
  readonly data: string;
  readonly times: string;
  readonly connections: string;
  readonly seconds: string;
  readonly json?: string;
}

export const startCommand = (): Command =>
  new Command('start')
    .description(
      'How long the hub takes from its start to its first answer, and how much memory under many connections.',
    )
    .option('--size <size>', 'S, L or XL', 'S')
    .option('--data <folder>', 'where the databases lie', '.bench')
    .option('--times <number>', 'starts of each kind', '7')
    .option('--connections <number>', 'that ask at once, for the memory', '64')
    .option('--seconds <number>', 'each question is asked, for the memory', '5')
    .option('--json <file>', 'where the figures go')
    .action(measureStart);

async function measureStart({ size: name, data, times, connections, seconds, json }: Options): Promise<void> {
  const scene = await openScene(data, sizeNamed(name), QUESTIONS);
  let memory: { rss: number; peak: number };
  const warm: number[] = [];
  try {
    for (let i = 0; i < Number(times); i++) warm.push(await firstAnswer(scene));
    memory = await memoryUnder(scene, Number(connections), Number(seconds));
  } finally {
    await scene.close();
  }
  // Now nobody holds PostgreSQL: each start of the hub starts it too.
  const cold: number[] = [];
  for (let i = 0; i < Number(times); i++) cold.push(await firstAnswer(scene));
  const figures = {
    size: name,
    coldStartMs: Math.round(median(cold)),
    besidePostgresMs: Math.round(median(warm)),
    connections: Number(connections),
    rssMb: memory.rss,
    peakRssMb: memory.peak,
  };
  console.log(
    `Cold start with PostgreSQL to the first answer: ${figures.coldStartMs} ms (${cold.map(Math.round).join(', ')})`,
  );
  console.log(
    `The same beside a PostgreSQL that runs: ${figures.besidePostgresMs} ms (${warm.map(Math.round).join(', ')})`,
  );
  console.log(`${connections} connections: ${memory.rss} MB, at most ${memory.peak} MB`);
  if (json) await writeFile(json, `${JSON.stringify(figures, null, 2)}\n`);
}

/** Milliseconds from the start of the process to an answer out of the database. */
async function firstAnswer({ dataDir, asked, request }: Scene): Promise<number> {
  const question = QUESTIONS.find(({ name }) => name === 'Q4')!;
  const { body } = await request(askOf(question, asked.get(question)![0]!, 'hub'));
  const from = performance.now();
  const server = await startServer('src/main.js', ['serve'], { DATA_DIR: dataDir });
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(server.url, { method: 'POST', headers, body });
    const text = await response.text();
    const took = performance.now() - from;
    if (!text.includes('"service":{')) throw new Error(`The first answer is wrong: ${text}`);
    return took;
  } finally {
    await server.stop();
  }
}

/** MB of a hub that was asked every question by so many at once. */
async function memoryUnder(scene: Scene, connections: number, seconds: number): Promise<{ rss: number; peak: number }> {
  const server = await start('hub', scene);
  const load = new LoadProcess();
  try {
    for (const question of QUESTIONS) {
      const requests = await scene.requests(question, 'hub');
      const { failed, failure } = await load.run({ port: server.port, requests, connections, seconds });
      if (failed > 0) throw new Error(`${question.name}: ${failure}`);
    }
    return memoryOf(server.pid);
  } finally {
    load.stop();
    await server.stop();
  }
}
