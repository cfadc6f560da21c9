import { beforeEach, describe, expect, test } from 'vitest';
import { pairId } from '../../src/hsds-import/hsds-identity.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { merge } from './support.js';

const hub = testHub('old_ids');
const NOW = new Date('2026-03-10T09:00:00Z');
const BEFORE = new Date('2026-03-01T09:00:00Z');

const rows = <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  hub.owner().execute<T[]>(text, values);

/**
 * Anker was merged into Brücke: its location into the one that Brücke has at the same address, where its service is
 * since. It had an opening there.
 */
async function build() {
  hub.setNow(NOW);
  const world = await hub.given();
  const on = directory(hub.owner());
  const mine = await on.location(world.brücke, world.home, {
    name: 'Hafenhaus',
    storedStreet: 'Hafenweg 1',
    storedPostalCode: '52000',
  });
  const other = await on.location(world.brücke, world.home, { name: 'Zweigstelle', storedStreet: 'Fernweg 9' });
  const third = await on.partner(world.network, 'Drei');
  for (const table of ['partner', 'location', 'service'])
    await rows(`update ${table} set created_at = ? where created_at > ?`, BEFORE, NOW);
  const opening = await answer(
    world.partner,
    'jobOpeningCreate',
    'partner: $a, input: { title: "Hilfe im Lager", occupation: "51", location: $b }',
    { a: world.anker.id, b: world.location.id },
    'jobOpening { id }',
  );
  expect((await merge(hub, world.coordinator, world.brücke.id, world.anker.id)).userErrors).toEqual([]);
  const [joined] = await rows('select status, merged_into_id from location where id = ?', world.location.id);
  expect(joined).toEqual({ status: 'ARCHIVED', merged_into_id: mine.id });
  return { ...world, mine, other, third, opening: opening.jobOpening.id as string };
}
let world!: Awaited<ReturnType<typeof build>>;
beforeEach(async () => {
  world = await build();
});

/** What a mutation answers; it must not be refused. */
async function answer(viewer: Viewer, name: string, args: string, ids: Record<string, string>, fields = '') {
  const declared = Object.keys(ids).map(one => `$${one}: ID!`);
  const query = `mutation (${declared.join(', ')}) { answer: ${name}(${args}) { ${fields} userErrors { code path message } } }`;
  const { data, errors } = await hub.as(viewer, query, ids);
  expect(errors).toBeUndefined();
  expect(data.answer.userErrors).toEqual([]);
  return data.answer;
}

// biome-ignore lint/suspicious/noExplicitAny: any answer
async function ask(viewer: Viewer, fields: string, ids: Record<string, string>): Promise<any> {
  const declared = Object.keys(ids).map(one => `$${one}: ID!`);
  const { data, errors } = await hub.as(viewer, `query (${declared.join(', ')}) { ${fields} }`, ids);
  expect(errors).toBeUndefined();
  return data;
}

describe('the id of a partner that was merged', () => {
  test('finds the inbox, the proposals and the vacancies of what stands for it', async () => {
    const { partner, stranger, caseworker, coordinator, anker, brücke, opening } = world;
    const box = 'partnerInbox(partner: $id) { partners { id } }';
    for (const viewer of [partner, stranger])
      for (const id of [anker.id, anker.id.toUpperCase(), brücke.id])
        expect(await ask(viewer, box, { id })).toEqual({ partnerInbox: { partners: [{ id: brücke.id }] } });
    expect(await ask(caseworker, box, { id: anker.id })).toEqual({ partnerInbox: null });
    const args = 'id: $id, input: { phone: "0234 9" }';
    await answer(caseworker, 'partnerCorrectionPropose', args, { id: brücke.id });
    const lists = `proposals(filter: { partner: $id }) { nodes { partner { id } } }
      jobOpenings(filter: { partner: $id }) { nodes { id partner { id } } }`;
    expect(await ask(coordinator, lists, { id: anker.id })).toEqual({
      proposals: { nodes: [{ partner: { id: brücke.id } }] },
      jobOpenings: { nodes: [{ id: opening, partner: { id: brücke.id } }] },
    });
  });

  test('takes corrections for what stands for it', async () => {
    const { caseworker, anker, brücke, stranger } = world;
    const args = 'id: $id, input: { phone: "0234 9" }';
    const proposed = await answer(
      caseworker,
      'partnerCorrectionPropose',
      args,
      { id: anker.id },
      'proposal { id recordId partner { id } }',
    );
    expect(proposed.proposal).toMatchObject({ recordId: brücke.id, partner: { id: brücke.id } });
    await answer(stranger, 'proposalAccept', 'id: $id', { id: proposed.proposal.id });
    expect(await rows('select id from partner where phone = ?', '0234 9')).toEqual([{ id: brücke.id }]);
  });

  test('names what stands for it as an umbrella, in edits and in corrections that were proposed before', async () => {
    const { network, coordinator, caseworker, anker, brücke, third } = world;
    const fourth = await directory(hub.owner()).partner(network, 'Vier');
    const args = 'id: $id, input: { parent: $parent }';
    await answer(coordinator, 'partnerUpdate', args, { id: fourth.id, parent: anker.id });
    const fifth = await directory(hub.owner()).partner(network, 'Fünf');
    const { proposal } = await answer(
      caseworker,
      'partnerCorrectionPropose',
      args,
      { id: fifth.id, parent: brücke.id },
      'proposal { id }',
    );
    await merge(hub, coordinator, third.id, brücke.id);
    await answer(coordinator, 'proposalAccept', 'id: $id', { id: proposal.id });
    const parents = await rows('select parent_id as id from partner where id in (?, ?)', fourth.id, fifth.id);
    expect(parents).toEqual([{ id: third.id }, { id: third.id }]);
    const register = `mutation ($parent: ID!) { partnerRegister(network: "${network.slug}", input: {
      name: "Sechs", kinds: [EMPLOYER], parent: $parent }) { partner { parent { id } } userErrors { code } } }`;
    const { data } = await hub.as(coordinator, register, { parent: anker.id });
    expect(data.partnerRegister).toEqual({ partner: { parent: { id: third.id } }, userErrors: [] });
  });

  test('is said of what stands for it: confirmed, linked, no duplicate', async () => {
    const { coordinator, partner, anker, brücke, third } = world;
    await answer(partner, 'partnerConfirm', 'id: $id', { id: anker.id });
    expect(await rows('select distinct record_id as id from confirmation where kind = ?', 'PARTNER')).toEqual([
      { id: brücke.id },
    ]);
    await answer(coordinator, 'confirmationLinkCreate', 'partner: $id', { id: anker.id });
    expect(await rows('select partner_id as id from confirmation_link')).toEqual([{ id: brücke.id }]);
    const pair = { a: anker.id, b: third.id };
    await answer(coordinator, 'duplicateDismiss', 'a: $a, b: $b', pair);
    const verdicts = () =>
      rows('select array[first_id, second_id] as pair from duplicate_dismissal where undone_at is null');
    expect(await verdicts()).toEqual([{ pair: [brücke.id, third.id].sort() }]);
    await answer(coordinator, 'duplicateReconsider', 'a: $a, b: $b', pair);
    expect(await verdicts()).toEqual([]);
    const query = 'mutation ($a: ID!, $b: ID!) { duplicateDismiss(a: $a, b: $b) { userErrors { code path } } }';
    const { data } = await hub.as(coordinator, query, { a: anker.id, b: brücke.id });
    expect(data.duplicateDismiss.userErrors).toEqual([{ code: 'INVALID_INPUT', path: ['b'] }]);
  });
});

describe('the id of a location that was joined with another', () => {
  test('answers the one that remains; of a moment before, itself', async () => {
    const { anonymous, location, mine } = world;
    const query = 'location(id: $id) { id name } node(id: $id) { id }';
    expect(await ask(anonymous, query, { id: location.id })).toEqual({
      location: { id: mine.id, name: 'Hafenhaus' },
      node: { id: mine.id },
    });
    hub.setNow(new Date(NOW.getTime() + 60_000));
    const then = async (when: Date) =>
      (await ask(anonymous, `location(id: $id, asOf: "${when.toISOString()}") { id }`, { id: location.id })).location;
    expect(await then(new Date(NOW.getTime() - 1))).toEqual({ id: location.id });
    expect(await then(NOW)).toEqual({ id: mine.id });
  });

  test('takes edits, confirmations and corrections of the one that remains', async () => {
    const { partner, caseworker, location, mine } = world;
    const { version } = (await ask(partner, 'location(id: $id) { version }', { id: mine.id })).location;
    const edited = await answer(
      partner,
      'locationUpdate',
      `id: $id, input: { phone: "0234 5", status: ACTIVE }, expectedVersion: ${version}`,
      { id: location.id },
      'location { id phone }',
    );
    expect(edited.location).toEqual({ id: mine.id, phone: '0234 5' });
    await answer(partner, 'locationConfirm', 'id: $id', { id: location.id });
    const confirmed = await rows(
      'select distinct record_id as id from confirmation where record_id in (?, ?)',
      mine.id,
      location.id,
    );
    expect(confirmed).toEqual([{ id: mine.id }]);
    await answer(caseworker, 'locationCorrectionPropose', 'id: $id, input: { name: "Haus am Hafen" }', {
      id: location.id,
    });
    expect(await rows('select record_id as id from proposal where network_id = ?', world.network.id)).toEqual([
      { id: mine.id },
    ]);
    const [gone] = await rows('select status from location where id = ?', location.id);
    expect(gone).toEqual({ status: 'ARCHIVED' });
  });

  test('names the one that remains where services and vacancies are, also in what was proposed before', async () => {
    const { partner, caseworker, coordinator, brücke, service, location, mine, other, opening } = world;
    const at = async (of: string) =>
      (await rows<{ id: string }>('select location_id as id from service_location where service_id = ? order by 1', of))
        .map(one => one.id)
        .sort();
    const both = { id: service.id, a: location.id, b: other.id };
    await answer(partner, 'serviceUpdate', 'id: $id, input: { locations: [$a, $b] }', both);
    expect(await at(service.id)).toEqual([mine.id, other.id].sort());
    await answer(partner, 'serviceUpdate', 'id: $id, input: { locations: [$a, $b] }', { ...both, b: mine.id });
    expect(await at(service.id)).toEqual([mine.id]);
    const many =
      'mutation ($id: ID!, $a: ID!, $b: ID!) { servicesUpdate(edits: [{ id: $id, input: { locations: [$a, $b] } }]) { rows { outcome } userErrors { code } } }';
    expect((await hub.as(partner, many, both)).data.servicesUpdate).toEqual({
      rows: [{ outcome: 'CHANGED' }],
      userErrors: [],
    });
    expect(await at(service.id)).toEqual([mine.id, other.id].sort());
    const made = await answer(
      partner,
      'serviceCreate',
      'partner: $partner, input: { name: "Kurs", categories: ["job-coaching"], feedbackLevel: STATUS, languages: ["de"], deliveryModes: [ON_SITE], locations: [$a] }',
      { partner: brücke.id, a: location.id },
      'service { locations { id } }',
    );
    expect(made.service.locations).toEqual([{ id: mine.id }]);
    expect(await rows('select location_id as id from job_opening where id = ?', opening)).toEqual([{ id: mine.id }]);
    await answer(partner, 'jobOpeningUpdate', 'id: $id, input: { location: $at }', { id: opening, at: other.id });
    await answer(partner, 'jobOpeningUpdate', 'id: $id, input: { location: $at }', { id: opening, at: location.id });
    expect(await rows('select location_id as id from job_opening where id = ?', opening)).toEqual([{ id: mine.id }]);
    // Somebody proposes a place which becomes one with another before it is decided.
    const { proposal } = await answer(
      caseworker,
      'serviceCorrectionPropose',
      'id: $id, input: { locations: [$a] }',
      { id: service.id, a: mine.id },
      'proposal { id }',
    );
    const home = await directory(hub.owner()).location(world.third, world.home, {
      name: 'Kai',
      storedStreet: 'Hafenweg 1',
      storedPostalCode: '52000',
    });
    await merge(hub, coordinator, world.third.id, brücke.id);
    await answer(partner, 'proposalAccept', 'id: $id, overwrite: true', { id: proposal.id });
    expect(await at(service.id)).toEqual([home.id]);
    // What became one before answers by its first id, too.
    expect(await ask(caseworker, 'location(id: $id) { id }', { id: location.id })).toEqual({
      location: { id: home.id },
    });
  });

  test('leaves nothing to be decided of it', async () => {
    const { coordinator, caseworker, mine, third, home, brücke } = world;
    await answer(caseworker, 'locationCorrectionPropose', 'id: $id, input: { name: "Kai" }', { id: mine.id });
    await directory(hub.owner()).location(third, home, { storedStreet: 'Hafenweg 1', storedPostalCode: '52000' });
    await merge(hub, coordinator, third.id, brücke.id);
    expect(await rows('select status, record_id as id from proposal where network_id = ?', world.network.id)).toEqual([
      { status: 'SUPERSEDED', id: mine.id },
    ]);
  });
});

describe('over HTTP, old ids', () => {
  // biome-ignore lint/suspicious/noExplicitAny: any answer
  const get = async (path: string): Promise<any> => {
    const response = await hub.hub().app.inject({ method: 'GET', url: path });
    return response.statusCode === 200 ? JSON.parse(response.body) : response.statusCode;
  };

  test('are answered with what stands for them', async () => {
    const { anker, brücke, location, mine, service } = world;
    expect(await get(`/hsds/organizations/${anker.id}`)).toMatchObject({ id: brücke.id, name: 'Brücke' });
    expect(await get(`/jsonld/partners/${anker.id}`)).toMatchObject({ identifier: brücke.id, name: 'Brücke' });
    for (const list of ['services', 'locations']) {
      const { contents } = await get(`/hsds/${list}?organization_id=${anker.id}`);
      expect(contents.length).toBeGreaterThan(0);
      expect(contents).toEqual((await get(`/hsds/${list}?organization_id=${brücke.id}`)).contents);
    }
    expect(await get(`/hsds/locations/${location.id}`)).toMatchObject({ id: mine.id, name: 'Hafenhaus' });
    const pair = await get(`/hsds/service_at_locations/${pairId(service.id, location.id)}`);
    expect(pair).toMatchObject({ id: pairId(service.id, mine.id), location: { id: mine.id } });
    expect(pair).toEqual(await get(`/hsds/service_at_locations/${pairId(service.id, mine.id)}`));
    expect(await get(`/hsds/organizations/${crypto.randomUUID()}`)).toBe(404);
  });

  test('are those of this hub before those of a source that another network has heard', async () => {
    const { elsewhere, anker, brücke } = world;
    const abroad = await directory(hub.owner()).partner(elsewhere, 'Fern');
    await rows(
      `with heard as (insert into source (network_id, name) values (?, 'alt') returning id)
       insert into source_record (source_id, record_id, key, document, imported_at) select id, ?, ?, '{}', ? from heard`,
      elsewhere.id,
      abroad.id,
      `organizations:${anker.id}`,
      NOW,
    );
    expect(await get(`/hsds/organizations/${anker.id}`)).toMatchObject({ name: brücke.name });
    expect(await get(`/hsds/organizations/${anker.id}?network=${elsewhere.slug}`)).toMatchObject({ name: 'Fern' });
  });

  test('of a source find what stands for what it named', async () => {
    const { network, anker, brücke, location, mine, service } = world;
    const [source] = await rows<{ id: string }>(
      `insert into source (network_id, name) values (?, 'alt') returning id`,
      network.id,
    );
    for (const [key, record] of [
      ['organizations:o1', brücke.id],
      ['organizations:o2', anker.id],
      ['locations:l1', mine.id],
      ['locations:l2', location.id],
      ['services:s1', service.id],
    ])
      await rows(
        `insert into source_record (source_id, record_id, key, document, imported_at) values (?, ?, ?, '{}', ?)`,
        source!.id,
        record,
        key,
        NOW,
      );
    await rows(
      `insert into source_row (source_id, key, root, hash, row) values (?, 'service_at_location:p1', 'services:s1',
         gen_random_uuid(), '{"service_id": "s1", "location_id": "l2"}')`,
      source!.id,
    );
    const slug = `network=${network.slug}`;
    expect(await get(`/hsds/organizations/o2?${slug}`)).toMatchObject({ id: 'o1', name: 'Brücke' });
    expect(await get(`/hsds/locations/l2?${slug}`)).toMatchObject({ id: 'l1', name: 'Hafenhaus' });
    expect((await get(`/hsds/services?organization_id=o2&${slug}`)).contents).toMatchObject([{ id: 's1' }]);
    expect(await get(`/hsds/service_at_locations/p1?${slug}`)).toMatchObject({ location: { id: 'l1' } });
  });
});
