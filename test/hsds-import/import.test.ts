import { describe, expect, test } from 'vitest';
import { PARTNER_RECORD } from '../../src/partner/partner-record.rules.js';
import { changeRecords } from '../../src/record/record.actions.js';
import { Origin, type RecordDocument } from '../../src/record/record.rules.js';
import { SERVICE_RECORD } from '../../src/service/service-record.rules.js';
import { merge } from '../duplicate/support.js';
import { testHub } from '../support/hub.js';
import { importing, type Tables } from './importing.js';

const hub = testHub('hsds_import');
const run = importing(hub);

const ORGANIZATION = { id: 'o1', name: 'Verein Ufer', email: 'post@ufer.example' };
const SERVICE = { id: 's1', organization_id: 'o1', name: 'Schuldnerberatung', status: 'active' };

const given = async () => {
  const world = await hub.given();
  const place = {
    id: 'l1',
    organization_id: 'o1',
    external_identifier_type: 'AGS',
    external_identifier: world.home.key,
  };
  const feed = {
    organizations: [ORGANIZATION],
    services: [SERVICE],
    locations: [place],
    service_at_location: [{ id: 'a1', service_id: 's1', location_id: 'l1' }],
  } satisfies Tables;
  return { ...world, place, feed };
};

const partnersOf = (network: string) =>
  hub.owner().execute<{ id: string; name: string; email: string | null; parent_id: string | null; version: number }[]>(
    `select p.id, p.name, p.email, p.parent_id, p.version from partner p
     join source_record k on k.record_id = p.id where p.network_id = ? order by p.name`,
    [network],
  );

const servicesOf = (network: string) =>
  hub.owner().execute<{ id: string; name: string; description: string | null; version: number; locations: number }[]>(
    `select s.id, s.name, s.description, s.version,
       (select count(*)::int from service_location l where l.service_id = s.id) as locations
     from service s join source_record k on k.record_id = s.id where s.network_id = ? order by s.name`,
    [network],
  );

const proposalsOf = (record: string) =>
  hub
    .owner()
    .execute<{ status: string; source: string; changes: object }[]>(
      `select status, source, changes from proposal where record_id = ? and kind = 'IMPORT' order by created_at`,
      [record],
    );

const byPeople = (wanted: RecordDocument, kind: typeof PARTNER_RECORD, id: string) =>
  hub
    .nobody()
    .transactional(tx =>
      changeRecords(tx, kind, [{ id, wanted }], { origin: Origin.EDIT, at: hub.now(), account: null }),
    );

describe('a source', () => {
  test('comes in as partners, locations and services that belong together', async () => {
    const { network, feed } = await given();
    const { counts } = await run(network.id, feed);
    expect(counts).toMatchObject({
      rows: 4,
      organizations: { created: 1, refused: 0 },
      locations: { created: 1 },
      services: { created: 1 },
    });
    expect(await partnersOf(network.id)).toMatchObject([{ name: 'Verein Ufer', email: 'post@ufer.example' }]);
    expect(await servicesOf(network.id)).toMatchObject([{ name: 'Schuldnerberatung', locations: 1 }]);
  });

  test('that leaves out what it told of before is taken at no word; what it leaves out is named', async () => {
    const { network, feed } = await given();
    const other = { id: 's2', organization_id: 'o1', name: 'Kleiderkammer', status: 'active' };
    const codes = ({ report }: Awaited<ReturnType<typeof run>>) =>
      report
        .summary()
        .flatMap(({ code, findings }) => (code === 'NO_LONGER_LISTED' ? findings.map(one => one.value) : []));
    expect(codes(await run(network.id, { ...feed, services: [SERVICE, other] }))).toEqual([]);
    const before = await servicesOf(network.id);
    expect(codes(await run(network.id, feed))).toEqual(['s2 Kleiderkammer']);
    expect(await servicesOf(network.id)).toEqual(before);
    await hub
      .owner()
      .execute(`update service set status = 'CLOSED' where network_id = ? and name = 'Kleiderkammer'`, [network.id]);
    expect(codes(await run(network.id, feed))).toEqual([]);
  });

  test('that says nothing new changes nothing', async () => {
    const { network, feed } = await given();
    await run(network.id, feed);
    const before = await partnersOf(network.id);
    const { counts } = await run(network.id, feed);
    expect(counts).toMatchObject({
      organizations: { changed: 0 },
      locations: { changed: 0 },
      services: { changed: 0 },
    });
    expect(await partnersOf(network.id)).toEqual(before);
  });

  test('changes the record of a row of which something else changed, and only that', async () => {
    const { network, feed } = await given();
    await run(network.id, feed);
    const phone = { id: 'p1', service_id: 's1', number: '0234 123' };
    const { counts } = await run(network.id, { ...feed, phones: [phone] });
    expect(counts).toMatchObject({ organizations: { changed: 0 }, services: { changed: 1, updated: 1 } });
    expect((await servicesOf(network.id))[0]).toMatchObject({ version: 2 });
    const gone = await run(network.id, feed);
    expect(gone.counts.services).toMatchObject({ changed: 1, updated: 1 });
  });

  test('is another one in another network: the same ids stand for other records', async () => {
    const { network, elsewhere, feed } = await given();
    await run(network.id, feed);
    await run(elsewhere.id, { organizations: [ORGANIZATION] });
    expect((await partnersOf(elsewhere.id))[0]!.id).not.toBe((await partnersOf(network.id))[0]!.id);
  });

  test('keeps the ids that it brings, where they are UUIDs that nobody has', async () => {
    const { network, elsewhere } = await given();
    const id = '4f1c9a52-6d0e-4f5c-9d1c-0a4b7f0e2d11';
    await run(network.id, { organizations: [{ id, name: 'Verein Ufer' }] });
    await run(elsewhere.id, { organizations: [{ id, name: 'Verein Ufer' }] });
    expect((await partnersOf(network.id))[0]!.id).toBe(id);
    expect((await partnersOf(elsewhere.id))[0]!.id).not.toBe(id);
  });
});

describe('what people have said', () => {
  test('is not overwritten by what a source says later, in the fields that they edited', async () => {
    const { network, feed } = await given();
    await run(network.id, feed);
    const [partner] = await partnersOf(network.id);
    hub.setNow(new Date(Date.now() + 60_000));
    await byPeople({ email: 'neu@ufer.example' }, PARTNER_RECORD, partner!.id);
    hub.setNow(new Date(Date.now() + 120_000));
    const said = { ...ORGANIZATION, email: 'anders@ufer.example', description: 'Hilfe am Ufer' };
    const { counts, report } = await run(network.id, { ...feed, organizations: [said] });
    hub.setNow(undefined);
    expect(counts.organizations).toMatchObject({ updated: 1, contested: 1 });
    expect(await partnersOf(network.id)).toMatchObject([{ email: 'neu@ufer.example' }]);
    expect(await proposalsOf(partner!.id)).toMatchObject([
      { status: 'OPEN', source: 'verzeichnis', changes: { email: { after: 'anders@ufer.example' } } },
    ]);
    expect(report.summary().find(({ code }) => code === 'PROPOSED')?.findings).toMatchObject([
      { file: 'organizations.csv', row: 2, column: 'email', value: 'anders@ufer.example' },
    ]);
  });

  test('stays where the source says what it has always said', async () => {
    const { network, feed } = await given();
    await run(network.id, feed);
    const [service] = await servicesOf(network.id);
    await byPeople({ description: 'Von Hand' }, SERVICE_RECORD, service!.id);
    const { counts } = await run(network.id, { ...feed, services: [{ ...SERVICE, url: 'https://ufer.example' }] });
    expect(counts.services).toMatchObject({ updated: 1, contested: 0 });
    expect(await servicesOf(network.id)).toMatchObject([{ description: 'Von Hand' }]);
  });

  test('is asked for, where somebody confirmed the record since', async () => {
    const { network, feed } = await given();
    await run(network.id, feed);
    await hub
      .owner()
      .execute('update partner set confirmed_at = ? where network_id = ?', [new Date(Date.now() + 60_000), network.id]);
    const { counts } = await run(network.id, { ...feed, organizations: [{ ...ORGANIZATION, name: 'Verein Strand' }] });
    expect(counts.organizations).toMatchObject({ updated: 0, contested: 1 });
    expect(await partnersOf(network.id)).toMatchObject([{ name: 'Verein Ufer' }]);
  });
});

describe('what does not fit', () => {
  test('a service of an organisation that is not there is refused, the others come in', async () => {
    const { network, feed } = await given();
    const stray = { ...SERVICE, id: 's2', organization_id: 'o9' };
    const { counts } = await run(network.id, { ...feed, services: [stray, SERVICE] });
    expect(counts.services).toMatchObject({ created: 1, refused: 1 });
    const found = await run(network.id, {
      ...feed,
      organizations: [ORGANIZATION, { ...ORGANIZATION, id: 'o9' }],
      services: [stray, SERVICE],
    });
    expect(found.counts.services).toMatchObject({ changed: 1, created: 1, refused: 0 });
  });

  test('a place in no municipality that is known is told and left out', async () => {
    const { network, feed, place } = await given();
    const nowhere = {
      ...place,
      external_identifier: '',
      external_identifier_type: '',
      latitude: '100',
      longitude: '101',
    };
    const { counts, report } = await run(network.id, { ...feed, locations: [nowhere] });
    expect(counts).toMatchObject({ locations: { created: 0, refused: 1 }, services: { created: 1 } });
    expect(report.count('NO_MUNICIPALITY')).toBe(1);
    expect(await servicesOf(network.id)).toMatchObject([{ locations: 0 }]);
  });

  test('a place that two organisations share is a location of each', async () => {
    const { network, feed } = await given();
    const { counts } = await run(network.id, {
      ...feed,
      organizations: [ORGANIZATION, { id: 'o2', name: 'Verein Strand' }],
      services: [SERVICE, { ...SERVICE, id: 's2', organization_id: 'o2', name: 'Suchtberatung' }],
      service_at_location: [...feed.service_at_location, { id: 'a2', service_id: 's2', location_id: 'l1' }],
    });
    expect(counts.locations).toMatchObject({ created: 2 });
    expect(await servicesOf(network.id)).toMatchObject([{ locations: 1 }, { locations: 1 }]);
  });

  test('organisations that are each other’s umbrella are left without', async () => {
    const { network } = await given();
    const circle = [
      { id: 'o1', name: 'A', parent_organization_id: 'o2' },
      { id: 'o2', name: 'B', parent_organization_id: 'o1' },
      { id: 'o3', name: 'C', parent_organization_id: 'o1' },
    ];
    const { report } = await run(network.id, {
      organizations: circle.map(one => ({ ...one, name: `Verein ${one.name}` })),
    });
    const [a, b, c] = await partnersOf(network.id);
    expect([a!.parent_id, b!.parent_id, c!.parent_id]).toEqual([b!.id, null, a!.id]);
    expect(report.count('OUT_OF_RANGE')).toBe(1);
  });
});

test('a duplicate that was merged says nothing of the survivor, but its services go on there', async () => {
  const { network, feed } = await given();
  const twin = { id: 'o2', name: 'Verein Ufer e. V.', email: 'zwilling@ufer.example' };
  const course = { ...SERVICE, id: 's2', organization_id: 'o2', name: 'Sprachkurs' };
  const both = { ...feed, organizations: [ORGANIZATION, twin], services: [SERVICE, course] };
  await run(network.id, both);
  const [survivor, other] = await partnersOf(network.id);
  await hub
    .owner()
    .execute(`update partner set status = 'ARCHIVED', merged_into_id = ? where id = ?`, [survivor!.id, other!.id]);
  await hub.owner().execute('update service set partner_id = ? where partner_id = ?', [survivor!.id, other!.id]);
  const { counts } = await run(network.id, {
    ...both,
    organizations: [ORGANIZATION, { ...twin, email: 'neu@ufer.example' }],
    services: [SERVICE, { ...course, description: 'Von null an' }, { ...course, id: 's3', name: 'Lesekreis' }],
  });
  expect(counts).toMatchObject({ organizations: { updated: 0, contested: 0 }, services: { updated: 1, created: 1 } });
  expect((await partnersOf(network.id)).map(({ email }) => email)).toEqual([
    'post@ufer.example',
    'zwilling@ufer.example',
  ]);
  const owners = await hub
    .owner()
    .execute(
      'select distinct partner_id from service s join source_record k on k.record_id = s.id where s.network_id = ?',
      [network.id],
    );
  expect(owners).toEqual([{ partner_id: survivor!.id }]);
  expect((await run(network.id, { ...both, organizations: [ORGANIZATION, twin] })).counts.locations.changed).toBe(0);
  const shared = {
    ...both,
    locations: [{ ...feed.locations[0], name: 'Gemeinsam' }],
    service_at_location: [...feed.service_at_location, { id: 'a2', service_id: 's2', location_id: 'l1' }],
  };
  expect((await run(network.id, shared)).counts.locations).toMatchObject({ updated: 1, created: 0 });
});

describe('a location that became one with another', () => {
  const address = (location: string) => ({
    id: `d-${location}`,
    location_id: location,
    address_1: 'Uferweg 1',
    city: 'Heimstadt',
    postal_code: '52000',
  });

  /** The source knows both organisations, each with its location at one address; the second was merged into the first. */
  async function merged() {
    const world = await given();
    const { feed, place, network, coordinator } = world;
    const both = {
      ...feed,
      organizations: [ORGANIZATION, { id: 'o2', name: 'Verein Ufer e. V.' }],
      services: [SERVICE, { ...SERVICE, id: 's2', organization_id: 'o2', name: 'Sprachkurs' }],
      locations: [place, { ...place, id: 'l2', organization_id: 'o2', name: 'Hinterhaus' }],
      addresses: [address('l1'), address('l2')],
      service_at_location: [...feed.service_at_location, { id: 'a2', service_id: 's2', location_id: 'l2' }],
    };
    await run(network.id, both);
    const recordOf = async (key: string) =>
      (
        await hub.owner().execute<{ id: string }[]>(
          `select k.record_id as id from source_record k join source s on s.id = k.source_id
           where s.network_id = ? and s.name = 'verzeichnis' and k.key = ?`,
          [network.id, key],
        )
      )[0]!.id;
    const [survivor, other] = [await recordOf('organizations:o1'), await recordOf('organizations:o2')];
    const [mine, theirs] = [await recordOf('locations:l1'), await recordOf('locations:l2')];
    expect((await merge(hub, coordinator, survivor, other)).userErrors).toEqual([]);
    const course = await recordOf('services:s2');
    return { ...world, both, survivor, other, mine, theirs, course };
  }

  const stored = async (table: string, id: string) =>
    (await hub.owner().execute<Record<string, unknown>[]>(`select * from ${table} where id = ?`, [id]))[0]!;
  const placesOf = async (service: string) =>
    (
      await hub
        .owner()
        .execute<{ id: string }[]>('select location_id as id from service_location where service_id = ?', [service])
    ).map(({ id }) => id);

  test('is heard no more; what takes place there is at the one that remains', async () => {
    const { network, both, mine, theirs, course } = await merged();
    const [before, remaining] = [await stored('location', theirs), await stored('location', mine)];
    expect(before.status).toBe('ARCHIVED');
    const [place, twin] = both.locations;
    const [advice, lessons] = both.services;
    const { counts, report } = await run(network.id, {
      ...both,
      locations: [place!, { ...twin!, name: 'Vorderhaus' }],
      services: [advice!, { ...lessons!, description: 'Von null an' }, { ...lessons!, id: 's3', name: 'Lesekreis' }],
      service_at_location: [
        ...both.service_at_location,
        { id: 'a3', service_id: 's3', location_id: 'l2' },
        { id: 'a4', service_id: 's3', location_id: 'l1' },
      ],
    });
    expect(counts).toMatchObject({
      locations: { created: 0, updated: 0, contested: 0, refused: 0 },
      services: { created: 1, updated: 1, contested: 0 },
    });
    expect(report.count('BAD_FORMAT')).toBe(0);
    expect([await stored('location', theirs), await stored('location', mine)]).toEqual([before, remaining]);
    const made = (await servicesOf(network.id)).find(({ name }) => name === 'Lesekreis')!;
    expect([await placesOf(course), await placesOf(made.id)]).toEqual([[mine], [mine]]);
  });

  test('is none of its news where people moved the service since', async () => {
    const { network, both, survivor, course } = await merged();
    const elsewhere = await hub.owner().execute<{ id: string }[]>(
      `insert into location (partner_id, city, municipality_key) select partner_id, city, municipality_key
         from location where partner_id = ? limit 1 returning id`,
      [survivor],
    );
    await byPeople({ locations: [elsewhere[0]!.id] }, SERVICE_RECORD, course);
    const [advice, lessons] = both.services;
    const { counts } = await run(network.id, {
      ...both,
      services: [advice!, { ...lessons!, description: 'Von null an' }],
    });
    expect(counts.services).toMatchObject({ updated: 1, contested: 0 });
    expect(await placesOf(course)).toEqual([elsewhere[0]!.id]);
    expect(await proposalsOf(course)).toEqual([]);
  });

  test('stays as it is where another source brings its id along, and that of its partner', async () => {
    const { network, place, survivor, other, mine, theirs } = await merged();
    const before = [await stored('location', theirs), await stored('partner', other)];
    const own = (id: string, organization: string) => ({ ...place, id, organization_id: organization, name: 'Anders' });
    const back = {
      organizations: [
        { ...ORGANIZATION, id: survivor },
        { id: other, name: 'Verein am Ufer' },
      ],
      locations: [own(theirs, other)],
      services: [{ ...SERVICE, id: 'x1', organization_id: other, name: 'Lesekreis' }],
      service_at_location: [{ id: 'y1', service_id: 'x1', location_id: theirs }],
    };
    const { counts } = await run(network.id, back, { name: 'rueckweg' });
    expect(counts).toMatchObject({
      organizations: { created: 0, updated: 0 },
      locations: { created: 0, updated: 0 },
      services: { created: 1 },
    });
    expect([await stored('location', theirs), await stored('partner', other)]).toEqual(before);
    const made = (await servicesOf(network.id)).find(({ name }) => name === 'Lesekreis')!;
    expect(await placesOf(made.id)).toEqual([mine]);
  });
});

test('what PostgreSQL cannot store comes in as the sign for it', async () => {
  const { network } = await given();
  await run(network.id, { organizations: [{ id: 'o\0', name: 'Verein \ud800 Ufer', tax_id: 'a\0b' }] });
  expect(await partnersOf(network.id)).toMatchObject([{ name: 'Verein \ufffd Ufer' }]);
});

test('a trial run tells everything and leaves nothing', async () => {
  const { network, feed } = await given();
  const { counts } = await run(network.id, feed, { dryRun: true });
  expect(counts).toMatchObject({ organizations: { created: 1 }, services: { created: 1 } });
  expect(await partnersOf(network.id)).toEqual([]);
  const rows = await hub
    .owner()
    .execute('select from source_row r join source s on s.id = r.source_id where s.network_id = ?', [network.id]);
  expect(rows).toEqual([]);
});

test('a run that is stopped is gone on with by the next one', async () => {
  const { network, home } = await given();
  const { feed } = await import('./feed.js');
  const stop = new AbortController();
  const progress = {
    begin: (label: string) => {
      if (label === 'services') stop.abort(new Error('Enough.'));
    },
    advance: () => {},
    end: () => {},
  };
  const rows = () => feed({ services: 50, municipality: home.key });
  await expect(run(network.id, rows(), { signal: stop.signal, progress })).rejects.toThrow('Enough.');
  expect(await partnersOf(network.id)).toHaveLength(10);
  const { counts } = await run(network.id, rows());
  expect(counts).toMatchObject({ organizations: { changed: 0 }, services: { created: 50 } });
});
