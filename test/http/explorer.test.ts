import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.js';
import { openSmallHub, type SmallHub } from './support.js';

/** A page, and all it asked for and complained about since it was opened. */
async function open(browser: Browser, address: string) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', request => requests.push(request.url()));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' || /Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(address);
  await page.waitForSelector('.graphiql-execute-button');
  return { page, requests, complaints };
}

const who = (page: Page, text: string) => page.waitForSelector(`#who:has-text("${text}")`);

// The browser comes from npm for this one machine only.
describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('the explorer', () => {
  let hub: SmallHub;
  let browser: Browser;

  beforeAll(async () => {
    hub = await openSmallHub({ explorer: true, introspection: true });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.app.close();
  });

  it('signs in by a link, answers its first query, and asks nobody else', async () => {
    const { page, requests, complaints } = await open(browser, `${hub.url}/#token=a.b.c`);
    await who(page, 'angemeldet als Erika Beispiel');
    expect(page.url()).toBe(`${hub.url}/`);
    expect(await page.title()).toBe('Partnernetz');

    await page.click('.graphiql-execute-button');
    await page.waitForSelector('.result-window :text("Netzwerk Aachen")');

    await page.click('[aria-label="Show Documentation Explorer"]');
    await page.waitForSelector('.graphiql-doc-explorer');
    await page.click('[aria-label="Open settings dialog"]');
    await page.waitForSelector('[role="dialog"]');
    await page.keyboard.press('Escape');

    expect(complaints).toEqual([]);
    expect(requests.filter(url => !url.startsWith(`${hub.url}/`) && !url.startsWith('data:'))).toEqual([]);
    expect(requests.filter(url => url.includes('token'))).toEqual([]);
    await page.close();
  });

  it('stays signed in over a reload, and forgets the token when told to', async () => {
    const { page } = await open(browser, `${hub.url}/#token=a.b.c`);
    await page.reload();
    await who(page, 'angemeldet als Erika Beispiel');
    await page.click('#sign-out');
    await who(page, 'nicht angemeldet');
    await page.reload();
    await who(page, 'nicht angemeldet');
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain('a.b.c');
    await page.close();
  });

  it('takes no script from anywhere else', async () => {
    const policy = (await hub.send('/')).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});
