import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedDemo } from '../../src/demo/seed.js';
import { faultsOfLocation } from '../../src/location/location-faults.rules.js';
import { locationReferenceFaults } from '../../src/location/location-references.query.js';
import { faultsOfPartner } from '../../src/partner/partner-faults.rules.js';
import { partnerReferenceFaults } from '../../src/partner/partner-references.query.js';
import { readRecords, type StoredRecord } from '../../src/record/record.query.js';
import type { RecordKind } from '../../src/record/record.rules.js';
import { RECORD_KINDS } from '../../src/record/record-kinds.rules.js';
import { faultsOfService } from '../../src/service/service-faults.rules.js';
import { serviceReferenceFaults } from '../../src/service/service-references.query.js';
import { emptyWorld, type World } from './empty-world.js';

let world: World;
beforeAll(async () => {
  world = await emptyWorld('demo_faultless');
  await seedDemo(world.orm, new Date('2026-05-31T23:30:00+02:00'));
});
afterAll(() => world?.orm.close(true));

async function all(kind: RecordKind): Promise<StoredRecord[]> {
  const ids = await world.rows<{ id: string }>(`select id from ${kind.table}`);
  const found = await readRecords(
    world.orm.em.fork(),
    kind,
    ids.map(({ id }) => id),
  );
  expect(found.size).toBeGreaterThan(50);
  return [...found.values()];
}

test('no partner, location or service of the demo world has a fault, nor names what is not there', async () => {
  const em = world.orm.em.fork();
  const partners = await all(RECORD_KINDS.PARTNER);
  const locations = await all(RECORD_KINDS.LOCATION);
  const services = await all(RECORD_KINDS.SERVICE);
  expect(partners.flatMap(({ document }) => faultsOfPartner(document))).toEqual([]);
  expect(locations.flatMap(({ document }) => faultsOfLocation(document))).toEqual([]);
  expect(services.flatMap(({ document }) => faultsOfService(document))).toEqual([]);
  expect((await partnerReferenceFaults(em, partners)).flat()).toEqual([]);
  const places = locations.map(({ document }) => document);
  expect((await locationReferenceFaults(em, places)).flat()).toEqual([]);
  expect((await serviceReferenceFaults(em, services)).flat()).toEqual([]);
});
