import { beforeAll, describe, expect, test } from 'vitest';
import { changeRecords, createRecords } from '../../src/record/record.actions.js';
import { Origin, type RecordDocument, RecordName } from '../../src/record/record.rules.js';
import { RECORD_KINDS } from '../../src/record/record-kinds.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { merge } from './support.js';

const { PARTNER, LOCATION, SERVICE } = RecordName;
const hub = testHub('past_of_merged');
const day = (number: number) => new Date(Date.UTC(2026, 0, number, 9));

const change = (name: RecordName, id: string, wanted: RecordDocument, account: string | null = null) =>
  hub
    .owner()
    .transactional(tx =>
      changeRecords(tx, RECORD_KINDS[name], [{ id, wanted }], { origin: Origin.EDIT, account, at: hub.now() }),
    );

/** Anker with a service at a location; Brücke and Drei, with one location and one service each. All made on the first. */
async function build() {
  hub.setNow(day(1));
  const world = await hub.given();
  const on = directory(hub.owner());
  const third = await on.partner(world.network, 'Drei');
  const quay = await on.location(world.brücke, world.home, { name: 'Kai' });
  const course = await on.service(world.brücke, 'Kurs', { locations: [quay] });
  await on.service(third, 'Lesekreis', {});
  for (const table of ['partner', 'location', 'service'])
    await hub.owner().execute(`update ${table} set created_at = ?, updated_at = ?`, [day(1), day(1)]);
  return { ...world, third, quay, course };
}
type World = Awaited<ReturnType<typeof build>>;

const PARTNER_THEN = `query ($id: ID!, $asOf: DateTime) { partner(id: $id, asOf: $asOf) {
  id services { totalCount nodes { name partner { id } } } locations { name } } }`;

async function then(viewer: Viewer, id: string, asOf: Date) {
  const { data, errors } = await hub.as(viewer, PARTNER_THEN, { id, asOf: asOf.toISOString() });
  expect(errors).toBeUndefined();
  if (!data.partner) return null;
  const { services, locations, ...partner } = data.partner;
  expect(services.totalCount).toBe(services.nodes.length);
  for (const service of services.nodes) expect(service.partner.id).toBe(partner.id);
  return {
    id: partner.id,
    services: services.nodes.map((one: { name: string }) => one.name),
    locations: locations.map((one: { name: string | null }) => one.name),
  };
}

async function recordThen(viewer: Viewer, type: 'service' | 'location', id: string, asOf: Date) {
  const query = `query ($id: ID!, $asOf: DateTime) { record: ${type}(id: $id, asOf: $asOf) { name } }`;
  return (await hub.as(viewer, query, { id, asOf: asOf.toISOString() })).data.record;
}

describe('after a chain of merges', () => {
  let world!: World;
  beforeAll(async () => {
    world = await build();
    hub.setNow(day(10));
    await merge(hub, world.coordinator, world.anker.id, world.brücke.id);
    hub.setNow(day(20));
    await merge(hub, world.coordinator, world.third.id, world.anker.id);
    hub.setNow(day(30));
  });

  test('each is told of each day with what was its own then', async () => {
    const { anonymous, anker, brücke, third, service } = world;
    const [own, at] = [service.name, [null]];
    for (const viewer of [anonymous, world.coordinator, world.caseworker]) {
      expect(await then(viewer, brücke.id, day(5))).toEqual({
        id: brücke.id,
        services: ['Kurs'],
        locations: ['Kai'],
      });
      expect(await then(viewer, anker.id, day(5))).toEqual({ id: anker.id, services: [own], locations: at });
      expect(await then(viewer, third.id, day(5))).toEqual({ id: third.id, services: ['Lesekreis'], locations: [] });
      const both = { id: anker.id, services: [own, 'Kurs'].sort(), locations: ['Kai', null] };
      expect(await then(viewer, anker.id, day(15))).toEqual(both);
      expect(await then(viewer, brücke.id, day(15))).toEqual(both);
      const all = { id: third.id, services: [own, 'Kurs', 'Lesekreis'].sort(), locations: ['Kai', null] };
      for (const one of [anker, brücke, third]) expect(await then(viewer, one.id, day(25))).toEqual(all);
    }
  });

  test('the members of an umbrella are those that it had, also what was merged since', async () => {
    const { network, coordinator } = world;
    const on = directory(hub.owner());
    const [umbrella, twin, original] = [
      await on.partner(network, 'Verband'),
      await on.partner(network, 'Doppel'),
      await on.partner(network, 'Urbild'),
    ];
    await hub.owner().execute('update partner set parent_id = ? where id = ?', [umbrella.id, twin.id]);
    await hub
      .owner()
      .execute('update partner set created_at = ? where id in (?, ?, ?)', [day(1), umbrella.id, twin.id, original.id]);
    await merge(hub, coordinator, original.id, twin.id);
    hub.setNow(day(31));
    const query = `query ($id: ID!, $asOf: DateTime) { partner(id: $id, asOf: $asOf) { members { totalCount nodes { id } } } }`;
    const { data } = await hub.as(world.anonymous, query, { id: umbrella.id, asOf: day(25).toISOString() });
    expect(data.partner.members).toEqual({ totalCount: 1, nodes: [{ id: twin.id }] });
  });
});

describe('of a partner that was not published then', () => {
  /** Brücke waits for the coordination until it is merged into Anker, or Anker until the fifth day. */
  async function merged(pending: 'other' | 'survivor') {
    const world = await build();
    const late = pending === 'other' ? world.brücke : world.anker;
    await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [late.id]);
    hub.setNow(day(3));
    await change(SERVICE, world.course.id, { name: 'Sprachkurs' }, world.stranger.accountId);
    await change(LOCATION, world.quay.id, { name: 'Ufer' });
    await change(PARTNER, world.brücke.id, { phone: '0234 1' }, world.stranger.accountId);
    hub.setNow(day(5));
    if (pending === 'survivor') await change(PARTNER, late.id, { status: 'ACTIVE' });
    hub.setNow(day(10));
    expect((await merge(hub, world.coordinator, world.anker.id, world.brücke.id)).userErrors).toEqual([]);
    hub.setNow(day(12));
    await change(SERVICE, world.course.id, { name: 'Deutschkurs' });
    hub.setNow(day(15));
    return world;
  }

  const changesOf = async (viewer: Viewer, type: string, id: string, args = '') => {
    const query = `{ record: ${type}(id: "${id}"${args}) { history { totalCount nodes { by byRole changes { after } } } } }`;
    const { data, errors } = await hub.as(viewer, query);
    expect(errors).toBeUndefined();
    const { nodes, totalCount } = data.record.history;
    expect(totalCount).toBe(nodes.length);
    return nodes.map((one: { changes: { after: unknown }[] }) => ({ ...one, changes: one.changes[0]!.after }));
  };
  const saidOf = async (...of: Parameters<typeof changesOf>) =>
    (await changesOf(...of)).map((one: { changes: unknown }) => one.changes);

  test('nobody is told what it had, but those who keep it; what it brought along is told since', async () => {
    const { anonymous, caseworker, coordinator, stranger, partner, anker, brücke, course, quay, service } =
      await merged('other');
    for (const viewer of [anonymous, caseworker]) {
      expect(await then(viewer, brücke.id, day(4))).toBeNull();
      expect(await then(viewer, anker.id, day(4))).toMatchObject({ services: [service.name], locations: [null] });
      expect(await recordThen(viewer, 'service', course.id, day(4))).toBeNull();
      expect(await recordThen(viewer, 'location', quay.id, day(4))).toBeNull();
      expect(await recordThen(viewer, 'service', course.id, day(11))).toEqual({ name: 'Sprachkurs' });
      expect(await saidOf(viewer, 'service', course.id)).toEqual(['Deutschkurs']);
      expect(await saidOf(viewer, 'location', quay.id)).toEqual([]);
    }
    // Who edited either edits both since.
    for (const viewer of [coordinator, stranger, partner]) {
      expect(await then(viewer, brücke.id, day(4))).toMatchObject({ services: ['Sprachkurs'], locations: ['Ufer'] });
      expect(await recordThen(viewer, 'service', course.id, day(4))).toEqual({ name: 'Sprachkurs' });
      expect(await saidOf(viewer, 'service', course.id)).toEqual(['Deutschkurs', 'Sprachkurs']);
      expect(await saidOf(viewer, 'location', quay.id)).toEqual(['Ufer']);
    }
  });

  test('what another one that was had published stays published', async () => {
    const { anonymous, brücke, anker, course, quay } = await merged('survivor');
    expect(await then(anonymous, brücke.id, day(4))).toMatchObject({ services: ['Sprachkurs'], locations: ['Ufer'] });
    expect(await then(anonymous, anker.id, day(4))).toBeNull();
    expect(await recordThen(anonymous, 'service', course.id, day(4))).toEqual({ name: 'Sprachkurs' });
    expect(await recordThen(anonymous, 'location', quay.id, day(4))).toEqual({ name: 'Ufer' });
    expect(await saidOf(anonymous, 'service', course.id)).toEqual(['Deutschkurs', 'Sprachkurs']);
  });

  test('whoever edited it is told as an editor, in the history of all that was its own', async () => {
    const { stranger, coordinator, partner, brücke, course } = await merged('other');
    const hers = { by: 'stranger', byRole: 'PARTNER_EDITOR' };
    for (const viewer of [coordinator, stranger, partner]) {
      expect((await changesOf(viewer, 'service', course.id))[1]).toEqual({ ...hers, changes: 'Sprachkurs' });
      const past = `, asOf: "${day(4).toISOString()}"`;
      expect(await changesOf(viewer, 'partner', brücke.id, past)).toEqual([{ ...hers, changes: '0234 1' }]);
      const { data } = await hub.as(viewer, `{ partner(id: "${brücke.id}"${past}) { provenance { field by } } }`);
      expect(data.partner.provenance).toContainEqual({ field: 'phone', by: 'stranger' });
    }
  });
});

test('a moment asks as many statements for what was merged as for what was not', async () => {
  const { coordinator, anonymous, anker, brücke, network } = await build();
  const asked = (id: string) =>
    hub.statements(() => hub.as(anonymous, PARTNER_THEN, { id, asOf: day(2).toISOString() }));
  hub.setNow(day(4));
  const before = await asked(anker.id);
  const made = { network: network.id, document: { name: 'Vier', kinds: ['EMPLOYER'] } };
  const [fourth] = await hub
    .owner()
    .transactional(tx =>
      createRecords(tx, RECORD_KINDS.PARTNER, [made], { origin: Origin.EDIT, at: day(4), account: null }),
    );
  await merge(hub, coordinator, anker.id, brücke.id);
  await merge(hub, coordinator, fourth!, anker.id);
  hub.setNow(day(5));
  expect((await asked(anker.id)).length).toBe(before.length);
});
