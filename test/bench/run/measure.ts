import type { LoadProcess } from './load-process.js';
import { cpuOf, cpuOfPostgres, type Server } from './processes.js';
import type { Question } from './questions.js';
import type { Scene } from './scene.js';
import type { Subject } from './subject.js';

/** Medians over the rounds. Milliseconds; microseconds of CPU for one request. */
export interface Figures {
  readonly rps: number;
  readonly p50: number;
  readonly p99: number;
  /** Of the server's process. */
  readonly cpuUs: number;
  /** Of PostgreSQL. */
  readonly postgresUs: number;
  readonly bytes: number;
  readonly requests: number;
}

export interface Measured {
  readonly question: Question;
  readonly figures: ReadonlyMap<Subject, Figures>;
  /** Medians of each round's own ratio: what slows down all of a round leaves it alone. */
  readonly hubTo: ReadonlyMap<Subject, number>;
  /** The same by CPU, of server and PostgreSQL together: what others do on the machine hardly moves it. */
  readonly hubToByCpu: ReadonlyMap<Subject, number>;
}

interface Options {
  /** For each subject, over all rounds. */
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: number;
  readonly load: LoadProcess;
}

/** Before anything counts: code is compiled, statements are prepared and what is read lies in memory. */
const WARM_UP_SECONDS = 4;

/**
 * Measures a question: one after the other for a part of the time, round by round, every other round in reverse.
 *
 * @throws Error where anybody answers with an error
 */
export async function measure(
  scene: Scene,
  question: Question,
  servers: ReadonlyMap<Subject, Server>,
  { seconds, rounds, connections, load }: Options,
): Promise<Measured> {
  const subjects = [...servers.keys()].filter(one => one === 'hub' || question.peers.includes(one));
  const files = new Map<Subject, string>();
  for (const subject of subjects) files.set(subject, await scene.requests(question, subject));
  const slice = async (subject: Subject, time: number): Promise<Figures> => {
    const { port, pid } = servers.get(subject)!;
    const before = { server: cpuOf(pid), postgres: cpuOfPostgres(scene.postmaster) };
    const result = await load.run({ port, requests: files.get(subject)!, connections, seconds: time });
    if (result.failed > 0) throw new Error(`${question.name}, ${subject}: ${result.failure}`);
    const count = Math.max(1, result.count);
    return {
      rps: result.count / result.seconds,
      p50: result.p50,
      p99: result.p99,
      cpuUs: (cpuOf(pid) - before.server) / count,
      postgresUs: (cpuOfPostgres(scene.postmaster) - before.postgres) / count,
      bytes: result.bytes / count,
      requests: result.count,
    };
  };
  for (const subject of subjects) await slice(subject, WARM_UP_SECONDS);
  const all: ReadonlyMap<Subject, Figures>[] = [];
  for (let round = 0; round < rounds; round++) {
    const of = new Map<Subject, Figures>();
    for (const subject of round % 2 ? subjects.toReversed() : subjects)
      of.set(subject, await slice(subject, seconds / rounds));
    all.push(of);
  }
  const figures = new Map(subjects.map(subject => [subject, mediansOf(all.map(of => of.get(subject)!))]));
  const ratio = (peer: Subject) => median(all.map(of => of.get('hub')!.rps / of.get(peer)!.rps));
  const cpuOfBoth = (subject: Subject) => figures.get(subject)!.cpuUs + figures.get(subject)!.postgresUs;
  const peers = subjects.filter(one => one !== 'hub');
  return {
    question,
    figures,
    hubTo: new Map(peers.map(peer => [peer, ratio(peer)])),
    hubToByCpu: new Map(peers.map(peer => [peer, cpuOfBoth(peer) / cpuOfBoth('hub')])),
  };
}

function mediansOf(rounds: readonly Figures[]): Figures {
  const of = (key: keyof Figures) => median(rounds.map(figures => figures[key]));
  return {
    rps: of('rps'),
    p50: of('p50'),
    p99: of('p99'),
    cpuUs: of('cpuUs'),
    postgresUs: of('postgresUs'),
    bytes: of('bytes'),
    requests: rounds.reduce((sum, { requests }) => sum + requests, 0),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return 0;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}
