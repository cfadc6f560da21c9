import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Location } from '../../src/location/location.entity.js';
import { AccessibilityFeature, FeatureState } from '../../src/location/location.rules.js';
import { LOCATION_RECORD } from '../../src/location/location-record.rules.js';
import type { Municipality } from '../../src/municipality/municipality.entity.js';
import type { Network } from '../../src/network/network.entity.js';
import type { Partner } from '../../src/partner/partner.entity.js';
import { PartnerKind } from '../../src/partner/partner.rules.js';
import { changeRecords } from '../../src/record/record.actions.js';
import { Origin } from '../../src/record/record.rules.js';
import { hearSource } from '../../src/source/source.actions.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { merge } from '../duplicate/support.js';
import { proposalDoors } from '../proposal/support.js';
import { anonymous, both, caseworkerIn, coordinatorOf, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('accessibility');
const NOW = new Date('2026-03-10T09:00:00Z');

const ERRORS = 'userErrors { code path message }';
const ASSESSMENT = `assessment { id version status assessedOn completedAt findings { criterion { code } result measured evidence }
  verdicts { feature state } }`;

let network: Network;
let elsewhere: Network;
let town: Municipality;
let jobcenter: Partner;
let anker: Partner;
let sites: Location[];
let coordinator: Viewer;
let stranger: Viewer;

// biome-ignore lint/suspicious/noExplicitAny: the answer of any mutation
async function mutate(viewer: Viewer, text: string, variables: object = {}): Promise<any> {
  const { data, errors } = await hub.as(viewer, `mutation ${text}`, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0];
}

const start = (viewer: Viewer, location: string, input: object, takeOver?: string) =>
  mutate(
    viewer,
    `($location: ID!, $input: AccessibilityAssessmentInput!, $takeOver: ID) {
      accessibilityAssessmentStart(location: $location, input: $input, takeOver: $takeOver) { ${ASSESSMENT} ${ERRORS} } }`,
    { location, input: { assessedBy: 'Schwerbehindertenvertretung', ...input }, takeOver },
  );
const record = (viewer: Viewer, id: string, input: object[], expectedVersion?: number) =>
  mutate(
    viewer,
    `($id: ID!, $input: [AccessibilityFindingInput!]!, $expectedVersion: Int) {
      accessibilityFindingsRecord(id: $id, input: $input, expectedVersion: $expectedVersion) { ${ASSESSMENT} ${ERRORS} } }`,
    { id, input, expectedVersion },
  );
const complete = (viewer: Viewer, id: string) =>
  mutate(viewer, `($id: ID!) { accessibilityAssessmentComplete(id: $id) { ${ASSESSMENT} ${ERRORS} } }`, { id });

/** An assessment from its beginning to its end; the answer of the last step. */
async function assess(location: string, assessedOn: string, findings: object[], takeOver?: string) {
  const begun = await start(coordinator, location, { assessedOn }, takeOver);
  expect(begun.userErrors).toEqual([]);
  expect((await record(coordinator, begun.assessment.id, findings)).userErrors).toEqual([]);
  const done = await complete(coordinator, begun.assessment.id);
  expect(done.userErrors).toEqual([]);
  return done.assessment;
}

const met = (...codes: string[]) => codes.map(criterion => ({ criterion, result: 'MET' }));
const STEP_FREE = [
  ...met('entrance-step-free'),
  { criterion: 'threshold-height', measured: 1.5 },
  { criterion: 'entrance-door-width', measured: 95 },
  { criterion: 'ramp-slope', result: 'NOT_APPLICABLE' },
];

/** What the finder knows of a place: feature, state, day; what is UNKNOWN is left out. */
async function known(id: string): Promise<string[]> {
  const { data } = await hub.as(anonymous, `{ location(id: "${id}") { accessibility { feature state assessedOn } } }`);
  return data.location.accessibility
    .filter(({ state }: { state: string }) => state !== 'UNKNOWN')
    .map(({ feature, state, assessedOn }: Record<string, string>) => [feature, state, assessedOn].join(' '));
}

beforeAll(async () => {
  hub.setNow(NOW);
  const build = directory(hub.owner());
  town = await build.municipality('05911000', 'Bochum');
  network = await build.network('Bochum', town);
  elsewhere = await build.network('Dortmund');
  jobcenter = await build.partner(network, 'Jobcenter Zechenstadt', { kinds: [PartnerKind.PUBLIC_INSTITUTION] });
  anker = await build.partner(network, 'Anker');
  sites = [];
  for (const name of ['Mitte', 'Nord', 'Süd'])
    sites.push(
      await build.location(jobcenter, town, {
        name,
        features: { [AccessibilityFeature.QUIET_ROOM]: FeatureState.YES },
      }),
    );
  coordinator = coordinatorOf(network);
  stranger = coordinatorOf(elsewhere);
});

describe('a Jobcenter', () => {
  const register = (viewer: Viewer, partner: string) =>
    mutate(
      viewer,
      `($partner: ID!) { jobcenterRegister(partner: $partner, input: { form: JOINT_FACILITY }) {
        jobcenter { id form version } ${ERRORS} } }`,
      { partner },
    );

  test('is registered once, of the right kind, by the coordination of its network', async () => {
    expect(await register(coordinator, anker.id)).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', path: ['partner'] }],
    });
    expect(await register(stranger, jobcenter.id)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    await expect(register(editorOf(anker), jobcenter.id)).rejects.toThrow('FORBIDDEN');
    expect(await hub.owner().execute('select from jobcenter')).toEqual([]);
    const { jobcenter: made, userErrors } = await register(coordinator, jobcenter.id);
    expect([made.form, userErrors]).toEqual(['JOINT_FACILITY', []]);
    expect(await register(coordinator, jobcenter.id)).toMatchObject({ userErrors: [{ code: 'DUPLICATE' }] });
    const edit = `($version: Int) { jobcenterEdit(id: "${made.id}", input: { form: APPROVED_MUNICIPALITY }, expectedVersion: $version) {
      jobcenter { form version } ${ERRORS} } }`;
    expect(await mutate(coordinator, edit, { version: 9 })).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });
    expect(await mutate(stranger, edit, { version: 1 })).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect((await mutate(coordinator, edit, { version: 1 })).jobcenter).toEqual({
      form: 'APPROVED_MUNICIPALITY',
      version: 2,
    });

    // The wrong one was named: another takes its place, by an edit, or anew once the first is archived.
    const kinds = [PartnerKind.PUBLIC_INSTITUTION];
    const office = await directory(hub.owner()).partner(network, 'Amt am Markt', { kinds });
    const abroad = await directory(hub.owner()).partner(elsewhere, 'Amt anderswo', { kinds });
    const rename = `($partner: ID!) { jobcenterEdit(id: "${made.id}", input: { form: JOINT_FACILITY }, partner: $partner) {
      jobcenter { version partner { name } } ${ERRORS} } }`;
    for (const partner of [anker.id, abroad.id])
      expect((await mutate(coordinator, rename, { partner })).userErrors).toMatchObject([{ path: ['partner'] }]);
    expect((await mutate(coordinator, rename, { partner: office.id })).jobcenter).toEqual({
      version: 3,
      partner: { name: 'Amt am Markt' },
    });
    expect((await register(coordinator, jobcenter.id)).userErrors).toMatchObject([{ code: 'DUPLICATE' }]);
    await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [office.id]);
    expect((await register(coordinator, jobcenter.id)).jobcenter).toMatchObject({ id: made.id, version: 4 });
  });

  test('is seen by everybody, with its sites; how accessible they are by the office and its own editors', async () => {
    const query = `{ jobcenters { totalCount nodes { form partner { name } network { slug jobcenter { id } } sites { name }
      accessibility { sites assessed } } } networks { jobcenter { form } } }`;
    const { data } = await hub.as(anonymous, query);
    expect(data.jobcenters.nodes[0]).toMatchObject({
      partner: { name: 'Jobcenter Zechenstadt' },
      sites: [{ name: 'Mitte' }, { name: 'Nord' }, { name: 'Süd' }],
      accessibility: null,
    });
    expect(data.networks.map((one: { jobcenter: object | null }) => one.jobcenter)).toEqual([
      { form: 'JOINT_FACILITY' },
      null,
    ]);
    expect((await hub.as(stranger, query)).data.jobcenters.nodes[0].accessibility).toBeNull();
    expect((await hub.as(editorOf(anker), query)).data.jobcenters.nodes[0].accessibility).toBeNull();
    for (const viewer of [caseworkerIn(network), editorOf(jobcenter)])
      expect((await hub.as(viewer, query)).data.jobcenters.nodes[0].accessibility).toEqual({ sites: 3, assessed: 0 });
  });
});

describe('an assessment', () => {
  test('is begun by the coordination alone, on a day that was, one draft at a time', async () => {
    const [site] = sites;
    expect(await start(stranger, site!.id, { assessedOn: '2026-03-01' })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['location'] }],
    });
    expect(await start(coordinator, 'nonsense', { assessedOn: '2026-03-01' })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
    await expect(start(editorOf(jobcenter), site!.id, { assessedOn: '2026-03-01' })).rejects.toThrow('FORBIDDEN');
    for (const [input, field] of [
      [{ assessedOn: '2026-03-11' }, 'assessedOn'],
      [{}, 'assessedOn'],
      [{ assessedOn: '2026-03-01', assessedBy: '' }, 'assessedBy'],
    ] as const)
      expect(await start(coordinator, site!.id, input)).toMatchObject({
        userErrors: [{ code: 'INVALID_INPUT', path: ['input', field] }],
      });
    const closed = await directory(hub.owner()).location(jobcenter, town, { name: 'Alt' });
    await hub.owner().execute(`update location set status = 'ARCHIVED' where id = ?`, [closed.id]);
    expect(await start(coordinator, closed.id, { assessedOn: '2026-03-01' })).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', path: ['location'] }],
    });
    expect(await hub.owner().execute('select from accessibility_assessment')).toEqual([]);
    const { assessment } = await start(coordinator, site!.id, { assessedOn: '2026-03-01' });
    expect(await start(coordinator, site!.id, { assessedOn: '2026-03-02' })).toMatchObject({
      userErrors: [{ code: 'DUPLICATE', path: ['location'] }],
    });
    expect(await complete(coordinator, assessment.id)).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', path: ['id'] }],
    });

    const faulty = await record(coordinator, assessment.id, [
      ...met('entrance-step-free'),
      { criterion: 'threshold-height', measured: 5, result: 'MET' },
      { criterion: 'no-such-thing', result: 'MET' },
      ...met('entrance-step-free'),
    ]);
    expect(faulty.userErrors.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'input.1.result',
      'input.2.criterion',
      'input.3.criterion',
    ]);
    expect(await hub.owner().execute('select from accessibility_finding')).toEqual([]);
    expect(await record(stranger, assessment.id, [])).toEqual(await record(stranger, randomUUID(), []));
    expect(await complete(stranger, assessment.id)).toEqual(await complete(stranger, randomUUID()));
    expect(await record(coordinator, assessment.id, STEP_FREE, 7)).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });

    const found = await record(
      coordinator,
      assessment.id,
      [...STEP_FREE, { criterion: 'toilet-space', measured: 120, evidence: 'Plan EG' }, ...met('lift-present')],
      assessment.version,
    );
    expect(found.assessment.findings.map((one: { criterion: { code: string } }) => one.criterion.code)).toEqual([
      'entrance-step-free',
      'threshold-height',
      'entrance-door-width',
      'ramp-slope',
      'lift-present',
      'toilet-space',
    ]);
    expect(await known(site!.id)).toEqual(['QUIET_ROOM YES ']); // a draft decides nothing
    const { assessment: done } = await complete(coordinator, assessment.id);
    expect(done).toMatchObject({ status: 'COMPLETED', completedAt: NOW.toISOString() });
    // The lift is not measured: unknown. The quiet room that somebody had claimed was not looked at.
    expect(await known(site!.id)).toEqual(['ACCESSIBLE_TOILET NO 2026-03-01', 'STEP_FREE_ENTRANCE YES 2026-03-01']);
    expect(await record(coordinator, assessment.id, STEP_FREE)).toMatchObject({
      userErrors: [{ code: 'STEP_NOT_OPEN' }],
    });
    const [revision] = await hub
      .owner()
      .execute(`select origin, version, changes from revision where record_id = ? order by version desc limit 1`, [
        site!.id,
      ]);
    expect(revision).toMatchObject({ origin: 'ASSESSMENT', changes: { accessibility: {} } });
  });

  test('decides alone: edits, proposals, imports and tables of others change nothing of it', async () => {
    const [site] = sites;
    const before = await known(site!.id);
    const yes = [{ feature: 'ACCESSIBLE_TOILET', state: 'YES', assessedOn: '2026-03-09' }];
    const update = (input: object) =>
      mutate(
        both(editorOf(jobcenter), coordinator),
        `($input: LocationInput!) { locationUpdate(id: "${site!.id}", input: $input) { location { phone } ${ERRORS} } }`,
        { input },
      );
    expect(await update({ phone: '+49 221 4710 001', accessibility: yes })).toMatchObject({
      location: null,
      userErrors: [{ code: 'INVALID_INPUT', path: ['input', 'accessibility'] }],
    });
    // Who hands back what she has read edits the rest.
    const { data } = await hub.as(
      anonymous,
      `{ location(id: "${site!.id}") { accessibility { feature state assessedOn } } }`,
    );
    expect(await update({ phone: '+49 221 4710 002', accessibility: data.location.accessibility })).toMatchObject({
      location: { phone: '+49 221 4710 002' },
      userErrors: [],
    });
    const proposed = await proposalDoors(hub).correctLocation(caseworkerIn(network), site!.id, { accessibility: yes });
    expect(proposed.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'accessibility'] }]);

    const by = { origin: Origin.IMPORT, at: NOW, account: null, source: 'altes-verzeichnis' };
    const heard = await hub.owner().transactional(tx =>
      hearSource(
        tx,
        LOCATION_RECORD,
        [
          {
            record: site!.id,
            document: { accessibility: yes, directions: 'Linie 310' },
            before: { document: {}, at: NOW.toISOString() },
          },
        ],
        by,
      ),
    );
    expect(heard).toMatchObject([{ taken: true, contested: { accessibility: { after: yes } } }]);
    const [place] = await hub.owner().execute('select directions from location where id = ?', [site!.id]);
    expect(place).toEqual({ directions: 'Linie 310' });
    const [proposal] = await hub
      .owner()
      .execute(`select id from proposal where record_id = ? and status = 'OPEN'`, [site!.id]);
    const accepted = await mutate(
      both(editorOf(jobcenter), coordinator),
      `{ proposalAccept(id: "${proposal!.id}", overwrite: true) { proposal { status } ${ERRORS} } }`,
    );
    expect(accepted).toMatchObject({ proposal: null, userErrors: [{ code: 'INVALID_INPUT' }] });
    // Whoever comes round all doors: a merge, say.
    await hub.owner().transactional(tx =>
      changeRecords(tx, LOCATION_RECORD, [{ id: site!.id, wanted: { accessibility: yes, phone: null } }], {
        ...by,
        origin: Origin.MERGE,
      }),
    );
    const [after] = await hub.owner().execute('select phone from location where id = ?', [site!.id]);
    expect(after).toEqual({ phone: null });
    expect(await known(site!.id)).toEqual(before);
  });

  test('the latest decides, by the day on which somebody looked; it may begin with what was found before', async () => {
    const [site] = sites;
    const { data } = await hub.as(coordinator, `{ location(id: "${site!.id}") { latestAssessment { id } } }`);
    const first = data.location.latestAssessment.id;
    expect(await start(coordinator, sites[1]!.id, { assessedOn: '2026-03-05' }, first)).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['takeOver'] }],
    });
    const toilet = [
      ...met('toilet-present'),
      { criterion: 'toilet-space', measured: 150 },
      { criterion: 'toilet-side-space', measured: 90 },
    ];
    await assess(site!.id, '2026-03-05', toilet, first);
    const now = ['ACCESSIBLE_TOILET YES 2026-03-05', 'STEP_FREE_ENTRANCE YES 2026-03-05'];
    expect(await known(site!.id)).toEqual(now);
    // Written down later, but seen earlier.
    await assess(site!.id, '2026-02-01', [{ criterion: 'toilet-space', measured: 100 }]);
    expect(await known(site!.id)).toEqual(now);
    // On the same day the one that was completed later.
    hub.setNow(new Date(NOW.getTime() + 60_000));
    await assess(site!.id, '2026-03-05', [{ criterion: 'toilet-space', measured: 100 }]);
    hub.setNow(NOW);
    expect(await known(site!.id)).toEqual(['ACCESSIBLE_TOILET NO 2026-03-05']);
  });

  test('is read by the office and the editors of its partner, a draft by the coordination', async () => {
    await start(coordinator, sites[2]!.id, { assessedOn: '2026-03-09' });
    const list = `query ($network: String!, $filter: AccessibilityAssessmentFilter) {
      accessibilityAssessments(network: $network, filter: $filter, first: 50) { totalCount nodes { id status assessedOn location { name } } } }`;
    const seen = async (viewer: Viewer, filter: object = {}) => {
      const { data } = await hub.as(viewer, list, { network: network.slug, filter });
      expect(data.accessibilityAssessments.totalCount).toBe(data.accessibilityAssessments.nodes.length);
      return data.accessibilityAssessments.nodes;
    };
    const all = await seen(coordinator);
    expect(all.map((one: { assessedOn: string }) => one.assessedOn)).toEqual([
      '2026-03-09',
      '2026-03-05',
      '2026-03-05',
      '2026-03-01',
      '2026-02-01',
    ]);
    expect(await seen(editorOf(anker))).toEqual([]);
    for (const reader of [caseworkerIn(network), editorOf(jobcenter)])
      expect(await seen(reader)).toEqual(all.filter((one: { status: string }) => one.status === 'COMPLETED'));
    expect(await seen(coordinator, { status: 'DRAFT', ofJobcenter: true })).toHaveLength(1);
    expect(await seen(coordinator, { location: sites[0]!.id, from: '2026-03-01', until: '2026-03-04' })).toHaveLength(
      1,
    );
    expect(await seen(coordinator, { location: 'nonsense' })).toEqual([]);
    expect((await hub.as(stranger, list, { network: network.slug })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'network' } },
    ]);
    expect((await hub.as(anonymous, list, { network: network.slug })).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    const one = `{ accessibilityAssessment(id: "${all[1].id}") { id } node(id: "${all[1].id}") { id }
      location(id: "${sites[0]!.id}") { latestAssessment { status } } }`;
    for (const viewer of [stranger, editorOf(anker)])
      expect((await hub.as(viewer, one)).data).toEqual({
        accessibilityAssessment: null,
        node: null,
        location: { latestAssessment: null },
      });
    expect((await hub.as(editorOf(jobcenter), one)).data).toEqual({
      accessibilityAssessment: { id: all[1].id },
      node: { id: all[1].id },
      location: { latestAssessment: { status: 'COMPLETED' } },
    });
  });
});

describe('a remedy', () => {
  const REMEDY = `remedy { id version state doneOn dueOn costCents overdue criterion { code } location { name } } ${ERRORS}`;
  const plan = (viewer: Viewer, location: string, input: object) =>
    mutate(
      viewer,
      `($location: ID!, $input: AccessibilityRemedyInput!) { accessibilityRemedyPlan(location: $location, input: $input) { ${REMEDY} } }`,
      { location, input },
    );
  const edit = (viewer: Viewer, id: string, input: object, expectedVersion?: number) =>
    mutate(
      viewer,
      `($id: ID!, $input: AccessibilityRemedyInput!, $expectedVersion: Int) {
        accessibilityRemedyEdit(id: $id, input: $input, expectedVersion: $expectedVersion) { ${REMEDY} } }`,
      { id, input, expectedVersion },
    );
  const TOILET = {
    criterion: 'toilet-space',
    description: 'Trennwand versetzen',
    costCents: 1_250_000,
    responsibleBody: 'Vermieter',
    dueOn: '2026-02-28',
  };

  test('is planned, commissioned and done; what it costs is summed exactly', async () => {
    for (const [input, field] of [
      [{ ...TOILET, costCents: -1 }, 'costCents'],
      [{ ...TOILET, criterion: 'nonsense' }, 'criterion'],
      [{ ...TOILET, description: null }, 'description'],
      [{ ...TOILET, dueOn: null }, 'dueOn'],
      [{ ...TOILET, doneOn: '2026-01-01' }, 'doneOn'],
      [{ ...TOILET, state: 'DONE', doneOn: '2026-03-11' }, 'doneOn'],
    ] as const)
      expect(await plan(coordinator, sites[0]!.id, input)).toMatchObject({
        userErrors: [{ code: 'INVALID_INPUT', path: ['input', field] }],
      });
    expect(await plan(stranger, sites[0]!.id, TOILET)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await hub.owner().execute('select from accessibility_remedy')).toEqual([]);

    const { remedy } = await plan(coordinator, sites[0]!.id, TOILET);
    expect(remedy).toMatchObject({ state: 'PLANNED', overdue: true, costCents: 1_250_000, doneOn: null });
    await plan(coordinator, sites[0]!.id, { ...TOILET, costCents: null, dueOn: '2026-12-31', criterion: 'lift-depth' });
    await plan(coordinator, sites[1]!.id, {
      ...TOILET,
      costCents: 900_000_000_001,
      dueOn: '2026-12-31',
      state: 'COMMISSIONED',
    });
    await plan(coordinator, sites[1]!.id, { ...TOILET, costCents: 77, state: 'DROPPED' });
    const summary = async () => {
      const fields = 'sites assessed notMet withoutRemedy open overdue done costCents openCostCents withoutCost';
      const { data } = await hub.as(
        caseworkerIn(network),
        `{ network(slug: "${network.slug}") { jobcenter { accessibility(from: "2026-03-01", until: "2026-03-31") { ${fields} }
           none: accessibility(until: "2026-01-31") { assessed } } } }`,
      );
      expect(data.network.jobcenter.none).toEqual({ assessed: 0 });
      return data.network.jobcenter.accessibility;
    };
    const numbers = { sites: 3, assessed: 1, notMet: 1, withoutRemedy: 0, costCents: 900_001_250_001, withoutCost: 1 };
    expect(await summary()).toEqual({ ...numbers, open: 3, overdue: 1, done: 0, openCostCents: 900_001_250_001 });

    expect(await edit(coordinator, remedy.id, { state: 'DONE' }, 9)).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });
    const missing = await edit(stranger, randomUUID(), { state: 'DONE' });
    expect(missing.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await edit(stranger, remedy.id, { state: 'DONE' })).toEqual(missing);
    expect((await edit(coordinator, remedy.id, { state: 'DONE' }, 1)).remedy).toMatchObject({
      state: 'DONE',
      doneOn: '2026-03-10',
      overdue: false,
      version: 2,
    });
    expect(await summary()).toEqual({ ...numbers, open: 2, overdue: 0, done: 1, openCostCents: 900_000_000_001 });
    // What was done is to be done again.
    expect((await edit(coordinator, remedy.id, { state: 'COMMISSIONED' })).remedy).toMatchObject({ doneOn: null });
    expect(await known(sites[0]!.id)).toEqual(['ACCESSIBLE_TOILET NO 2026-03-05']);

    const list = `query ($filter: AccessibilityRemedyFilter) { accessibilityRemedies(network: "${network.slug}", filter: $filter) {
      totalCount nodes { dueOn state } } }`;
    const due = async (filter: object) =>
      (await hub.as(editorOf(jobcenter), list, { filter })).data.accessibilityRemedies.nodes.map(
        (one: { dueOn: string; state: string }) => `${one.dueOn} ${one.state}`,
      );
    expect((await due({})).sort()).toEqual([
      '2026-02-28 COMMISSIONED',
      '2026-02-28 DROPPED',
      '2026-12-31 COMMISSIONED',
      '2026-12-31 PLANNED',
    ]);
    expect(await due({ overdue: true, ofJobcenter: true })).toEqual(['2026-02-28 COMMISSIONED']);
    expect(await due({ states: ['DROPPED'], location: sites[0]!.id })).toEqual([]);
    // A place that was given up is no site any more, in the list as in the sums.
    await hub.owner().execute(`update location set status = 'ARCHIVED' where id = ?`, [sites[0]!.id]);
    expect(await due({ overdue: true, ofJobcenter: true })).toEqual([]);
    expect(await summary()).toMatchObject({ sites: 2, overdue: 0 });
    await hub.owner().execute(`update location set status = 'ACTIVE' where id = ?`, [sites[0]!.id]);
    expect((await hub.as(stranger, list)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect((await hub.as(editorOf(anker), list)).data.accessibilityRemedies.nodes).toEqual([]);
    for (const viewer of [stranger, editorOf(anker)])
      expect((await hub.as(viewer, `{ node(id: "${remedy.id}") { id } }`)).data.node).toBeNull();
  });
});

test.each([
  [
    'assessments',
    `accessibilityAssessments(network: $network, first: $first) {
      totalCount nodes { location { name } findings { criterion { name } result } verdicts { state } } }`,
    6,
  ],
  [
    'remedies',
    'accessibilityRemedies(network: $network, first: $first) { nodes { location { name } criterion { name } } }',
    4,
  ],
  [
    'sites',
    `networks { jobcenter { partner { name } accessibility { open } sites { name latestAssessment { assessedOn findings { result } } } } }
     accessibilityRemedies(network: $network, first: $first) { totalCount }`,
    11,
  ],
])('a page of %s takes the same statements however long it is', async (_name, fields, most) => {
  await assess(sites[1]!.id, '2026-03-06', STEP_FREE);
  const reads: number[] = [];
  for (const first of [1, 20]) {
    const sent = await hub.statements(async () => {
      const { errors } = await hub.as(coordinator, `query ($network: String!, $first: Int) { ${fields} }`, {
        network: network.slug,
        first,
      });
      expect(errors).toBeUndefined();
    });
    reads.push(
      sent.filter(one => /^select |^with /.test(one) && !/ from "?(account|membership)|set_config/.test(one)).length,
    );
  }
  expect(reads).toEqual([most, most]);
});

test('where two partners become one, what was found at a joined place decides of the one that remains', async () => {
  const build = directory(hub.owner());
  const address = { storedStreet: 'Flözweg 4', storedPostalCode: '44787', city: 'Bochum' };
  const twin = await build.partner(network, 'Anker e. V.');
  const mine = await build.location(anker, town, {
    ...address,
    features: { [AccessibilityFeature.LIFT]: FeatureState.YES },
  });
  const theirs = await build.location(twin, town, address);
  await assess(theirs.id, '2026-03-02', STEP_FREE);
  expect(await known(mine.id)).toEqual(['LIFT YES ']);
  expect((await merge(hub, coordinator, anker.id, twin.id)).userErrors).toEqual([]);
  expect(await known(mine.id)).toEqual(['STEP_FREE_ENTRANCE YES 2026-03-02']);
  const { data } = await hub.as(
    coordinator,
    `{ location(id: "${theirs.id}") { id latestAssessment { location { id } } } }`,
  );
  expect(data.location).toEqual({ id: mine.id, latestAssessment: { location: { id: mine.id } } });
});

test('of drafts that meet where partners become one the oldest goes on; a draft is discarded by the coordination', async () => {
  const build = directory(hub.owner());
  const address = { storedStreet: 'Stollenweg 7', storedPostalCode: '44787', city: 'Bochum' };
  const survivor = await build.partner(network, 'Grubenlicht');
  const twin = await build.partner(network, 'Grubenlicht e. V.');
  const mine = await build.location(survivor, town, address);
  const theirs = [await build.location(twin, town, address), await build.location(twin, town, address)];
  const draft = async (location: string, assessedOn: string): Promise<string> =>
    (await start(coordinator, location, { assessedOn })).assessment.id;
  await assess(theirs[1]!.id, '2026-02-01', STEP_FREE);
  const drafts = [
    await draft(mine.id, '2026-03-03'),
    await draft(theirs[0]!.id, '2026-03-02'),
    await draft(theirs[1]!.id, '2026-03-04'),
  ];
  for (const id of drafts) expect((await record(coordinator, id, met('entrance-step-free'))).userErrors).toEqual([]);
  expect((await merge(hub, coordinator, survivor.id, twin.id)).userErrors).toEqual([]);
  const left = () =>
    hub
      .owner()
      .execute(
        `select id, location_id as at from accessibility_assessment where status = 'DRAFT' and location_id in (?, ?, ?)`,
        [mine.id, theirs[0]!.id, theirs[1]!.id],
      );
  expect(await left()).toEqual([{ id: drafts[1], at: mine.id }]);
  expect(await known(mine.id)).toEqual(['STEP_FREE_ENTRANCE YES 2026-02-01']);

  const discard = (viewer: Viewer, id: string, expectedVersion?: number) =>
    mutate(
      viewer,
      `($id: ID!, $expectedVersion: Int) {
        accessibilityAssessmentDiscard(id: $id, expectedVersion: $expectedVersion) { discardedId userErrors { code path } } }`,
      { id, expectedVersion },
    );
  const refused = (code: string, ...path: string[]) => ({ discardedId: null, userErrors: [{ code, path }] });
  expect(await discard(stranger, drafts[1]!)).toEqual(refused('NOT_FOUND', 'id'));
  expect(await discard(coordinator, drafts[0]!)).toEqual(refused('NOT_FOUND', 'id'));
  expect(await discard(coordinator, drafts[1]!, 1)).toEqual(refused('VERSION_CONFLICT', 'expectedVersion'));
  await expect(discard(editorOf(survivor), drafts[1]!)).rejects.toThrow('FORBIDDEN');
  const { data } = await hub.as(coordinator, `{ location(id: "${mine.id}") { latestAssessment { id } } }`);
  expect(await discard(coordinator, data.location.latestAssessment.id)).toEqual(refused('STEP_NOT_OPEN', 'id'));
  expect(await left()).toHaveLength(1);
  expect(await discard(coordinator, drafts[1]!)).toEqual({ discardedId: drafts[1], userErrors: [] });
  expect(await left()).toEqual([]);
  expect(await hub.owner().execute('select from accessibility_finding where assessment_id = ?', [drafts[1]])).toEqual(
    [],
  );
  // The place is free for another one.
  expect((await start(coordinator, mine.id, { assessedOn: '2026-03-05' })).userErrors).toEqual([]);
});
