import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { addDays, berlinDay } from '../../src/shared/calendar.rules.js';
import { testHub } from '../support/hub.js';
import { CASE_TABLES } from '../support/rows.js';
import { type Door, INBOXES, look } from './support.js';

const hub = testHub('inbox_policies_off');
const START = new Date('2026-03-04T09:00:00.000Z');

// The second wall is taken away: hub_app sees every row, and only the access files stand.
beforeAll(async () => {
  for (const table of CASE_TABLES)
    await hub
      .owner()
      .execute(`alter table ${table} disable row level security; alter table ${table} no force row level security`);
  hub.setNow(START);
  const { referral } = await hub.given();
  expect(await hub.nobody().execute('select id from referral where id = ?', [referral.id])).toHaveLength(1);
});
afterAll(() => hub.setNow(undefined));

test.each(Object.values(ReferralStatus))('the access files alone keep %s from whoever it is not for', async status => {
  hub.setNow(START);
  const world = await hub.given({ status });
  const now = addDays(START, 40);
  hub.setNow(now);
  await hub.owner().execute('update consent set valid_until = ? where id = ?', [berlinDay(now), world.consent.id]);
  for (const who of [
    'colleague',
    'foreigner',
    'stranger',
    'foreignCoordinator',
    'auditor',
    'admin',
    'unknown',
  ] as const)
    for (const door of Object.keys(INBOXES) as Door[])
      expect([who, door, (await look(hub, world[who], door)) ?? {}]).toEqual([who, door, {}]);
  for (const [who, door] of [
    ['partner', 'partnerInbox'],
    ['caseworker', 'caseworkerInbox'],
    ['coordinator', 'coordinatorInbox'],
  ] as const) {
    const { endingConsents, ...boxes } = (await look(hub, world[who], door)) ?? {};
    const ids = new Set(Object.values(boxes).flat());
    expect([[], [world.referral.id]]).toContainEqual([...ids]);
    if (status === ReferralStatus.DRAFT) expect(ids.size).toBe(who === 'caseworker' ? 1 : 0);
    expect(endingConsents).toEqual(who === 'caseworker' ? [world.consent.id] : undefined);
  }
});
