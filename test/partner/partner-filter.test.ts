import { beforeAll, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { PartnerKind } from '../../src/partner/partner.rules.js';
import { ago, anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('partner_filter');
const NOW = new Date('2026-03-10T09:00:00.123Z');
const { COUNSELLING_CENTRE, EMPLOYER, TRAINING_PROVIDER, WELFARE_ASSOCIATION } = PartnerKind;

let north!: Network;
let south!: Network;

beforeAll(async () => {
  hub.setNow(NOW);
  const at = directory(hub.owner());
  const aach = await at.municipality('05334002', 'Aachen');
  const unna = await at.municipality('05978036', 'Unna');
  await at.municipality('05911000', 'Bochum');
  north = await at.network('Nord');
  south = await at.network('Süd');
  const never = await at.partner(north, 'Nie', { kinds: [EMPLOYER], description: 'Werkstatt für Fahrräder' });
  const day0 = await at.partner(north, 'Tag 0', { kinds: [COUNSELLING_CENTRE, EMPLOYER], confirmedAt: NOW });
  await at.partner(north, 'Tag 30', { kinds: [TRAINING_PROVIDER], confirmedAt: ago(NOW, 30) });
  await at.partner(north, 'Tag 30+', { kinds: [TRAINING_PROVIDER], confirmedAt: ago(NOW, 30, 1) });
  await at.partner(south, 'Tag 90', { kinds: [WELFARE_ASSOCIATION], confirmedAt: ago(NOW, 90) });
  await at.partner(south, 'Tag 90+', { kinds: [WELFARE_ASSOCIATION], confirmedAt: ago(NOW, 90, 1) });
  await at.partner(south, 'Zukunft', { kinds: [COUNSELLING_CENTRE], confirmedAt: ago(NOW, -1) });
  await at.location(never, aach);
  await at.location(day0, aach);
  await at.location(day0, aach);
  await at.location(day0, unna);
  await hub.indexed();
});

const LIST = `query ($network: String, $filter: PartnerFilter) {
  partners(network: $network, filter: $filter) { nodes { name freshness } totalCount }
}`;
const ALL = ['Nie', 'Tag 0', 'Tag 30', 'Tag 30+', 'Tag 90', 'Tag 90+', 'Zukunft'];

test.each<[object | null, string[]]>([
  [null, ALL],
  [{}, ALL],
  [{ query: null, kinds: null, freshness: null, municipality: null }, ALL],
  [{ query: '' }, ALL],
  [{ query: '  ' }, ALL],
  [{ query: 'werkstätten' }, ['Nie']],
  [{ query: 'nie' }, ['Nie']],
  [{ query: 'Kindergarten' }, []],
  [{ kinds: ['EMPLOYER'] }, ['Nie', 'Tag 0']],
  [{ kinds: ['EMPLOYER', 'TRAINING_PROVIDER'] }, ['Nie', 'Tag 0', 'Tag 30', 'Tag 30+']],
  [{ kinds: ['HEALTH_FACILITY'] }, []],
  [{ kinds: [] }, ALL],
  [{ freshness: ['FRESH'] }, ['Tag 0', 'Tag 30', 'Zukunft']],
  [{ freshness: ['AGING'] }, ['Tag 30+', 'Tag 90']],
  [{ freshness: ['STALE'] }, ['Tag 90+']],
  [{ freshness: ['UNCONFIRMED'] }, ['Nie']],
  [{ freshness: ['UNCONFIRMED', 'STALE', 'STALE'] }, ['Nie', 'Tag 90+']],
  [{ freshness: ['FRESH', 'AGING', 'STALE', 'UNCONFIRMED'] }, ALL],
  [{ freshness: [] }, ALL],
  [{ municipality: '05334002' }, ['Nie', 'Tag 0']],
  [{ municipality: '05978036' }, ['Tag 0']],
  [{ municipality: '05911000' }, []],
  [{ municipality: '05334002', kinds: ['COUNSELLING_CENTRE'], freshness: ['FRESH', 'UNCONFIRMED'] }, ['Tag 0']],
  [{ municipality: '05334002', query: 'Fahrrad', kinds: ['EMPLOYER'], freshness: ['UNCONFIRMED'] }, ['Nie']],
  [{ municipality: '05334002', query: 'Fahrrad', kinds: ['EMPLOYER'], freshness: ['FRESH'] }, []],
])('partners(filter: %j) finds %j', async (filter, names) => {
  const { data } = await hub.as(anonymous, LIST, { filter });
  expect(data.partners.nodes.map((one: { name: string }) => one.name)).toEqual(names);
  expect(data.partners.totalCount).toBe(names.length);
});

test('the filter by freshness and the field agree', async () => {
  const { data } = await hub.as(anonymous, LIST);
  for (const { name, freshness } of data.partners.nodes) {
    const found = await hub.as(anonymous, LIST, { filter: { freshness: [freshness] } });
    expect(found.data.partners.nodes).toContainEqual({ name, freshness });
  }
});

test('a network has its own partners only, filtered or not', async () => {
  const inSouth = await hub.as(anonymous, LIST, { network: south.slug });
  expect(inSouth.data.partners).toMatchObject({ totalCount: 3, nodes: [{ name: 'Tag 90' }, { name: 'Tag 90+' }, {}] });
  const employers = await hub.as(anonymous, LIST, { network: south.slug, filter: { kinds: ['EMPLOYER'] } });
  expect(employers.data.partners).toEqual({ nodes: [], totalCount: 0 });
  expect((await hub.as(anonymous, LIST, { network: null })).data.partners.totalCount).toBe(ALL.length);
});

test('the same filter below each network, and another one beside it', async () => {
  const query = `query ($filter: PartnerFilter) { networks {
    name
    employers: partners(filter: { kinds: [EMPLOYER] }, first: 1) { nodes { name } totalCount }
    some: partners(filter: $filter, first: 1) { nodes { name } totalCount pageInfo { hasNextPage } }
  } }`;
  const { data } = await hub.as(anonymous, query, { filter: { freshness: ['FRESH', 'STALE'] } });
  expect(data.networks).toEqual([
    {
      name: 'Nord',
      employers: { nodes: [{ name: 'Nie' }], totalCount: 2 },
      some: { nodes: [{ name: 'Tag 0' }], totalCount: 2, pageInfo: { hasNextPage: true } },
    },
    {
      name: 'Süd',
      employers: { nodes: [], totalCount: 0 },
      some: { nodes: [{ name: 'Tag 90+' }], totalCount: 2, pageInfo: { hasNextPage: true } },
    },
  ]);
});

test.each<[string, object]>([
  ['network', { network: 'nirgends' }],
  ['network', { network: '' }],
  ['network', { network: 'Nord' }],
  ['network', { network: "' or true --" }],
  ['filter.municipality', { filter: { municipality: '99999999' } }],
  ['filter.municipality', { filter: { municipality: '0533400' } }],
  ['filter.municipality', { filter: { municipality: '' } }],
  ['filter.kinds.0', { filter: { kinds: ['BAKERY'] } }],
  ['filter.kinds.1', { filter: { kinds: ['EMPLOYER', null] } }],
  ['filter.freshness.0', { filter: { freshness: ['fresh'] } }],
  ['filter.query', { filter: { query: 'x'.repeat(201) } }],
  ['filter.query', { filter: { query: 'a\0b' } }],
  ['filter', { filter: { kind: 'EMPLOYER' } }],
])('a wrong %s is told so: %j', async (argument, variables) => {
  const { errors } = await hub.as(anonymous, LIST, variables);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
});

test('below a network, too, an unknown municipality names its argument', async () => {
  const query = '{ networks { partners(filter: { municipality: "99999999" }) { nodes { id } totalCount } } }';
  const { errors } = await hub.as(anonymous, query);
  expect(errors?.length).toBeGreaterThan(0);
  for (const error of errors ?? [])
    expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'filter.municipality' });
});
