import { availableParallelism } from 'node:os';
import type { Size } from '../size.js';
import type { Figures, Measured } from './measure.js';
import type { Subject } from './subject.js';

/** What is known of each process when all is measured. */
export interface ServerFigures {
  readonly startedMs: number;
  readonly rssMb: number;
  readonly peakRssMb: number;
}

export interface Report {
  readonly size: Size;
  readonly seconds: number;
  readonly connections: number;
  readonly measured: readonly Measured[];
  readonly servers: ReadonlyMap<Subject, ServerFigures>;
}

/** The report as the contract has it, and more beside. */
export const asJson = ({ size, seconds, connections, measured, servers }: Report): object => ({
  size: size.name,
  seconds,
  connections,
  at: new Date().toISOString(),
  node: process.version,
  cpus: availableParallelism(),
  questions: measured.map(({ question, figures, hubTo, hubToByCpu }) => ({
    name: question.name,
    about: question.about,
    ...Object.fromEntries([...figures].map(([subject, one]) => [subject, rounded(one)])),
    hubTo: ratios(hubTo),
    hubToByCpu: ratios(hubToByCpu),
  })),
  servers: Object.fromEntries(servers),
});

const ratios = (to: ReadonlyMap<Subject, number>): object =>
  Object.fromEntries([...to].map(([peer, ratio]) => [peer, round(ratio, 3)]));

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

const rounded = ({ rps, p50, p99, cpuUs, postgresUs, bytes, requests }: Figures): Figures => ({
  rps: round(rps, 1),
  p50: round(p50, 3),
  p99: round(p99, 3),
  cpuUs: round(cpuUs, 0),
  postgresUs: round(postgresUs, 0),
  bytes: round(bytes, 0),
  requests,
});

/** The same as tables to read. */
export function asMarkdown({ size, seconds, connections, measured, servers }: Report): string {
  const rows = measured.flatMap(({ question, figures, hubTo, hubToByCpu }) =>
    [...figures].map(([subject, one]) => [
      question.name,
      subject,
      one.rps.toFixed(0),
      one.p50.toFixed(2),
      one.p99.toFixed(2),
      one.cpuUs.toFixed(0),
      one.postgresUs.toFixed(0),
      one.bytes.toFixed(0),
      hubTo.get(subject)?.toFixed(2) ?? '',
      hubToByCpu.get(subject)?.toFixed(2) ?? '',
    ]),
  );
  return [
    `Size ${size.name}, ${connections} connections, ${seconds} s each; medians. “Hub to it”: above 1 the hub is faster.`,
    '',
    table(
      [
        'Question',
        'Server',
        'Requests/s',
        'p50 ms',
        'p99 ms',
        'CPU µs',
        'PostgreSQL µs',
        'Bytes',
        'Hub to it',
        'By CPU',
      ],
      rows,
    ),
    '',
    ...measured.map(({ question }) => `- ${question.name}: ${question.about}`),
    '',
    table(
      ['Server', 'Started in ms', 'RSS MB', 'Peak RSS MB'],
      [...servers].map(([subject, one]) => [
        subject,
        one.startedMs.toFixed(0),
        String(one.rssMb),
        String(one.peakRssMb),
      ]),
    ),
    '',
  ].join('\n');
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
