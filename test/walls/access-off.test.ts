import { expect, test, vi } from 'vitest';
import type { Referral } from '../../src/referral/referral.entity.js';
import { Party, ReferralStatus } from '../../src/referral/referral.rules.js';
import { editedPartners, type Viewer } from '../../src/viewer/viewer.rules.js';
import { hangRows } from '../support/hanging-rows.js';
import { testHub } from '../support/hub.js';
import { EVERY_STEP, take, tryStep } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';
import { referredAcross } from '../support/sharing.js';
import { BARE, CASE_WRITES, HANGING_READS, MEASURE, placeAll, READS, REFERRAL_WRITES, readingOf } from './reads.js';

// The first wall is taken away: every filter lets everything through, everybody stands on every side.
vi.mock('../../src/client-case/client-case.access.js', async () => {
  const { sql } = await import('../../src/shared/sql.js');
  return { onCase: () => sql`true`, mayOpenCaseIn: () => true };
});
vi.mock('../../src/referral-follow-up/sustained-integration.access.js', () => ({ mayReadMeasure: () => true }));
vi.mock('../../src/referral/referral.access.js', async () => {
  const { sql } = await import('../../src/shared/sql.js');
  const { Party } = await import('../../src/referral/referral.rules.js');
  return {
    asCaseworker: () => sql`true`,
    asPartner: () => sql`true`,
    asCoordinator: () => sql`true`,
    visibleTo: () => sql`true`,
    partiesOf: (viewer: Viewer, _referral: Referral) =>
      viewer.memberships.length > 0 ? [Party.PARTNER, Party.CASEWORKER, Party.COORDINATOR] : [],
    mayReadNote: () => true,
    mayReadClient: () => true,
  };
});

const hub = testHub('walls_access_off');

/** Who must see nothing of the world's case, whatever the filters say. */
const OUTSIDERS = ['colleague', 'foreigner', 'stranger', 'foreignCoordinator', 'auditor', 'admin', 'unknown'] as const;

const idsOf = ({ clientCase, consent, referral, service, network, home }: Awaited<ReturnType<typeof hub.given>>) => ({
  case: clientCase.id,
  consent: consent.id,
  referral: referral.id,
  service: service.id,
  network: network.slug,
  municipality: home.key,
});

test('the database alone keeps outsiders from reading', async () => {
  for (const status of [ReferralStatus.DRAFT, ReferralStatus.SENT, ReferralStatus.COMPLETED]) {
    const world = await hub.given({ status });
    for (const who of OUTSIDERS) {
      const reading = readingOf(await hub.as(world[who], READS, idsOf(world)));
      const nothing = { cases: 0, referrals: 0, clientCase: false, consent: false, referral: false, nodes: [] };
      expect({ who, status, ...reading }).toEqual({ who, status, ...nothing });
    }
  }
});

test('the database alone keeps outsiders from reading, however much is shared', async () => {
  const world = await hub.given();
  const ids = await referredAcross(hub, world);
  const nothing = { clientCase: false, consent: false, referral: false, nodes: [] };
  for (const who of ['caseworker', 'deputy', 'colleague', 'coordinator', 'stranger', 'admin'] as const) {
    const { cases: _, referrals: _own, ...reading } = readingOf(await hub.as(world[who], READS, ids));
    expect({ who, ...reading }).toEqual({ who, ...nothing });
    expect([who, JSON.stringify(await hub.as(world[who], READS, ids)).includes(ids.referral)]).toEqual([who, false]);
  }
  for (const who of OUTSIDERS) {
    const { cases: _, referrals: _own, ...reading } = readingOf(await hub.as(world[who], READS, idsOf(world)));
    expect({ who, ...reading }).toEqual({ who, ...nothing });
  }
  const { data } = await hub.as(world.partner, `{ referral(id: "${ids.referral}") { note clientCase { id } } }`);
  expect(data.referral).toEqual({ note: 'Bitte bald.', clientCase: null });
});

test('the database alone keeps outsiders from every step', async () => {
  const world = await hub.given();
  const before = await everyRow(hub.owner());
  for (const who of ['colleague', 'foreigner', 'stranger', 'foreignCoordinator'] as const)
    for (const step of EVERY_STEP) {
      const { userErrors } = await tryStep(hub, world[who], step, world.referral.id);
      expect([who, step, userErrors.map(one => one.code)]).toEqual([who, step, ['NOT_FOUND']]);
    }
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('the database alone keeps outsiders from writing to a case', async () => {
  const world = await hub.given();
  const before = await everyRow(hub.owner());
  const { clientCaseOpen, ...ofTheCase } = CASE_WRITES;
  for (const who of ['colleague', 'foreigner'] as const)
    for (const [name, write] of Object.entries(ofTheCase)) {
      const { data } = await hub.as(world[who], write, idsOf(world));
      expect([who, name, data.answer.userErrors]).toMatchObject([who, name, [{ code: 'NOT_FOUND' }]]);
    }
  // Not even into a network that is not hers.
  const { errors } = await hub.as(world.foreigner, clientCaseOpen, idsOf(world));
  expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('the partner reads neither draft nor case, and the coordinator nothing of the client', async () => {
  const draft = await hub.given({ status: ReferralStatus.DRAFT });
  expect(readingOf(await hub.as(draft.partner, READS, idsOf(draft)))).toMatchObject({ referral: false, referrals: 0 });
  expect(readingOf(await hub.as(draft.coordinator, READS, idsOf(draft)))).toMatchObject({
    referral: false,
    referrals: 0,
  });

  const { caseworker, partner, coordinator, referral } = draft;
  await take(hub, caseworker, 'SEND', referral.id);
  const READ = `{ referral(id: "${referral.id}") { note client { pseudonym } clientCase { id } } }`;
  const toPartner = await hub.as(partner, READ);
  expect(toPartner.data.referral).toMatchObject({ note: 'Bitte bald.', clientCase: null });
  expect(toPartner.data.referral.client.pseudonym).toMatch(/^P-[0-9A-F]{10}$/);
  expect((await hub.as(coordinator, READ)).data.referral).toEqual({ note: null, client: null, clientCase: null });
  expect(editedPartners(partner)).toEqual([draft.anker.id]);

  await take(hub, caseworker, 'CANCEL', referral.id);
  expect((await hub.as(partner, READ)).data.referral).toEqual({ note: null, client: null, clientCase: null });
});

test('the database alone keeps outsiders from writing beside the steps', async () => {
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

test('the database alone keeps what hangs on a referral from the coordinator, and from the partner once it has ended', async () => {
  const world = await hub.given();
  const { coordinator, partner, caseworker, referral } = world;
  await hangRows(hub.owner(), world, hub.now());
  // The follow-ups are there for the measure; the access files let her count them, and no more.
  const TO_COORDINATOR = { ...BARE, followUps: [{ id: expect.any(String) }] };
  const seen = async (viewer: Viewer) => (await hub.as(viewer, HANGING_READS, { referral: referral.id })).data.referral;
  expect(await seen(coordinator)).toEqual(TO_COORDINATOR);
  expect(await seen(partner)).toMatchObject({ messages: { totalCount: 1 }, questions: [{ text: 'Seit wann?' }] });
  await take(hub, caseworker, 'CANCEL', referral.id);
  expect(await seen(partner)).toEqual(BARE);
  expect(await seen(coordinator)).toEqual(TO_COORDINATOR);
});

test('the database alone keeps the measure of a network from the coordinators of another', async () => {
  const world = await hub.given({ referrals: 5 });
  await placeAll(hub.owner(), world.referrals);
  const network = { network: world.network.slug };
  expect((await hub.as(world.coordinator, MEASURE, network)).data.sustainedIntegration.placed).toBe(5);
  expect((await hub.as(world.foreignCoordinator, MEASURE, network)).data.sustainedIntegration.placed).toBeNull();
});

test('the filters are off indeed', async () => {
  const { partiesOf, visibleTo } = await import('../../src/referral/referral.access.js');
  const { foreigner, referral } = await hub.given();
  expect(visibleTo(foreigner).text).toBe('true');
  expect(partiesOf(foreigner, referral, false)).toContain(Party.CASEWORKER);
});
