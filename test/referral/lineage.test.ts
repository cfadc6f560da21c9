import { afterAll, beforeEach, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { take, walk } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('lineage');

const START = new Date('2026-03-04T09:00:00.000Z');
beforeEach(() => hub.setNow(START));
afterAll(() => hub.setNow(undefined));

const { NONE, RECEIVED_ONLY, STATUS_AND_OUTCOME } = FeedbackLevel;
type World = Awaited<ReturnType<typeof hub.given>>;

const DRAFT_IT = `mutation ($input: ReferralDraftInput!) { referralDraft(input: $input) {
  referral { id parent { id status } children { id } } userErrors { code path } } }`;

async function referOn({ caseworker, clientCase, service }: World, parent: string) {
  const input = { clientCase: clientCase.id, service: service.id, basis: 'CONSENT', parent };
  const { data, errors } = await hub.as(caseworker, DRAFT_IT, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.referralDraft;
}

async function refused(world: World, parent: string): Promise<string | undefined> {
  const before = await everyRow(hub.owner());
  const { referral, userErrors } = await referOn(world, parent);
  expect([referral, userErrors[0]?.path]).toEqual([null, ['input', 'parent']]);
  expect(await everyRow(hub.owner())).toEqual(before);
  return userErrors[0].code;
}

const family = async (viewer: Viewer, id: string) =>
  (await hub.as(viewer, `{ referral(id: "${id}") { parent { id status clientCase { id } } children { id status } } }`))
    .data.referral;

const MAY = ['DECLINED', 'EXPIRED', 'ABORTED', 'CANCELLED'];

test.each(Object.values(ReferralStatus))('whether one that is %s is referred on', async status => {
  const world = await hub.given({ status });
  if (!MAY.includes(status)) return expect(await refused(world, world.referral.id)).toBe('INVALID_INPUT');
  const { referral, userErrors } = await referOn(world, world.referral.id);
  expect(userErrors).toEqual([]);
  expect(referral).toMatchObject({ parent: { id: world.referral.id, status }, children: [] });
});

test('whoever is on the case follows it, and nobody else', async () => {
  const world = await hub.given();
  const { caseworker, deputy, partner, coordinator, referral, clientCase } = world;
  await take(hub, partner, 'DECLINE', referral.id);
  const first = (await referOn(world, referral.id)).referral;
  hub.setNow(new Date(START.getTime() + 60_000));
  const second = (await referOn(world, referral.id)).referral;
  await take(hub, caseworker, 'SEND', first.id);
  for (const viewer of [caseworker, deputy]) {
    expect(await family(viewer, referral.id)).toEqual({
      parent: null,
      children: [
        { id: first.id, status: 'SENT' },
        { id: second.id, status: 'DRAFT' },
      ],
    });
    expect(await family(viewer, first.id)).toEqual({
      parent: { id: referral.id, status: 'DECLINED', clientCase: { id: clientCase.id } },
      children: [],
    });
  }
  // Where else a client was, and where she went, is not for those who see one of them.
  for (const viewer of [partner, coordinator])
    for (const id of [referral.id, first.id]) expect(await family(viewer, id)).toEqual({ parent: null, children: [] });
});

test('five times in a row, not six', async () => {
  const world = await hub.given({ status: ReferralStatus.DECLINED });
  let last = world.referral.id;
  for (let i = 1; i <= 5; i++) {
    const { referral } = await referOn(world, last);
    await walk(hub, { ...world, referral }, 'SEND', 'DECLINE');
    last = referral.id;
  }
  expect(await refused(world, last)).toBe('INVALID_INPUT');
  const [row] = await hub.owner().execute('select lineage_depth as depth from referral where id = ?', [last]);
  expect(row).toEqual({ depth: 5 });
  // From one before it, it still goes.
  expect((await referOn(world, world.referral.id)).userErrors).toEqual([]);
});

test('as often as the network allows', async () => {
  const world = await hub.given({ status: ReferralStatus.DECLINED });
  await hub
    .owner()
    .execute(`update network set referral_limits = '{"lineageDepth": 1}' where id = ?`, [world.network.id]);
  const { referral } = await referOn(world, world.referral.id);
  await walk(hub, { ...world, referral }, 'SEND', 'DECLINE');
  expect(await refused(world, referral.id)).toBe('INVALID_INPUT');
});

test('only what came to nothing as the caseworker sees it', async () => {
  for (const [level, way] of [
    [NONE, ['DECLINE']],
    [RECEIVED_ONLY, ['ACCEPT', 'ABORT']],
  ] as const) {
    const world = await hub.given({ level });
    await walk(hub, world, ...way);
    expect(await refused(world, world.referral.id)).toBe('INVALID_INPUT');
    await walk(hub, world, 'CANCEL');
    const { referral } = await referOn(world, world.referral.id);
    expect(referral.parent).toEqual({ id: world.referral.id, status: 'CANCELLED' });
  }
});

test('what it became later, the child shows no more of than its parent does', async () => {
  const world = await hub.given({ level: STATUS_AND_OUTCOME });
  await walk(hub, world, 'ACCEPT', 'ABORT');
  const { referral } = await referOn(world, world.referral.id);
  await hub
    .owner()
    .execute('update referral set feedback_level = ?, seen_status = ? where id = ?', [
      RECEIVED_ONLY,
      'ACCEPTED',
      world.referral.id,
    ]);
  expect((await family(world.caseworker, referral.id)).parent.status).toBe('ACCEPTED');
});

test('only of the same case', async () => {
  const world = await hub.given({ status: ReferralStatus.DECLINED, referrals: 2 });
  const other = await hub.given({ status: ReferralStatus.DECLINED });
  for (const parent of [world.referrals[1]!.id, other.referral.id, '00000000-0000-4000-8000-000000000000', 'x'])
    expect(await refused(world, parent)).toBe('NOT_FOUND');
});

test('in the database too a parent is of the same network', async () => {
  const [one, other] = [await hub.given(), await hub.given()];
  const adopt = hub
    .owner()
    .execute('update referral set parent_id = ? where id = ?', [other.referral.id, one.referral.id]);
  await expect(adopt).rejects.toThrow('referral_parent_same_network');
});
