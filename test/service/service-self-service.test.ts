import { beforeEach, describe, expect, test } from 'vitest';
import type { Location } from '../../src/location/location.entity.js';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { berlinDay } from '../../src/shared/calendar.rules.js';
import { ANONYMOUS } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { tryStep } from '../support/referral-steps.js';
import { edit } from '../support/self-service.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('service_self_service');
const NOW = new Date('2026-03-10T09:00:00.123Z');

let world!: Awaited<ReturnType<typeof hub.given>> & { foreign?: Location };
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given({ status: ReferralStatus.DRAFT });
});

const OFFER = { name: 'Sprachkurs', feedbackLevel: 'STATUS', categories: ['language-course'], languages: ['de'] };
const create = (input: object, partner = world.anker.id) =>
  edit(hub, world.partner, 'serviceCreate', { partner, input });
const update = (input: object, more: object = {}) =>
  edit(hub, world.partner, 'serviceUpdate', { id: world.service.id, input, ...more });
const rows = async () => [
  await hub.owner().execute('select * from service order by id'),
  await hub.owner().execute('select * from service_category order by 1, 2'),
  await hub.owner().execute('select * from service_location order by 1, 2'),
  await hub.owner().execute('select count(*) from revision'),
];

describe('serviceCreate', () => {
  test('says little: the rest is as usual, with counters and its first revision', async () => {
    const { thing, userErrors } = await create(OFFER);
    expect(userErrors).toEqual([]);
    expect(thing).toMatchObject({
      ...OFFER,
      categories: [{ code: 'language-course' }],
      status: 'ACTIVE',
      description: null,
      interpretation: false,
      deliveryModes: [],
      criteria: [],
      costs: [],
      contacts: [],
      locations: [],
      version: 1,
      partner: { id: world.anker.id },
      capacity: null,
    });
    const places = await hub
      .owner()
      .execute('select total, reserved from service_capacity where service_id = ?', [thing.id]);
    expect(places).toEqual([{ total: null, reserved: 0 }]);
    const made = await hub
      .owner()
      .execute('select version, origin, account_id from revision where record_id = ?', [thing.id]);
    expect(made).toEqual([{ version: 1, origin: 'EDIT', account_id: world.partner.accountId }]);
    const report = `mutation ($id: ID!) { serviceCapacityReport(id: $id, input: { total: 4 }) { service { capacity { free } } } }`;
    const { data } = await hub.as(world.partner, report, { id: thing.id });
    expect(data.serviceCapacityReport.service.capacity).toEqual({ free: 4 });
  });

  test('says everything, and it comes back as it was said', async () => {
    const said = {
      ...OFFER,
      description: 'Von null an.\n\nAuch abends.',
      status: 'PAUSED',
      intakePausedUntil: '2026-05-01',
      needs: ['refugee', 'limited-german'],
      languages: ['de', 'uk'],
      interpretation: true,
      deliveryModes: ['ON_SITE', 'ONLINE'],
      minimumAge: 0,
      maximumAge: 120,
      criteria: [
        { effect: 'REQUIRES', needs: ['refugee', 'migration'], text: null },
        { effect: 'EXCLUDES', needs: [], text: 'Niveau B1 und höher' },
      ],
      costs: [
        {
          amountCents: 4_950,
          currency: 'EUR',
          unit: 'MONTH',
          free: false,
          description: 'Buch',
          validFrom: '2026-01-01',
          validTo: null,
        },
        {
          amountCents: null,
          currency: 'EUR',
          unit: null,
          free: true,
          description: 'mit Pass',
          validFrom: null,
          validTo: null,
        },
      ],
      requiredDocuments: [
        { name: 'Ausweis', url: null },
        { name: 'Antrag', url: 'https://anker.example/antrag.pdf' },
      ],
      howToApply: 'Anrufen genügt.',
      keepsWaitingList: true,
      locations: [world.location.id],
      serviceArea: [world.home.key, world.home.key.slice(0, 5)].sort(),
      contacts: [
        {
          name: 'Eva Blau',
          responsibility: 'Anmeldung',
          department: 'Empfang',
          email: 'eva@anker.example',
          phone: '0241 12',
          languages: ['tr'],
        },
        { name: null, responsibility: 'Prüfungen', department: null, email: null, phone: null, languages: [] },
      ],
      email: 'kurs@anker.example',
      phone: '0241 123',
      website: 'https://anker.example/kurs',
    };
    said.contacts[0]!.phone = '0241 124';
    const { thing, userErrors } = await create(said);
    expect(userErrors).toEqual([]);
    const codes = (list: string[]) => list.map(code => ({ code }));
    const shown = {
      ...said,
      categories: codes(said.categories),
      needs: expect.arrayContaining(codes(said.needs)),
      locations: [{ id: world.location.id }],
      serviceArea: said.serviceArea.map(key => ({ key })),
      criteria: said.criteria.map(one => ({ ...one, needs: codes(one.needs) })),
      version: 1,
    };
    expect(thing).toMatchObject(shown);
    const emptied = {
      description: null,
      intakePausedUntil: null,
      needs: null,
      interpretation: null,
      deliveryModes: null,
      minimumAge: null,
      maximumAge: null,
      criteria: null,
      costs: null,
      requiredDocuments: null,
      howToApply: '',
      keepsWaitingList: null,
      locations: null,
      serviceArea: null,
      contacts: null,
      email: '',
      phone: '',
      website: null,
    };
    const after = await edit(hub, world.partner, 'serviceUpdate', { id: thing.id, input: emptied });
    expect(after.userErrors).toEqual([]);
    expect(after.thing).toMatchObject({
      ...Object.fromEntries(Object.entries(emptied).map(([field, value]) => [field, value || null])),
      ...Object.fromEntries(
        [
          'needs',
          'deliveryModes',
          'criteria',
          'costs',
          'requiredDocuments',
          'locations',
          'serviceArea',
          'contacts',
        ].map(field => [field, []]),
      ),
      interpretation: false,
      keepsWaitingList: false,
      name: said.name,
      version: 2,
    });
  });

  test('saying something twice is saying it once', async () => {
    const { thing, userErrors } = await create({
      ...OFFER,
      categories: ['job-coaching', 'job-coaching'],
      languages: ['de', 'de'],
      serviceArea: ['05', '05'],
    });
    expect(userErrors).toEqual([]);
    expect(thing).toMatchObject({
      categories: [{ code: 'job-coaching' }],
      languages: ['de'],
      serviceArea: [{ key: '05' }],
    });
  });

  test('needs a name, a level, and where it is active a kind and a language; all is told at once', async () => {
    const before = await rows();
    const { thing, userErrors } = await create({ description: 'Etwas' });
    expect(thing).toBeNull();
    expect(userErrors.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['INVALID_INPUT', 'input.name'],
      ['INVALID_INPUT', 'input.feedbackLevel'],
      ['INVALID_INPUT', 'input.categories'],
      ['INVALID_INPUT', 'input.languages'],
    ]);
    expect(await rows()).toEqual(before);
    expect((await create({ name: 'Noch nichts', feedbackLevel: 'NONE', status: 'PAUSED' })).userErrors).toEqual([]);
  });

  test('a partner that takes part no longer gets none', async () => {
    await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [world.anker.id]);
    expect((await create(OFFER)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['partner'] }]);
  });
});

describe('serviceUpdate', () => {
  test('changes what is given and leaves the rest', async () => {
    const { thing } = await update({ name: 'Neu', minimumAge: 18 }, { expectedVersion: 1 });
    expect(thing).toMatchObject({
      name: 'Neu',
      minimumAge: 18,
      languages: ['de'],
      locations: [{ id: world.location.id }],
      version: 2,
      updatedAt: NOW.toISOString(),
    });
  });

  test('nothing given, or what is so already, changes nothing', async () => {
    const before = await rows();
    expect((await update({})).thing).toMatchObject({ version: 1 });
    expect((await update({ name: 'Beratung', locations: [world.location.id.toUpperCase()] })).thing).toMatchObject({
      version: 1,
    });
    expect(await rows()).toEqual(before);
  });

  test('nobody is taken up to a day that is over only where it is stored so already', async () => {
    const past = { intakePausedUntil: '0001-01-01' };
    const told = { code: 'INVALID_INPUT', path: ['input', 'intakePausedUntil'] };
    expect((await update(past)).userErrors).toMatchObject([told]);
    expect((await create({ ...OFFER, ...past })).userErrors).toMatchObject([told]);
    const query = `mutation ($edits: [ServiceEditInput!]!) { servicesUpdate(edits: $edits) { rows { userErrors { code path } } } }`;
    const many = () => hub.as(world.partner, query, { edits: [{ id: world.service.id, input: past }] });
    expect((await many()).data.servicesUpdate.rows[0].userErrors).toEqual([
      { code: 'INVALID_INPUT', path: ['intakePausedUntil'] },
    ]);
    await hub.owner().execute(`update service set intake_paused_until = '0001-01-01'`);
    expect((await update({ ...past, phone: '0241 7' })).userErrors).toEqual([]);
    expect((await many()).data.servicesUpdate.rows[0].userErrors).toEqual([]);
  });

  test('a stale edit is told both values of what it would change, and nothing changes', async () => {
    await update({ name: 'Eins', contacts: [{ responsibility: 'Anmeldung' }] });
    const before = await rows();
    const { thing, userErrors } = await update(
      { name: 'Zwei', languages: ['de'], contacts: [{ responsibility: 'Leitung' }] },
      { expectedVersion: 1 },
    );
    expect(thing).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', path: ['expectedVersion'], currentVersion: 2 }]);
    expect(userErrors[0]!.conflicts).toEqual([
      { field: 'name', current: 'Eins', yours: 'Zwei' },
      { field: 'contacts', current: [{ responsibility: 'Anmeldung' }], yours: [{ responsibility: 'Leitung' }] },
    ]);
    expect(await rows()).toEqual(before);
  });

  test.each<[string, () => object]>([
    ['categories.1', () => ({ categories: ['job-coaching', 'no-such'] })],
    ['needs.0', () => ({ needs: ['no-such'] })],
    ['criteria.0.needs.1', () => ({ criteria: [{ effect: 'REQUIRES', needs: ['debt', 'no-such'] }] })],
    ['serviceArea.0', () => ({ serviceArea: ['99999999'] })],
    ['serviceArea.0', () => ({ serviceArea: ['99999'] })],
    ['serviceArea.0', () => ({ serviceArea: ['99'] })],
    ['locations.0', () => ({ locations: ['6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11'] })],
    ['locations.0', () => ({ locations: ['x'] })],
    ['locations.0', () => ({ locations: [world.foreign!.id] })],
    ['minimumAge', () => ({ minimumAge: 130 })],
    ['maximumAge', () => ({ minimumAge: 30, maximumAge: 20 })],
    ['languages', () => ({ languages: [] })],
    ['categories', () => ({ categories: null })],
    ['name', () => ({ name: null })],
    ['feedbackLevel', () => ({ feedbackLevel: null })],
    ['feedbackLevel', () => ({ feedbackLevel: 'STATUS', categories: ['debt-counselling'] })],
    ['categories', () => ({ categories: ['job-coaching', 'debt-counselling'] })],
    ['categories', () => ({ categories: ['drug-counselling'] })],
  ])('refuses %s, and nothing changes', async (path, input) => {
    const at = directory(hub.owner());
    world.foreign = await at.location(world.brücke, world.home);
    const before = await rows();
    const { thing, userErrors } = await update({ description: 'Neu', ...input() });
    expect(thing).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', ...path.split('.')] }]);
    expect(await rows()).toEqual(before);
  });

  test('under professional secrecy it tells RECEIVED_ONLY at most, whichever comes first', async () => {
    expect((await update({ categories: ['debt-counselling'], feedbackLevel: 'RECEIVED_ONLY' })).userErrors).toEqual([]);
    expect((await update({ feedbackLevel: 'STATUS' })).userErrors).toMatchObject([
      { path: ['input', 'feedbackLevel'] },
    ]);
    expect((await update({ feedbackLevel: 'NONE' })).userErrors).toEqual([]);
    expect((await update({ categories: ['job-coaching'], feedbackLevel: 'STATUS' })).userErrors).toEqual([]);
  });

  test('a location that was given up is none for what is offered', async () => {
    const at = directory(hub.owner());
    const old = await at.location(world.anker, world.home);
    await hub.owner().execute(`update location set status = 'ARCHIVED' where id = ?`, [old.id]);
    expect((await update({ locations: [old.id] })).userErrors).toMatchObject([{ path: ['input', 'locations', '0'] }]);
  });
});

describe('serviceArchive', () => {
  const archive = (more: object = {}) => edit(hub, world.partner, 'serviceArchive', { id: world.service.id, ...more });

  test('closes it: still there by its id, listed nowhere, no referral is sent, and it can be taken back', async () => {
    expect((await archive({ expectedVersion: 7 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', conflicts: [{ field: 'status', current: 'ACTIVE', yours: 'CLOSED' }] },
    ]);
    expect((await archive({ expectedVersion: 1 })).thing).toMatchObject({ status: 'CLOSED', version: 2 });
    expect((await archive()).thing).toMatchObject({ status: 'CLOSED', version: 2 });
    const query = `query ($id: ID!, $partner: ID!) { service(id: $id) { status } partner(id: $partner) { services { totalCount } } }`;
    const { data } = await hub.as(ANONYMOUS, query, { id: world.service.id, partner: world.anker.id });
    expect(data).toEqual({ service: { status: 'CLOSED' }, partner: { services: { totalCount: 0 } } });
    const sent = await tryStep(hub, world.caseworker, 'SEND', world.referral.id);
    expect(sent.userErrors).toMatchObject([{ code: 'SERVICE_NOT_ACTIVE' }]);
    expect((await update({ status: 'ACTIVE' })).thing).toMatchObject({ status: 'ACTIVE', version: 3 });
    expect((await tryStep(hub, world.caseworker, 'SEND', world.referral.id)).userErrors).toEqual([]);
  });

  test('a referral that runs goes on', async () => {
    await tryStep(hub, world.caseworker, 'SEND', world.referral.id);
    expect((await archive()).userErrors).toEqual([]);
    for (const step of ['ACKNOWLEDGE', 'ACCEPT', 'START', 'COMPLETE'] as const)
      expect(
        (await tryStep(hub, world.partner, step, world.referral.id, step === 'START' ? { on: berlinDay(NOW) } : {}))
          .userErrors,
      ).toEqual([]);
  });
});

test('of parallel edits of one version one wins, and who waited is told what the other wrote', async () => {
  const rival = hub.owner();
  await rival.begin();
  await rival.execute(`update service set name = 'Rivale', version = version + 1 where id = ?`, [world.service.id]);
  const ours = update({ name: 'Unser' }, { expectedVersion: 1 });
  await waitersOf(hub, 1);
  await rival.commit();
  const { userErrors } = await ours;
  expect(userErrors).toMatchObject([
    { currentVersion: 2, conflicts: [{ field: 'name', current: 'Rivale', yours: 'Unser' }] },
  ]);
});

test('an edit is as many statements however much it says', async () => {
  const said = {
    criteria: [{ effect: 'REQUIRES', needs: ['debt'] }],
    needs: ['debt'],
    categories: ['job-coaching'],
    serviceArea: [world.home.key],
  };
  const many = {
    ...said,
    needs: ['debt', 'addiction', 'refugee'],
    categories: ['job-coaching', 'language-course', 'energy-advice'],
    serviceArea: ['05', world.home.key, world.home.key.slice(0, 5)],
  };
  const count = async (input: object) => (await hub.statements(() => update(input))).length;
  const [few, more] = [await count(said), await count(many)];
  expect(more).toBeLessThanOrEqual(few + 2);
  expect(few).toBeLessThan(40);
});
