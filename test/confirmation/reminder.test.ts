import { beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('record_reminder');

let world!: Awaited<ReturnType<typeof hub.given>>;
/** A world of which nothing but Anker, its location and its service is there to be reminded of. */
beforeEach(async () => {
  hub.setNow(new Date('2026-01-15T09:00:00Z'));
  await hub.owner().execute(`update partner set status = 'ARCHIVED'`);
  world = await hub.given();
  await hub.owner().execute('delete from record_reminder');
});

const confirmedAll = async (at: string) => {
  for (const table of ['partner', 'location', 'service'])
    await hub.owner().execute(`update ${table} set confirmed_at = ?`, [new Date(at)]);
};
const runAt = async (at: string) => {
  hub.setNow(new Date(at));
  await hub.runClock();
};
const stored = () =>
  hub
    .owner()
    .execute<{ kind: string; months: number; due_at: string }[]>(
      `select kind, months, due_at from record_reminder where record_id = ? order by months`,
      [world.service.id],
    );
const months = async () => (await stored()).map(one => one.months);

describe('a record that nobody confirms', () => {
  test('is told after 6 and after 12 months, to the millisecond, each once', async () => {
    await confirmedAll('2026-01-15T09:00:00.500Z');
    await runAt('2026-07-15T08:00:00.499Z');
    expect(await months()).toEqual([]);
    await runAt('2026-07-15T08:00:00.500Z');
    expect(await months()).toEqual([6]);
    for (let i = 0; i < 3; i++) await hub.runClock();
    await Promise.all(Array.from({ length: 5 }, () => hub.runClock()));
    await runAt('2027-01-15T09:00:00.499Z');
    expect(await months()).toEqual([6]);
    await runAt('2027-01-15T09:00:00.500Z');
    expect(await months()).toEqual([6, 12]);
    await runAt('2030-01-15T09:00:00.500Z');
    expect(await months()).toEqual([6, 12]);
  });

  test.each([
    ['the last day of August, of which February has none', '2025-08-31T10:00:00Z', '2026-02-28 11:00:00+00'],
    ['winter, by which summer time has come', '2026-01-15T09:00:00Z', '2026-07-15 08:00:00+00'],
    ['an hour that the change of March leaves out', '2025-09-29T00:30:00Z', '2026-03-29 01:30:00+00'],
  ])('confirmed on %s', async (_, confirmed, due) => {
    await confirmedAll(confirmed);
    await runAt('2026-08-01T00:00:00Z');
    expect((await stored()).map(one => one.due_at)).toEqual([due]);
  });

  test('is told the last alone where the clock stood still', async () => {
    await confirmedAll('2026-01-15T09:00:00Z');
    await runAt('2027-06-01T09:00:00Z');
    expect(await months()).toEqual([12]);
  });

  test('begins anew with a confirmation, of which all groups count', async () => {
    await confirmedAll('2026-01-15T09:00:00Z');
    await runAt('2026-08-01T09:00:00Z');
    const confirm = (groups: string) =>
      hub.as(world.partner, `mutation { serviceConfirm(id: "${world.service.id}"${groups}) { userErrors { code } } }`);
    const open = async () => (await inbox(world.partner)).filter(one => one.kind === 'SERVICE');
    expect(await open()).toHaveLength(1);
    await confirm(', groups: [OFFER]');
    expect(await open()).toHaveLength(1);
    await confirm('');
    expect(await open()).toEqual([]);
    await runAt('2027-02-01T09:59:59.999Z');
    expect(await open()).toEqual([]);
    await runAt('2027-02-01T10:00:00Z');
    expect(await months()).toEqual([6, 6]);
    expect(await open()).toHaveLength(1);
  });

  test('and is not shown is not told', async () => {
    await confirmedAll('2026-01-15T09:00:00Z');
    await hub.owner().execute(`update service set status = 'CLOSED'`);
    await hub.owner().execute(`update location set status = 'ARCHIVED'`);
    await runAt('2026-08-01T09:00:00Z');
    const kinds = await hub.owner().execute('select distinct kind from record_reminder');
    expect(kinds).toEqual([{ kind: 'PARTNER' }]);
    await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [world.anker.id]);
    expect(await inbox(world.partner)).toEqual([]);
  });
});

interface Told {
  kind: string;
  months: number;
  record: { __typename: string; id: string };
  partner: { id: string };
}
async function inbox(viewer: Viewer, door = 'partnerInbox'): Promise<Told[]> {
  const query = `{ inbox: ${door} { reminders { totalCount nodes {
    kind months since dueAt at record { __typename ... on Partner { id } ... on Location { id } ... on Service { id } } partner { id } } } } }`;
  const { data, errors } = await hub.as(viewer, query);
  expect(errors).toBeUndefined();
  if (!data.inbox) return [];
  expect(data.inbox.reminders.totalCount).toBe(data.inbox.reminders.nodes.length);
  return data.inbox.reminders.nodes;
}

test('the partner is told of both, the coordination of the second, strangers of none', async () => {
  await confirmedAll('2026-01-15T09:00:00Z');
  await hub
    .owner()
    .execute('update partner set confirmed_at = ? where id = ?', [new Date('2025-06-15T09:00:00Z'), world.anker.id]);
  await runAt('2026-08-01T09:00:00Z');
  const told = async (viewer: Viewer, door?: string) =>
    (await inbox(viewer, door))
      .filter(one => one.partner.id === world.anker.id)
      .map(one => `${one.record.__typename} ${one.months}`)
      .sort();
  expect(await told(world.partner)).toEqual(['Location 6', 'Partner 12', 'Service 6']);
  expect(await told(world.coordinator, 'coordinatorInbox')).toEqual(['Partner 12']);
  expect(await told(world.stranger)).toEqual([]);
  expect(await told(world.foreignCoordinator, 'coordinatorInbox')).toEqual([]);
});

test('hundreds at once are one statement a kind', async () => {
  const at = directory(hub.owner());
  for (let i = 0; i < 20; i++) await at.service(world.anker, `Kurs ${i}`);
  await confirmedAll('2026-01-15T09:00:00Z');
  const sent = await hub.statements(() => runAt('2026-08-01T09:00:00Z'));
  expect(sent.filter(sql => /record_reminder/.test(sql))).toHaveLength(4);
  const [{ count }] = await hub.owner().execute<[{ count: string }]>('select count(*) from record_reminder');
  expect(Number(count)).toBe(24);
});
