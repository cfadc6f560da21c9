import { beforeEach, describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('job_opening');
const NOW = new Date('2026-11-22T12:00:00.123Z');

const FIELDS = `id title occupation { code name parent { code } } description status listed positions validUntil hoursFrom
  hoursTo payFromCents payToCents payPer collectiveAgreement startsOn fixedTermUntil requirements languages needs { code }
  location { id } partner { id } confirmedAt freshness version createdAt updatedAt`;
const ERRORS = 'userErrors { code message path currentVersion conflicts { field current yours } }';
const LEAST = { title: 'Küchenhilfe', occupation: '29301' };

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given();
});

async function door(viewer: Viewer, name: string, declared: string, variables: object) {
  const given = declared.replace(/\$(\w+): [\w!]+/g, '$1: $$$1');
  const query = `mutation (${declared}) { answer: ${name}(${given}) { jobOpening { ${FIELDS} } ${ERRORS} } }`;
  const { data, errors } = await hub.as(viewer, query, variables);
  return errors ? { code: errors[0]!.extensions.code } : data.answer;
}

const create = (input: object, viewer: Viewer = world.partner, partner = world.anker.id) =>
  door(viewer, 'jobOpeningCreate', '$partner: ID!, $input: JobOpeningInput!', { partner, input });
const update = (id: string, input: object, more: { expectedVersion?: number } = {}, viewer: Viewer = world.partner) =>
  door(viewer, 'jobOpeningUpdate', '$id: ID!, $input: JobOpeningInput!, $expectedVersion: Int', { id, input, ...more });
const close = (id: string, as: string, more: { expectedVersion?: number } = {}, viewer: Viewer = world.partner) =>
  door(viewer, 'jobOpeningClose', '$id: ID!, $as: JobOpeningStatus!, $expectedVersion: Int', { id, as, ...more });

/** A new opening; its id. */
async function opening(input: object = {}): Promise<string> {
  const { jobOpening, userErrors } = await create({ ...LEAST, ...input });
  expect(userErrors).toEqual([]);
  return jobOpening.id;
}

async function listed(
  filter: object = {},
  viewer: Viewer = ANONYMOUS,
  network = world.network.slug,
): Promise<string[]> {
  const query = `query ($network: String, $filter: JobOpeningFilter) {
    jobOpenings(network: $network, filter: $filter) { totalCount nodes { id } } }`;
  const { data, errors } = await hub.as(viewer, query, { network, filter });
  if (errors) return [`${errors[0]!.extensions.code} ${errors[0]!.extensions.argument}`];
  expect(data.jobOpenings.totalCount).toBe(data.jobOpenings.nodes.length);
  return data.jobOpenings.nodes.map((one: { id: string }) => one.id);
}

const rows = async () => hub.owner().execute('select * from job_opening order by id');
const revisions = async (id: string) =>
  hub.owner().execute('select version, changes, kind from revision where record_id = ? order by version', [id]);

describe('jobOpeningCreate', () => {
  test('says little, and the rest is as usual', async () => {
    const { jobOpening, userErrors } = await create(LEAST);
    expect(userErrors).toEqual([]);
    expect(jobOpening).toMatchObject({
      title: 'Küchenhilfe',
      occupation: { code: '29301', name: 'Lebensmittel und Küche (29301)', parent: { code: '2930' } },
      status: 'OPEN',
      listed: true,
      positions: 1,
      validUntil: '2027-02-20',
      languages: [],
      needs: [],
      location: null,
      partner: { id: world.anker.id },
      confirmedAt: NOW.toISOString(),
      freshness: 'FRESH',
      version: 1,
    });
    expect(await revisions(jobOpening.id)).toMatchObject([{ version: 1, kind: 'JOB_OPENING' }]);
  });

  test('says everything, and it comes back as it was said', async () => {
    const said = {
      ...LEAST,
      description: 'Gemüse schneiden.',
      positions: 3,
      validUntil: '2026-12-31',
      hoursFrom: 19.5,
      hoursTo: 39,
      payFromCents: 1450,
      payToCents: 1600,
      payPer: 'HOUR',
      collectiveAgreement: 'NGG, EG 1',
      startsOn: '2027-01-01',
      fixedTermUntil: '2027-12-31',
      requirements: 'Tempo nach Absprache.',
      languages: ['de', 'uk'],
    };
    const { jobOpening } = await create({
      ...said,
      needs: ['debt', 'refugee'],
      location: world.location.id.toUpperCase(),
    });
    expect(jobOpening).toMatchObject({ ...said, occupation: { code: '29301' }, location: { id: world.location.id } });
    expect(jobOpening.needs.map((need: { code: string }) => need.code).sort()).toEqual(['debt', 'refugee']);
  });

  test.each<[string, object]>([
    ['title', { title: null }],
    ['occupation', { occupation: '99' }],
    ['validUntil', { validUntil: '2026-11-21' }],
    ['payPer', { payFromCents: 1450 }],
    ['needs.0', { needs: ['no-such-need'] }],
    ['location', { location: '00000000-0000-4000-8000-000000000000' }],
    ['location', { location: 'nowhere' }],
  ])('is refused for %s, and nothing is written', async (path, input) => {
    const before = await rows();
    const { jobOpening, userErrors } = await create({ ...LEAST, ...input });
    expect(jobOpening).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', ...path.split('.')] }]);
    expect(await rows()).toEqual(before);
  });

  test('of a location of another partner is refused', async () => {
    await hub.owner().execute('update location set partner_id = ? where id = ?', [world.brücke.id, world.location.id]);
    expect((await create({ ...LEAST, location: world.location.id })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['input', 'location'] },
    ]);
  });
});

describe('who may', () => {
  const cases: [string, () => Viewer, object][] = [
    ['an editor of another partner', () => world.stranger, { userErrors: [{ code: 'NOT_FOUND' }] }],
    ['the coordinator, while there are editors', () => world.coordinator, { userErrors: [{ code: 'NOT_FOUND' }] }],
    ['a caseworker', () => world.caseworker, { code: 'FORBIDDEN' }],
    ['nobody who is not signed in', () => ANONYMOUS, { code: 'UNAUTHENTICATED' }],
  ];

  test.each(cases)('not %s', async (_, viewer, answer) => {
    const id = await opening();
    const before = await rows();
    expect(await create(LEAST, viewer())).toMatchObject(answer);
    expect(await update(id, { title: 'Fremd' }, {}, viewer())).toMatchObject(answer);
    expect(await close(id, 'FILLED', {}, viewer())).toMatchObject(answer);
    expect(await rows()).toEqual(before);
  });

  test('the coordinator of the network, where the partner has no editor', async () => {
    await hub.enrol(world.coordinator);
    await hub.owner().execute(`delete from membership where partner_id = ?`, [world.anker.id]);
    const { jobOpening } = await create(LEAST, world.coordinator);
    expect((await close(jobOpening.id, 'FILLED', {}, world.coordinator)).userErrors).toEqual([]);
  });

  test('nobody for a partner that is archived', async () => {
    await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [world.anker.id]);
    expect((await create(LEAST)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['partner'] }]);
  });
});

describe('jobOpeningUpdate', () => {
  test('changes what is given, and remembers what was before', async () => {
    const id = await opening({ needs: ['debt'] });
    const { jobOpening } = await update(id, { title: 'Koch', needs: ['refugee'], positions: null });
    expect(jobOpening).toMatchObject({ title: 'Koch', needs: [{ code: 'refugee' }], positions: 1, version: 2 });
    expect((await revisions(id))[1]!.changes).toEqual({
      title: { before: 'Küchenhilfe', after: 'Koch' },
      needs: { before: ['debt'], after: ['refugee'] },
    });
  });

  test('tells both values to who has read an older version, and changes nothing', async () => {
    const id = await opening();
    await update(id, { title: 'Koch' });
    const before = await rows();
    expect(await update(id, { title: 'Köchin' }, { expectedVersion: 1 })).toMatchObject({
      jobOpening: null,
      userErrors: [
        {
          code: 'VERSION_CONFLICT',
          currentVersion: 2,
          conflicts: [{ field: 'title', current: 'Koch', yours: 'Köchin' }],
        },
      ],
    });
    expect(await rows()).toEqual(before);
  });

  test('of one that there is not is NOT_FOUND', async () => {
    for (const id of ['00000000-0000-4000-8000-000000000000', 'x'])
      expect((await update(id, { title: 'Koch' })).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
  });
});

describe('jobOpeningClose', () => {
  test.each(['FILLED', 'WITHDRAWN'])('as %s takes it from the lists, and OPEN brings it back', async as => {
    const id = await opening();
    expect((await close(id, as)).jobOpening).toMatchObject({ status: as, listed: false, version: 2 });
    expect(await listed()).toEqual([]);
    expect((await close(id, as)).jobOpening.version).toBe(2);
    expect((await update(id, { status: 'OPEN' })).jobOpening).toMatchObject({ listed: true });
    expect(await listed()).toEqual([id]);
  });

  test('as OPEN is none, and an older version is a conflict', async () => {
    const id = await opening();
    expect((await close(id, 'OPEN')).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['as'] }]);
    expect((await close(id, 'FILLED', { expectedVersion: 7 })).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', conflicts: [{ field: 'status', current: 'OPEN', yours: 'FILLED' }] },
    ]);
    expect(await listed()).toEqual([id]);
  });
});

describe('jobOpenings', () => {
  test('are listed up to and including their last day, in Berlin', async () => {
    const id = await opening({ validUntil: '2026-12-31' });
    hub.setNow(new Date('2026-12-31T22:59:59.999Z'));
    expect(await listed()).toEqual([id]);
    hub.setNow(new Date('2026-12-31T23:00:00Z'));
    expect(await listed()).toEqual([]);
    const { data } = await hub.as(ANONYMOUS, 'query ($id: ID!) { jobOpening(id: $id) { listed status } }', { id });
    expect(data.jobOpening).toEqual({ listed: false, status: 'OPEN' });
    expect((await update(id, { status: 'OPEN', title: 'Koch' })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['input', 'status'] },
    ]);
    expect((await update(id, { validUntil: '2027-01-31' })).jobOpening.listed).toBe(true);
  });

  test('that are over or closed are found by their keepers alone', async () => {
    const over = await opening({ validUntil: '2026-11-30' });
    const filled = await opening();
    await close(filled, 'FILLED');
    hub.setNow(new Date('2026-12-15T12:00:00Z'));
    for (const [viewer, sees] of [
      [world.partner, true],
      [world.coordinator, true],
      [world.stranger, false],
      [world.caseworker, false],
      [ANONYMOUS, false],
    ] as const) {
      expect(await listed({ expired: true }, viewer)).toEqual(sees ? [over] : []);
      expect(await listed({ statuses: ['FILLED'] }, viewer)).toEqual(sees ? [filled] : []);
      expect(await listed({}, viewer)).toEqual([]);
    }
  });

  test.each<[string, object, object, boolean]>([
    ['an occupation above', { occupation: '54101' }, { occupations: ['5'] }, true],
    ['one of two', { occupation: '54101' }, { occupations: ['29', '541'] }, true],
    ['a narrower occupation', { occupation: '54' }, { occupations: ['541'] }, false],
    ['another occupation', { occupation: '11' }, { occupations: ['54'] }, false],
    ['words of the title', {}, { query: 'küchenhilfe' }, true],
    ['words of the occupation', {}, { query: 'Lebensmittel' }, true],
    ['words of the partner', {}, { query: 'Anker' }, true],
    ['other words', {}, { query: 'Dachdecker' }, false],
    ['hours that suffice', { hoursFrom: 20, hoursTo: 39 }, { maximumHours: 20 }, true],
    ['too few hours', { hoursFrom: 20, hoursTo: 39 }, { maximumHours: 19.5 }, false],
    ['hours of one that tells none', {}, { maximumHours: 40 }, false],
    ['hours at most, where nothing else is told', { hoursTo: 15 }, { maximumHours: 20 }, true],
    ['a need', { needs: ['debt'] }, { needs: ['debt', 'refugee'] }, true],
    ['another need', { needs: ['debt'] }, { needs: ['refugee'] }, false],
    ['a start by then', { startsOn: '2027-01-01' }, { startsBefore: '2027-01-01' }, true],
    ['a start too late', { startsOn: '2027-01-02' }, { startsBefore: '2027-01-01' }, false],
    ['a start at once', {}, { startsBefore: '2026-01-01' }, true],
    ['no partner', {}, { partner: 'x' }, false],
    ['empty lists', {}, { occupations: [], needs: [], statuses: [] }, true],
  ])('are found by %s: %#', async (_, input, filter, found) => {
    const id = await opening(input);
    expect(await listed(filter)).toEqual(found ? [id] : []);
  });

  test('are found by partner and by municipality: of their location, else of their partner’s', async () => {
    const there = await opening({ location: world.location.id });
    const somewhere = await opening();
    expect(await listed({ partner: world.anker.id })).toEqual(expect.arrayContaining([there, somewhere]));
    expect(await listed({ partner: world.brücke.id })).toEqual([]);
    expect((await listed({ municipality: world.home.key })).sort()).toEqual([there, somewhere].sort());
    expect(await listed({ municipality: world.abroad.key })).toEqual([]);
  });

  test.each([
    [{ occupations: ['99'] }, 'filter.occupations'],
    [{ needs: ['no-such-need'] }, 'filter.needs'],
    [{ municipality: '99999999' }, 'filter.municipality'],
  ])('are not asked for what there is not: %o', async (filter, argument) => {
    expect(await listed(filter)).toEqual([`BAD_USER_INPUT ${argument}`]);
  });

  test('of partners that are not published are told to nobody else', async () => {
    const id = await opening();
    const found = async (viewer: Viewer) =>
      (await hub.as(viewer, 'query ($id: ID!) { jobOpening(id: $id) { id } node(id: $id) { id } }', { id })).data;
    expect(await found(ANONYMOUS)).toEqual({ jobOpening: { id }, node: { id } });
    await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [world.anker.id]);
    expect(await listed()).toEqual([]);
    expect(await found(ANONYMOUS)).toEqual({ jobOpening: null, node: null });
    expect(await found(world.caseworker)).toEqual({ jobOpening: null, node: null });
    expect(await found(world.partner)).toEqual({ jobOpening: { id }, node: { id } });
  });

  test('come in pages, newest first; a cursor of another list is none', async () => {
    const ids: string[] = [];
    for (let minute = 0; minute < 5; minute++) {
      const id = await opening({ title: `Stelle ${minute}` });
      await hub
        .owner()
        .execute('update job_opening set created_at = ? where id = ?', [
          new Date(NOW.getTime() + Math.floor(minute / 2) * 60_000),
          id,
        ]);
      ids.push(id);
    }
    const query = `query ($network: String, $after: String) { jobOpenings(network: $network, first: 2, after: $after) {
      nodes { id createdAt } pageInfo { hasNextPage endCursor } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const {
        data,
      }: { data: { jobOpenings: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } } =
        await hub.as(ANONYMOUS, query, { network: world.network.slug, after });
      seen.push(...data.jobOpenings.nodes.map(one => one.id));
      expect(data.jobOpenings.pageInfo.hasNextPage).toBe(page < 2);
      after = data.jobOpenings.pageInfo.endCursor;
    }
    expect(seen[0]).toBe(ids[4]);
    expect([...seen].sort()).toEqual([...ids].sort());
    const { data } = await hub.as(ANONYMOUS, '{ partners(first: 1) { pageInfo { endCursor } } }');
    const { errors } = await hub.as(ANONYMOUS, query, { after: data.partners.pageInfo.endCursor });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_CURSOR', argument: 'after' });
  });

  test('of a page of partners, with all that belongs to them, take a bounded number of statements', async () => {
    const query = `query ($network: String) { partners(network: $network) { nodes { jobOpenings(first: 5) { totalCount
      nodes { title needs { code } location { city } occupation { name } partner { name } } } } } }`;
    const variables = { network: world.network.slug };
    const all = { needs: ['debt'], location: world.location.id };
    await opening(all);
    const once = await hub.statements(() => hub.as(ANONYMOUS, query, variables));
    for (let i = 0; i < 3; i++) await opening({ ...all, title: `Stelle ${i}` });
    const more = await create(LEAST, world.stranger, world.brücke.id);
    expect(more.userErrors).toEqual([]);
    const often = await hub.statements(() => hub.as(ANONYMOUS, query, variables));
    expect(often).toHaveLength(once.length);
    const { data } = await hub.as(ANONYMOUS, query, variables);
    const counts = data.partners.nodes.map(
      (one: { jobOpenings: { totalCount: number } }) => one.jobOpenings.totalCount,
    );
    expect(counts.sort()).toEqual([1, 4]);
  });
});

test('partnerConfirm confirms the open ones', async () => {
  const [open, filled] = [await opening(), await opening()];
  await close(filled, 'FILLED');
  hub.setNow(new Date('2026-12-01T12:00:00Z'));
  await hub.as(world.partner, 'mutation ($id: ID!) { partnerConfirm(id: $id) { userErrors { code } } }', {
    id: world.anker.id,
  });
  const at = async (id: string) =>
    (await hub.as(ANONYMOUS, 'query ($id: ID!) { jobOpening(id: $id) { confirmedAt } }', { id })).data.jobOpening
      .confirmedAt;
  expect(await at(open)).toBe('2026-12-01T12:00:00.000Z');
  expect(await at(filled)).toBe(NOW.toISOString());
});

test('occupations are found by what people call them', async () => {
  const { data } = await hub.as(
    ANONYMOUS,
    '{ one: occupations(query: "Altenpflegerin") { code name } code: occupations(query: "83212") { code name parent { code } } none: occupations(query: "qqq") { code } }',
  );
  expect(data.one[0]).toEqual({ code: '82', name: 'Altenpflege, Körperpflege und Medizintechnik' });
  expect(data.code).toEqual([
    { code: '83212', name: 'Erziehung, Soziales, Hauswirtschaft und Seelsorge (83212)', parent: { code: '8321' } },
  ]);
  expect(data.none).toEqual([]);
});

test('occupations are told for choosing', async () => {
  const { data } = await hub.as(
    ANONYMOUS,
    '{ occupations { code name } groups: occupations(parent: "5") { code name(language: "en") parent { name } } }',
  );
  expect(data.occupations).toHaveLength(10);
  expect(data.groups[3]).toEqual({
    code: '54',
    name: 'Cleaning',
    parent: { name: expect.stringContaining('Reinigung') },
  });
});
