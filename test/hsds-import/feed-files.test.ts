import { existsSync } from 'node:fs';
import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ormConnection } from '../../src/database/client.js';
import { findingReport } from '../../src/file/report.js';
import { importFeed } from '../../src/hsds-import/hsds-feed.actions.js';
import { Origin } from '../../src/record/record.rules.js';
import { SILENT } from '../../src/shared/progress.js';
import { scratch, zipOf } from '../support/files.js';
import { testHub } from '../support/hub.js';

const OFFICIAL = new URL('../../../shared/data/hsds-3.0-examples/', import.meta.url).pathname;

const hub = testHub('feed_files');
const { file, folder } = scratch();
let orm: MikroORM;
beforeAll(async () => {
  const connection = ormConnection(hub.database().hubApp);
  orm = await MikroORM.init({
    ...connection,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: 1 },
    driverOptions: { ...connection.driverOptions, idleTimeoutMillis: 0 },
  });
});
afterAll(async () => orm?.close(true));

async function imported(path: string) {
  const { network, home } = await hub.given();
  const report = findingReport({ kept: 10_000 });
  const counts = await importFeed(orm.em.fork(), path, {
    network: network.id,
    sourceName: 'datei',
    by: { origin: Origin.IMPORT, at: hub.now(), account: null, source: 'datei' },
    report,
    progress: SILENT,
  });
  const services = await hub.owner().execute<{ name: string; status: string; opening_hours: unknown[] }[]>(
    `select s.name, s.status, s.opening_hours from service s join source_record k on k.record_id = s.id
     where s.network_id = ? order by s.name`,
    [network.id],
  );
  const codes = Object.fromEntries(report.summary().map(({ code, count }) => [code, count]));
  return { counts, report, codes, services, network, home };
}

describe.skipIf(!existsSync(OFFICIAL))('the official examples (with ../shared)', () => {
  test('come in as tables, with every fault named', async () => {
    const { counts, codes, services } = await imported(`${OFFICIAL}csv`);
    expect(counts).toMatchObject({
      organizations: { created: 1 },
      services: { created: 1 },
      locations: { refused: 1 },
    });
    expect(services).toMatchObject([{ name: 'Community Counselling' }]);
    expect(codes).toMatchObject({ DANGLING_REFERENCE: 8, OUT_OF_RANGE: 3, NO_MUNICIPALITY: 1 });
  });

  test.each(['service_full', 'organization_full', 'service_at_location_full', 'service_list'])(
    'come in as %s.json',
    async name => {
      const { counts, services } = await imported(`${OFFICIAL}${name}.json`);
      expect(counts.services.created + counts.services.refused).toBeGreaterThan(0);
      expect(services.length).toBe(counts.services.created);
    },
  );
});

const TABLES = {
  'organizations.csv': 'id,name\no1,Verein Ufer\n',
  'services.csv': 'id,organization_id,name,status\ns1,o1,Schuldnerberatung,active\ns2,o1,Sprachkurs,active\n',
};

describe('what is bad about a file', () => {
  test('of an older version is reported, and the rest is used', async () => {
    const at = await folder({
      'organizations.csv': 'name,description\nVerein Ufer,Hilft\n',
      'services.csv': 'id,organization_id,name,status\n1,1,Beratung,active\n',
      'regular_schedules.csv': 'service_id,weekday,opens_at,closes_at\n1,Monday,9:00am,5:00pm\n',
    });
    const { codes, counts } = await imported(at);
    expect(codes.MISSING_ID).toBeGreaterThan(0);
    expect(counts.organizations.created).toBe(1);
  });

  test('in Latin-1 with semicolons and a byte-order mark less comes in with its umlauts', async () => {
    const at = await folder({
      'organizations.csv': Buffer.from('id;name\no1;Bücherstube Köln\n', 'latin1'),
      'services.csv': TABLES['services.csv'].replaceAll(',', ';'),
    });
    const { network, codes, services } = await imported(at);
    expect(codes.BAD_ENCODING).toBe(1);
    expect(services).toHaveLength(2);
    const found = await hub
      .owner()
      .execute('select name from partner where network_id = ? and name like ?', [network.id, 'Bücherstube%']);
    expect(found).toHaveLength(1);
  });

  test('with broken rows: the good ones are kept, the bad ones listed', async () => {
    const rows = Array.from({ length: 1_000 }, (_, i) =>
      i % 100 < 3 ? `s${i},o1,"Angebot "${i}"",x` : `s${i},o1,Angebot ${i},active`,
    );
    const at = await folder({
      'organizations.csv': TABLES['organizations.csv'],
      'services.csv': `id,organization_id,name,status\n${rows.join('\n')}\n`,
    });
    const { counts, report } = await imported(at);
    expect(counts.services.created).toBe(970);
    const errors = report.summary().find(({ code }) => code === 'BAD_FORMAT')!.findings;
    expect(errors.filter(({ severity }) => severity === 'ERROR')).toHaveLength(30);
  });

  test('that is cut in the middle: what was whole comes in', async () => {
    const at = await folder({ ...TABLES, 'services.csv': `${TABLES['services.csv']}s3,o1,"Abgebro` });
    const { counts, codes } = await imported(at);
    expect(counts.services.created).toBe(2);
    expect(codes.TRUNCATED).toBe(1);
  });

  test('that climbs out, or is a bomb, is not read', async () => {
    const bomb = await zipOf({ ...TABLES, 'phones.csv': Buffer.alloc(64 * 2 ** 20, 48) });
    const { codes, counts } = await imported(await file('bomb.zip', bomb));
    expect(codes.RATIO).toBe(1);
    expect(counts.organizations.created).toBeLessThanOrEqual(1);
    const nothing = await imported(await file('nothing.zip', Buffer.from('no zip at all')));
    expect(nothing.counts.rows).toBe(0);
    expect(nothing.report.hasErrors).toBe(true);
  });

  test('that repeats an id: the first holds', async () => {
    const at = await folder({ ...TABLES, 'organizations.csv': 'id,name\no1,Verein Ufer\no1,Verein Strand\n' });
    const { counts, codes } = await imported(at);
    expect(counts.organizations.created).toBe(1);
    expect(codes.DUPLICATE_ID).toBe(1);
  });

  test('in JSON that says one organisation again and again, with more each time, is one with all of it', async () => {
    const services = Array.from({ length: 5 }, (_, i) => ({
      id: `s${i}`,
      name: `Angebot ${i}`,
      status: 'active',
      organization: { id: 'o1', name: 'Verein Ufer', ...(i === 3 && { email: 'post@ufer.example' }) },
    }));
    const at = await file('services.json', JSON.stringify({ contents: services }));
    const { counts, network } = await imported(at);
    expect(counts).toMatchObject({ organizations: { created: 1 }, services: { created: 5 } });
    const found = await hub
      .owner()
      .execute(`select email from partner where network_id = ? and name = 'Verein Ufer'`, [network.id]);
    expect(found).toEqual([{ email: 'post@ufer.example' }]);
  });
});
