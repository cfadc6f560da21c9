import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { heldSince } from '../../src/confirmation/confirmation.query.js';
import { changeRecords } from '../../src/record/record.actions.js';
import { Origin } from '../../src/record/record.rules.js';
import { SERVICE_RECORD } from '../../src/service/service-record.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { ago, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('confirmation');
const NOW = new Date('2026-03-10T09:00:00.123Z');
const later = (days: number) => ago(NOW, -days);

let world!: Awaited<ReturnType<typeof hub.given>>;
let location!: string;
let service!: string;

beforeAll(() => hub.setNow(NOW));
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given();
  const at = directory(hub.owner());
  location = (await at.location(world.anker, world.home)).id;
  service = (await at.service(world.anker, 'Kurs')).id;
});

const OF = 'confirmedAt freshness confirmations { group confirmedAt freshness }';
const RECORDS = `query ($p: ID!, $s: ID!, $l: ID!) {
  partner(id: $p) { ${OF} version } service(id: $s) { ${OF} version } node(id: $l) { ... on Location { ${OF} version } } }`;
// biome-ignore lint/suspicious/noExplicitAny: the answer to a query
const records = async (): Promise<Record<'partner' | 'service' | 'location', any>> => {
  const { data, errors } = await hub.as(world.anonymous, RECORDS, { p: world.anker.id, s: service, l: location });
  expect(errors).toBeUndefined();
  return { partner: data.partner, service: data.service, location: data.node };
};
const groupsOf = (record: { confirmations: { group: string; confirmedAt: string | null }[] }) =>
  Object.fromEntries(record.confirmations.map(({ group, confirmedAt }) => [group, confirmedAt]));

const ERRORS = 'userErrors { code path }';
const confirm = async (door: string, id: string, groups?: string[], viewer: Viewer = world.partner) => {
  const given = groups ? `, groups: [${groups}]` : '';
  const { data, errors } = await hub.as(viewer, `mutation { answer: ${door}(id: "${id}"${given}) { ${ERRORS} } }`);
  return errors?.[0]?.extensions.code ?? data.answer.userErrors[0]?.code ?? 'done';
};

describe('a confirmation', () => {
  test('of groups makes the record as old as its oldest group', async () => {
    expect((await records()).service).toMatchObject({ confirmedAt: null, freshness: 'UNCONFIRMED' });
    expect(await confirm('serviceConfirm', service, ['OFFER', 'TERMS', 'PLACE', 'HOURS'])).toBe('done');
    expect((await records()).service).toMatchObject({ confirmedAt: null, freshness: 'UNCONFIRMED' });
    hub.setNow(later(40));
    expect(await confirm('serviceConfirm', service, ['CONTACT'])).toBe('done');
    const { service: now } = await records();
    expect(now).toMatchObject({ confirmedAt: NOW.toISOString(), freshness: 'AGING' });
    expect(groupsOf(now)).toEqual({
      ...Object.fromEntries(['OFFER', 'TERMS', 'PLACE', 'HOURS'].map(group => [group, NOW.toISOString()])),
      CONTACT: later(40).toISOString(),
    });
    expect(now.confirmations.map((one: { freshness: string }) => one.freshness).sort()).toEqual([
      'AGING',
      'AGING',
      'AGING',
      'AGING',
      'FRESH',
    ]);
  });

  test('of the partner is one of its locations and services, and raises no version', async () => {
    const before = await records();
    expect(await confirm('partnerConfirm', world.anker.id)).toBe('done');
    const after = await records();
    for (const one of ['partner', 'service', 'location'] as const) {
      expect(after[one]).toMatchObject({ confirmedAt: NOW.toISOString(), freshness: 'FRESH' });
      expect(after[one].version).toBe(before[one].version);
    }
    expect(Object.keys(groupsOf(after.location)).sort()).toEqual(['CONTACT', 'HOURS', 'PLACE']);
  });

  test('of one group reaches those that have it, and leaves what was closed', async () => {
    await hub.owner().execute(`update service set status = 'CLOSED' where id = ?`, [service]);
    expect(await confirm('partnerConfirmGroups', world.anker.id, ['HOURS'])).toBe('done');
    const { partner, location: place, service: closed } = await records();
    expect(groupsOf(partner)).toEqual({ PROFILE: null, CONTACT: null });
    expect(groupsOf(place)).toEqual({ CONTACT: null, HOURS: NOW.toISOString(), PLACE: null });
    expect(Object.values(groupsOf(closed))).toEqual([null, null, null, null, null]);
  });

  test('as a whole, from before groups were kept, counts for each until it is renewed', async () => {
    const old = ago(NOW, 100);
    await hub.owner().execute(`update service set confirmed_at = ? where id = ?`, [old, service]);
    expect(new Set(Object.values(groupsOf((await records()).service)))).toEqual(new Set([old.toISOString()]));
    expect(await confirm('serviceConfirm', service, ['TERMS'])).toBe('done');
    const { service: now } = await records();
    expect(now.confirmedAt).toBe(old.toISOString());
    expect(groupsOf(now)).toMatchObject({ TERMS: NOW.toISOString(), OFFER: old.toISOString() });
  });

  test.each([
    ['serviceConfirm', () => service, ['PROFILE'], 'INVALID_INPUT'],
    ['serviceConfirm', () => service, [], 'INVALID_INPUT'],
    ['locationConfirm', () => location, ['TERMS'], 'INVALID_INPUT'],
    ['partnerConfirmGroups', () => world.anker.id, [], 'INVALID_INPUT'],
    ['serviceConfirm', () => location, undefined, 'NOT_FOUND'],
    ['locationConfirm', () => 'x', undefined, 'NOT_FOUND'],
  ] as [string, () => string, string[] | undefined, string][])(
    '%s of what is not there is refused, and changes nothing',
    async (door, id, groups, code) => {
      const before = await records();
      expect(await confirm(door, id(), groups)).toBe(code);
      expect(await records()).toEqual(before);
    },
  );

  test.each([
    ['stranger', 'NOT_FOUND'],
    ['coordinator', 'NOT_FOUND'],
    ['foreignCoordinator', 'NOT_FOUND'],
    ['caseworker', 'FORBIDDEN'],
    ['anonymous', 'UNAUTHENTICATED'],
  ] as const)('is none of the %s', async (who, code) => {
    const before = await records();
    const told = [
      await confirm('serviceConfirm', service, undefined, world[who]),
      await confirm('locationConfirm', location, undefined, world[who]),
      await confirm('partnerConfirm', world.anker.id, undefined, world[who]),
      await confirm('partnerConfirmGroups', world.anker.id, ['CONTACT'], world[who]),
    ];
    expect(new Set(told)).toEqual(new Set([code]));
    expect(await records()).toEqual(before);
  });

  test('costs as many statements for a hundred services as for one', async () => {
    const sent = () => hub.statements(() => confirm('partnerConfirm', world.anker.id));
    const few = await sent();
    const at = directory(hub.owner());
    for (let i = 0; i < 30; i++) await at.service(world.anker, `Kurs ${i}`);
    expect(await sent()).toHaveLength(few.length);
  });
});

test('a value is held right since its group was confirmed, or since somebody wrote it; what a file wrote is not', async () => {
  await confirm('serviceConfirm', service, ['OFFER', 'TERMS']);
  const edit = (origin: Origin, wanted: Record<string, string | number>, at: Date) =>
    hub
      .owner()
      .transactional(tx => changeRecords(tx, SERVICE_RECORD, [{ id: service, wanted }], { origin, at, account: null }));
  await edit(Origin.EDIT, { name: 'Neuer Kurs', email: 'kurs@anker.example' }, later(1));
  await edit(Origin.IMPORT, { description: 'Aus der Datei', phone: '0241 1' }, later(2));
  expect((await heldSince(hub.owner(), SERVICE_RECORD, [service])).get(service)).toMatchObject({
    name: later(1),
    description: NOW,
    minimumAge: NOW,
    email: later(1),
    phone: null,
    openingHours: null,
  });
});
