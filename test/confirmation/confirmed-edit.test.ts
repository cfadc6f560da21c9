import { beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { ago } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { anotherService } from '../support/more-services.js';

const hub = testHub('confirmed_edit');
const NOW = new Date('2026-03-10T09:00:00.123Z');
const LATER = ago(NOW, -40);

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given();
});

const RECORD = 'id version confirmedAt freshness confirmations { group confirmedAt }';
const ERRORS = 'userErrors { code path }';
interface Told {
  id: string;
  version: number;
  confirmedAt: string | null;
  freshness: string;
  confirmations: { group: string; confirmedAt: string | null }[];
}
const asked = async (query: string, variables: object, viewer: Viewer = world.partner) => {
  const { data, errors } = await hub.as(viewer, query, variables);
  expect(errors).toBeUndefined();
  return data;
};
const created = async (kind: 'service' | 'location', input: object, viewer: Viewer = world.partner): Promise<Told> => {
  const type = kind === 'service' ? 'ServiceInput' : 'LocationInput';
  const query = `mutation ($partner: ID!, $input: ${type}!) {
    answer: ${kind}Create(partner: $partner, input: $input) { ${kind} { ${RECORD} } ${ERRORS} } }`;
  const { answer } = await asked(query, { partner: world.anker.id, input }, viewer);
  expect(answer.userErrors).toEqual([]);
  return answer[kind];
};
const edited = async (kind: string, id: string, input: object, confirm?: string[], viewer: Viewer = world.partner) => {
  const type = { service: 'ServiceInput', location: 'LocationInput', partner: 'PartnerUpdateInput' }[kind];
  const query = `mutation ($id: ID!, $input: ${type}!, $confirm: [FieldGroup!]) {
    answer: ${kind}Update(id: $id, input: $input, confirm: $confirm) { ${kind} { ${RECORD} } ${ERRORS} } }`;
  const { answer } = await asked(query, { id, input, confirm }, viewer);
  return { told: answer[kind] as Told, errors: answer.userErrors as { code: string; path: string[] }[] };
};
/** The groups that were confirmed at that moment. */
const confirmedAt = ({ confirmations }: Told, at: Date): string[] =>
  confirmations.filter(one => one.confirmedAt === at.toISOString()).map(one => one.group);
const confirmations = (id: string) =>
  hub.owner().execute('select groups, at, account_id, link_id from confirmation where record_id = ? order by at', [id]);

const SERVICE = { name: 'Kurs', feedbackLevel: 'STATUS', categories: ['job-coaching'], languages: ['de'] };
const HOURS = { rules: [{ days: [{ weekday: 'MONDAY' }], opens: '09:00', closes: '12:00' }] };
const GROUPS = ['OFFER', 'TERMS', 'PLACE', 'HOURS', 'CONTACT'].sort();

describe('what is new', () => {
  test('is confirmed in all its groups by who entered it, once, and was so on that day', async () => {
    await hub.owner().execute('update partner set created_at = ? where id = ?', [ago(NOW, 9), world.anker.id]);
    const service = await created('service', SERVICE);
    expect(service).toMatchObject({ confirmedAt: NOW.toISOString(), freshness: 'FRESH', version: 1 });
    expect(confirmedAt(service, NOW).sort()).toEqual(GROUPS);
    expect(await confirmations(service.id)).toMatchObject([{ account_id: expect.any(String), link_id: null }]);
    const location = await created('location', { city: 'Heimstadt', municipality: world.home.key });
    expect(location).toMatchObject({ confirmedAt: NOW.toISOString(), freshness: 'FRESH' });
    hub.setNow(LATER);
    await edited('service', service.id, {}, GROUPS);
    const then = `query ($id: ID!, $at: DateTime) { service(id: $id, asOf: $at) { ${RECORD} } }`;
    const past = await asked(then, { id: service.id, at: ago(LATER, 1).toISOString() });
    expect(past.service).toMatchObject({ confirmedAt: NOW.toISOString(), freshness: 'AGING' });
    expect((await asked(then, { id: service.id, at: null })).service.confirmedAt).toBe(LATER.toISOString());
  });

  test('of a table is confirmed too; what the table changed is not', async () => {
    await hub.owner().execute('update service set confirmed_at = null where id = ?', [world.service.id]);
    const csv = [
      'Kennung;Name;Sprachen;Angebotsarten;Rückmeldestufe;Standorte;Einzugsgebiet',
      `${world.service.id};Anders;Deutsch;Jobcoaching;Stand;;`,
      ';Neu;Deutsch;Jobcoaching;Stand;;',
    ].join('\n');
    const query = `mutation ($partner: ID!, $csv: String!) { servicesImportCsv(partner: $partner, csv: $csv) {
      rows { outcome service { ${RECORD} } } } }`;
    const { servicesImportCsv } = await asked(query, { partner: world.anker.id, csv });
    const [changed, fresh] = servicesImportCsv.rows;
    expect([changed.outcome, fresh.outcome]).toEqual(['CHANGED', 'CREATED']);
    expect(changed.service.confirmedAt).toBeNull();
    expect(confirmedAt(changed.service, NOW)).toEqual([]);
    expect(confirmedAt(fresh.service, NOW).sort()).toEqual(GROUPS);
  });
});

describe('an edit', () => {
  let id!: string;
  beforeEach(async () => {
    ({ id } = await created('service', { ...SERVICE, openingHours: HOURS, phone: '0234 1' }));
    hub.setNow(LATER);
  });

  test('of opening hours confirms these, and nothing else', async () => {
    const { told } = await edited('service', id, { openingHours: { rules: [] } });
    expect(confirmedAt(told, LATER)).toEqual(['HOURS']);
    expect(told.confirmedAt).toBe(NOW.toISOString());
  });

  test('of a single exception leaves the rules and the other exceptions, and is no word on them', async () => {
    const closed = (from: string) => ({ addExceptions: [{ from, reason: 'Betriebsausflug' }] });
    await edited('service', id, closed('2026-06-01'));
    const { told } = await edited('service', id, { ...closed('2026-06-03'), removeExceptions: ['2026-06-02'] });
    expect(told.version).toBe(3);
    expect(confirmedAt(told, LATER)).toEqual([]);
    const hours = async () =>
      (await hub.owner().execute('select opening_hours from service where id = ?', [id]))[0]!.opening_hours;
    expect(await hours()).toMatchObject([
      { kind: 'RULE', opens: '09:00' },
      { kind: 'EXCEPTION', from: '2026-06-01', reason: 'Betriebsausflug' },
      { kind: 'EXCEPTION', from: '2026-06-03' },
    ]);
    expect((await edited('service', id, closed('2026-06-03'))).errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    await edited('service', id, { removeExceptions: ['2026-06-01'] });
    expect(await hours()).toMatchObject([{ kind: 'RULE' }, { kind: 'EXCEPTION', from: '2026-06-03' }]);
  });

  test('of one field does not confirm what stands beside it, also of the version that was read', async () => {
    const { told } = await edited('service', id, { phone: '0234 2' });
    expect(confirmedAt(told, LATER)).toEqual([]);
    expect(await confirmations(id)).toHaveLength(1);
  });

  test('that says a group as a whole, and changes it, confirms it; one that changes nothing does not', async () => {
    const contact = { contacts: [], email: 'a@b.example', phone: '0234 1', website: null };
    expect(confirmedAt((await edited('service', id, contact)).told, LATER)).toEqual(['CONTACT']);
    hub.setNow(ago(LATER, -1));
    expect(confirmedAt((await edited('service', id, contact)).told, ago(LATER, -1))).toEqual([]);
  });

  test('confirms the groups that it names, after the edit, also where it changes nothing', async () => {
    const { told } = await edited('service', id, { phone: '0234 2' }, ['CONTACT', 'OFFER', 'CONTACT']);
    expect(confirmedAt(told, LATER).sort()).toEqual(['CONTACT', 'OFFER']);
    expect(told.version).toBe(2);
    const all = await edited('service', id, {}, GROUPS);
    expect(all.told).toMatchObject({ confirmedAt: LATER.toISOString(), freshness: 'FRESH', version: 2 });
  });

  test('that is refused confirms nothing, nor one that names a group that is not there', async () => {
    expect((await edited('service', id, { email: 'keine' }, GROUPS)).errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect((await edited('service', id, { phone: '0234 2' }, ['PROFILE'])).errors).toEqual([
      { code: 'INVALID_INPUT', path: ['confirm'] },
    ]);
    expect((await edited('service', id, {}, GROUPS, world.stranger)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await confirmations(id)).toHaveLength(1);
  });

  test('of a location does the same', async () => {
    const location = await created('location', { city: 'Heimstadt', municipality: world.home.key });
    hub.setNow(ago(LATER, -1));
    const { told } = await edited('location', location.id, { phone: '0234 5', city: 'Heimstadt-Nord' });
    expect(confirmedAt(told, ago(LATER, -1))).toEqual(['CONTACT']);
  });

  test('of a partner does the same, but nothing of which something waits for the coordination', async () => {
    const profile = { name: 'Anker neu', description: 'Neu' };
    const { told } = await edited('partner', world.anker.id, profile, ['PROFILE', 'CONTACT']);
    expect(confirmedAt(told, LATER)).toEqual(['CONTACT']);
    hub.setNow(ago(LATER, -1));
    const contact = { contacts: [], email: 'neu@anker.example', phone: null, website: null };
    expect(confirmedAt((await edited('partner', world.anker.id, contact)).told, ago(LATER, -1))).toEqual(['CONTACT']);
    expect(confirmedAt((await edited('partner', world.anker.id, {}, ['PROFILE'])).told, ago(LATER, -1)).sort()).toEqual(
      ['CONTACT', 'PROFILE'],
    );
  });

  test('of many confirms each by its own, with as many statements for thirty as for two', async () => {
    const ids = [id];
    for (let i = 0; i < 29; i++) ids.push(await anotherService(hub, world));
    const query = `mutation ($edits: [ServiceEditInput!]!) { servicesUpdate(edits: $edits) {
      rows { outcome service { ${RECORD} } userErrors { code path } } } }`;
    const { servicesUpdate } = await asked(query, {
      edits: [
        { id: ids[0], input: { openingHours: null } },
        { id: ids[1], input: {}, confirm: ['TERMS'] },
        { id: ids[2], input: {}, confirm: ['PROFILE'] },
        { id: ids[3], input: { phone: '0234 7' } },
      ],
    });
    const [hours, terms, wrong, none] = servicesUpdate.rows;
    expect(confirmedAt(hours.service, LATER)).toEqual(['HOURS']);
    expect(terms.outcome).toBe('UNCHANGED');
    expect(confirmedAt(terms.service, LATER)).toEqual(['TERMS']);
    expect(wrong).toMatchObject({ outcome: 'REFUSED', userErrors: [{ code: 'INVALID_INPUT', path: ['confirm'] }] });
    expect(confirmedAt(none.service, LATER)).toEqual([]);
    const run = (many: number, name: string) =>
      hub.statements(() =>
        asked(query, {
          edits: ids.slice(0, many).map((one, i) => ({ id: one, input: { name }, confirm: [GROUPS[i % 5]] })),
        }),
      );
    const [few, more] = [await run(2, 'Zwei'), await run(30, 'Dreißig')];
    expect(more.length).toBe(few.length);
  });
});
