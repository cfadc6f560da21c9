import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const log: string[] = [];
const sink = new Writable({
  write(chunk, _encoding, done) {
    log.push(String(chunk));
    done();
  },
});
const hub = testHub('confirmation_page', { logger: pino({ level: 'trace' }, sink) });
const NOW = new Date('2026-03-10T09:00:00.000Z');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given();
});

const CREATE = `mutation ($partner: ID!, $groups: [FieldGroup!]) {
  confirmationLinkCreate(partner: $partner, groups: $groups) { path userErrors { code } } }`;
async function path(groups: string[] | null = null): Promise<string> {
  const { data } = await hub.as(world.partner, CREATE, { partner: world.anker.id, groups });
  return data.confirmationLinkCreate.path;
}
const ask = (method: 'GET' | 'POST' | 'HEAD', url: string, payload = '') =>
  hub.hub().app.inject({
    method,
    url,
    ...(method === 'POST' && { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload }),
  });
/** What the form of a page sends. */
const formOf = ({ body }: { body: string }): string => {
  const [, name, value] = /<input type="hidden" name="(\w+)" value="([0-9a-f]{64})">/.exec(body)!;
  return `${name}=${value}`;
};
/** Opens the page and presses its button. */
const press = async (url: string) => ask('POST', url, formOf(await ask('GET', url)));
const confirmedAt = async () => {
  const { data } = await hub.as(world.anonymous, `{ partner(id: "${world.anker.id}") { confirmedAt } }`);
  return data.partner.confirmedAt;
};

describe('the page of a link', () => {
  it('is read as often as one likes, and confirms only by its button, once', async () => {
    const url = await path();
    for (const method of ['GET', 'HEAD', 'GET'] as const) expect((await ask(method, url)).statusCode).toBe(200);
    expect(await confirmedAt()).toBeNull();
    const form = formOf(await ask('GET', url));
    const done = await ask('POST', url, form);
    expect([done.statusCode, done.body.includes('Vielen Dank')]).toEqual([200, true]);
    expect(await confirmedAt()).toBe(NOW.toISOString());
    expect((await ask('POST', url, form)).statusCode).toBe(404);
  });

  it('is the same for every link that does nothing, but for the nonce', async () => {
    const used = await path();
    await press(used);
    const expired = await path();
    hub.setNow(new Date('2026-03-17T09:00:00.000Z'));
    const told = [];
    for (const url of [used, expired, `/bestaetigen/${'A'.repeat(43)}`, '/bestaetigen/x'])
      for (const method of ['GET', 'POST'] as const) {
        const { statusCode, body } = await ask(method, url);
        told.push(`${statusCode} ${body.replace(/nonce="[^"]+"/, '')}`);
      }
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toMatch(/^404 /);
  });

  it.each<[string, (w: typeof world & { otherService: { id: string } }) => [string, unknown[]]]>([
    ['an edit', w => [`update service set version = version + 1 where id = ?`, [w.service.id]]],
    ['one that came', w => [`update service set status = 'ACTIVE' where id = ?`, [w.otherService.id]]],
    ['one that left', w => [`update location set status = 'ARCHIVED' where id = ?`, [w.location.id]]],
  ])('confirms nothing but what it showed: %s makes it show that first', async (_what, change) => {
    const own = { ...world, otherService: await directory(hub.owner()).service(world.anker, 'Kurs', {}) };
    await hub.owner().execute(`update service set status = 'CLOSED' where id = ?`, [own.otherService.id]);
    const url = await path();
    const form = formOf(await ask('GET', url));
    await hub.owner().execute(...change(own));
    for (const seen of [form, '', 'gesehen=', form.replace('gesehen', 'x')]) {
      const answer = await ask('POST', url, seen);
      expect(answer.statusCode).toBe(409);
      expect(answer.body).toContain('<p role="alert"><strong>Inzwischen hat sich etwas geändert.</strong>');
      expect(formOf(answer)).not.toBe(form);
    }
    expect(await confirmedAt()).toBeNull();
    const now = await ask('GET', url);
    expect([now.statusCode, now.body.includes('Inzwischen')]).toEqual([200, false]);
    expect((await ask('POST', url, formOf(now))).statusCode).toBe(200);
    expect(await confirmedAt()).toBe(NOW.toISOString());
  });

  it('does not mind what it would not confirm', async () => {
    const url = await path(['PROFILE']);
    const form = formOf(await ask('GET', url));
    await hub.owner().execute('update location set version = version + 1 where id = ?', [world.location.id]);
    await hub.owner().execute('update partner set version = version + 1 where id = ?', [world.brücke.id]);
    expect((await ask('POST', url, form)).statusCode).toBe(200);
  });

  it('reads no more than it shows, and tells how many more there are', async () => {
    const at = directory(hub.owner());
    const services = Array.from({ length: 150 }, (_, i) => `Kurs ${String(i).padStart(3, '0')}`);
    for (const name of services) await at.service(world.anker, name, {});
    const url = await path(['OFFER']);
    let page!: Awaited<ReturnType<typeof ask>>;
    const statements = await hub.statements(async () => {
      page = await ask('GET', url);
    });
    const read = statements
      .filter(text => text.includes('jsonb_build_object') || / limit \d+/.test(text))
      .map(text => Number(/(\d+) results?\]/.exec(text)?.[1]));
    expect(Math.max(...read)).toBe(60);
    expect(page.body.match(/<h2>/g)).toHaveLength(60);
    expect(page.body).toContain('Dazu kommen 91 weitere');
    expect((await ask('POST', url, formOf(page))).statusCode).toBe(200);
    const [{ count } = { count: 0 }] = await hub
      .owner()
      .execute<{ count: number }[]>(
        `select count(*)::int from confirmation c join service s on s.id = c.record_id where s.partner_id = ? and c.link_id is not null`,
        [world.anker.id],
      );
    expect(count).toBe(151);
  });

  it('shows what it would confirm and how fresh that is, and nothing of a protected address', async () => {
    const at = directory(hub.owner());
    const address = { storedStreet: 'Geheimweg 7', storedPostalCode: '52999', latitude: 50.123, longitude: 6.789 };
    await at.location(world.anker, world.home, { ...address, name: 'Zuflucht', addressProtected: true });
    await hub.owner().execute(`update location set directions = 'Beim Brunnen' where name = 'Zuflucht'`);
    await hub
      .owner()
      .execute(`update partner set name = ?, description = ? where id = ?`, [
        'Anker <b>& Co</b>',
        '<script>alert(1)</script>',
        world.anker.id,
      ]);
    const { body } = await ask('GET', await path());
    for (const shown of ['Anker &lt;b&gt;&amp; Co', 'Hafenweg 1', 'Zuflucht', 'Beratung', 'noch nicht bestätigt'])
      expect(body).toContain(shown);
    for (const hidden of ['Geheimweg', '52999', '50,123', '50.123', '6,789', 'Brunnen', '<script', '<b>'])
      expect(body).not.toContain(hidden);
    const { body: contact } = await ask('GET', await path(['PROFILE']));
    expect(contact).not.toContain('Hafenweg');
  });

  it('is kept by nobody, framed by nobody, and leads nowhere', async () => {
    const { headers } = await ask('GET', await path());
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['set-cookie']).toBeUndefined();
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; style-src 'nonce-[\w-]{22}'; /);
    expect(policy).not.toMatch(/script|unsafe|https?:|\*/);
  });

  it('leaves its token in no log', async () => {
    const url = await path();
    log.length = 0;
    await ask('GET', url);
    await ask('POST', url);
    await press(url);
    await ask('POST', url);
    await hub.hub().app.inject({ method: 'POST', url, headers: { 'content-type': 'text/xml' }, payload: '<a/>' });
    expect(log.length).toBeGreaterThan(3);
    expect(log.join('')).not.toContain(url.split('/').at(-1));
  });

  it('is opened so many times a minute from one address, whatever the link', async () => {
    const open = (ip: string, url: string) => hub.hub().app.inject({ method: 'GET', url, remoteAddress: ip });
    const url = await path();
    const answers = [];
    for (let i = 0; i < 121; i++) answers.push(await open('192.0.2.1', i % 2 ? url : '/bestaetigen/x'));
    expect(answers.slice(0, 120).filter(({ statusCode }) => statusCode === 429)).toEqual([]);
    const late = answers.at(-1)!;
    expect(late.statusCode).toBe(429);
    expect(late.body).toContain('<h1>Bitte etwas später</h1>');
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(late.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await open('192.0.2.2', url)).statusCode).toBe(200);
    const { statusCode } = await hub.hub().app.inject({ method: 'GET', url: '/healthz', remoteAddress: '192.0.2.1' });
    expect(statusCode).toBe(200);
  });

  it('takes no body to speak of, and no other method', async () => {
    const url = await path();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const large = await hub.hub().app.inject({ method: 'POST', url, headers, payload: 'a'.repeat(5_000) });
    expect(large.statusCode).toBe(413);
    expect((await hub.hub().app.inject({ method: 'PUT', url })).statusCode).toBe(404);
    expect(await confirmedAt()).toBeNull();
  });
});

// The browser comes from npm for this one machine only.
describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('in a browser', () => {
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    origin = await hub.hub().app.listen({ port: 0, host: '127.0.0.1' });
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('confirms with the keyboard alone, without scripts, and asks nobody else', async () => {
    const url = await path();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', request => requests.push(request.url()));
    page.on('console', message => complaints.push(message.text()));
    await page.goto(`${origin}${url}`);
    expect(await page.title()).toBe('Angaben bestätigen');
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Angaben bestätigen');
    expect(await page.getByRole('heading', { level: 2 }).count()).toBe(3);
    expect(await page.getByRole('button').count()).toBe(1);
    const colour = await page.evaluate(`getComputedStyle(document.querySelector('button')).backgroundColor`);
    expect(colour).toBe('rgb(11, 83, 148)'); // the policy let the style pass
    expect(await confirmedAt()).toBeNull();

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Die Angaben sind bestätigt').waitFor();
    expect(await confirmedAt()).toBe(NOW.toISOString());
    expect(await context.cookies()).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests.filter(one => !one.startsWith(`${origin}/bestaetigen/`) && !one.startsWith('data:'))).toEqual([]);
    await page.goto(`${origin}${url}`);
    expect(await page.title()).toBe('Dieser Link gilt nicht');
    await context.close();
  });
});
