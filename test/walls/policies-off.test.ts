import { beforeAll, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { hangRows } from '../support/hanging-rows.js';
import { testHub } from '../support/hub.js';
import { EVERY_STEP, look, take, tryStep } from '../support/referral-steps.js';
import { CASE_TABLES, everyRow } from '../support/rows.js';
import { referredAcross } from '../support/sharing.js';
import {
  BARE,
  CASE_WRITES,
  HANGING_READS,
  MEASURE,
  placeAll,
  READS,
  REFERRAL_WRITES,
  type Reading,
  readingOf,
} from './reads.js';

const hub = testHub('walls_policies_off');

// The second wall is taken away: hub_app sees every row, and only the access files stand.
beforeAll(async () => {
  const em = hub.owner();
  for (const table of CASE_TABLES)
    await em.execute(
      `alter table ${table} disable row level security; alter table ${table} no force row level security`,
    );
  const { referral } = await hub.given();
  expect(await hub.nobody().execute('select id from referral where id = ?', [referral.id])).toHaveLength(1);
});

const NOTHING: Reading = { cases: 0, referrals: 0, clientCase: false, consent: false, referral: false, nodes: [] };
const OUTSIDERS = ['colleague', 'foreigner', 'stranger', 'foreignCoordinator', 'auditor', 'admin', 'unknown'] as const;

const idsOf = ({ clientCase, consent, referral, service }: Awaited<ReturnType<typeof hub.given>>) => ({
  case: clientCase.id,
  consent: consent.id,
  referral: referral.id,
  service: service.id,
});

test('the access files alone keep outsiders from reading', async () => {
  for (const status of [ReferralStatus.DRAFT, ReferralStatus.SENT, ReferralStatus.COMPLETED]) {
    const world = await hub.given({ status });
    for (const who of OUTSIDERS) {
      const reading = readingOf(await hub.as(world[who], READS, idsOf(world)));
      expect({ who, status, ...reading }).toEqual({ who, status, ...NOTHING });
    }
  }
});

test('the access files alone keep outsiders from reading, however much is shared', async () => {
  const world = await hub.given();
  const ids = await referredAcross(hub, world);
  for (const who of ['caseworker', 'deputy', 'colleague', 'coordinator', 'stranger', 'admin'] as const)
    expect({ who, ...outside(readingOf(await hub.as(world[who], READS, ids))) }).toEqual({ who, ...NOTHING });
  for (const who of OUTSIDERS)
    expect({ who, ...outside(readingOf(await hub.as(world[who], READS, idsOf(world)))) }).toEqual({ who, ...NOTHING });
  expect(await look(hub, world.partner, ids.referral)).toMatchObject({ note: 'Bitte bald.', clientCase: null });
});

/** By the ids that were asked for: the lists hold what is one's own. */
const outside = (reading: Reading): Reading => ({ ...reading, cases: 0, referrals: 0 });

test('the access files alone keep outsiders from writing', async () => {
  const world = await hub.given();
  const before = await everyRow(hub.owner());
  for (const who of ['colleague', 'foreigner', 'stranger', 'foreignCoordinator'] as const)
    for (const step of EVERY_STEP) {
      const { userErrors } = await tryStep(hub, world[who], step, world.referral.id);
      expect([who, step, userErrors.map(one => one.code)]).toEqual([who, step, ['NOT_FOUND']]);
    }
  const { clientCaseOpen: _, ...ofTheCase } = CASE_WRITES;
  for (const who of ['colleague', 'foreigner'] as const)
    for (const [name, write] of Object.entries(ofTheCase)) {
      const { data } = await hub.as(world[who], write, idsOf(world));
      expect([who, name, data.answer.userErrors]).toMatchObject([who, name, [{ code: 'NOT_FOUND' }]]);
    }
  const open = { ...idsOf(world), network: world.network.slug, municipality: world.home.key };
  const opened = await hub.as(world.foreigner, CASE_WRITES.clientCaseOpen, open);
  expect(opened.data.answer.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'network'] }]);
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('the access files alone hide drafts from the partner, and the client from the coordinator', async () => {
  const world = await hub.given({ status: ReferralStatus.DRAFT });
  const { partner, coordinator, caseworker, referral } = world;
  expect(readingOf(await hub.as(partner, READS, idsOf(world)))).toEqual(NOTHING);
  expect(readingOf(await hub.as(coordinator, READS, idsOf(world)))).toEqual(NOTHING);
  await take(hub, caseworker, 'SEND', referral.id);
  expect(await look(hub, partner, referral.id)).toMatchObject({ note: 'Bitte bald.', clientCase: null });
  expect(await look(hub, coordinator, referral.id)).toMatchObject({ note: null, client: null, clientCase: null });
  await take(hub, partner, 'DECLINE', referral.id);
  expect(await look(hub, partner, referral.id)).toMatchObject({ note: null, client: null, clientCase: null });
});

test('the access files alone keep outsiders from writing beside the steps', async () => {
  const world = await hub.given();
  await hangRows(hub.owner(), world, hub.now());
  const [row] = await hub
    .owner()
    .execute('select id from referral_follow_up where referral_id = ?', [world.referral.id]);
  const before = await everyRow(hub.owner());
  for (const who of ['colleague', 'foreigner', 'stranger'] as const)
    for (const [name, write] of Object.entries(REFERRAL_WRITES)) {
      const { data, errors } = await hub.as(world[who], write, { ...idsOf(world), followUp: row!.id });
      if (errors?.[0]?.extensions.code === 'FORBIDDEN') continue;
      expect([who, name, data?.answer.userErrors]).toMatchObject([who, name, [{ code: 'NOT_FOUND' }]]);
    }
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('the access files alone keep what hangs on a referral from the coordinator, and from the partner once it has ended', async () => {
  const world = await hub.given();
  const { coordinator, partner, caseworker, referral } = world;
  await hangRows(hub.owner(), world, hub.now());
  const seen = async (viewer: Viewer) => (await hub.as(viewer, HANGING_READS, { referral: referral.id })).data.referral;
  expect(await seen(coordinator)).toEqual(BARE);
  expect(await seen(partner)).toMatchObject({ messages: { totalCount: 1 }, questions: [{ text: 'Seit wann?' }] });
  await take(hub, caseworker, 'CANCEL', referral.id);
  expect(await seen(partner)).toEqual(BARE);
  expect(await seen(coordinator)).toEqual(BARE);
});

test('the access files alone keep the measure of a network from the coordinators of another', async () => {
  const world = await hub.given({ referrals: 5 });
  await placeAll(hub.owner(), world.referrals);
  const network = { network: world.network.slug };
  expect((await hub.as(world.coordinator, MEASURE, network)).data.sustainedIntegration.placed).toBe(5);
  const { errors } = await hub.as(world.foreignCoordinator, MEASURE, network);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'network' } }]);
});
