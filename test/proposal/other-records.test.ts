import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { proposalDoors } from './support.js';

const hub = testHub('proposal_records');
const NOW = new Date('2026-03-10T09:00:00Z');
const doors = proposalDoors(hub);

type World = Awaited<ReturnType<typeof hub.given>>;
let world!: World;

beforeAll(() => hub.setNow(NOW));
beforeEach(async () => {
  world = await hub.given();
});

const codes = (answer: { userErrors: { code: string; path: string[] }[] }) =>
  answer.userErrors.map(({ code, path }) => [code, ...path]);
const rows = () => hub.owner().execute('select * from proposal order by id');
const protect = () =>
  hub.owner().execute('update location set address_protected = true where id = ?', [world.location.id]);

const TEXTS = `query ($id: ID!) { node(id: $id) { ... on Proposal { changes {
  field label beforeText afterText english: afterText(language: "en") } } } }`;

describe('a correction of a service', () => {
  test('is accepted by the partner, told in words', async () => {
    const { proposal, userErrors } = await doors.correctService(world.caseworker, world.service.id, {
      categories: ['language-course'],
      needs: ['refugee', 'debt'],
      languages: ['de', 'uk'],
      interpretation: true,
      deliveryModes: ['ONLINE', 'ON_SITE'],
      minimumAge: 18,
      serviceArea: [world.home.key],
      contacts: [{ responsibility: 'Anmeldung', phone: '0241 5' }],
    });
    expect(userErrors).toEqual([]);
    const { changes } = (await hub.as(world.partner, TEXTS, { id: proposal.id })).data.node;
    expect(changes).toEqual([
      {
        field: 'categories',
        label: 'Angebotsarten',
        beforeText: 'Jobcoaching',
        afterText: 'Sprachkurs',
        english: expect.stringMatching(/language/i),
      },
      {
        field: 'needs',
        label: 'Zielgruppen',
        beforeText: null,
        afterText: expect.stringContaining('Flucht'),
        english: expect.stringContaining('ebt'),
      },
      {
        field: 'languages',
        label: 'Sprachen',
        beforeText: 'Deutsch',
        afterText: 'Deutsch, Ukrainisch',
        english: 'German, Ukrainian',
      },
      { field: 'interpretation', label: 'Dolmetschen', beforeText: 'nein', afterText: 'ja', english: 'yes' },
      {
        field: 'deliveryModes',
        label: 'Zugangswege',
        beforeText: 'vor Ort',
        afterText: 'online, vor Ort',
        english: 'online, on site',
      },
      { field: 'minimumAge', label: 'Mindestalter', beforeText: null, afterText: '18 Jahre', english: '18 years' },
      expect.objectContaining({ field: 'serviceArea', afterText: 'Heimstadt' }),
      expect.objectContaining({ field: 'contacts', beforeText: null, afterText: 'Anmeldung, 0241 5' }),
    ]);
    expect((await doors.accept(world.partner, proposal.id)).proposal).toMatchObject({
      status: 'ACCEPTED',
      recordKind: 'SERVICE',
    });
    const query = 'query ($id: ID!) { service(id: $id) { version minimumAge interpretation categories { code } } }';
    expect((await hub.as(world.anonymous, query, { id: world.service.id })).data.service).toEqual({
      version: 2,
      minimumAge: 18,
      interpretation: true,
      categories: [{ code: 'language-course' }],
    });
  });

  test.each([
    [{ feedbackLevel: 'STATUS' }, 'feedbackLevel'],
    [{ status: 'CLOSED' }, 'status'],
    [{ keepsWaitingList: false }, 'keepsWaitingList'],
    [{ intakePausedUntil: '2026-12-24' }, 'intakePausedUntil'],
    [{ minimumAge: 18, maximumAge: 17 }, 'maximumAge'],
    [{ categories: ['no-such'] }, 'categories'],
    [{ categories: [] }, 'categories'],
    [{ locations: ['6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11'] }, 'locations'],
  ])('is refused where others know nothing better, or it cannot be: %j', async (input, field) => {
    const before = await rows();
    const { userErrors } = await doors.correctService(world.caseworker, world.service.id, input);
    expect(userErrors[0]).toMatchObject({ code: 'INVALID_INPUT' });
    expect(userErrors[0]!.path.slice(0, 2)).toEqual(['input', field]);
    expect(await rows()).toEqual(before);
  });

  test('that cannot be any more when it is accepted is refused, and stays open', async () => {
    const { proposal } = await doors.correctService(world.caseworker, world.service.id, { maximumAge: 20 });
    await hub.owner().execute('update service set minimum_age = 30 where id = ?', [world.service.id]);
    expect(codes(await doors.accept(world.partner, proposal.id))).toEqual([['INVALID_INPUT', 'input', 'maximumAge']]);
    expect((await doors.read(world.partner, proposal.id))?.status).toBe('OPEN');
  });

  test('of a network that is not hers, or of a partner that is not published, follows the same rule', async () => {
    expect((await doors.correctService(world.foreigner, world.service.id, { minimumAge: 18 })).userErrors).toEqual([]);
    await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [world.anker.id]);
    expect(codes(await doors.correctService(world.caseworker, world.service.id, { minimumAge: 16 }))).toEqual([
      ['NOT_FOUND', 'id'],
    ]);
  });
});

describe('a correction of a location', () => {
  test('is accepted by the partner', async () => {
    const { proposal } = await doors.correctLocation(world.caseworker, world.location.id, { street: 'Hafenweg 2' });
    expect(proposal.changes).toEqual([
      { field: 'street', before: 'Hafenweg 1', current: 'Hafenweg 1', after: 'Hafenweg 2' },
    ]);
    expect((await doors.accept(world.partner, proposal.id)).userErrors).toEqual([]);
    const query = 'query ($id: ID!) { node(id: $id) { ... on Location { street } } }';
    expect((await hub.as(world.anonymous, query, { id: world.location.id })).data.node.street).toBe('Hafenweg 2');
  });

  test('of a protected address says nothing of where it is, and asks for nothing', async () => {
    await protect();
    for (const field of ['street', 'postalCode', 'latitude', 'longitude', 'directions']) {
      const value = field.endsWith('tude') ? 50.9 : field === 'postalCode' ? '52001' : 'Hafenweg 9';
      const answer = await doors.correctLocation(world.caseworker, world.location.id, { [field]: value });
      expect([field, codes(answer)]).toEqual([field, [['INVALID_INPUT', 'input', field]]]);
    }
    expect(
      codes(await doors.correctLocation(world.caseworker, world.location.id, { addressProtected: false })),
    ).toEqual([['INVALID_INPUT', 'input', 'addressProtected']]);
    expect((await doors.correctLocation(world.caseworker, world.location.id, { phone: '0241 9' })).userErrors).toEqual(
      [],
    );
  });

  test('of an address that was protected since is told to those who edit it alone', async () => {
    const input = { street: 'Hafenweg 2', phone: '0241 9' };
    const { proposal } = await doors.correctLocation(world.caseworker, world.location.id, input);
    await protect();
    const told = async (who: 'caseworker' | 'coordinator' | 'partner') =>
      (await doors.read(world[who], proposal.id))?.changes.map(({ field }) => field);
    expect(await told('caseworker')).toEqual(['phone']);
    expect(await told('coordinator')).toEqual(['phone']);
    expect(await told('partner')).toEqual(['street', 'phone']);
    await doors.reject(world.partner, proposal.id);
    expect(await told('caseworker')).toEqual(['phone']);
    expect(JSON.stringify((await hub.as(world.coordinator, TEXTS, { id: proposal.id })).data)).not.toContain(
      'Hafenweg',
    );
  });

  test('that was accepted while the address was protected stays untold once it is open again, elsewhere', async () => {
    const keeps = (input: object) =>
      hub.as(
        world.partner,
        `mutation ($id: ID!, $input: LocationInput!) { answer: locationUpdate(id: $id, input: $input) { userErrors { code } } }`,
        {
          id: world.location.id,
          input,
        },
      );
    const { proposal } = await doors.correctLocation(world.caseworker, world.location.id, {
      street: 'Erstgasse 1a',
      phone: '0241 9',
    });
    await keeps({ addressProtected: true });
    expect((await doors.accept(world.partner, proposal.id)).userErrors).toEqual([]);
    expect((await keeps({ addressProtected: false, street: 'Talweg 1' })).data.answer.userErrors).toEqual([]);
    for (const who of ['caseworker', 'coordinator'] as const) {
      expect((await doors.read(world[who], proposal.id))?.changes.map(({ field }) => field)).toEqual(['phone']);
      expect(JSON.stringify((await hub.as(world[who], TEXTS, { id: proposal.id })).data)).not.toMatch(
        /Erstgasse|Hafenweg/,
      );
    }
    // What is proposed since is of an address that everybody knows.
    hub.setNow(new Date(NOW.getTime() + 1000));
    const next = await doors.correctLocation(world.caseworker, world.location.id, { street: 'Talweg 2' });
    hub.setNow(NOW);
    expect((await doors.read(world.caseworker, next.proposal.id))?.changes).toMatchObject([
      { before: 'Talweg 1', after: 'Talweg 2' },
    ]);
  });
});

describe('a correction of opening hours', () => {
  const openingHours = { rules: [{ days: [{ weekday: 'MONDAY' }], opens: '09:00', closes: '12:00' }] };

  test.each([
    ['service', doors.correctService],
    ['location', doors.correctLocation],
  ] as const)('of a %s is told in words, and accepted', async (kind, propose) => {
    const { id } = world[kind];
    const { proposal, userErrors } = await propose(world.caseworker, id, { openingHours });
    expect(userErrors).toEqual([]);
    const { changes } = (await hub.as(world.partner, TEXTS, { id: proposal.id })).data.node;
    expect(changes).toEqual([
      {
        field: 'openingHours',
        label: 'Öffnungszeiten',
        beforeText: null,
        afterText: 'Mo 9–12 Uhr; an Feiertagen geschlossen',
        english: 'Mon 09:00–12:00; closed on public holidays',
      },
    ]);
    expect((await doors.accept(world.partner, proposal.id)).userErrors).toEqual([]);
    const query = `query ($id: ID!) { node(id: $id) { ... on Service { openingHours { text } } ... on Location { openingHours { text } } } }`;
    const { data } = await hub.as(world.anonymous, query, { id });
    expect(data.node.openingHours.text).toBe('Mo 9–12 Uhr; an Feiertagen geschlossen');
  });
});

describe('a correction of a job opening', () => {
  const opening = async (): Promise<string> => {
    const query = `mutation ($partner: ID!, $input: JobOpeningInput!) {
      jobOpeningCreate(partner: $partner, input: $input) { jobOpening { id } } }`;
    const input = { title: 'Küchenhilfe', occupation: '29301' };
    return (await hub.as(world.partner, query, { partner: world.anker.id, input })).data.jobOpeningCreate.jobOpening.id;
  };

  test('is accepted by the partner, told in words', async () => {
    const id = await opening();
    const { proposal } = await doors.correctJobOpening(world.caseworker, id, {
      title: 'Koch',
      payFromCents: 1450,
      payPer: 'HOUR',
    });
    const { changes } = (await hub.as(world.partner, TEXTS, { id: proposal.id })).data.node;
    expect(changes.map((one: { field: string; afterText: string }) => [one.field, one.afterText])).toEqual([
      ['title', 'Koch'],
      ['payFromCents', '14,50 €'],
      ['payPer', 'Stunde'],
    ]);
    expect((await doors.accept(world.partner, proposal.id)).userErrors).toEqual([]);
    const { data } = await hub.as(world.anonymous, 'query ($id: ID!) { jobOpening(id: $id) { title version } }', {
      id,
    });
    expect(data.jobOpening).toEqual({ title: 'Koch', version: 2 });
  });

  test('is refused for what it cannot be, or what others do not decide', async () => {
    const id = await opening();
    expect(codes(await doors.correctJobOpening(world.caseworker, id, { occupation: '99' }))).toEqual([
      ['INVALID_INPUT', 'input', 'occupation'],
    ]);
    expect(codes(await doors.correctJobOpening(world.caseworker, id, { status: 'FILLED' }))).toEqual([
      ['INVALID_INPUT', 'input', 'status'],
    ]);
  });
});

test('a page of proposals is read by the same statements, however long', async () => {
  const at = directory(hub.owner());
  const verbände = await Promise.all(
    Array.from({ length: 8 }, (_, i) => at.partner(world.network, `Verband ${i}`, { phone: `0241 ${i}` })),
  );
  for (const [i, one] of verbände.entries()) {
    await doors.correct(world.caseworker, one.id, { phone: '0241 99', parent: verbände[(i + 1) % 8]!.id });
    const place = await at.location(one, i % 2 ? world.home : world.abroad);
    await doors.correctLocation(world.colleague, place.id, { municipality: (i % 2 ? world.abroad : world.home).key });
  }
  const query = (first: number) => `{ proposals(first: ${first}) { nodes { proposedBy partner { name } network { slug }
    changes { label beforeText currentText afterText before current after } } } }`;
  const sent = async (first: number) =>
    (await hub.statements(() => hub.as(world.coordinator, query(first)))).filter(sql =>
      /proposal|partner|municipality|location|account/.test(sql),
    );
  const [few, many] = [await sent(8), await sent(16)];
  expect(many.length).toBeLessThanOrEqual(few.length);
  expect(few.length).toBeLessThanOrEqual(11);
});
