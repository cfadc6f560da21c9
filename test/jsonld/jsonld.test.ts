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
  Organization: [...THING, 'email', 'telephone', 'contactPoint', 'location', 'makesOffer', 'hasOfferCatalog'],
  OfferCatalog: [...THING, 'numberOfItems', 'itemListElement'],
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
  const { '@type': type, '@context': _, 'hydra:view': _view, ...rest } = value as Record<string, unknown>;
  const known = VOCABULARY[String(type)];
  if (!known) return [`${path}: ${type}`];
  return Object.entries(rest).flatMap(([name, one]) =>
    known.includes(name) ? faultsOf(one, `${path}.${name}`) : [`${type}.${name}`],
  );
}

const get = async (id: string) => {
  const { statusCode, headers, body } = await hub
    .hub()
    .app.inject({ url: id.startsWith('/') ? id : `/jsonld/partners/${id}` });
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

test('of many services the first fifty, and all of them page by page', async () => {
  const { network, home, elsewhere } = await hub.given();
  // The same directory in two networks: each tells of its own.
  for (const one of [network, elsewhere])
    await run(one.id, feed({ services: 120, perOrganization: 120, municipality: home.key }));
  const [{ id } = { id: '' }] = await hub
    .owner()
    .execute<{ id: string }[]>(`select id from partner where network_id = ? and name = 'Beratungsverein 0'`, [
      network.id,
    ]);
  const { body } = await get(id);
  expect(faultsOf(body)).toEqual([]);
  expect(body.makesOffer).toHaveLength(50);
  expect(body.hasOfferCatalog).toEqual({
    '@type': 'OfferCatalog',
    url: `/jsonld/partners/${id}/offers?page=1`,
    numberOfItems: 120,
  });
  const told: string[] = [];
  const pages: string[] = [];
  for (let url: string | undefined = body.hasOfferCatalog.url; url; ) {
    const { status, type, body: page } = await get(url);
    expect([status, type, page.numberOfItems]).toEqual([200, 'application/ld+json; charset=utf-8', 120]);
    expect(faultsOf(page)).toEqual([]);
    expect(page['hydra:view']['@id']).toBe(url);
    expect(page['hydra:view']['hydra:previous']?.['@id']).toBe(pages.at(-1));
    pages.push(url);
    const offers = page.itemListElement as { itemOffered: { identifier: string } }[];
    expect(offers.length).toBeLessThanOrEqual(50);
    told.push(...offers.map(({ itemOffered }) => itemOffered.identifier));
    url = page['hydra:view']['hydra:next']?.['@id'];
  }
  expect([pages.length, told.length, new Set(told).size]).toEqual([3, 120, 120]);
  for (const [page, status] of [
    ['4', 404],
    ['0', 400],
    ['x', 400],
    ['1&page=2', 400],
    ['1&colour=red', 400],
  ] as const)
    expect([page, (await get(`/jsonld/partners/${id}/offers?page=${page}`)).status]).toEqual([page, status]);
  await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [id]);
  for (const url of [pages[0]!, '/jsonld/partners/nobody/offers']) expect((await get(url)).status).toBe(404);
});

test('can stand in a page: no name ends the script around it', async () => {
  const { anker } = await hub.given();
  const name = 'Anker</script><script>alert(1)</script>';
  await hub.owner().execute('update partner set name = ? where id = ?', [name, anker.id]);
  const { body } = await hub.hub().app.inject({ url: `/jsonld/partners/${anker.id}` });
  expect(body).not.toContain('<');
  expect(JSON.parse(body).name).toBe(name);
});
