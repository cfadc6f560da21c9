import { beforeAll, describe, expect, test } from 'vitest';
import { locationFeatures } from '../../src/location/location-features.query.js';
import type { Network } from '../../src/network/network.entity.js';
import { ServiceStatus } from '../../src/service/service.rules.js';
import { featureCollection } from '../../src/shared/geojson.rules.js';
import { directory } from '../support/directory.js';
import { type ParsedFeature, parseGeoJson, textOf } from '../support/geojson.js';
import { testHub } from '../support/hub.js';

const hub = testHub('location_features');
let network: Network;

const exported = async (of = network) =>
  parseGeoJson(await textOf(featureCollection(locationFeatures(hub.nobody(), of.id)))).features;
const named = (features: ParsedFeature[], name: string) => features.find(({ properties }) => properties.name === name)!;

beforeAll(async () => {
  const at = directory(hub.owner());
  const aachen = await at.municipality('05334002', 'Aachen');
  network = await at.network('Netz', aachen);
  const anker = await at.partner(network, 'Anker');
  const place = { latitude: 50.776512345678, longitude: 6.08, storedStreet: 'Markt 1', storedPostalCode: '52062' };
  const house = await at.location(anker, aachen, { name: 'Haus', ...place });
  const shelter = await at.location(anker, aachen, { name: 'Frauenhaus', ...place, addressProtected: true });
  await at.location(anker, aachen, { name: 'Unbekannt' });
  const old = await at.location(anker, aachen, { name: 'Alt', ...place });
  await at.service(anker, 'Beratung', { locations: [house, shelter], categories: ['counselling'], languages: ['de'] });
  await at.service(anker, 'Pause', { locations: [house], status: ServiceStatus.PAUSED });
  await at.service(anker, 'Zu', { locations: [house], status: ServiceStatus.CLOSED });
  await at.service(anker, 'Im Netz', {});
  await at.service(anker, 'Nur dort', { locations: [old] });
  const hidden = await at.partner(network, 'Neu');
  await at.location(hidden, aachen, { name: 'Versteckt', ...place });
  await at.service(hidden, 'Verborgen', {});
  const elsewhere = await at.partner(await at.network('Anderes'), 'Fern');
  await at.location(elsewhere, aachen, { name: 'Fern', ...place });
  await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [hidden.id]);
  await hub.owner().execute(`update location set status = 'ARCHIVED' where id = ?`, [old.id]);
});

describe('the locations of a network as GeoJSON', () => {
  test('each with its services, longitude first', async () => {
    const house = named(await exported(), 'Haus');
    expect(house.geometry).toEqual({ type: 'Point', coordinates: [6.08, 50.7765123] });
    expect(house.properties).toEqual({
      kind: 'location',
      name: 'Haus',
      partner: 'Anker',
      partnerId: expect.any(String),
      street: 'Markt 1',
      postalCode: '52062',
      city: 'Aachen',
      municipality: '05334002',
      municipalityName: 'Aachen',
      addressProtected: false,
      services: [
        {
          id: expect.any(String),
          name: 'Beratung',
          status: 'ACTIVE',
          languages: ['de'],
          deliveryModes: ['ON_SITE'],
          categories: ['counselling'],
        },
        expect.objectContaining({ name: 'Pause', status: 'PAUSED' }),
      ],
    });
  });

  test('a protected address has no place at all, and says so', async () => {
    const { geometry, properties } = named(await exported(), 'Frauenhaus');
    expect(geometry).toBeNull();
    expect(properties).toMatchObject({ addressProtected: true, street: null, postalCode: null });
    expect(properties.services).toMatchObject([{ name: 'Beratung' }]);
  });

  test('what is not published, no longer in use, or of another network is left out', async () => {
    const features = await exported();
    expect(
      features.map(({ properties: { kind, name, services } }) => `${kind} ${name ?? services[0].name}`).sort(),
    ).toEqual(['location Frauenhaus', 'location Haus', 'location Unbekannt', 'service Im Netz', 'service Nur dort']);
    expect(named(features, 'Unbekannt')).toMatchObject({ geometry: null, properties: { addressProtected: false } });
  });

  test('a network without any is an empty collection', async () => {
    const empty = await directory(hub.owner()).network('Leer');
    expect(await exported(empty)).toEqual([]);
  });

  test('many come by pages, each once', async () => {
    const at = directory(hub.owner());
    const wide = await at.network('Weit');
    const partner = await at.partner(wide, 'Viele');
    await hub.owner().execute(
      `insert into location (partner_id, city, municipality_key, latitude, longitude)
       select ?, 'Aachen', '05334002', 50.7, 6 + n / 10000.0 from generate_series(1, 1201) n`,
      [partner.id],
    );
    const pages: number[] = [];
    for await (const page of locationFeatures(hub.nobody(), wide.id)) pages.push(page.length);
    expect(pages).toEqual([500, 500, 201, 0]);
    expect(await exported(wide)).toHaveLength(1201);
  });
});
