import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { HoldReason } from '../../src/referral/referral-reasons.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { testHub } from '../support/hub.js';
import { documentOf, look, take, tryStep, variablesOf, walk } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('referral_hold');

// A Wednesday, 10:00 in Berlin.
const WEDNESDAY = new Date('2026-04-01T08:00:00.000Z');
beforeEach(() => hub.setNow(WEDNESDAY));
afterAll(() => hub.setNow(undefined));

const { IN_PROGRESS, SENT } = ReferralStatus;

async function places(service: string): Promise<{ total: number | null; reserved: number; held: number }> {
  const [row] = await hub.owner().execute(
    `select total, reserved, (select count(*)::int from referral r where r.service_id = c.service_id and r.holds_place) as held
     from service_capacity c where service_id = ?`,
    [service],
  );
  return row as { total: number | null; reserved: number; held: number };
}

const setPlaces = (service: string, total: number | null) =>
  hub.owner().execute('update service_capacity set total = ? where service_id = ?', [total, service]);

test('it rests with its place, and goes on', async () => {
  const { caseworker, partner, coordinator, referral, service } = await hub.given({ status: IN_PROGRESS });
  const { id } = referral;
  const said = { reason: 'OTHER', text: 'Die Wohnung wird geräumt.', resumeOn: '2026-05-04', keepPlace: true };
  const held = await take(hub, partner, 'HOLD', id, said);
  const told = {
    status: 'ON_HOLD',
    waitingFor: 'PARTNER',
    holdReason: 'OTHER',
    holdText: 'Die Wohnung wird geräumt.',
    resumeOn: '2026-05-04',
  };
  expect(held).toMatchObject({ ...told, openSteps: ['RESUME', 'ABORT'] });
  expect(await look(hub, caseworker, id)).toMatchObject(told);
  // The coordinator learns the fact and the reason, but no words about a client.
  expect(await look(hub, coordinator, id)).toMatchObject({ ...told, holdText: null });
  expect(await places(service.id)).toEqual({ total: 1, reserved: 1, held: 1 });

  // A place that was kept is there, whatever became of the others.
  await setPlaces(service.id, 0);
  const resumed = await take(hub, partner, 'RESUME', id);
  expect(resumed).toMatchObject({ status: 'IN_PROGRESS', holdReason: null, holdText: null, resumeOn: null });
  expect(resumed.openSteps).toEqual(['HOLD', 'COMPLETE', 'ABORT']);
  expect(await places(service.id)).toEqual({ total: 0, reserved: 1, held: 1 });
});

describe('a place that was given up', () => {
  async function resting(wish: Parameters<typeof hub.given>[0] = {}) {
    const world = await hub.given({ status: SENT, referrals: 2, total: 1, ...wish });
    await walk(hub, world, 'ACCEPT', 'START');
    await take(hub, world.partner, 'HOLD', world.referral.id, { keepPlace: false });
    return world;
  }

  test('is free for others, and must be free again to go on', async () => {
    const { partner, referrals, service } = await resting();
    const [first, second] = referrals.map(one => one.id) as [string, string];
    expect(await places(service.id)).toEqual({ total: 1, reserved: 0, held: 0 });
    await take(hub, partner, 'ACCEPT', second);
    const before = await everyRow(hub.owner());
    const { userErrors } = await tryStep(hub, partner, 'RESUME', first);
    expect(userErrors).toMatchObject([{ code: 'NO_CAPACITY', path: [] }]);
    expect(await everyRow(hub.owner())).toEqual(before);
    await take(hub, partner, 'ABORT', second);
    await take(hub, partner, 'RESUME', first);
    expect(await places(service.id)).toEqual({ total: 1, reserved: 1, held: 1 });
    await take(hub, partner, 'COMPLETE', first);
    expect(await places(service.id)).toEqual({ total: 1, reserved: 0, held: 0 });
  });

  test('is always there where places are not counted', async () => {
    const { partner, referral, service } = await resting({ total: null });
    expect(await places(service.id)).toEqual({ total: null, reserved: 0, held: 0 });
    await take(hub, partner, 'RESUME', referral.id);
    expect(await places(service.id)).toEqual({ total: null, reserved: 1, held: 1 });
  });

  test.each([
    ['partner', 'ABORT'],
    ['coordinator', 'ABORT'],
    ['caseworker', 'CANCEL'],
    ['coordinator', 'MARK_AS_ERROR'],
  ] as const)('is not given back a second time when the %s says %s', async (who, step) => {
    const world = await resting();
    await take(hub, world.partner, 'ACCEPT', world.referrals[1]!.id);
    await take(hub, world[who], step, world.referral.id);
    expect(await places(world.service.id)).toEqual({ total: 1, reserved: 1, held: 1 });
  });

  test('is not given back a second time by a revocation', async () => {
    const world = await resting();
    await hub.as(world.caseworker, `mutation { consentRevoke(id: "${world.consent.id}") { userErrors { code } } }`);
    expect((await look(hub, world.partner, world.referral.id)).status).toBe('REVOKED');
    expect(await places(world.service.id)).toEqual({ total: 1, reserved: 0, held: 0 });
  });

  test('cannot be taken back while another takes it', async () => {
    const { partner, referrals, service } = await resting();
    const [first, second] = referrals.map(one => one.id) as [string, string];
    const answers = await Promise.all([
      tryStep(hub, partner, 'RESUME', first),
      tryStep(hub, partner, 'ACCEPT', second),
    ]);
    expect(answers.map(one => one.userErrors[0]?.code ?? 'done').sort()).toEqual(['NO_CAPACITY', 'done']);
    expect(await places(service.id)).toEqual({ total: 1, reserved: 1, held: 1 });
  });
});

describe('the day on which it goes on', () => {
  test.each([
    ['yesterday', WEDNESDAY, '2026-03-31', false],
    ['today', WEDNESDAY, '2026-04-01', false],
    ['tomorrow', WEDNESDAY, '2026-04-02', true],
    ['in 180 days', WEDNESDAY, '2026-09-28', true],
    ['in 181 days', WEDNESDAY, '2026-09-29', false],
    ['today, as it is in Berlin at half past midnight', new Date('2026-04-01T22:30:00.000Z'), '2026-04-02', false],
    ['180 days from then', new Date('2026-04-01T22:30:00.000Z'), '2026-09-29', true],
    ['in the year 1', WEDNESDAY, '0001-01-01', false],
    ['in the year 9999', WEDNESDAY, '9999-12-31', false],
  ])('%s: at %s until %s: %s', async (_case, now, resumeOn, possible) => {
    hub.setNow(now);
    const { partner, referral } = await hub.given({ status: IN_PROGRESS });
    const before = await everyRow(hub.owner());
    const { referral: held, userErrors } = await tryStep(hub, partner, 'HOLD', referral.id, { resumeOn });
    if (possible) return expect(held).toMatchObject({ status: 'ON_HOLD', resumeOn });
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['resumeOn'] }]);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('follows the limit of the network', async () => {
    const { partner, referral, network } = await hub.given({ status: IN_PROGRESS });
    await hub.owner().execute(`update network set referral_limits = '{"holdDays": 7}' where id = ?`, [network.id]);
    const { userErrors } = await tryStep(hub, partner, 'HOLD', referral.id, { resumeOn: '2026-04-09' });
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['resumeOn'] }]);
    await take(hub, partner, 'HOLD', referral.id, { resumeOn: '2026-04-08' });
  });
});

test.each(Object.values(HoldReason))('a rest for %s shows its reason while it lasts', async reason => {
  const { caseworker, partner, referral } = await hub.given({ status: IN_PROGRESS });
  const text = reason === 'OTHER' ? 'Aus einem anderen Grund.' : null;
  await take(hub, partner, 'HOLD', referral.id, { reason, text });
  expect(await look(hub, caseworker, referral.id)).toMatchObject({
    holdReason: reason,
    holdText: text,
    holdAttribution: reason === 'OTHER' ? null : 'CLIENT',
  });
  await take(hub, partner, 'ABORT', referral.id);
  expect(await look(hub, caseworker, referral.id)).toMatchObject({
    holdReason: null,
    holdText: null,
    holdAttribution: null,
    resumeOn: null,
  });
});

test.each([null, '', '         x', 'zu kurz  ', 'é'.repeat(9)])('OTHER as %j is no reason', async text => {
  const { partner, referral } = await hub.given({ status: IN_PROGRESS });
  const before = await everyRow(hub.owner());
  const { userErrors } = await tryStep(hub, partner, 'HOLD', referral.id, { reason: 'OTHER', text });
  expect(userErrors).toMatchObject([{ code: 'REASON_REQUIRED', path: ['text'] }]);
  expect(await everyRow(hub.owner())).toEqual(before);
});

test.each([
  ['an unknown reason', { reason: 'BOREDOM' }, 'reason'],
  ['no day', { resumeOn: null }, 'resumeOn'],
  ['a day that does not exist', { resumeOn: '2026-04-31' }, 'resumeOn'],
  ['nothing about the place', { keepPlace: null }, 'keepPlace'],
  ['too many words', { resumeOn: '2026-04-08', text: 'x'.repeat(301) }, 'text'],
])('%s is no input at all', async (_case, said, argument) => {
  const { partner, referral } = await hub.given({ status: IN_PROGRESS });
  const variables = { resumeOn: '2026-04-08', ...said };
  const { errors } = await hub.as(partner, documentOf('HOLD'), variablesOf('HOLD', referral.id, variables));
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
});

test('under secrecy nothing of it shows, not even that a place came free', async () => {
  const { caseworker, partner, referral, service } = await hub.given({
    status: IN_PROGRESS,
    level: FeedbackLevel.RECEIVED_ONLY,
    total: 2,
  });
  const SEEN = `{ service(id: "${service.id}") { capacity { free waiting } } }`;
  const before = [await look(hub, caseworker, referral.id), await hub.as(caseworker, SEEN)];
  await take(hub, partner, 'HOLD', referral.id, { keepPlace: false });
  expect([await look(hub, caseworker, referral.id), await hub.as(caseworker, SEEN)]).toEqual(before);
  await take(hub, partner, 'RESUME', referral.id);
  expect([await look(hub, caseworker, referral.id), await hub.as(caseworker, SEEN)]).toEqual(before);
});
