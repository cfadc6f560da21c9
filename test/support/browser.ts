import { mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

/** Chromium from npm. Outside a cloud function it unpacks its own libraries only when told that it is in one. */
export async function openBrowser(): Promise<Browser> {
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  // It unpacks into the temporary directory and keeps it: one for each user of the machine.
  const dir = join(tmpdir(), `partnernetz-chromium-${userInfo().uid}`);
  await mkdir(dir, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = dir;
  try {
    const [{ default: chromium }, { chromium: playwright }] = await Promise.all([
      import('@sparticuz/chromium'),
      import('playwright-core'),
    ]);
    const args = chromium.args.filter(arg => arg !== '--single-process'); // it would end with its first page
    return await playwright.launch({ args, executablePath: await chromium.executablePath(), headless: true });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
