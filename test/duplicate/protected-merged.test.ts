import { beforeEach, describe, expect, test } from 'vitest';
import { Migration20261122207000_ProtectedMerged } from '../../migrations/Migration20261122207000_ProtectedMerged.js';
import type { Location } from '../../src/location/location.entity.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';
import { merge } from './support.js';

const hub = testHub('protected_merged');
const day = (number: number) => new Date(Date.UTC(2026, 2, number, 9));

const rows = <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  hub.owner().execute<T[]>(text, values);

const HIDDEN = { storedStreet: 'Bergweg 4', storedPostalCode: '52999', latitude: 50.123, longitude: 6.123 };

/** Anker with a service at Bergweg 4; Brücke and Drei with a place there, too. Somebody proposes a change of the first. */
async function build() {
  hub.setNow(day(1));
  const world = await hub.given();
  const on = directory(hub.owner());
  const third = await on.partner(world.network, 'Drei');
  const mine = await on.location(world.brücke, world.home, HIDDEN);
  const last = await on.location(third, world.home, HIDDEN);
  await rows(
    `update location set street = 'Bergweg 4', postal_code = '52999', latitude = 50.123, longitude = 6.123,
       directions = 'Am Bergweg links' where id = ?`,
    world.location.id,
  );
  for (const table of ['partner', 'location', 'service'])
    await rows(`update ${table} set created_at = ?, updated_at = ?`, day(1), day(1));
  hub.setNow(day(2));
  const propose = `mutation ($id: ID!) { answer: locationCorrectionPropose(id: $id, input: { street: "Bergweg 4a" }) {
    proposal { id } userErrors { code } } }`;
  const { data } = await hub.as(world.caseworker, propose, { id: world.location.id });
  return { ...world, third, mine, last, proposal: data.answer.proposal.id as string };
}
let world!: Awaited<ReturnType<typeof build>>;
beforeEach(async () => {
  world = await build();
});

async function protect({ id }: Location, addressProtected = true) {
  const query = `mutation ($id: ID!, $is: Boolean) { answer: locationUpdate(id: $id, input: { addressProtected: $is }) {
    userErrors { code message } } }`;
  const { data, errors } = await hub.as(world.stranger, query, { id, is: addressProtected });
  expect([errors, data?.answer.userErrors]).toEqual([undefined, []]);
}

const PLACE = `id street postalCode directions position { latitude } history { nodes { changes { field before after beforeText } } }
  provenance { field value }`;
const TOLD = `query ($service: ID!, $place: ID!, $partner: ID!, $at: DateTime!) {
  service(id: $service) { locations { ${PLACE} } history { nodes { changes { before beforeText after afterText } } } }
  then: service(id: $service, asOf: $at) { locations { ${PLACE} } history { nodes { changes { beforeText afterText } } } }
  location(id: $place) { ${PLACE} }
  there: location(id: $place, asOf: $at) { ${PLACE} }
  partner(id: $partner, asOf: $at) { locations { ${PLACE} } } }`;

/** All that the viewer reads of it, now and of the day before the merge. */
async function told(viewer: Viewer): Promise<string> {
  const ids = { service: world.service.id, place: world.location.id, partner: world.anker.id };
  const { data, errors } = await hub.as(viewer, TOLD, { ...ids, at: day(3).toISOString() });
  expect(errors).toBeUndefined();
  expect(data.there.id).toBe(world.location.id);
  expect(data.then.locations).toHaveLength(1);
  const query =
    'query ($id: ID!) { node(id: $id) { ... on Proposal { changes { before beforeText after afterText } } } }';
  const proposal = await hub.as(viewer, query, { id: world.proposal });
  return JSON.stringify([data, proposal]);
}

const ADDRESS = /Bergweg|52999|50\.123/;

describe('the address of a location that was joined with one that is protected since', () => {
  test('is told to nobody, not of days gone by either', async () => {
    const { anonymous, caseworker, coordinator, brücke, anker, mine } = world;
    hub.setNow(day(4));
    await merge(hub, coordinator, brücke.id, anker.id);
    for (const viewer of [anonymous, caseworker]) expect(await told(viewer)).toMatch(ADDRESS);
    hub.setNow(day(5));
    await protect(mine);
    for (const viewer of [anonymous, caseworker, coordinator]) expect(await told(viewer)).not.toMatch(ADDRESS);
    // It may be open again, elsewhere: where it was stays untold.
    hub.setNow(day(6));
    await rows(
      `update location set street = 'Talweg 1', postal_code = '52111', latitude = null, longitude = null, directions = null where id = ?`,
      mine.id,
    );
    await protect(mine, false);
    for (const viewer of [anonymous, caseworker, coordinator]) expect(await told(viewer)).not.toMatch(ADDRESS);
  });

  test('through a chain of merges', async () => {
    const { anonymous, caseworker, coordinator, brücke, anker, third, last } = world;
    hub.setNow(day(4));
    await merge(hub, coordinator, brücke.id, anker.id);
    await merge(hub, coordinator, third.id, brücke.id);
    hub.setNow(day(5));
    await protect(last);
    for (const viewer of [anonymous, caseworker]) expect(await told(viewer)).not.toMatch(ADDRESS);
  });

  test('nor where it was protected before this was kept', async () => {
    const { anonymous, caseworker, coordinator, brücke, anker, mine, location, last } = world;
    hub.setNow(day(4));
    await merge(hub, coordinator, brücke.id, anker.id);
    await rows('update location set address_protected = true where id = ?', mine.id);
    expect(await told(anonymous)).toMatch(ADDRESS);
    const migrate = async () => {
      const migration = new Migration20261122207000_ProtectedMerged(hub.owner().getDriver(), hub.owner().config);
      migration.up();
      for (const one of migration.getQueries()) await hub.owner().execute(String(one));
    };
    await migrate();
    for (const viewer of [anonymous, caseworker]) expect(await told(viewer)).not.toMatch(ADDRESS);
    const isProtected = async (id: string) =>
      (await rows<{ is: boolean }>('select address_protected as is from location where id = ?', id))[0]!.is;
    expect(await isProtected(last.id)).toBe(false);
    // Protected for a while since.
    await rows('update location set address_protected = false where id in (?, ?)', mine.id, location.id);
    await migrate();
    expect(await isProtected(location.id)).toBe(false);
    hub.setNow(day(5));
    await protect(mine);
    await protect(mine, false);
    await rows('update location set address_protected = false where id = ?', location.id);
    await migrate();
    expect([await isProtected(location.id), await isProtected(mine.id)]).toEqual([true, false]);
  });

  test('nor where it is protected while the merge waits for it', async () => {
    const { anonymous, coordinator, brücke, anker, location, mine } = world;
    hub.setNow(day(4));
    let merged!: Promise<unknown>;
    await hub.owner().transactional(async tx => {
      await tx.execute('update location set address_protected = true where id = ?', [location.id]);
      merged = merge(hub, coordinator, brücke.id, anker.id);
      await waitersOf(hub, 1);
    });
    await merged;
    const both = await rows('select address_protected as is from location where id in (?, ?)', location.id, mine.id);
    expect(both).toEqual([{ is: true }, { is: true }]);
    expect(await told(anonymous)).not.toMatch(ADDRESS);
  });
});
