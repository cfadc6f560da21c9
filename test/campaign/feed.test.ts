import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { scratch } from '../support/files.js';
import { build } from '../support/program.js';
import { PATIENCE, sized, tell } from './campaign.js';

/**
 * Feeds of any size in bounded memory: a gigabyte as CSV, in a zip and as JSON. Three of a hundred rows are broken: they
 * are listed, and all others are read.
 */
const MEGABYTES = sized(12, 1024);
const ROWS = 100_000;
const BROKEN = 3_000;
const MEMORY_MB = 400;

const { path } = scratch();
beforeAll(build, PATIENCE);

const organization = '10000000-0000-4000-8000-000000000000';
const id = (i: number) => `20000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
const isBroken = (i: number) => i % 100 < 3;
const description = 'Beratung für Menschen in Not. '.repeat(Math.round((MEGABYTES * 2 ** 20) / ROWS / 31));

/** Lines in pieces of a megabyte or so. */
function* pieces(head: string, line: (i: number) => string, tail = ''): Iterable<string> {
  let piece = head;
  for (let i = 0; i < ROWS; i++) {
    piece += line(i);
    if (piece.length < 2 ** 20) continue;
    yield piece;
    piece = '';
  }
  yield piece + tail;
}

const csv = () =>
  pieces('id,organization_id,name,description,status\n', i =>
    isBroken(i)
      ? `${id(i)},"Angebot "${i}"",x\n`
      : `${id(i)},${organization},Angebot ${i},"${description}\n${i}",active\n`,
  );

/** In JSON a broken row is one that lacks its name: broken text would end the file. */
const json = () =>
  pieces(
    `{"total_items":${ROWS},"contents":[`,
    i =>
      `${i > 0 ? ',' : ''}${JSON.stringify({
        id: id(i),
        ...(isBroken(i) ? {} : { name: `Angebot ${i}` }),
        description: `${description}${i}`,
        status: 'active',
        organization: { id: organization, name: 'Träger', description: 'x' },
        phones: [{ id: id(i), number: `0234 ${i + 1000}` }],
      })}`,
    ']}',
  );

async function written(name: string, content: Iterable<string>): Promise<string> {
  const at = await path(name);
  await pipeline(Readable.from(content), createWriteStream(at));
  return at;
}

async function zipped(name: string, content: Iterable<string>): Promise<string> {
  const at = await path(name);
  const zip = new ZipFile();
  // A text that repeats itself packs like a bomb: as it is.
  zip.addReadStream(Readable.from(content, { objectMode: false }), 'services.csv', { compress: false });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(at));
  return at;
}

const ON_EXIT = 'process.on("exit",()=>console.error("\\nPEAK",process.resourceUsage().maxRSS))';

/** `check hsds` as a process of its own, with its peak of memory. */
async function checked(at: string) {
  const begin = performance.now();
  const child = spawn(process.execPath, [
    '--import',
    `data:text/javascript,${ON_EXIT}`,
    'dist/src/main.js',
    'check',
    'hsds',
    at,
  ]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => (stdout += chunk));
  child.stderr.on('data', chunk => (stderr += chunk));
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  const peak = Number(/PEAK (\d+)/.exec(stderr)?.[1]) / 1024;
  return { code, stdout, peak, seconds: (performance.now() - begin) / 1000 };
}

describe('a feed', () => {
  test.each([
    ['CSV', () => written('services.csv', csv()), 'BAD_FORMAT', ROWS - BROKEN],
    ['zip', () => zipped('feed.zip', csv()), 'BAD_FORMAT', ROWS - BROKEN],
    ['JSON', () => written('services.json', json()), 'MISSING_VALUE', ROWS],
  ])(
    'of any size is read in bounded memory, broken rows listed, good ones kept: %s',
    async (form, write, fault, services) => {
      const { code, stdout, peak, seconds } = await checked(await write());
      tell(`feed of ${MEGABYTES} MB, ${form}`, { 'peak MB': peak, seconds, 'MB/s': MEGABYTES / seconds });
      expect(stdout).toContain(`ERROR ${fault} (${BROKEN})`);
      expect(stdout).toMatch(new RegExp(`\\bservices ${services}\\b`));
      expect(code).toBe(1);
      expect(peak).toBeGreaterThan(30);
      expect(peak).toBeLessThan(MEMORY_MB);
    },
    PATIENCE,
  );
});
