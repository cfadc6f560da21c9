import { beforeAll, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import type { Partner } from '../../src/partner/partner.entity.js';
import { FeedbackLevel, ServiceStatus } from '../../src/service/service.rules.js';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('service_filter');
const NOW = new Date('2026-03-10T09:00:00.123Z');

let north!: Network;
let south!: Network;
let anker!: Partner;

beforeAll(async () => {
  hub.setNow(NOW);
  const at = directory(hub.owner());
  await at.municipality('05334002', 'Aachen');
  await at.municipality('05334012', 'Eschweiler');
  await at.municipality('05978036', 'Unna');
  await at.municipality('09162000', 'München');
  north = await at.network('Nord');
  south = await at.network('Süd');
  anker = await at.partner(north, 'Ankerplatz', { description: 'Im alten Lokschuppen' });
  const brücke = await at.partner(south, 'Brücke');
  const counted = (total: number | null, reserved = 0, occupiedElsewhere = 0) => ({
    capacity: { total, reserved, occupiedElsewhere, reportedAt: NOW },
  });
  await at.service(anker, 'Alkohol', {
    categories: ['addiction-counselling'],
    needs: ['addiction'],
    languages: ['de'],
    areas: ['05334002'],
    feedbackLevel: FeedbackLevel.RECEIVED_ONLY,
    ...counted(3, 1, 1),
  });
  await at.service(anker, 'Drogen', {
    categories: ['drug-counselling', 'job-coaching'],
    needs: ['addiction', 'homelessness'],
    languages: ['uk-UA'],
    areas: ['05334'],
    ...counted(2, 1, 1),
  });
  await at.service(anker, 'Kurs', {
    categories: ['language-course'],
    languages: ['uk', 'ar'],
    areas: ['05'],
    status: ServiceStatus.PAUSED,
    ...counted(2, 2, 1),
  });
  await at.service(brücke, 'Nachtruf', { languages: ['ukr'], areas: ['05978036', '09'], ...counted(null) });
  await at.service(brücke, 'Ohne Meldung', { capacity: { total: 9 }, description: 'Reparaturen aller Art' });
  await at.service(brücke, 'Vorbei', {
    status: ServiceStatus.CLOSED,
    categories: ['addiction-counselling'],
    languages: ['de'],
    areas: ['05334002'],
    ...counted(5),
  });
  await hub.indexed();
});

const LIST = `query ($network: String, $filter: ServiceFilter) {
  services(network: $network, filter: $filter) { nodes { name } totalCount }
}`;
const ALL = ['Alkohol', 'Drogen', 'Kurs', 'Nachtruf', 'Ohne Meldung'];

test.each<[object | null, string[]]>([
  [null, ALL],
  [{}, ALL],
  [{ query: null, categories: null, needs: null, languages: null, municipality: null, statuses: null }, ALL],
  [{ hasFreePlaces: null }, ALL],
  [{ query: '' }, ALL],
  [{ query: ' ' }, ALL],
  [{ query: 'Reparatur' }, ['Ohne Meldung']],
  [{ query: 'Lokschuppen' }, []],
  [{ query: 'Ankerplatz' }, ['Alkohol', 'Drogen', 'Kurs']],
  [{ query: 'Suchtberatung' }, ['Alkohol', 'Drogen']],
  [{ query: 'Zirkus' }, []],
  [{ categories: ['counselling'] }, ['Alkohol', 'Drogen']],
  [{ categories: ['addiction-counselling'] }, ['Alkohol', 'Drogen']],
  [{ categories: ['drug-counselling'] }, ['Drogen']],
  [{ categories: ['job-coaching', 'counselling'] }, ['Alkohol', 'Drogen']],
  [{ categories: ['qualification', 'drug-counselling'] }, ['Drogen', 'Kurs']],
  [{ categories: ['childcare'] }, []],
  [{ categories: [] }, ALL],
  [{ needs: ['addiction'] }, ['Alkohol', 'Drogen']],
  [{ needs: ['homelessness', 'debt'] }, ['Drogen']],
  [{ needs: ['debt'] }, []],
  [{ needs: [] }, ALL],
  [{ languages: ['de'] }, ['Alkohol']],
  [{ languages: ['DE'] }, ['Alkohol']],
  [{ languages: ['uk'] }, ['Drogen', 'Kurs']],
  [{ languages: ['uk-UA'] }, ['Drogen']],
  [{ languages: ['uk-ua', 'ar'] }, ['Drogen', 'Kurs']],
  [{ languages: ['en'] }, []],
  [{ languages: [] }, ALL],
  [{ municipality: '05334002' }, ['Alkohol', 'Drogen', 'Kurs']],
  [{ municipality: '05334012' }, ['Drogen', 'Kurs']],
  [{ municipality: '05978036' }, ['Kurs', 'Nachtruf']],
  [{ municipality: '09162000' }, ['Nachtruf']],
  [{ hasFreePlaces: true }, ['Alkohol']],
  [{ hasFreePlaces: false }, ['Drogen', 'Kurs', 'Nachtruf', 'Ohne Meldung']],
  [{ statuses: ['ACTIVE'] }, ['Alkohol', 'Drogen', 'Nachtruf', 'Ohne Meldung']],
  [{ statuses: ['CLOSED'] }, ['Vorbei']],
  [{ statuses: ['CLOSED', 'PAUSED'] }, ['Kurs', 'Vorbei']],
  [{ statuses: [] }, ALL],
  [{ statuses: ['ACTIVE', 'CLOSED'], hasFreePlaces: true }, ['Alkohol', 'Vorbei']],
  [{ categories: ['counselling'], needs: ['addiction'], languages: ['uk'], municipality: '05334012' }, ['Drogen']],
  [{ query: 'Ankerplatz', categories: ['counselling'], hasFreePlaces: true, statuses: ['ACTIVE'] }, ['Alkohol']],
  [{ query: 'Ankerplatz', categories: ['counselling'], languages: ['ar'] }, []],
])('services(filter: %j) finds %j', async (filter, names) => {
  const { data, errors } = await hub.as(anonymous, LIST, { filter });
  expect(errors).toBeUndefined();
  expect(data.services.nodes.map((one: { name: string }) => one.name)).toEqual(names);
  expect(data.services.totalCount).toBe(names.length);
});

test('a network has the services of its own partners', async () => {
  const inSouth = await hub.as(anonymous, LIST, { network: south.slug });
  expect(inSouth.data.services).toEqual({ nodes: [{ name: 'Nachtruf' }, { name: 'Ohne Meldung' }], totalCount: 2 });
  const none = await hub.as(anonymous, LIST, { network: south.slug, filter: { categories: ['counselling'] } });
  expect(none.data.services.totalCount).toBe(0);
});

test('below a partner the filter holds too', async () => {
  const query = `query ($id: ID!, $filter: ServiceFilter) { partner(id: $id) {
    services(filter: $filter, first: 1) { nodes { name } totalCount pageInfo { hasNextPage } }
  } }`;
  const { data } = await hub.as(anonymous, query, { id: anker.id, filter: { categories: ['counselling'] } });
  expect(data.partner.services).toEqual({
    nodes: [{ name: 'Alkohol' }],
    totalCount: 2,
    pageInfo: { hasNextPage: true },
  });
});

test.each<[string, object]>([
  ['network', { network: 'nirgends' }],
  ['network', { network: '' }],
  ['filter.categories', { filter: { categories: ['baking'] } }],
  ['filter.categories', { filter: { categories: ['counselling', ''] } }],
  ['filter.categories', { filter: { categories: ['Counselling'] } }],
  ['filter.needs', { filter: { needs: ['sleep'] } }],
  ['filter.needs', { filter: { needs: ['debt', "' or true --"] } }],
  ['filter.municipality', { filter: { municipality: '99999999' } }],
  ['filter.languages.1', { filter: { languages: ['de', 'x'] } }],
  ['filter.languages.0', { filter: { languages: [''] } }],
  ['filter.statuses.0', { filter: { statuses: ['OPEN'] } }],
  ['filter.hasFreePlaces', { filter: { hasFreePlaces: 'yes' } }],
  ['filter.categories', { filter: { categories: Array.from({ length: 101 }, () => 'counselling') } }],
])('a wrong %s is told so: %j', async (argument, variables) => {
  for (const query of [LIST, LIST.replace('nodes { name } totalCount', 'totalCount')]) {
    const { errors } = await hub.as(anonymous, query, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  }
});
