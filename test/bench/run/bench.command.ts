import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { sizeNamed } from '../size.js';
import { compare } from './compare.js';
import { LoadProcess } from './load-process.js';
import { type Measured, measure } from './measure.js';
import { memoryOf, type Server } from './processes.js';
import { QUESTIONS } from './questions.js';
import { writeReplays } from './replays.js';
import { asJson, asMarkdown, type Report, type ServerFigures } from './report.js';
import { openScene, start } from './scene.js';
import { SUBJECTS, type Subject } from './subject.js';

interface Options {
  readonly size: string;
  readonly data: string;
  readonly seconds: string;
  readonly rounds: string;
  readonly connections: string;
  readonly json?: string;
  readonly markdown?: string;
  readonly questions?: string;
  readonly peers?: string;
}

export const benchCommand = (): Command =>
  new Command('run')
    .description('Ask the hub and its peers the same questions in turn, and tell how fast who answers.')
    .option('--size <size>', 'S (10,000 services), L (250,000) or XL (1,000,000)', 'S')
    .option('--data <folder>', 'where the databases lie', '.bench')
    .option('--seconds <number>', 'for each server and question, over all rounds', '9')
    .option('--rounds <number>', 'in how many turns', '3')
    .option('--connections <number>', 'that ask at once', '16')
    .option('--questions <names>', 'these alone: Q1,Q4')
    .option('--peers <names>', `these alone: ${SUBJECTS.slice(1).join(',')}`)
    .option('--json <file>', 'where the report goes')
    .option('--markdown <file>', 'the same to read; printed in any case')
    .action(run);

async function run(options: Options): Promise<void> {
  const report = await measureAll(options);
  const text = asMarkdown(report);
  process.stdout.write(`\n${text}`);
  if (options.markdown) await writeFile(options.markdown, text);
  if (options.json) await writeFile(options.json, `${JSON.stringify(asJson(report), null, 2)}\n`);
}

async function measureAll(options: Options): Promise<Report> {
  const size = sizeNamed(options.size);
  const questions = chosen(QUESTIONS, options.questions, ({ name }) => name);
  const peers = new Set(questions.flatMap(question => question.peers));
  const subjects: Subject[] = ['hub', ...chosen([...peers], options.peers, name => name)];
  const [seconds, rounds, connections] = [options.seconds, options.rounds, options.connections].map(Number) as [
    number,
    number,
    number,
  ];
  const scene = await openScene(options.data, size, questions);
  const servers = new Map<Subject, Server>();
  const load = new LoadProcess();
  const closing = onceOnly(async () => {
    load.stop();
    await Promise.all([...servers.values()].map(server => server.stop()));
    await scene.close();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void closing().finally(() => process.exit(130)));
  try {
    await writeReplays(scene, questions);
    for (const subject of subjects) servers.set(subject, await start(subject, scene));
    const measured: Measured[] = [];
    for (const question of questions) {
      const same = await compare(scene, question, servers);
      console.log(`${question.name}: ${same} answers of peers are the same as the hub’s.`);
      const one = await measure(scene, question, servers, { seconds, rounds, connections, load });
      for (const [subject, { rps, cpuUs }] of one.figures)
        console.log(`  ${subject}: ${rps.toFixed(0)} a second, ${cpuUs.toFixed(0)} µs of CPU each`);
      measured.push(one);
    }
    return { size, seconds, connections, measured, servers: new Map([...servers].map(figuresOf)) };
  } finally {
    await closing();
  }
}

const figuresOf = ([subject, { pid, startedIn }]: [Subject, Server]): [Subject, ServerFigures] => {
  const { rss, peak } = memoryOf(pid);
  return [subject, { startedMs: Math.round(startedIn), rssMb: rss, peakRssMb: peak }];
};

/** Those of a list that were named. @throws Error for a name that nothing has */
function chosen<T>(all: readonly T[], names: string | undefined, nameOf: (one: T) => string): T[] {
  if (names === undefined) return [...all];
  const wanted = names.split(',').map(name => name.trim());
  const unknown = wanted.filter(name => !all.some(one => nameOf(one) === name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}: ${all.map(nameOf).join(', ')}.`);
  return all.filter(one => wanted.includes(nameOf(one)));
}

function onceOnly(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
