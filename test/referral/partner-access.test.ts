import { afterEach, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { look, type Step, take } from '../support/referral-steps.js';

const hub = testHub('partner_access');

const START = new Date('2026-03-04T09:00:00.000Z');
const DAY = 86_400_000;
const later = (days: number): Date => new Date(START.getTime() + days * DAY);

afterEach(() => hub.setNow(undefined));

const { DRAFT } = ReferralStatus;

/** Does the partner read the client and the note: over the API, and in SQL as hub_app? */
async function reads(viewer: Viewer, id: string): Promise<{ client: boolean; note: boolean; inSql: boolean }> {
  const { client, note } = await look(hub, viewer, id);
  const rows = await hub.inDatabase(viewer).execute('select * from referral_disclosure where referral_id = ?', [id]);
  return { client: client !== null, note: note !== null, inSql: rows.length > 0 };
}

const ALL = { client: true, note: true, inSql: true };
const NOTHING = { client: false, note: false, inSql: false };

const REVOKE = 'mutation ($id: ID!) { consentRevoke(id: $id) { consent { revokedAt } userErrors { code } } }';

async function sent(wish: Parameters<typeof hub.given>[0] = {}) {
  hub.setNow(START);
  const world = await hub.given({ status: DRAFT, ...wish });
  await take(hub, world.caseworker, 'SEND', world.referral.id);
  return world;
}

test.each<[string, Step[]]>([
  ['declined at once', ['DECLINE']],
  ['declined later', ['ACKNOWLEDGE', 'DECLINE']],
  ['declined from the waiting list', ['WAITLIST', 'DECLINE']],
  ['cancelled when sent', ['CANCEL']],
  ['cancelled when accepted', ['ACCEPT', 'CANCEL']],
  ['cancelled while it runs', ['ACCEPT', 'START', 'CANCEL']],
])('once %s the partner reads nothing of the client, at once and for good', async (_case, way) => {
  const { caseworker, partner, referral } = await sent();
  const end = way.at(-1)!;
  for (const step of way.slice(0, -1)) {
    expect(await reads(partner, referral.id)).toEqual(ALL);
    await take(hub, partner, step, referral.id);
  }
  expect(await reads(partner, referral.id)).toEqual(ALL);
  const answer = await take(hub, end === 'CANCEL' ? caseworker : partner, end, referral.id);
  if (end !== 'CANCEL') expect(answer).toMatchObject({ client: null, note: null });
  expect(await reads(partner, referral.id)).toEqual(NOTHING);
  // What happened stays known, and the caseworker keeps her note.
  expect((await look(hub, partner, referral.id)).events).toHaveLength(way.length + 1);
  expect((await look(hub, caseworker, referral.id)).note).toBe('Bitte bald.');
});

test('after a completion the partner reads on for 14 days', async () => {
  const { partner, referral } = await sent();
  for (const step of ['ACCEPT', 'START', 'COMPLETE'] as const) await take(hub, partner, step, referral.id);
  for (const [days, seen] of [
    [0, ALL],
    [13.99, ALL],
    [14, NOTHING],
    [15, NOTHING],
  ] as const) {
    hub.setNow(later(days));
    expect({ days, ...(await reads(partner, referral.id)) }).toEqual({ days, ...seen });
  }
});

test('a consent ends the access by itself, at the end of its last day in Berlin', async () => {
  const world = await sent();
  const { partner, referral, service } = world;
  const [{ valid_until: last }] = await hub
    .owner()
    .execute<[{ valid_until: string }]>('select valid_until::text from consent where id = ?', [world.consent.id]);
  expect([service.id, last]).toEqual([service.id, '2027-03-04']);
  hub.setNow(new Date('2027-03-04T22:59:59.000Z'));
  expect(await reads(partner, referral.id)).toEqual(ALL);
  hub.setNow(new Date('2027-03-04T23:00:00.000Z'));
  expect(await reads(partner, referral.id)).toEqual(NOTHING);
});

test('the days after a completion do not outlast the consent', async () => {
  hub.setNow(START);
  const world = await hub.given({ status: DRAFT });
  await hub.owner().execute(`update consent set valid_until = '2026-03-10' where id = ?`, [world.consent.id]);
  await take(hub, world.caseworker, 'SEND', world.referral.id);
  for (const step of ['ACCEPT', 'START', 'COMPLETE'] as const) await take(hub, world.partner, step, world.referral.id);
  hub.setNow(later(6));
  expect(await reads(world.partner, world.referral.id)).toEqual(ALL);
  hub.setNow(later(7));
  expect(await reads(world.partner, world.referral.id)).toEqual(NOTHING);
});

test.each<[string, Step[], string]>([
  ['sent', [], 'REVOKED'],
  ['received', ['ACKNOWLEDGE'], 'REVOKED'],
  ['waiting', ['WAITLIST'], 'REVOKED'],
  ['running', ['ACCEPT', 'START'], 'REVOKED'],
  // Its end stays what it was, but what the partner could look up for some days rested on the consent.
  ['completed', ['ACCEPT', 'START', 'COMPLETE'], 'COMPLETED'],
  ['declined', ['DECLINE'], 'DECLINED'],
])('a revocation ends the access to one that is %s with the next request', async (_case, way, status) => {
  const { caseworker, partner, referral, consent, service } = await sent();
  for (const step of way) await take(hub, partner, step, referral.id);
  const { data } = await hub.as(caseworker, REVOKE, { id: consent.id });
  expect(data.consentRevoke).toEqual({ consent: { revokedAt: START.toISOString() }, userErrors: [] });
  expect(await reads(partner, referral.id)).toEqual(NOTHING);
  expect(await look(hub, partner, referral.id)).toMatchObject({ status, openSteps: [] });
  expect(await look(hub, caseworker, referral.id)).toMatchObject({ status, openSteps: ['MARK_AS_ERROR'] });
  const [capacity] = await hub
    .owner()
    .execute('select reserved, waitlisted from service_capacity where service_id = ?', [service.id]);
  expect(capacity).toEqual({ reserved: 0, waitlisted: 0 });
});

test('an editor of another partner, and a coordinator, never read any of it', async () => {
  const { stranger, coordinator, referral } = await sent();
  expect(await look(hub, stranger, referral.id)).toBeNull();
  expect(await reads(coordinator, referral.id)).toEqual(NOTHING);
});
