import { describe, expect, test } from 'vitest';
import type { HsdsTable } from '../../src/hsds/hsds-columns.rules.js';
import { HSDS_PROFILE } from '../../src/hsds/hsds-profile.rules.js';
import { ownTaxonomyId, ownTermId } from '../../src/hsds-export/hsds-own-terms.rules.js';
import { feed, feedId } from '../hsds-import/feed.js';
import { importing } from '../hsds-import/importing.js';
import { testHub } from '../support/hub.js';

const hub = testHub('hsds_api');
const run = importing(hub);

// biome-ignore lint/suspicious/noExplicitAny: any answer
const get = async (path: string, headers: Record<string, string> = {}): Promise<any> => {
  const response = await hub.hub().app.inject({ method: 'GET', url: path, headers });
  return { status: response.statusCode, headers: response.headers, body: response.body && JSON.parse(response.body) };
};

/** A network with what the hub's own people made, and 30 services of a source in another. */
async function world() {
  const given = await hub.given();
  await run(given.elsewhere.id, feed({ services: 12, municipality: given.abroad.key }));
  return given;
}

const LISTS: Readonly<Record<string, HsdsTable>> = {
  services: 'services',
  organizations: 'organizations',
  locations: 'locations',
  service_at_locations: 'service_at_location',
  taxonomies: 'taxonomies',
  taxonomy_terms: 'taxonomy_terms',
};

/** What is no column, list or object of the profile, and numbers that are none. */
function faultsOf(table: HsdsTable, value: Record<string, unknown>, path = table as string): string[] {
  const { columns, lists, objects } = HSDS_PROFILE[table];
  return Object.entries(value).flatMap(([name, one]) => {
    const at = `${path}.${name}`;
    if (name === 'id') return typeof one === 'string' ? [] : [at];
    if (lists[name])
      return Array.isArray(one) && one.length > 0 ? one.flatMap(each => faultsOf(lists[name]!.table, each, at)) : [at];
    if (objects[name]) return faultsOf(objects[name].table, one as Record<string, unknown>, at);
    const column = columns[name];
    if (!column) return [at];
    const isNumber = ['number', 'integer', 'year', 'zone'].includes(column.type);
    return typeof one === (isNumber ? 'number' : 'string') && one !== '' ? [] : [`${at}: ${JSON.stringify(one)}`];
  });
}

describe('the directory as an API of the Human Services Data Specification', () => {
  test('tells what it is', async () => {
    for (const path of ['/hsds', '/hsds/']) {
      const { status, body, headers } = await get(path);
      expect([status, body.version, typeof body.profile, body.publisher.name]).toEqual([
        200,
        '3.1',
        'string',
        'Partnernetz',
      ]);
      expect(headers['cache-control']).toBe('public, max-age=60');
    }
  });

  test('describes itself: each list with its parameters, and each answer with what stands in it', async () => {
    const { network } = await world();
    const { body: about } = await get('/hsds/', { host: 'netz.example:4000' });
    expect(about.openapi_url).toBe('http://netz.example:4000/hsds/openapi.json');
    expect((await get('/hsds/', { host: 'netz.example/x?' })).body?.openapi_url ?? null).toBeNull();
    const { status, body: told } = await get('/hsds/openapi.json');
    expect([status, told.openapi, told.servers]).toEqual([200, '3.1.0', [{ url: '/hsds' }]]);
    const paths = Object.keys(LISTS).flatMap(list => [`/${list}`, `/${list}/{id}`]);
    expect(Object.keys(told.paths).sort()).toEqual(['/', ...paths].sort());
    const schemaAt = ($ref: string) => told.components.schemas[$ref.split('/').at(-1)!];
    for (const [list, table] of Object.entries(LISTS)) {
      const { parameters } = told.paths[`/${list}`].get;
      const samples: Record<string, string> = {
        format: 'json',
        modified_after: '2020-01-01',
        postcode: '44787',
        network: network.slug,
      };
      for (const { name, schema, description } of parameters) {
        expect(description, name).toMatch(/\.$/);
        const value = samples[name] ?? { integer: '1', boolean: 'true', string: 'x' }[schema.type as string];
        expect([list, name, (await get(`/hsds/${list}?${name}=${value}`)).status]).toEqual([list, name, 200]);
      }
      const full = parameters.some(({ name }: { name: string }) => name === 'full') ? '&full=true' : '';
      const { body } = await get(`/hsds/${list}?network=${network.slug}${full}`);
      expect(Object.keys(schemaAt('Page').properties)).toEqual(Object.keys(body));
      const known = Object.keys(schemaAt(table).properties);
      expect(
        body.contents.flatMap((one: object) => Object.keys(one)).filter((key: string) => !known.includes(key)),
      ).toEqual([]);
    }
    // Whatever is referred to is there.
    for (const [, name] of JSON.stringify(told).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(told.components.schemas[name!], name).toBeDefined();
    expect(JSON.stringify(told)).not.toContain('service_capacity');
  });

  test('lists and things have the shapes of the profile, and what is listed is found by its id', async () => {
    const { network, elsewhere } = await world();
    for (const slug of [network.slug, elsewhere.slug])
      for (const [list, table] of Object.entries(LISTS)) {
        const full = table.startsWith('taxonom') ? '' : '&full=true';
        for (const more of ['', full]) {
          const { status, body } = await get(`/hsds/${list}?network=${slug}&per_page=5${more}`);
          expect([list, status]).toEqual([list, 200]);
          expect(body.contents.length, list).toBeGreaterThan(0);
          expect(body).toMatchObject({ page_number: 1, size: body.contents.length, first_page: true, empty: false });
          expect(body.contents.flatMap((one: Record<string, unknown>) => faultsOf(table, one))).toEqual([]);
        }
        const { body } = await get(`/hsds/${list}?network=${slug}&per_page=3`);
        for (const { id } of body.contents) {
          const { status, body: thing } = await get(`/hsds/${list}/${id}?network=${slug}`);
          expect([list, status, thing.id]).toEqual([list, 200, id]);
          expect(faultsOf(table, thing)).toEqual([]);
        }
      }
  });

  test('nests what belongs to a service', async () => {
    const { service, location } = await world();
    const { body } = await get(`/hsds/services/${service.id}`);
    expect(body).toMatchObject({ id: service.id, name: 'Beratung', organization: { name: 'Anker' }, status: 'active' });
    expect(body.organization.services).toBeUndefined();
    expect(body.service_at_locations).toMatchObject([
      {
        location: { id: location.id, latitude: 50.81, addresses: [{ address_1: 'Hafenweg 1', postal_code: '52000' }] },
      },
    ]);
    const terms = body.attributes.map((one: { taxonomy_term: { code: string } }) => one.taxonomy_term.code);
    expect(terms).toContain('job-coaching');
    const id = body.service_at_locations[0].id;
    const { body: pair } = await get(`/hsds/service_at_locations/${id}`);
    expect(pair).toMatchObject({ id, service: { id: service.id }, location: { id: location.id } });
    const listed = await get(`/hsds/services?organization_id=${body.organization.id}`);
    expect(listed.body.contents).toMatchObject([{ id: service.id, organization: { name: 'Anker' } }]);
    expect(listed.body.contents[0].attributes).toBeUndefined();
  });

  test('a source’s ids find what they name, as the hub’s own do', async () => {
    const { elsewhere } = await world();
    const { body } = await get(`/hsds/services/${feedId('services', 3)}?network=${elsewhere.slug}`);
    expect(body).toMatchObject({
      name: 'Schuldnerberatung 3',
      minimum_age: 18,
      phones: [{ number: '0241 100003' }],
      languages: [{ code: 'tr' }],
      attributes: [{ taxonomy_term: { code: 'debt-counselling' } }],
      service_at_locations: [{ location: { addresses: [{ city: 'Aachen' }] } }],
    });
    const [row] = await hub
      .owner()
      .execute<{ id: string }[]>(`select id from service where network_id = ? and name = 'Schuldnerberatung 3'`, [
        elsewhere.id,
      ]);
    expect((await get(`/hsds/services/${row!.id}`)).body.name).toBe('Schuldnerberatung 3');
  });

  test('pages as asked', async () => {
    const { elsewhere } = await world();
    const seen: string[] = [];
    for (const page of [1, 2, 3]) {
      const { body } = await get(`/hsds/services?network=${elsewhere.slug}&per_page=5&page=${page}`);
      expect(body).toMatchObject({
        total_items: 12,
        total_pages: 3,
        page_number: page,
        size: page === 3 ? 2 : 5,
        first_page: page === 1,
        last_page: page === 3,
      });
      seen.push(...body.contents.map((one: { id: string }) => one.id));
    }
    expect(new Set(seen).size).toBe(12);
    const { body } = await get(`/hsds/services?network=${elsewhere.slug}&page=9`);
    expect(body).toMatchObject({ empty: true, size: 0, total_items: 12, contents: [] });
    const { body: minimal } = await get(`/hsds/services?network=${elsewhere.slug}&minimal=true&per_page=100`);
    expect(Object.keys(minimal.contents[0])).toEqual(['id', 'modified_date']);
  });

  test('every filter keeps what meets it', async () => {
    const { network, elsewhere, service } = await world();
    const count = async (query: string) => (await get(`/hsds/${query}`)).body.total_items;
    const there = `network=${elsewhere.slug}`;
    const here = `network=${network.slug}`;
    expect(await count(`services?${there}&search=Schuldnerberatung`)).toBe(12);
    expect(await count(`services?${there}&search=Zirkus`)).toBe(0);
    expect(await count(`services?${there}&taxonomy_term_id=t1`)).toBe(12);
    expect(await count(`services?${there}&taxonomy_term_id=${ownTermId('category', 'debt-counselling')}`)).toBe(12);
    expect(await count(`services?${here}&taxonomy_term_id=${ownTermId('category', 'debt-counselling')}`)).toBe(0);
    expect(await count(`services?${here}&taxonomy_id=${ownTaxonomyId('category')}`)).toBe(1);
    expect(await count(`services?${there}&organization_id=${feedId('organizations', 0)}`)).toBe(5);
    expect(await count(`service_at_locations?${there}&organization_id=${feedId('organizations', 2)}`)).toBe(2);
    expect(await count(`services?${here}&modified_after=2999-01-01`)).toBe(0);
    expect(await count(`services?${here}&modified_after=2020-01-01T00:00:00Z`)).toBe(1);
    expect(await count(`services?${here}&postcode=52000`)).toBe(1);
    expect(await count(`locations?${here}&postcode=52000`)).toBe(1);
    expect(await count(`service_at_locations?${here}&postcode=52001`)).toBe(0);
    expect(await count(`organizations?${there}&search=Beratungsverein`)).toBe(3);
    expect(await count(`taxonomy_terms?taxonomy_id=${ownTaxonomyId('feedback-level')}`)).toBe(4);
    void service;
  });

  test('tells nothing that is not published', async () => {
    const { network, anker, brücke, service, location } = await world();
    const set = (statement: string, id: string) => hub.owner().execute(statement, [id]);
    await set(
      `update location set address_protected = true, directions = 'hinter dem Bahnhof' where id = ?`,
      location.id,
    );
    const text = JSON.stringify([
      (await get(`/hsds/services/${service.id}`)).body,
      (await get(`/hsds/locations/${location.id}`)).body,
      (await get(`/hsds/organizations/${anker.id}`)).body,
    ]);
    for (const secret of ['Hafenweg', '52000', '50.81', '6.21', 'Bahnhof']) expect(text).not.toContain(secret);
    expect((await get(`/hsds/locations?network=${network.slug}&postcode=52000`)).body.total_items).toBe(0);
    await set(`update partner set status = 'PENDING' where id = ?`, brücke.id);
    expect((await get(`/hsds/organizations/${brücke.id}`)).status).toBe(404);
    expect((await get(`/hsds/organizations?network=${network.slug}`)).body.total_items).toBe(1);
    await set(`update service set status = 'CLOSED' where id = ?`, service.id);
    for (const path of [`services/${service.id}`, 'services/unknown', 'nothing', 'services/%00'])
      expect([path, (await get(`/hsds/${path}`)).status]).toEqual([path, 404]);
    expect((await get(`/hsds/services?network=${network.slug}`)).body.total_items).toBe(0);
    expect((await get(`/hsds/organizations/${anker.id}`)).body.services).toBeUndefined();
    await set(`update location set status = 'ARCHIVED' where id = ?`, location.id);
    expect((await get(`/hsds/locations/${location.id}`)).status).toBe(404);
  });

  test('what a source says of a protected address, and addresses that are no web pages, stay inside', async () => {
    const { elsewhere, abroad } = await world();
    const own = 'Geheimweg 7';
    await run(
      elsewhere.id,
      {
        organizations: [{ id: 'o1', name: 'Haus', website: 'javascript:alert(1)', uri: 'https://haus.example' }],
        locations: [
          {
            id: 'l1',
            organization_id: 'o1',
            name: 'Zuflucht',
            external_identifier: abroad.key,
            external_identifier_type: 'AGS',
            latitude: '51.77',
            longitude: '6.77',
          },
        ],
        addresses: [
          {
            id: 'a1',
            location_id: 'l1',
            address_1: own,
            city: 'Fernau',
            postal_code: '59999',
            country: 'DE',
            address_type: 'physical',
          },
        ],
        taxonomies: [{ id: 'x1', name: 'urn:partnernetz:field' }],
        taxonomy_terms: [
          {
            id: 'f1',
            code: 'addressProtected',
            name: 'addressProtected',
            taxonomy: 'urn:partnernetz:field',
            taxonomy_id: 'x1',
          },
        ],
        attributes: [{ id: 'at1', link_id: 'l1', link_entity: 'location', taxonomy_term_id: 'f1', value: 'true' }],
        metadata: [{ id: 'm1', resource_id: 'l1', resource_type: 'location', previous_value: own, updated_by: 'x' }],
      },
      { name: 'frauenhaus' },
    );
    await hub.owner().execute(`update location set address_protected = true where name = 'Zuflucht'`);
    const { status, body } = await get(`/hsds/locations/l1?network=${elsewhere.slug}`);
    expect([status, body.name]).toEqual([200, 'Zuflucht']);
    for (const secret of [own, '59999', '51.77', '6.77']) expect(JSON.stringify(body)).not.toContain(secret);
    const organization = (await get(`/hsds/organizations/o1?network=${elsewhere.slug}`)).body;
    expect(organization).toMatchObject({ name: 'Haus', uri: 'https://haus.example' });
    expect(organization.website).toBeUndefined();
  });

  test('asks the database as often for a page of ten as for one of two', async () => {
    const { elsewhere } = await world();
    for (const list of ['services', 'organizations', 'locations', 'service_at_locations']) {
      const asked = async (size: number) =>
        (await hub.statements(() => get(`/hsds/${list}?network=${elsewhere.slug}&full=true&per_page=${size}`))).length;
      const [few, many] = [await asked(2), await asked(10)];
      expect([list, many]).toEqual([list, few]);
      expect(many).toBeLessThanOrEqual(20);
    }
  });

  test('refuses what is wrong, and answers a known tag without a body', async () => {
    for (const query of [
      'page=0',
      'page=x',
      'per_page=101',
      'modified_after=gestern',
      'postcode=12',
      'full=ja',
      'colour=red',
      'network=nowhere',
      'format=xml',
      'page=1&page=2',
      'minimal=true&full=true',
    ]) {
      const { status, body, headers } = await get(`/hsds/services?${query}`);
      expect([query, status, body.errors[0].extensions.code]).toEqual([query, 400, 'BAD_USER_INPUT']);
      expect(headers['cache-control']).toBe('no-store');
    }
    const { headers } = await get('/hsds/services');
    expect(headers.etag).toMatch(/^"/);
    expect((await get('/hsds/services', { 'if-none-match': headers.etag })).status).toBe(304);
    const head = await hub.hub().app.inject({ method: 'HEAD', url: '/hsds/services' });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    const post = await hub.hub().app.inject({ method: 'POST', url: '/hsds/services', payload: {} });
    expect([post.statusCode, JSON.parse(post.body).errors.length]).toEqual([405, 1]);
  });
});
