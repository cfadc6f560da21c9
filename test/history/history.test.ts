import { beforeEach, describe, expect, test } from 'vitest';
import { changeRecords, createRecords } from '../../src/record/record.actions.js';
import { Origin, type RecordDocument, RecordName } from '../../src/record/record.rules.js';
import { RECORD_KINDS } from '../../src/record/record-kinds.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { ago } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const { PARTNER, LOCATION, SERVICE } = RecordName;
const hub = testHub('history');
const NOW = new Date('2026-03-10T09:00:00.000Z');
const daysAgo = (days: number) => ago(NOW, days);

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given();
});

interface By {
  origin?: Origin;
  account?: string | null;
  source?: string;
}
const change = (name: RecordName, id: string, wanted: RecordDocument, at: Date, by: By = {}) =>
  hub
    .owner()
    .transactional(tx =>
      changeRecords(tx, RECORD_KINDS[name], [{ id, wanted }], { origin: Origin.EDIT, account: null, at, ...by }),
    );

const REVISIONS = `totalCount nodes { at version origin source by byRole changes { field label before after afterText } }
  pageInfo { hasNextPage endCursor }`;
const history = async (viewer: Viewer, type: string, id: string, args = 'first: 20') => {
  const { data, errors } = await hub.as(
    viewer,
    `{ record: ${type}(id: "${id}") { history(${args}) { ${REVISIONS} } } }`,
  );
  expect(errors).toBeUndefined();
  return data.record.history;
};
const account = (viewer: Viewer) => viewer.accountId;

describe('the history of a record', () => {
  test('is told newest first, with both values, page by page', async () => {
    for (const [days, name] of [
      [9, 'Eins'],
      [8, 'Zwei'],
      [7, 'Drei'],
    ] as const)
      await change(
        SERVICE,
        world.service.id,
        { name, languages: [name.slice(0, 2).toLowerCase(), 'de'] },
        daysAgo(days),
      );
    const first = await history(world.anonymous, 'service', world.service.id, 'first: 2');
    expect(first.totalCount).toBe(3);
    expect(first.nodes.map((one: { version: number }) => one.version)).toEqual([4, 3]);
    expect(first.nodes[0]).toMatchObject({ at: daysAgo(7).toISOString(), origin: 'EDIT' });
    expect(first.nodes[0].changes[0]).toEqual({
      field: 'name',
      label: 'Name',
      before: 'Zwei',
      after: 'Drei',
      afterText: 'Drei',
    });
    const after = `first: 2, after: "${first.pageInfo.endCursor}"`;
    const rest = await history(world.anonymous, 'service', world.service.id, after);
    expect(rest.nodes.map((one: { version: number }) => one.version)).toEqual([2]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  test('of one field leaves the others out, and no field is made up', async () => {
    await change(SERVICE, world.service.id, { name: 'Neu' }, daysAgo(9));
    await change(SERVICE, world.service.id, { name: 'Neuer', needs: ['debt'] }, daysAgo(8));
    const { nodes, totalCount } = await history(world.anonymous, 'service', world.service.id, 'field: "needs"');
    expect([totalCount, nodes[0].changes.length, nodes[0].changes[0].after]).toEqual([1, 1, ['debt']]);
    const both = `{ service(id: "${world.service.id}") { ${['name', 'needs', null]
      .map(field => `of_${field}: history${field ? `(field: "${field}")` : ''} { nodes { version changes { field } } }`)
      .join(' ')} } }`;
    const { data } = await hub.as(world.anonymous, both);
    const told = (of: string) =>
      data.service[of].nodes.map((one: { changes: { field: string }[] }) => one.changes.map(({ field }) => field));
    expect(told('of_name')).toEqual([['name'], ['name']]);
    expect(told('of_needs')).toEqual([['needs']]);
    expect(told('of_null')).toEqual([['name', 'needs'], ['name']]);
    const query = (field: string) =>
      `{ service(id: "${world.service.id}") { history(field: "${field}") { totalCount } } }`;
    for (const field of ['shoeSize', 'constructor', "a'b"]) {
      const { errors } = await hub.as(world.anonymous, query(field));
      expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'field' });
    }
  });

  test.each([
    ['partner', 'partner', 'PARTNER_EDITOR'],
    ['coordinator', 'partner', 'PARTNER_EDITOR'],
    ['caseworker', null, 'PARTNER_EDITOR'],
    ['stranger', null, 'PARTNER_EDITOR'],
    ['foreignCoordinator', null, 'PARTNER_EDITOR'],
    ['anonymous', null, null],
  ] as const)('names to the %s %s, and as a role %s', async (who, by, byRole) => {
    await change(PARTNER, world.anker.id, { name: 'Neu' }, daysAgo(9), { account: account(world.partner)! });
    const from = { origin: Origin.IMPORT, source: 'hsds.zip' };
    await change(PARTNER, world.anker.id, { name: 'Datei' }, daysAgo(8), from);
    const { nodes } = await history(world[who], 'partner', world.anker.id);
    expect(nodes[1]).toMatchObject({ by, byRole, origin: 'EDIT', source: null });
    const source = who === 'anonymous' ? null : 'hsds.zip';
    expect(nodes[0]).toMatchObject({ by: null, byRole: null, origin: 'IMPORT', source });
  });

  test('before it was published is for those who keep it', async () => {
    await change(PARTNER, world.brücke.id, { status: 'PENDING', name: 'Entwurf' }, daysAgo(30));
    await change(PARTNER, world.brücke.id, { name: 'Geheimer Name' }, daysAgo(20));
    await change(PARTNER, world.brücke.id, { status: 'ACTIVE', name: 'Brücke' }, daysAgo(10));
    await change(PARTNER, world.brücke.id, { email: 'post@bruecke.example' }, daysAgo(5));
    const told = async (viewer: Viewer) => (await history(viewer, 'partner', world.brücke.id)).nodes.length;
    expect([await told(world.anonymous), await told(world.caseworker)]).toEqual([2, 2]);
    expect([await told(world.stranger), await told(world.coordinator)]).toEqual([4, 4]);
  });

  test('merged from two records is one list, in the order of the moments', async () => {
    for (const [days, name] of [
      [9, 'A'],
      [7, 'B'],
    ] as const)
      await change(SERVICE, world.service.id, { name: `Kurs ${name}` }, daysAgo(days));
    const twin = {
      partner: world.anker.id,
      network: world.network.id,
      document: { name: 'Zwilling', feedbackLevel: 'NONE' },
    };
    const made = { origin: Origin.IMPORT, at: daysAgo(8), account: null };
    const [id] = await hub.owner().transactional(tx => createRecords(tx, RECORD_KINDS.SERVICE, [twin], made));
    await change(SERVICE, id!, { name: 'Zwilling 2' }, daysAgo(6));
    await hub.owner().execute('update revision set record_id = ? where record_id = ?', [world.service.id, id]);
    const pages = [];
    for (let after = ''; ; ) {
      const { nodes, pageInfo } = await history(world.anonymous, 'service', world.service.id, `first: 1${after}`);
      pages.push(...nodes.map((one: { at: string }) => one.at));
      if (!pageInfo.hasNextPage) break;
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(pages).toEqual([6, 7, 8, 9].map(days => daysAgo(days).toISOString()));
  });
});

describe('an address', () => {
  const fields = async () => {
    const { nodes } = await history(world.partner, 'location', world.location.id);
    return nodes.map((one: { changes: { field: string }[] }) => one.changes.map(({ field }) => field));
  };
  const provenance = async () => {
    const query = `{ location(id: "${world.location.id}") { provenance { field value } } }`;
    const { data } = await hub.as(world.partner, query);
    return Object.fromEntries(
      data.location.provenance.map(({ field, value }: { field: string; value: unknown }) => [field, value]),
    );
  };

  test('that is protected is in no part of the history, also where it was open then', async () => {
    const moved = { street: 'Geheimweg 1', postalCode: '52001', latitude: 50.1, longitude: 6.1, directions: 'Links' };
    await change(LOCATION, world.location.id, { ...moved, phone: '0241 1' }, daysAgo(9));
    expect((await provenance()).street).toBe('Geheimweg 1');
    await change(LOCATION, world.location.id, { addressProtected: true }, daysAgo(8));
    expect(await fields()).toEqual([['addressProtected'], ['phone']]);
    expect(await provenance()).toMatchObject({ street: null, postalCode: null, latitude: null, directions: null });
    expect((await provenance()).phone).toBe('0241 1');
  });

  test('that was protected stays so in the history; what came when it was open is told', async () => {
    await change(LOCATION, world.location.id, { street: 'Alt 1' }, daysAgo(9));
    await change(LOCATION, world.location.id, { addressProtected: true }, daysAgo(8));
    await change(LOCATION, world.location.id, { street: 'Geheim 2' }, daysAgo(7));
    await change(LOCATION, world.location.id, { street: 'Offen 3', addressProtected: false }, daysAgo(6));
    await change(LOCATION, world.location.id, { street: 'Offen 4' }, daysAgo(5));
    expect(await fields()).toEqual([['street'], ['addressProtected'], [], ['addressProtected'], []]);
  });

  test('that is protected changes unseen: nobody else is told that it did', async () => {
    const id = world.location.id;
    await hub
      .owner()
      .execute('update location set created_at = ?, updated_at = ? where id = ?', [daysAgo(20), daysAgo(20), id]);
    await hub.owner().execute('update partner set created_at = ?', [daysAgo(20)]);
    await change(LOCATION, id, { addressProtected: true }, daysAgo(9));
    const told = async (viewer: Viewer, args = '') => {
      const query = `{ location(id: "${id}"${args}) { updatedAt history { totalCount nodes { at changes { field } } }
        street: history(field: "street") { totalCount nodes { at } } provenance { field since origin } } }`;
      return (await hub.as(viewer, query)).data.location;
    };
    const http = async () => {
      const get = (path: string) => hub.hub().app.inject({ method: 'GET', url: path });
      const answers = await Promise.all(
        [`/hsds/locations/${id}`, `/hsds/organizations/${world.anker.id}`, `/jsonld/partners/${world.anker.id}`].map(
          get,
        ),
      );
      return answers.map(({ statusCode, headers, body }) => [statusCode, headers['last-modified'], headers.etag, body]);
    };
    const before = [await told(world.anonymous), await told(world.caseworker), await http()];
    await change(LOCATION, id, { street: 'Geheimweg 1', latitude: 50.4, longitude: 6.4 }, daysAgo(8));
    expect([await told(world.anonymous), await told(world.caseworker), await http()]).toEqual(before);
    expect((await told(world.partner)).history.totalCount).toBe(2);
    expect((await told(world.coordinator)).history.totalCount).toBe(2);
    // With something that is told it is told as that.
    await change(LOCATION, id, { street: 'Geheimweg 2', phone: '0241 7' }, daysAgo(7));
    const since = await told(world.anonymous);
    expect(since.history.nodes[0]).toEqual({ at: daysAgo(7).toISOString(), changes: [{ field: 'phone' }] });
    expect(since.history.totalCount).toBe(2);
    expect(since.street).toEqual({ totalCount: 0, nodes: [] });
    expect(since.updatedAt).toBe(daysAgo(7).toISOString());
    expect((await told(world.anonymous, `, asOf: "${daysAgo(7.5).toISOString()}"`)).updatedAt).toBe(
      daysAgo(9).toISOString(),
    );
  });
});

test('where each value comes from, since when, and when it was confirmed', async () => {
  await change(SERVICE, world.service.id, { name: 'Neu' }, daysAgo(9), { account: account(world.partner)! });
  const from = { origin: Origin.IMPORT, source: 'hsds.zip' };
  await change(SERVICE, world.service.id, { description: 'Aus der Datei', name: 'Neuer' }, daysAgo(8), from);
  await change(SERVICE, world.service.id, { email: 'a@b.example' }, daysAgo(7), { account: account(world.partner)! });
  await hub.as(
    world.partner,
    `mutation { serviceConfirm(id: "${world.service.id}", groups: [CONTACT]) { userErrors { code } } }`,
  );
  const told = async (viewer: Viewer) => {
    const query = `{ service(id: "${world.service.id}") { provenance { field label value since origin source by group confirmedAt } } }`;
    const { data } = await hub.as(viewer, query);
    return new Map(data.service.provenance.map((one: { field: string }) => [one.field, one]));
  };
  const keeper = await told(world.partner);
  expect(keeper.get('name')).toMatchObject({ value: 'Neuer', since: daysAgo(8).toISOString(), origin: 'IMPORT' });
  expect(keeper.get('email')).toMatchObject({ by: 'partner', confirmedAt: NOW.toISOString(), label: 'E-Mail' });
  expect(keeper.get('languages')).toMatchObject({ value: ['de'], origin: null, by: null });
  const anybody = await told(world.anonymous);
  expect(anybody.get('name')).toMatchObject({ value: 'Neuer', origin: 'IMPORT', source: null, by: null });
  expect(anybody.get('email')).toMatchObject({ since: daysAgo(7).toISOString(), by: null });
});

test('a page of partners with history and provenance costs a bounded number of statements', async () => {
  const query = `query ($first: Int) { partners(first: $first) { nodes {
    history(first: 3) { nodes { by byRole source changes { field before after } } } provenance { field value by confirmedAt } } } }`;
  for (const partner of [world.anker, world.brücke])
    for (let i = 0; i < 3; i++)
      await change(PARTNER, partner.id, { name: `Name ${i}` }, daysAgo(9 - i), { account: account(world.partner)! });
  const sent = (first: number) => hub.statements(() => hub.as(world.coordinator, query, { first }));
  const [few, many] = [await sent(1), await sent(100)];
  expect(many.length).toBeLessThanOrEqual(Math.max(few.length, 10));
});
