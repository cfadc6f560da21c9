import { expect, test } from 'vitest';
import { feed, feedId } from '../hsds-import/feed.js';
import { importing } from '../hsds-import/importing.js';
import { testHub } from '../support/hub.js';

const hub = testHub('jsonld');
const run = importing(hub);

/** Of the vocabulary (schema.org) the types that are used, each with the properties that it has there. */
const THING = ['identifier', 'name', 'alternateName', 'description', 'url'];
const CONTACT = ['contactType', 'email', 'telephone', 'availableLanguage'];
const VOCABULARY: Readonly<Record<string, readonly string[]>> = {
  Organization: [...THING, 'email', 'telephone', 'contactPoint', 'location', 'makesOffer'],
  Offer: [...THING, 'itemOffered'],
  Service: [...THING, 'areaServed', 'hoursAvailable', 'availableChannel'],
  AdministrativeArea: THING,
  ServiceChannel: [...THING, 'availableLanguage', 'servicePhone', 'serviceLocation'],
  ContactPoint: [...THING, ...CONTACT],
  Place: [...THING, 'address', 'geo', 'telephone', 'openingHoursSpecification'],
  PostalAddress: [...THING, ...CONTACT, 'streetAddress', 'postalCode', 'addressLocality', 'addressCountry'],
  GeoCoordinates: [...THING, 'latitude', 'longitude'],
  OpeningHoursSpecification: [...THING, 'dayOfWeek', 'opens', 'closes', 'validFrom', 'validThrough'],
};

function faultsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(one => faultsOf(one, path));
  if (typeof value !== 'object' || value === null) return value === null || value === '' ? [path] : [];
  const { '@type': type, '@context': _, ...rest } = value as Record<string, unknown>;
  const known = VOCABULARY[String(type)];
  if (!known) return [`${path}: ${type}`];
  return Object.entries(rest).flatMap(([name, one]) =>
    known.includes(name) ? faultsOf(one, `${path}.${name}`) : [`${type}.${name}`],
  );
}

const get = async (id: string) => {
  const { statusCode, headers, body } = await hub.hub().app.inject({ url: `/jsonld/partners/${id}` });
  return { status: statusCode, type: headers['content-type'], body: JSON.parse(body) };
};

test('a partner in the words of schema.org, with its places, services and hours', async () => {
  const { anker, elsewhere, abroad, location } = await hub.given();
  await run(elsewhere.id, feed({ services: 5, municipality: abroad.key }));
  const { status, type, body } = await get(feedId('organizations', 0));
  expect([status, type]).toEqual([200, 'application/ld+json; charset=utf-8']);
  expect(faultsOf(body)).toEqual([]);
  expect(body).toMatchObject({ '@context': 'https://schema.org', '@type': 'Organization', name: 'Beratungsverein 0' });
  expect(body.makesOffer).toHaveLength(5);
  expect(body.makesOffer[0].itemOffered).toMatchObject({
    areaServed: [{ '@type': 'AdministrativeArea', name: 'Nordrhein-Westfalen' }],
    hoursAvailable: [
      {
        opens: '09:00',
        closes: '16:00',
        dayOfWeek: ['https://schema.org/Monday', 'https://schema.org/Tuesday', 'https://schema.org/Wednesday'],
      },
    ],
    availableChannel: [
      { serviceLocation: { address: { addressLocality: 'Aachen' }, geo: { '@type': 'GeoCoordinates' } } },
    ],
  });

  await hub.owner().execute('update location set address_protected = true where id = ?', [location.id]);
  const hidden = await get(anker.id);
  expect(JSON.stringify(hidden.body)).not.toMatch(/Hafenweg|52000|50\.81|Geo/);
  await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [anker.id]);
  expect((await get(anker.id)).status).toBe(404);
});
