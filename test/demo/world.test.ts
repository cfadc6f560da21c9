import { describe, expect, test } from 'vitest';
import type { ConsentRow } from '../../src/demo/consents.js';
import { buildWorld } from '../../src/demo/world.js';
import { Secrets } from '../../src/shared/secrets.js';

const SECRETS = new Secrets(new Uint8Array(64));

const rowsOf = <T>(world: ReturnType<typeof buildWorld>, table: string): T[] =>
  (world.find(([name]) => name === table)?.[1] ?? []) as T[];

interface Referral {
  status: string;
  created_at: Date;
  updated_at: Date;
  sent_at: Date | null;
  scheduled_at: Date | null;
}

const DAY = 86_400_000;

// Holidays make office days rare and calendar days many: the limits of the clock hold all the same.
describe.each([
  '2026-01-01T00:00:00+01:00',
  '2026-01-08T12:00:00+01:00',
  '2026-03-29T03:00:00+02:00',
  '2026-05-26T08:00:00+02:00',
  '2028-02-29T16:00:01+01:00',
])('seeded at %s', moment => {
  const now = new Date(moment);
  const world = buildWorld(now, SECRETS);
  const referrals = rowsOf<Referral>(world, 'referral');

  test('nothing lies in the future but appointments, and those of whoever waits for one do', () => {
    for (const { status, updated_at, scheduled_at } of referrals) {
      expect(updated_at.getTime()).toBeLessThanOrEqual(now.getTime());
      if (status === 'SCHEDULED') expect(scheduled_at!.getTime()).toBeGreaterThan(now.getTime());
    }
  });

  test('no referral waits longer than the clock lets it', () => {
    const oldest = (status: string) =>
      Math.max(...referrals.filter(one => one.status === status).map(one => now.getTime() - one.updated_at.getTime())) /
      DAY;
    expect(oldest('SENT')).toBeLessThan(21);
    expect(oldest('WAITLISTED')).toBeLessThan(30);
    expect(oldest('ON_HOLD')).toBeLessThan(180);
  });

  test('what was marked as an error was not older than 30 days', () => {
    for (const { created_at, updated_at } of referrals.filter(({ status }) => status === 'ENTERED_IN_ERROR'))
      expect(updated_at.getTime() - created_at.getTime()).toBeLessThanOrEqual(30 * DAY);
  });

  test('consents end after they begin', () => {
    for (const { given_on, valid_until } of rowsOf<ConsentRow>(world, 'consent'))
      expect(valid_until >= given_on).toBe(true);
  });
});

test('the same moment, the same world', () => {
  const now = new Date('2026-06-10T12:00:00+02:00');
  expect(JSON.stringify(buildWorld(now, SECRETS))).toBe(JSON.stringify(buildWorld(now, SECRETS)));
});
