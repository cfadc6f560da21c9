import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, limitsOf, MOST_OF_A_LIMIT } from '../../src/referral-clock/referral-limits.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('referral_limits');

let network = '';
beforeAll(async () => {
  network = (await hub.given()).network.id;
});

const set = (json: string): Promise<unknown> =>
  hub.owner().execute('update network set referral_limits = ?::jsonb where id = ?', [json, network]);

async function stored(): Promise<Record<string, number> | null> {
  const [row] = await hub
    .owner()
    .execute<{ own: Record<string, number> | null }[]>('select referral_limits as own from network where id = ?', [
      network,
    ]);
  return row!.own;
}

const allAt = (days: number): string =>
  JSON.stringify(Object.fromEntries(Object.keys(DEFAULT_LIMITS).map(name => [name, days])));

describe('the database lets limits be set', () => {
  test.each([
    ['{}'],
    ['{"expireDays": 14, "graceDays": 7}'],
    ['{"expireDays": 14.0}'],
    [JSON.stringify(DEFAULT_LIMITS)],
    [allAt(1)],
    [allAt(MOST_OF_A_LIMIT)],
  ])('%s', async json => {
    await set(json);
    expect(limitsOf(await stored())).toEqual({ ...DEFAULT_LIMITS, ...JSON.parse(json) });
  });

  test('and taken back', async () => {
    await hub.owner().execute('update network set referral_limits = null where id = ?', [network]);
    expect(limitsOf(await stored())).toEqual(DEFAULT_LIMITS);
  });
});

test.each([
  ['{"expiryDays": 21}'],
  ['{"expireDays": 14, "toString": 21}'],
  ['{"": 21}'],
  ['{"expireDays": 0}'],
  ['{"expireDays": 1.5}'],
  ['{"expireDays": -1}'],
  ['{"expireDays": 3661}'],
  ['{"expireDays": 1e300}'],
  ['{"graceDays": 7, "expireDays": "14"}'],
  ['{"expireDays": null}'],
  ['{"expireDays": true}'],
  ['{"expireDays": [14]}'],
  ['{"expireDays": []}'],
  ['{"expireDays": {"days": 14}}'],
  ['["expireDays"]'],
  ['[]'],
  ['21'],
  ['null'],
])('the database refuses %s', async json => {
  await set('{"holdDays": 7}');
  await expect(set(json)).rejects.toThrow(/network_referral_limits_sound/);
  expect(await stored()).toEqual({ holdDays: 7 });
});
