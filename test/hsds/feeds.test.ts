import { describe, expect, test } from 'vitest';
import type { HsdsRow } from '../../src/hsds/hsds-read.js';
import { scratch, zipOf } from '../support/files.js';
import { readFeed } from './hsds.js';

const { folder, file } = scratch();
const table = (...lines: string[]) => `${lines.join('\n')}\n`;
const of = (rows: HsdsRow[], name: string) => rows.filter(one => one.table === name);
const codes = (told: string[], ...wanted: string[]) =>
  told.filter(one => wanted.some(code => one.includes(` ${code} `)));

const ORG = '11111111-1111-4111-8111-111111111111';
const SERVICE = '22222222-2222-4222-8222-222222222222';
const UNIT = '33333333-3333-4333-8333-333333333333';

describe('a feed of 1.1', () => {
  const feed = {
    'organizations.csv': table('id,name,description,url', 'o1,Brücke e.V.,Beratung,www.bruecke.example'),
    'services.csv': table('id,organization_id,name,status,fees', 's1,o1,Schuldnerberatung,Active,kostenlos'),
    'services_at_location.csv': table('id,service_id,location_id', ',s1,l1'),
    'locations.csv': table('id,organization_id,name,latitude,longitude', 'l1,o1,Haus,"51,48",7.21'),
    'physical_addresses.csv': table(
      'id,location_id,address_1,city,state_province,postal_code,country',
      'a1,l1,Weg 1,Bochum,NW,04787,de',
    ),
    'postal_addresses.csv': table(
      'id,location_id,address_1,city,state_province,postal_code,country',
      'a1,l1,Postfach 2,Bochum,NW,44787,DE',
    ),
    'phones.csv': table('id,service_id,number,type,language', 'p1,s1,"""0234 123""",voice,Deutsch'),
    'regular_schedules.csv': table(
      'id,service_id,weekday,opens_at,closes_at',
      ',s1,1,9:00am,5:00 PM',
      ',s1,2,9:00am,12:00',
      ',s1,2,2pm,4pm',
    ),
    'holiday_schedules.csv': table(
      'id,service_id,closed,start_date,end_date',
      'h1,s1,yes,12/24/2015,12/26/15',
      'h2,s1,no,"January 01, 0001","January 01, 0001"',
    ),
    'eligibility.csv': table('id,service_id,eligibility', 'e1,s1,adult', 'e2,s1,family'),
    'payments_accepted.csv': table('id,service_id,payment', 'y1,s1,cash'),
    'services_taxonomy.csv': table('id,service_id,taxonomy_id', 'x1,s1,t1'),
    'taxonomy.csv': table('id,name,parent_id,vocabulary', 't1,Beratung,,AIRS'),
    'accessibility_for_disabilities.csv': table('id,location_id,accessibility,details', 'b1,l1,wheelchair,Rampe'),
    'languages.csv': table('id,service_id,language', 'g1,s1,Türkisch'),
    'service_areas.csv': table('id,service_id,service_area', 'f1,s1,Bochum'),
  };

  test('is read under the names of today', async () => {
    const { rows, told } = await readFeed(await folder(feed));
    expect(
      codes(told, 'DANGLING_REFERENCE', 'DUPLICATE_ID', 'UNKNOWN_TABLE', 'UNKNOWN_COLUMN').filter(
        one => !one.includes('closed'),
      ),
    ).toEqual([
      // Two tables became one, in which both used the same id.
      'postal_addresses.csv 2 id DUPLICATE_ID ERROR a1',
    ]);
    expect(of(rows, 'organizations')[0]!.values).toMatchObject({ website: 'http://www.bruecke.example' });
    expect(of(rows, 'services')[0]!.values).toMatchObject({
      status: 'active',
      fees_description: 'kostenlos',
      eligibility_description: 'adult, family',
    });
    expect(of(rows, 'locations')[0]!.values).toMatchObject({ latitude: 51.48, location_type: 'physical' });
    expect(of(rows, 'addresses').map(one => one.values)).toMatchObject([
      { address_type: 'physical', postal_code: '04787', country: 'DE' },
    ]);
    expect(of(rows, 'phones')[0]!.values.number).toBe('0234 123');
    expect(of(rows, 'languages').map(one => one.values)).toEqual([
      { phone_id: 'p1', name: 'Deutsch' },
      { service_id: 's1', name: 'Türkisch' },
    ]);
    expect(of(rows, 'cost_options')[0]!.values).toEqual({ service_id: 's1', amount_description: 'cash' });
    expect(of(rows, 'attributes')[0]!.values).toEqual({
      link_entity: 'service',
      link_id: 's1',
      taxonomy_term_id: 't1',
    });
    expect(of(rows, 'taxonomy_terms')[0]!.values).toMatchObject({ name: 'Beratung', taxonomy: 'AIRS' });
    expect(of(rows, 'accessibility')[0]!.values).toMatchObject({ description: 'wheelchair', details: 'Rampe' });
    expect(of(rows, 'service_areas')[0]!.values.name).toBe('Bochum');
  });

  test('has its hours as they are written today, each with an id', async () => {
    const { rows, told } = await readFeed(await folder(feed));
    const schedules = of(rows, 'schedules').toSorted((a, b) => a.file.localeCompare(b.file) || a.row - b.row);
    expect(schedules.map(one => one.values)).toEqual([
      { service_id: 's1', valid_from: '2015-12-24', valid_to: '2015-12-26', notes: 'closed' },
      { service_id: 's1' },
      { service_id: 's1', freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '17:00' },
      { service_id: 's1', freq: 'WEEKLY', byday: 'TU', opens_at: '09:00', closes_at: '12:00' },
      { service_id: 's1', freq: 'WEEKLY', byday: 'TU', opens_at: '14:00', closes_at: '16:00' },
    ]);
    expect(schedules[1]!.original).toEqual({ valid_from: 'January 01, 0001', valid_to: 'January 01, 0001' });
    expect(codes(told, 'OUT_OF_RANGE')).toEqual([
      'holiday_schedules.csv 3 valid_from OUT_OF_RANGE WARNING January 01, 0001',
      'holiday_schedules.csv 3 valid_to OUT_OF_RANGE WARNING January 01, 0001',
    ]);
    expect(codes(told, 'MISSING_ID').length).toBe(4);
    expect(codes(told, 'NORMALISED')).toContain('regular_schedules.csv 2 opens_at NORMALISED NOTICE 9:00am');
    expect(codes(told, 'OLD_NAME')).toContain('regular_schedules.csv - - OLD_NAME NOTICE regular_schedules: schedules');
  });

  test('gets the same ids from the same content, in whatever order, as folder or zip', async () => {
    const lines = feed['regular_schedules.csv'].trimEnd().split('\n');
    const turned = { ...feed, 'regular_schedules.csv': table(lines[0]!, ...lines.slice(1).reverse()) };
    const ids = async (path: string) =>
      of((await readFeed(path)).rows, 'schedules')
        .map(one => one.id)
        .toSorted();
    const expected = await ids(await folder(feed));
    expect(new Set(expected).size).toBe(5);
    expect(await ids(await folder(turned))).toEqual(expected);
    expect(await ids(await file('old.zip', await zipOf(feed)))).toEqual(expected);
  });
});

describe('a feed of Ohana', () => {
  const feed = {
    'organizations.csv': table(
      'id,name,description,website,date_incorporated,funding_sources',
      '1,Familienhilfe,Hilft,http://example.org,"January 01, 1970","Land, Spenden"',
    ),
    'locations.csv': table(
      'id,organization_id,name,latitude,longitude,accessibility,languages,virtual,short_desc',
      '1,1,Mitte,51.5,7.2,"ramp, wheelchair","Deutsch, Arabisch",false,kurz',
      '2,1,Netz,,,,,true,',
    ),
    'services.csv': table(
      'id,location_id,name,status,eligibility,fees,languages,service_areas,accepted_payments,taxonomy_ids,keywords,website',
      '1,1,Beratung,active,ab 18,keine,"Deutsch, Türkisch","Bochum, Herne",Cash,"101-01, 102",Familie,',
      '2,9,Beratung,active,,,,,,,,',
    ),
    'phones.csv': table('id,location_id,number,number_type,country_prefix,department', '1,1,234 5678,voice,49,Empfang'),
    'mail_addresses.csv': table(
      'id,location_id,attention,address_1,city,state_province,postal_code,country',
      '1,1,Post,Weg 1,Bochum,NW,44787,DE',
    ),
    'addresses.csv': table(
      'id,location_id,address_1,city,state_province,postal_code,country',
      '2,1,Weg 1,Bochum,NW,44787,DE',
    ),
    'regular_schedules.csv': table(
      'id,location_id,service_id,weekday,opens_at,closes_at',
      '1,1,,Monday,9am,03:00',
      '2,,1,Sonntag,14:00,4:00 PM',
    ),
    'taxonomy.csv': table('taxonomy_id,name,parent_id,parent_name', '101,Notfall,,', '101-01,Katastrophe,101,Notfall'),
  };

  test('is usable: lists become rows, words become values', async () => {
    const { rows, told } = await readFeed(await folder(feed));
    expect(of(rows, 'services').map(one => [one.id, one.usable])).toEqual([
      ['1', true],
      ['2', true],
    ]);
    expect(of(rows, 'organizations')[0]!.values).toMatchObject({
      year_incorporated: 1970,
      website: 'http://example.org',
    });
    expect(of(rows, 'locations').map(one => one.values.location_type)).toEqual(['physical', 'virtual']);
    const texts = (name: string, column: string) => of(rows, name).map(one => one.values[column]);
    expect(texts('funding', 'source')).toEqual(['Land', 'Spenden']);
    expect(texts('accessibility', 'description')).toEqual(['ramp', 'wheelchair']);
    expect(texts('languages', 'name').toSorted()).toEqual(['Arabisch', 'Deutsch', 'Deutsch', 'Türkisch']);
    expect(texts('service_areas', 'name')).toEqual(['Bochum', 'Herne']);
    expect(texts('cost_options', 'amount_description')).toEqual(['Cash']);
    expect(texts('attributes', 'taxonomy_term_id')).toEqual(['101-01', '102']);
    expect(texts('taxonomy_terms', 'parent_id')).toEqual([undefined, '101']);
    expect(texts('phones', 'number')).toEqual(['+49 234 5678']);
    expect(texts('addresses', 'address_type').toSorted()).toEqual(['physical', 'postal']);
    expect(of(rows, 'service_at_location').map(one => one.values)).toEqual([
      { service_id: '1', location_id: '1' },
      { service_id: '2', location_id: '9' },
    ]);
    expect(of(rows, 'schedules').map(one => one.values)).toEqual([
      { location_id: '1', freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '03:00' },
      { service_id: '1', freq: 'WEEKLY', byday: 'SU', opens_at: '14:00', closes_at: '16:00' },
    ]);
    expect(codes(told, 'DANGLING_REFERENCE')).toEqual([
      'services.csv 2 taxonomy_ids.taxonomy_term_id DANGLING_REFERENCE ERROR 102',
      'services.csv 3 location_id.location_id DANGLING_REFERENCE ERROR 9',
    ]);
    // Of no service is it said whose it is: a warning each, and nothing worse.
    expect(codes(told, 'MISSING_VALUE').filter(one => one.startsWith('services.csv'))).toEqual([
      'services.csv 2 organization_id MISSING_VALUE WARNING ',
      'services.csv 3 organization_id MISSING_VALUE WARNING ',
    ]);
  });

  test('keeps what nobody knows, and the lists as they were', async () => {
    const { rows, told } = await readFeed(await folder(feed));
    expect(of(rows, 'services')[0]!.unknown).toMatchObject({ keywords: 'Familie', languages: 'Deutsch, Türkisch' });
    expect(of(rows, 'locations')[0]!.unknown).toMatchObject({ short_desc: 'kurz', accessibility: 'ramp, wheelchair' });
    expect(of(rows, 'phones')[0]!.unknown).toEqual({ country_prefix: '49', department: 'Empfang' });
    expect(
      codes(told, 'UNKNOWN_COLUMN')
        .map(one => one.split(' ').slice(0, 3).join(' '))
        .toSorted(),
    ).toEqual([
      'locations.csv 1 short_desc',
      'phones.csv 1 country_prefix',
      'phones.csv 1 department',
      'services.csv 1 keywords',
      'taxonomy.csv 1 parent_name',
    ]);
  });
});

describe('what is wrong in 3.x', () => {
  test('places: more free than there are, units, sites of the web', async () => {
    const { rows, told } = await readFeed(
      await folder({
        'organizations.csv': table('id,name,description', `${ORG},Träger,Text`),
        'services.csv': table('id,organization_id,name,status', `${SERVICE},${ORG},Kurs,active`),
        'units.csv': table('id,name', `${UNIT},Plätze`),
        'service_capacity.csv': table(
          'id,service_id,unit_id,available,maximum,updated',
          `${UNIT},${SERVICE},${UNIT},12,10,2024-01-01T00:00:00Z`,
        ),
        'url.csv': table('id,label,url,service_id', `${UNIT},Seite,javascript:alert(1),${SERVICE}`),
      }),
    );
    expect(told).toEqual([
      'service_capacity.csv 2 available OUT_OF_RANGE WARNING 12 > 10',
      'url.csv 2 url BAD_FORMAT ERROR javascript:alert(1)',
    ]);
    expect(of(rows, 'service_capacity')[0]!.values).toMatchObject({ available: 12, maximum: 10 });
    expect(of(rows, 'url')[0]).toMatchObject({ usable: false, original: { url: 'javascript:alert(1)' } });
  });

  test('ids are unique in their table only', async () => {
    const feed = (rows: string[]) => ({
      'organizations.csv': table('id,name,description', `${ORG},A,x`),
      'services.csv': table('id,organization_id,name,status', ...rows),
    });
    const same = await readFeed(await folder(feed([`${ORG},${ORG},Kurs,active`])));
    expect([same.rows.length, same.told]).toEqual([2, []]);
    const twice = await readFeed(
      await folder(
        feed([`${SERVICE},${ORG},Kurs,active`, `${SERVICE},${ORG},Kurs,active`, `${SERVICE},${ORG},Anderes,active`]),
      ),
    );
    expect(of(twice.rows, 'services').map(one => one.values.name)).toEqual(['Kurs']);
    expect(twice.told).toEqual([
      `services.csv 3 id REPEATED WARNING ${SERVICE}`,
      `services.csv 4 id DUPLICATE_ID ERROR ${SERVICE}`,
    ]);
  });

  test('650 services of one name are one line; without ids they stay 650', async () => {
    const rows = Array.from({ length: 650 }, (_, i) => `,${ORG},Sprechstunde,Raum ${i},active`);
    const { rows: read, told } = await readFeed(
      await folder({
        'organizations.csv': table('id,name,description', `${ORG},A,x`),
        'services.csv': table('id,organization_id,name,description,status', ...rows),
      }),
    );
    expect(new Set(of(read, 'services').map(one => one.id)).size).toBe(650);
    expect(codes(told, 'SAME_NAME')).toEqual(['services - name SAME_NAME NOTICE Sprechstunde × 650']);
    expect(codes(told, 'MISSING_ID').length).toBe(650);
  });

  test('447 services of an organisation that is not there', async () => {
    const rows = Array.from({ length: 447 }, (_, i) => `s${i},weg,Angebot ${i},active`);
    const {
      rows: read,
      report,
      told,
    } = await readFeed(await folder({ 'services.csv': table('id,organization_id,name,status', ...rows) }));
    expect(report.count('DANGLING_REFERENCE')).toBe(447);
    expect(read.every(one => one.dangling[0] === 'organization_id')).toBe(true);
    // That ids are no UUIDs is told once.
    expect(codes(told, 'BAD_FORMAT')).toEqual(['services.csv 2 id BAD_FORMAT NOTICE s0']);
  });

  test('a descriptor that forgets columns, and files it names otherwise', async () => {
    const descriptor = {
      resources: [
        { name: 'organization', path: 'traeger.csv', schema: { fields: [{ name: 'id' }, { name: 'name' }] } },
        { name: 'nonsense' },
      ],
    };
    const { rows, told } = await readFeed(
      await folder({
        'datapackage.json': JSON.stringify(descriptor),
        'traeger.csv': table('id,name,description,farbe', `${ORG},A,x,rot`),
        'fremd.csv': table('id,x', '1,2'),
        'README.md': 'x',
      }),
    );
    expect(rows.map(one => [one.table, one.unknown])).toEqual([['organizations', { farbe: 'rot' }]]);
    expect(told).toEqual([
      'fremd.csv - - UNKNOWN_TABLE WARNING fremd',
      'traeger.csv 1 farbe UNKNOWN_COLUMN NOTICE farbe',
      'traeger.csv 1 description BAD_DESCRIPTOR WARNING description',
      'traeger.csv 1 farbe BAD_DESCRIPTOR WARNING farbe',
    ]);
  });

  test('required values, and those that say what they cannot mean', async () => {
    const { rows, told } = await readFeed(
      await folder({
        'organizations.csv': table('id,name,description', `${ORG},,x`),
        'services.csv': table(
          'id,organization_id,name,status,minimum_age,maximum_age,email,url,last_modified',
          `${SERVICE},${ORG},Kurs,vielleicht,65,18,falsch,http://example.org,gestern`,
        ),
      }),
    );
    expect(of(rows, 'organizations')[0]!.usable).toBe(false);
    expect(of(rows, 'services')[0]).toMatchObject({
      usable: true,
      values: { minimum_age: 65, maximum_age: 18, url: 'http://example.org' },
      original: { status: 'vielleicht', email: 'falsch', last_modified: 'gestern' },
    });
    expect(told).toEqual([
      'organizations.csv 2 name MISSING_VALUE ERROR ',
      'services.csv 2 status UNKNOWN_VALUE WARNING vielleicht',
      'services.csv 2 email BAD_FORMAT ERROR falsch',
      'services.csv 2 last_modified BAD_FORMAT ERROR gestern',
      'services.csv 2 maximum_age OUT_OF_RANGE WARNING 18 < 65',
    ]);
  });
});

describe('JSON', () => {
  const service = {
    id: SERVICE,
    name: 'Kurs',
    status: 'active',
    colour: 'rot',
    organization: { id: ORG, name: 'Träger', description: 'x', badge: { level: 3 } },
    phones: [{ number: '0234 1234', languages: [{ name: 'Türkisch' }] }],
    additional_urls: [{ id: UNIT, url: 'https://example.org' }],
    capacities: [{ id: UNIT, available: 3, updated: '2024-01-01T00:00:00Z', unit: { id: UNIT, name: 'Plätze' } }],
  };

  test('as array, page, NDJSON and one object is the same', async () => {
    const forms = {
      'array.json': JSON.stringify([service]),
      'page.json': JSON.stringify({ total_items: 1, contents: [service] }),
      'lines.ndjson': `${JSON.stringify(service)}\n`,
      'one.json': JSON.stringify(service, null, 2),
    };
    const read = [];
    for (const [name, content] of Object.entries(forms)) read.push(await readFeed(await file(name, content)));
    const plain = (rows: HsdsRow[]) => rows.map(({ file: _, ...row }) => row);
    for (const one of read) expect(plain(one.rows)).toEqual(plain(read[0]!.rows));
    expect(read[0]!.rows.map(one => one.table)).toEqual([
      'organizations',
      'services',
      'units',
      'service_capacity',
      'phones',
      'languages',
      'url',
    ]);
  });

  test('keeps unknown fields of every level, and tells each once', async () => {
    const { rows, told } = await readFeed(await file('two.json', JSON.stringify([service, { ...service, id: UNIT }])));
    expect(of(rows, 'services').map(one => one.unknown)).toEqual([{ colour: 'rot' }, { colour: 'rot' }]);
    expect(of(rows, 'organizations')[0]!.unknown).toEqual({ badge: { level: 3 } });
    expect(codes(told, 'UNKNOWN_COLUMN')).toEqual([
      'two.json - organization.badge UNKNOWN_COLUMN NOTICE badge',
      'two.json - colour UNKNOWN_COLUMN NOTICE colour',
    ]);
  });

  test('nested rows without ids get one, by what they stand in', async () => {
    const { rows, told } = await readFeed(await file('one.json', JSON.stringify(service)));
    const [phone] = of(rows, 'phones');
    expect(phone!.values).toEqual({ service_id: SERVICE, number: '0234 1234' });
    expect(of(rows, 'languages')[0]!.values).toEqual({ phone_id: phone!.id, name: 'Türkisch' });
    expect(codes(told, 'MISSING_ID').map(one => one.split(' ')[2])).toEqual(['phones.id', 'phones.languages.id']);
  });

  test('a longer copy of a row that came before adds what was empty', async () => {
    const long = { id: ORG, name: 'Träger', description: 'x', badge: { level: 3 }, website: 'https://example.org' };
    const { rows } = await readFeed(
      await file('mixed.ndjson', `${JSON.stringify(service)}\n${JSON.stringify(long)}\n`),
    );
    expect(of(rows, 'organizations').map(one => [one.again, one.values.website])).toEqual([
      [false, undefined],
      [true, 'https://example.org'],
    ]);
  });

  test('tells of values in which characters were lost', async () => {
    const { told } = await readFeed(await file('lost.json', JSON.stringify({ ...service, name: 'K\0rs' })));
    expect(codes(told, 'BAD_ENCODING')).toEqual(['lost.json 1 name BAD_ENCODING WARNING K\ufffdrs']);
  });

  test('that is cut keeps the records before', async () => {
    const whole = JSON.stringify([service, { ...service, id: UNIT }]);
    const { rows, told } = await readFeed(await file('cut.json', whole.slice(0, -20)));
    expect(of(rows, 'services').map(one => one.id)).toEqual([SERVICE]);
    expect(codes(told, 'TRUNCATED')).toEqual(['cut.json 2 - TRUNCATED ERROR ']);
  });
});
