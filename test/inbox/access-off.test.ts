import { afterAll, expect, test, vi } from 'vitest';
import type { Referral } from '../../src/referral/referral.entity.js';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { addDays, berlinDay } from '../../src/shared/calendar.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { type Door, INBOXES, look } from './support.js';

// The first wall is taken away: every filter lets everything through, everybody stands on every side.
vi.mock('../../src/client-case/client-case.access.js', async () => {
  const { sql } = await import('../../src/shared/sql.js');
  return { onCase: () => sql`true`, mayOpenCaseIn: () => true };
});
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

const hub = testHub('inbox_access_off');
const START = new Date('2026-03-04T09:00:00.000Z');

afterAll(() => hub.setNow(undefined));

test.each(Object.values(ReferralStatus))('the database alone keeps %s from whoever it is not for', async status => {
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
});

test('the filters are off indeed', async () => {
  const { coordinatorSight, partnerSight } = await import('../../src/inbox/inbox.access.js');
  const { foreigner, coordinator } = await hub.given();
  expect(partnerSight(foreigner).within.text).toBe('true');
  expect(coordinatorSight(coordinator, coordinator, hub.now()).within.text).toMatch(/^true and \(\(r\.status/);
});
