import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('accession');
afterAll(() => hub.setNow(undefined));

const AGREEMENT = {
  slug: 'rahmenvereinbarung-probe',
  title: 'Rahmenvereinbarung',
  initiative: 'Land inklusiv',
  concludedOn: '2018-02-08',
  joinableUntil: '2018-05-14',
  parties: [
    { name: 'Ministerium', role: 'STATE_MINISTRY', signedOn: '2018-02-08' },
    { name: 'Städteverband', role: 'MUNICIPAL_ASSOCIATION' },
  ],
};

const FIELDS = `id status version deadline catalogue { text goal } catalogueOn submittedOn accededOn withdrawnOn mayUseLogo
  network { slug } agreement { slug } earlierCatalogues { from until items { text } } consents { id kind name result decidedOn fileNumber earlier { result decidedOn fileNumber } }
  resolutions { kind body fileNumber resolvedOn } missing { what daysLeft }`;

let world: Awaited<ReturnType<typeof hub.given>>;
beforeAll(async () => {
  hub.setNow(new Date('2018-03-01T09:00:00.000Z'));
  world = await hub.given();
});

async function mutate(
  viewer: Viewer,
  name: string,
  args: string,
  types: string,
  variables: object,
  thing = 'accession',
) {
  const fields = thing === 'accession' ? FIELDS : 'id slug title version parties { name }';
  const { data, errors } = await hub.as(
    viewer,
    `mutation (${types}) { ${name}(${args}) { ${thing} { ${fields} } userErrors { code message path currentVersion } } }`,
    variables,
  );
  return { ...data?.[name], errors };
}
const register = (viewer: Viewer, input: object) =>
  mutate(
    viewer,
    'frameworkAgreementRegister',
    'input: $input',
    '$input: FrameworkAgreementRegisterInput!',
    { input },
    'frameworkAgreement',
  );
const prepare = (viewer: Viewer, input: object) =>
  mutate(viewer, 'accessionPrepare', 'input: $input', '$input: AccessionPrepareInput!', { input });
const edit = (viewer: Viewer, id: string, input: object, expectedVersion?: number) =>
  mutate(
    viewer,
    'accessionEdit',
    'id: $id, input: $input, expectedVersion: $expectedVersion',
    '$id: ID!, $input: AccessionEditInput!, $expectedVersion: Int',
    { id, input, expectedVersion },
  );
const consent = (viewer: Viewer, id: string, input: object) =>
  mutate(viewer, 'accessionConsentRecord', 'id: $id, input: $input', '$id: ID!, $input: AccessionConsentInput!', {
    id,
    input,
  });
const remove = (viewer: Viewer, id: string, consent: string) =>
  mutate(viewer, 'accessionConsentRemove', 'id: $id, consent: $consent', '$id: ID!, $consent: ID!', { id, consent });
const resolve = (viewer: Viewer, input: object) =>
  mutate(viewer, 'accessionResolutionAdd', 'input: $input', '$input: AccessionResolutionInput!', { input });
const submit = (viewer: Viewer, id: string, on: string) =>
  mutate(viewer, 'accessionSubmit', 'id: $id, on: $on', '$id: ID!, $on: LocalDate!', { id, on });
const confirm = (viewer: Viewer, id: string, input: object) =>
  mutate(viewer, 'accessionConfirm', 'id: $id, input: $input', '$id: ID!, $input: AccessionConfirmInput!', {
    id,
    input,
  });
const withdraw = (viewer: Viewer, id: string, on: string) =>
  mutate(viewer, 'accessionWithdraw', 'id: $id, on: $on', '$id: ID!, $on: LocalDate!', { id, on });
const read = async (viewer: Viewer, id: string) =>
  (await hub.as(viewer, `query ($id: ID!) { accession(id: $id) { ${FIELDS} } }`, { id })).data.accession;

const refused = (code: string, ...path: string[]) => ({ userErrors: [{ code, path }] });

describe('a framework agreement', () => {
  test('is registered by those who run the hub, and read by everybody', async () => {
    const { admin, coordinator, anonymous } = world;
    expect((await register(coordinator, AGREEMENT)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await register(admin, { ...AGREEMENT, slug: 'Mit Lücke' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'slug'),
    );
    expect(await register(admin, { ...AGREEMENT, title: ' ' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'title'),
    );
    expect(await register(admin, { ...AGREEMENT, parties: [] })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'parties'),
    );
    expect(
      await register(admin, { ...AGREEMENT, parties: [AGREEMENT.parties[0], AGREEMENT.parties[0]] }),
    ).toMatchObject(refused('INVALID_INPUT', 'input', 'parties', '1', 'name'));
    expect(await register(admin, { ...AGREEMENT, joinableUntil: '2018-02-07' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'joinableUntil'),
    );
    const { frameworkAgreement } = await register(admin, AGREEMENT);
    expect(await register(admin, AGREEMENT)).toMatchObject(refused('DUPLICATE', 'input', 'slug'));
    const { data } = await hub.as(
      anonymous,
      '{ frameworkAgreements(first: 5) { totalCount nodes { slug initiative joinableUntil parties { name role signedOn } } } }',
    );
    expect(data.frameworkAgreements).toEqual({
      totalCount: 1,
      nodes: [
        {
          slug: AGREEMENT.slug,
          initiative: 'Land inklusiv',
          joinableUntil: '2018-05-14',
          parties: [AGREEMENT.parties[0], { ...AGREEMENT.parties[1], signedOn: null }],
        },
      ],
    });
    const editAgreement = (input: object, expectedVersion?: number) =>
      mutate(
        admin,
        'frameworkAgreementEdit',
        'id: $id, input: $input, expectedVersion: $expectedVersion',
        '$id: ID!, $input: FrameworkAgreementEditInput!, $expectedVersion: Int',
        { id: frameworkAgreement.id, input, expectedVersion },
        'frameworkAgreement',
      );
    expect(await editAgreement({ title: 'Vereinbarung' }, 1)).toMatchObject({
      frameworkAgreement: {
        title: 'Vereinbarung',
        version: 2,
        parties: [{ name: 'Ministerium' }, { name: 'Städteverband' }],
      },
    });
    expect(await editAgreement({ title: 'Anders' }, 1)).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT', currentVersion: 2 }],
    });
  });
});

describe('an accession', () => {
  let id: string;

  test('is begun by the coordinator of its network, once at a time', async () => {
    const { coordinator, foreignCoordinator, caseworker, network } = world;
    const input = { network: network.slug, agreement: AGREEMENT.slug };
    expect((await prepare(caseworker, input)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await prepare(foreignCoordinator, input)).toMatchObject(refused('NOT_FOUND', 'input', 'network'));
    expect(await prepare(coordinator, { ...input, agreement: 'keine' })).toMatchObject(
      refused('NOT_FOUND', 'input', 'agreement'),
    );
    expect(await prepare(coordinator, { ...input, deadline: '2018-05-15' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'deadline'),
    );
    const { accession, userErrors } = await prepare(coordinator, input);
    expect(userErrors).toEqual([]);
    expect(accession).toMatchObject({
      status: 'PREPARING',
      deadline: '2018-05-14',
      network: { slug: network.slug },
      missing: [
        { what: 'MUNICIPAL_CONSENT', daysLeft: 74 },
        { what: 'AGENCY_CONSENT', daysLeft: 74 },
        { what: 'CATALOGUE', daysLeft: 74 },
        { what: 'SUBMISSION', daysLeft: 74 },
      ],
    });
    expect(await prepare(coordinator, input)).toMatchObject(refused('DUPLICATE', 'input'));
    id = accession.id;
  });

  test('is seen by members of its network alone until it is acceded', async () => {
    const { coordinator, caseworker, partner, foreigner, foreignCoordinator, anonymous } = world;
    const seen = async (viewer: Viewer) => {
      const { data } = await hub.as(viewer, '{ accessions { totalCount nodes { id } } }');
      const node = (await hub.as(viewer, 'query ($id: ID!) { node(id: $id) { id } }', { id })).data.node;
      return [await read(viewer, id), node, ...data.accessions.nodes].filter(Boolean).length;
    };
    expect(await Promise.all([coordinator, caseworker, partner].map(seen))).toEqual([3, 3, 3]);
    expect(await Promise.all([foreigner, foreignCoordinator, anonymous].map(seen))).toEqual([0, 0, 0]);
  });

  test('gathers consents, papers and a catalogue, each fault in its field', async () => {
    const { coordinator, foreignCoordinator } = world;
    const kreis = { kind: 'MUNICIPAL_BODY', name: 'Kreis', result: 'PENDING' };
    expect(await consent(foreignCoordinator, id, kreis)).toMatchObject(refused('NOT_FOUND', 'id'));
    expect(await consent(coordinator, id, { ...kreis, result: 'AGREED' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'decidedOn'),
    );
    expect(await consent(coordinator, id, { ...kreis, decidedOn: '2018-02-27' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'decidedOn'),
    );
    expect(await consent(coordinator, id, { ...kreis, result: 'AGREED', decidedOn: '2018-03-27' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'decidedOn'), // not come yet
    );
    expect((await consent(coordinator, id, kreis)).accession.version).toBe(2);
    await consent(coordinator, id, { kind: 'EMPLOYMENT_AGENCY', name: 'Agentur', result: 'PENDING' });
    hub.setNow(new Date('2018-05-08T09:00:00.000Z'));
    await consent(coordinator, id, { ...kreis, result: 'AGREED', decidedOn: '2018-03-27', fileNumber: '50/1' });
    const paper = { accession: id, body: 'Kreis', kind: 'LETTER', resolvedOn: '2018-03-27' };
    expect((await resolve(coordinator, paper)).accession.version).toBe(5);
    expect(
      await resolve(coordinator, { accession: id, body: 'Kreis', kind: 'NOTICE', resolvedOn: '2018-05-09' }),
    ).toMatchObject(refused('INVALID_INPUT', 'input', 'resolvedOn'));
    expect(await edit(coordinator, id, { catalogueOn: '2018-05-02' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'catalogueOn'),
    );
    expect(await edit(coordinator, id, { logoFrom: '2018-05-08' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'logoFrom'),
    );
    const { accession } = await edit(
      coordinator,
      id,
      { catalogue: [{ text: 'Schulen', goal: 'alle' }], catalogueOn: '2018-05-02' },
      5,
    );
    expect(accession).toMatchObject({
      version: 6,
      catalogue: [{ text: 'Schulen', goal: 'alle' }],
      consents: [
        { name: 'Kreis', result: 'AGREED', decidedOn: '2018-03-27', fileNumber: '50/1' },
        { name: 'Agentur', result: 'PENDING' },
      ],
      resolutions: [{ kind: 'LETTER', fileNumber: null }],
      missing: [{ what: 'AGENCY_CONSENT', daysLeft: 6 }, { what: 'SUBMISSION' }],
    });
    expect((await edit(coordinator, id, {}, 5)).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 6 },
    ]);
  });

  test('tells what was missing on a past day', async () => {
    const { data } = await hub.as(
      world.coordinator,
      `query ($id: ID!) { accession(id: $id) {
        march: missing(on: "2018-03-26") { what } later: missing(on: "2018-05-01") { what text } status(on: "2018-05-15") } }`,
      { id },
    );
    expect(data.accession).toMatchObject({
      march: [{ what: 'MUNICIPAL_CONSENT' }, { what: 'AGENCY_CONSENT' }, { what: 'CATALOGUE' }, { what: 'SUBMISSION' }],
      later: [
        { what: 'AGENCY_CONSENT', text: 'Die Zustimmung fehlt noch: Agentur; noch 13 Tage bis zum 14.05.2018' },
        { what: 'CATALOGUE' },
        { what: 'SUBMISSION' },
      ],
      status: 'LAPSED',
    });
  });

  test('takes back a body that was named by mistake, and keeps what was decided and planned before', async () => {
    const { coordinator, foreignCoordinator, caseworker } = world;
    const wrong = { kind: 'EMPLOYMENT_AGENCY', name: 'Agentur Ham', result: 'PENDING' };
    const { accession } = await consent(coordinator, id, wrong);
    const named = accession.consents.find((one: { name: string }) => one.name === wrong.name).id;
    expect((await remove(caseworker, id, named)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await remove(foreignCoordinator, id, named)).toMatchObject(refused('NOT_FOUND', 'id'));
    expect(await remove(coordinator, id, id)).toMatchObject(refused('NOT_FOUND', 'consent'));
    const { accession: without } = await remove(coordinator, id, named);
    expect(without.consents.map((one: { name: string }) => one.name)).toEqual(['Kreis', 'Agentur']);
    expect(without.version).toBe(accession.version + 1);
    const agentur = { kind: 'EMPLOYMENT_AGENCY', name: 'Agentur' };
    await consent(coordinator, id, { ...agentur, result: 'REFUSED', decidedOn: '2018-04-20', fileNumber: 'A' });
    const anew = await consent(coordinator, id, { ...agentur, result: 'AGREED', decidedOn: '2018-05-07' });
    expect(anew.accession.consents[1]).toMatchObject({
      result: 'AGREED',
      earlier: [{ result: 'REFUSED', decidedOn: '2018-04-20', fileNumber: 'A' }],
    });
    const missing = async (on: string) => {
      const { data } = await hub.as(
        coordinator,
        'query ($id: ID!, $on: LocalDate) { accession(id: $id) { missing(on: $on) { what text } } }',
        { id, on },
      );
      return data.accession.missing;
    };
    expect((await missing('2018-05-01'))[0].text).toContain('am 20.04.2018 versagt: Agentur');
    expect(await missing('2018-05-07')).toMatchObject([{ what: 'SUBMISSION' }]);
    const items = [{ text: 'Schulen', goal: 'alle' }];
    expect((await edit(coordinator, id, { catalogue: items })).accession.catalogueOn).toBe('2018-05-02'); // the same
    expect((await edit(coordinator, id, { catalogue: [] })).accession).toMatchObject({
      catalogueOn: null,
      earlierCatalogues: [{ from: '2018-05-02', until: '2018-05-08', items: [{ text: 'Schulen' }] }],
    });
    expect(await missing('2018-05-07')).toMatchObject([{ what: 'SUBMISSION' }]);
    expect(await missing('2018-05-08')).toMatchObject([{ what: 'CATALOGUE' }, { what: 'SUBMISSION' }]);
    await edit(coordinator, id, { catalogue: items, catalogueOn: '2018-05-02' });
    expect(await consent(coordinator, id, { ...agentur, result: 'PENDING' })).toMatchObject({
      accession: { earlierCatalogues: [], consents: [{}, { result: 'PENDING', decidedOn: null, earlier: [] }] },
    });
  });

  test('is declared in time and whole, then confirmed; afterwards its ground stands', async () => {
    const { coordinator, foreignCoordinator, anonymous } = world;
    expect(await submit(coordinator, id, '2018-05-08')).toMatchObject({
      userErrors: [
        {
          code: 'INVALID_INPUT',
          path: ['on'],
          message: 'Die Zustimmung fehlt noch: Agentur; noch 6 Tage bis zum 14.05.2018.',
        },
      ],
    });
    expect(await confirm(coordinator, id, { accededOn: '2018-05-08' })).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
    await consent(coordinator, id, {
      kind: 'EMPLOYMENT_AGENCY',
      name: 'Agentur',
      result: 'AGREED',
      decidedOn: '2018-05-07',
    });
    hub.setNow(new Date('2018-05-15T09:00:00.000Z'));
    expect(await submit(coordinator, id, '2018-05-15')).toMatchObject(refused('TOO_LATE', 'on'));
    expect(await submit(foreignCoordinator, id, '2018-05-14')).toMatchObject(refused('NOT_FOUND', 'id'));
    expect(await submit(coordinator, id, '2018-05-14')).toMatchObject({
      accession: { status: 'SUBMITTED', missing: [{ what: 'CONFIRMATION' }] },
    });
    expect(await submit(coordinator, id, '2018-05-14')).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
    expect(await consent(coordinator, id, { kind: 'MUNICIPAL_BODY', name: 'Kreis', result: 'PENDING' })).toMatchObject(
      refused('STEP_NOT_OPEN', 'id'),
    );
    const agreed = (await read(coordinator, id)).consents[0].id;
    expect(await remove(coordinator, id, agreed)).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
    expect(await edit(coordinator, id, { catalogue: null })).toMatchObject(
      refused('STEP_NOT_OPEN', 'input', 'catalogue'),
    );
    expect(await edit(coordinator, id, { deadline: '2018-05-01' })).toMatchObject(
      refused('STEP_NOT_OPEN', 'input', 'deadline'),
    );
    expect(await confirm(coordinator, id, { accededOn: '2018-05-13' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'accededOn'),
    );
    expect(await read(anonymous, id)).toBeNull();
    expect(
      await confirm(coordinator, id, { accededOn: '2018-05-14', logoFrom: '2018-05-14', logoUntil: '2018-05-20' }),
    ).toMatchObject({
      accession: { status: 'ACCEDED', missing: [], mayUseLogo: true },
    });
    expect(await read(anonymous, id)).toMatchObject({ status: 'ACCEDED', network: { slug: world.network.slug } });
    const { data } = await hub.as(
      anonymous,
      `query ($network: String) { yes: accessions(filter: { network: $network, statuses: [ACCEDED] }) { totalCount }
        no: accessions(filter: { agreement: "${AGREEMENT.slug}", statuses: [PREPARING, SUBMITTED] }) { totalCount } }`,
      { network: world.network.slug },
    );
    expect(data).toEqual({ yes: { totalCount: 1 }, no: { totalCount: 0 } });
    const unknown = await hub.as(anonymous, '{ accessions(filter: { agreement: "keine" }) { totalCount } }');
    expect(unknown.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'filter.agreement' } }]);
  });

  test('ends when it is taken back, and may be begun anew', async () => {
    const { coordinator, network } = world;
    expect(await withdraw(coordinator, id, '2018-05-13')).toMatchObject(refused('INVALID_INPUT', 'on'));
    expect(await withdraw(coordinator, id, '2018-05-15')).toMatchObject({
      accession: { status: 'WITHDRAWN', mayUseLogo: false },
    });
    expect(await withdraw(coordinator, id, '2018-05-15')).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
    expect((await prepare(coordinator, { network: network.slug, agreement: AGREEMENT.slug })).userErrors).toEqual([]);
  });

  test('a page of them is a bounded number of statements', async () => {
    const reads = async (first: number) => {
      const sent = await hub.statements(() =>
        hub.as(
          world.coordinator,
          `query ($first: Int) { accessions(first: $first) { totalCount nodes { ${FIELDS} } } }`,
          { first },
        ),
      );
      return sent.filter(one => /^(with|select) /.test(one) && !/ from "?(account|membership)|set_config/.test(one))
        .length;
    };
    // page, count, networks, agreements, consents, papers, plans
    expect([await reads(1), await reads(10)]).toEqual([7, 7]);
  });
});
