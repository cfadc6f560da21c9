import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { spoolTables, writeZip } from '../../src/hsds-export/hsds-files.js';
import type { OutRow, OutValues } from '../../src/hsds-export/hsds-out.rules.js';
import { feed } from '../hsds-import/feed.js';
import { demoDatabase } from '../support/demo-hub.js';
import { scratch } from '../support/files.js';
import { build, hubCommand } from '../support/program.js';
import { FULL, PATIENCE, sized, tell } from './campaign.js';

/**
 * A directory of a hundred thousand services by the command line, into the embedded database (the short form: into a
 * copy of the demo world, which is there sooner): it comes in, comes again without a change, and goes out and into
 * another network and out again without losing a field.
 */
const SERVICES = sized(300, 100_000);
const FIRST_SECONDS = 120;
const AGAIN_SECONDS = 60;
const MEMORY_MB = 400;

const { path } = scratch();
beforeAll(build, PATIENCE);

async function* outRows(): AsyncGenerator<OutRow> {
  for await (const { table, id, values } of feed({ services: SERVICES, municipality: '05334002' }))
    yield { table, id, values: values as OutValues };
}

const ON_EXIT = 'process.on("exit",()=>console.error("\\nPEAK",process.resourceUsage().maxRSS))';

/** A command as a process of its own, with its time and its peak of memory. */
async function timed(settings: Readonly<Record<string, string>>, ...args: string[]) {
  const begin = performance.now();
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${ON_EXIT}`, 'dist/src/main.js', ...args], {
    env: { PATH: process.env.PATH ?? '', ...settings },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => (stdout += chunk));
  child.stderr.on('data', chunk => (stderr += chunk));
  const code = await new Promise<number | null>(resolve => child.on('close', resolve));
  const peak = Number(/PEAK (\d+)/.exec(stderr)?.[1]) / 1024;
  return { code, stdout, stderr, peak, seconds: (performance.now() - begin) / 1000 };
}

async function copyOfDemo() {
  const { hubApp, owner } = await demoDatabase('campaign_import');
  return { DATABASE_URL: hubApp, DATABASE_OWNER_URL: owner };
}

const services = (stdout: string): string | undefined => /^services: .*$/m.exec(stdout)?.[0];

test(
  'a directory comes in, comes again without a change, and goes out as it came',
  async () => {
    const settings = FULL ? { DATA_DIR: await path('data') } : await copyOfDemo();
    const zip = await path('feed.zip');
    const files = await spoolTables(outRows());
    await writeZip(files, createWriteStream(zip));
    await files.remove();
    for (const slug of ['verzeichnis', 'anderswo'])
      await hubCommand(settings, 'network', '--slug', slug, '--name', slug, '--municipalities', '05334002');

    const first = await timed(settings, 'import', 'hsds', zip, '--network', 'verzeichnis');
    expect(services(first.stdout)).toBe(
      `services: ${SERVICES} new or otherwise; ${SERVICES} created, 0 updated, 0 contested, 0 refused.`,
    );
    const again = await timed(settings, 'import', 'hsds', zip, '--network', 'verzeichnis');
    expect(services(again.stdout)).toBe('services: 0 new or otherwise; 0 created, 0 updated, 0 contested, 0 refused.');

    const [one, two] = [await path('one'), await path('two')];
    const out = await timed(settings, 'export', 'hsds', one, '--network', 'verzeichnis');
    const there = await timed(settings, 'import', 'hsds', one, '--network', 'anderswo');
    expect(services(there.stdout)).toContain(`${SERVICES} created`);
    await timed(settings, 'export', 'hsds', two, '--network', 'anderswo');
    for (const table of ['organizations', 'locations', 'services', 'phones', 'schedules', 'attributes', 'addresses'])
      expect(await readFile(join(two, `${table}.csv`), 'utf8')).toBe(await readFile(join(one, `${table}.csv`), 'utf8'));

    tell(`${SERVICES} services`, {
      'first s': first.seconds,
      'again s': again.seconds,
      'export s': out.seconds,
      'peak MB': Math.max(first.peak, again.peak, out.peak),
    });
    expect(first.seconds).toBeLessThan(FIRST_SECONDS);
    expect(again.seconds).toBeLessThan(AGAIN_SECONDS);
    expect(Math.max(first.peak, again.peak, out.peak)).toBeLessThan(MEMORY_MB);
  },
  PATIENCE,
);
