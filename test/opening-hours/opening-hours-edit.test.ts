import { beforeEach, describe, expect, test } from 'vitest';
import { hoursOf, NO_HOURS, storedHours } from '../../src/opening-hours/opening-hours.rules.js';
import { fromSchedule } from '../../src/opening-hours/opening-hours-schedule.rules.js';
import { testHub } from '../support/hub.js';
import { edit } from '../support/self-service.js';

const hub = testHub('opening_hours_edit');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  world = await hub.given();
});

const DOORS = [
  ['serviceUpdate', 'service'],
  ['locationUpdate', 'location'],
] as const;

const stored = async (table: 'service' | 'location', id: string) => {
  const [row] = await hub.owner().execute(`select opening_hours from ${table} where id = ?`, [id]);
  return row!.opening_hours;
};

const MORNING = { days: [{ weekday: 'MONDAY' }], opens: '09:00', closes: '12:00' };

describe.each(DOORS)('%s', (door, table) => {
  const update = (openingHours: object | null, more: object = {}) =>
    edit(hub, world.partner, door, { id: world[table].id, input: { openingHours }, ...more });

  test('replaces the opening hours, and empties them', async () => {
    const exceptions = [{ from: '2026-12-24', until: '2026-12-31', reason: ' Betriebsferien ' }];
    expect((await update({ rules: [{ ...MORNING, note: '' }], exceptions })).userErrors).toEqual([]);
    const hours = hoursOf(await stored(table, world[table].id));
    expect(hours.rules).toMatchObject([
      { days: [{ weekday: 'MONDAY', ordinal: null }], opens: '09:00', onHolidays: 'CLOSED', note: null },
    ]);
    expect(hours.exceptions).toEqual([
      { from: '2026-12-24', until: '2026-12-31', weekdays: [], hours: [], reason: 'Betriebsferien' },
    ]);
    const { thing } = await update({ rules: [MORNING] });
    expect(hoursOf(await stored(table, world[table].id)).exceptions).toEqual([]);
    // The same once more is no edit.
    expect((await update({ rules: [{ ...MORNING, frequency: 'WEEKLY', interval: 1 }] })).thing.version).toBe(
      thing.version,
    );
    await update(null);
    expect(hoursOf(await stored(table, world[table].id))).toEqual(NO_HOURS);
  });

  test('tells every fault at its place, and changes nothing', async () => {
    const { userErrors } = await update({
      rules: [MORNING, { ...MORNING, closes: null }, MORNING],
      exceptions: [{ from: '2026-12-24', until: '2026-12-23' }],
    });
    expect(userErrors.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['INVALID_INPUT', 'input.openingHours.rules.1.closes'],
      ['INVALID_INPUT', 'input.openingHours.rules.2'],
      ['INVALID_INPUT', 'input.openingHours.exceptions.0.until'],
    ]);
    expect(await stored(table, world[table].id)).toEqual([]);
  });

  test('tells both values to who has read an older version', async () => {
    await update({ rules: [MORNING] });
    const { userErrors } = await update({ rules: [] }, { expectedVersion: 1 });
    expect(userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', conflicts: [{ field: 'openingHours', current: [{ opens: '09:00' }], yours: [] }] },
    ]);
  });

  test('keeps what a file said of a rule that is left as it was', async () => {
    const rule = fromSchedule({
      freq: 'WEEKLY',
      byday: 'MO',
      opens_at: '9:00am',
      closes_at: '12:00 pm',
      'x-room': '7',
    });
    await hub
      .owner()
      .execute(`update ${table} set opening_hours = ? where id = ?`, [
        JSON.stringify(storedHours({ rules: [rule], exceptions: [] })),
        world[table].id,
      ]);
    await update({ rules: [{ ...MORNING, days: [{ weekday: 'TUESDAY' }] }, MORNING] });
    const { rules } = hoursOf(await stored(table, world[table].id));
    expect(rules[0]!.other).toEqual([]);
    expect(rules[1]!.other).toEqual(rule.other);
    expect(rule.other.length).toBeGreaterThan(2);
  });

  test('takes a time without its leading nought for what it is', async () => {
    await update({ rules: [{ ...MORNING, opens: '9:00' }] });
    expect(hoursOf(await stored(table, world[table].id)).rules[0]!.opens).toBe('09:00');
  });

  test.each([
    [{ rules: Array.from({ length: 51 }, () => MORNING) }],
    [{ rules: [{ ...MORNING, opens: '9.00' }] }],
    [{ rules: [{ ...MORNING, opens: '24:01' }] }],
    [{ rules: [{ ...MORNING, note: 'x'.repeat(501) }] }],
    [{ rules: [], exceptions: Array.from({ length: 201 }, () => ({ from: '2026-01-01' })) }],
  ])('refuses what is malformed at the top: %#', async openingHours => {
    expect(await update(openingHours)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
