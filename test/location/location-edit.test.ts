import { beforeEach, describe, expect, test } from 'vitest';
import { ANONYMOUS } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { edit } from '../support/self-service.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('location_edit');
const NOW = new Date('2026-03-10T09:00:00.123Z');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given();
});

const create = (input: object) => edit(hub, world.partner, 'locationCreate', { partner: world.anker.id, input });
const update = (input: object, more: object = {}) =>
  edit(hub, world.partner, 'locationUpdate', { id: world.location.id, input, ...more });
const archive = (more: object = {}) => edit(hub, world.partner, 'locationArchive', { id: world.location.id, ...more });
const rows = async () => [
  await hub.owner().execute('select * from location order by id'),
  await hub.owner().execute('select * from accessibility_entry order by 1, 2'),
  await hub.owner().execute('select count(*) from revision'),
];

describe('locationCreate', () => {
  test('says little, or everything, and it comes back as it was said', async () => {
    const least = { city: 'Heimstadt', municipality: world.home.key };
    expect(await create(least)).toMatchObject({
      userErrors: [],
      thing: {
        ...least,
        municipality: { key: world.home.key },
        name: null,
        status: 'ACTIVE',
        accessibility: [],
        version: 1,
      },
    });
    const most = {
      ...least,
      name: 'Haus Süd',
      street: 'Südweg 3a',
      postalCode: '01067',
      directions: 'Bus 5,\nHaltestelle Süd.',
      phone: '0241 5',
      accessibility: [
        { feature: 'LIFT', state: 'NO', assessedOn: '2026-02-03' },
        { feature: 'QUIET_ROOM', state: 'YES', assessedOn: null },
      ],
    };
    const { thing, userErrors } = await create({ ...most, latitude: 50.7, longitude: 6.1 });
    expect(userErrors).toEqual([]);
    const position = { latitude: 50.7, longitude: 6.1 };
    expect(thing).toMatchObject({ ...most, municipality: { key: world.home.key }, position });
    const input = {
      name: '',
      street: null,
      postalCode: '',
      latitude: null,
      longitude: null,
      directions: '',
      phone: null,
      accessibility: null,
    };
    expect((await edit(hub, world.partner, 'locationUpdate', { id: thing.id, input })).thing).toMatchObject({
      name: null,
      street: null,
      postalCode: null,
      position: null,
      directions: null,
      phone: null,
      accessibility: [],
      city: 'Heimstadt',
      version: 2,
    });
  });

  test('of a protected address nothing is told that leads there, not even to whoever wrote it', async () => {
    const secret = {
      street: 'Geheimer Weg 7',
      postalCode: '52249',
      latitude: 50.8,
      longitude: 6.2,
      directions: 'Hinter dem Bahnhof.',
    };
    const { thing } = await create({ city: 'Ort', municipality: world.home.key, addressProtected: true, ...secret });
    const nothing = { street: null, postalCode: null, position: null, directions: null };
    expect(thing).toMatchObject(nothing);
    const query = `query ($id: ID!) { node(id: $id) { ... on Location { street postalCode position { latitude } directions } } }`;
    expect((await hub.as(ANONYMOUS, query, { id: thing.id })).data.node).toEqual(nothing);
    const [stored] = await hub.owner().execute('select street, directions from location where id = ?', [thing.id]);
    expect(stored).toEqual({ street: secret.street, directions: secret.directions });
  });
});

describe('locationUpdate', () => {
  test.each<[string, object]>([
    ['city', { city: null }],
    ['city', { city: ' Ort' }],
    ['municipality', { municipality: null }],
    ['municipality', { municipality: '99999999' }],
    ['name', { name: 'Haus\u202eredoc' }],
    ['name', { name: 'X' }],
    ['street', { street: 'Weg\n1' }],
    ['postalCode', { postalCode: '5200' }],
    ['postalCode', { postalCode: '5200O' }],
    ['latitude', { latitude: 100, longitude: 6 }],
    ['longitude', { latitude: 50, longitude: -181 }],
    ['longitude', { longitude: null }],
    ['latitude', { latitude: null }],
    ['phone', { phone: 'immer' }],
    ['directions', { directions: 'Bus\u00015' }],
    ['latitude', { latitude: 10, longitude: 50 }],
    ['latitude', { latitude: 6.1, longitude: 50.8 }],
    ['latitude', { latitude: 48.1, longitude: 11.5 }],
    ['accessibility.0.assessedOn', { accessibility: [{ feature: 'LIFT', state: 'YES', assessedOn: '0001-01-01' }] }],
    ['accessibility.0.assessedOn', { accessibility: [{ feature: 'LIFT', state: 'YES', assessedOn: '2026-03-11' }] }],
    [
      'accessibility.1.feature',
      {
        accessibility: [
          { feature: 'LIFT', state: 'YES' },
          { feature: 'LIFT', state: 'NO' },
        ],
      },
    ],
  ])('refuses the %s of %j, and nothing changes', async (path, input) => {
    const before = await rows();
    const { thing, userErrors } = await update({ city: 'Neu', ...input });
    expect(thing).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', ...path.split('.')] }]);
    expect(await rows()).toEqual(before);
  });

  test('a position that is turned round is told so, and one that is stored keeps nobody from mending the rest', async () => {
    const turned = await update({ latitude: 6.2, longitude: 50.8 });
    expect(turned.userErrors[0]!.message).toContain('vertauscht');
    const far = await update({ latitude: 48.1, longitude: 11.5 });
    expect(far.userErrors[0]!.message).toMatch(/ km von Heimstadt entfernt/);
    expect((await update({ latitude: 50.9, longitude: 6.4 })).userErrors).toEqual([]);
    await hub.owner().execute('update location set latitude = 10, longitude = 50 where id = ?', [world.location.id]);
    expect((await update({ latitude: 10, longitude: 50, phone: '0241 6' })).userErrors).toEqual([]);
    expect((await update({ directions: 'Bus 5,\n\tlinks\u200f' })).userErrors).toEqual([]);
  });

  test('a stale edit is told both values, and nothing changes', async () => {
    expect((await update({ street: 'Neuweg 2' }, { expectedVersion: 1 })).thing).toMatchObject({
      street: 'Neuweg 2',
      version: 2,
      updatedAt: NOW.toISOString(),
    });
    const before = await rows();
    expect((await update({ street: 'Altweg 1', city: 'Heimstadt' }, { expectedVersion: 1 })).userErrors).toMatchObject([
      {
        code: 'VERSION_CONFLICT',
        currentVersion: 2,
        conflicts: [{ field: 'street', current: 'Neuweg 2', yours: 'Altweg 1' }],
      },
    ]);
    expect(await rows()).toEqual(before);
  });
});

describe('locationArchive', () => {
  test('is refused by the name of what still takes place there, and done when nothing does', async () => {
    const before = await rows();
    for (const refused of [await archive(), await update({ status: 'ARCHIVED' })]) {
      expect(refused.thing).toBeNull();
      expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
      expect(refused.userErrors[0]!.message).toContain('„Beratung“');
    }
    expect(await rows()).toEqual(before);
    expect((await archive({ expectedVersion: 3 })).userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    await edit(hub, world.partner, 'serviceArchive', { id: world.service.id });
    expect((await archive({ expectedVersion: 1 })).thing).toMatchObject({ status: 'ARCHIVED', version: 2 });
    const query = `query ($partner: ID!, $id: ID!, $key: MunicipalityKey) {
      partner(id: $partner) { locations { id } } node(id: $id) { id } partners(filter: { municipality: $key }) { totalCount } }`;
    const { data } = await hub.as(ANONYMOUS, query, {
      partner: world.anker.id,
      id: world.location.id,
      key: world.home.key,
    });
    expect(data).toEqual({ partner: { locations: [] }, node: { id: world.location.id }, partners: { totalCount: 0 } });
    const reopened = await edit(hub, world.partner, 'serviceUpdate', {
      id: world.service.id,
      input: { status: 'ACTIVE' },
    });
    expect(reopened.userErrors).toMatchObject([{ path: ['input', 'locations', '0'] }]);
    expect((await update({ status: 'ACTIVE' })).thing).toMatchObject({ status: 'ACTIVE' });
    expect(
      (await edit(hub, world.partner, 'serviceUpdate', { id: world.service.id, input: { status: 'ACTIVE' } }))
        .userErrors,
    ).toEqual([]);
  });

  test('waits for a service that is to take place there, and sees it', async () => {
    const { thing } = await create({ city: 'Ort', municipality: world.home.key });
    const rival = hub.owner();
    await rival.begin();
    await rival.execute('select from location where id = ? for share', [thing.id]);
    await rival.execute('insert into service_location (service_id, location_id) values (?, ?)', [
      world.service.id,
      thing.id,
    ]);
    const ours = edit(hub, world.partner, 'locationArchive', { id: thing.id });
    await waitersOf(hub, 1);
    await rival.commit();
    expect((await ours).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
  });

  test('a service that is to take place there waits for it, and sees that it is given up', async () => {
    const { thing } = await create({ city: 'Ort', municipality: world.home.key });
    const rival = hub.owner();
    await rival.begin();
    await rival.execute(`update location set status = 'ARCHIVED' where id = ?`, [thing.id]);
    const ours = edit(hub, world.partner, 'serviceUpdate', { id: world.service.id, input: { locations: [thing.id] } });
    await waitersOf(hub, 1);
    await rival.commit();
    expect((await ours).userErrors).toMatchObject([{ path: ['input', 'locations', '0'] }]);
  });
});
