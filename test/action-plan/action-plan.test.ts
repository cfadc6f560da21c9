import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('action_plan');
afterAll(() => hub.setNow(undefined));

let world: Awaited<ReturnType<typeof hub.given>>;
beforeAll(async () => {
  hub.setNow(new Date('2026-03-01T09:00:00.000Z'));
  world = await hub.given({ referrals: 14, total: 30, status: ReferralStatus.COMPLETED });
});

const MEASURE = `id status droppedOn version unit baseline target startsOn dueOn indicator needs { code } partner { id } services { id }
  nextReviewOn progress { value light share expected } targetReached { target reached setTooHigh }
  readings { nodes { readOn value source note } } reviews { nodes { decision targetBefore dueBefore } }`;
const PLAN = 'id title version adoptedOn closedOn published lights { green yellow red grey } measures { id title }';
const ERRORS = 'userErrors { code message path currentVersion }';

async function change(viewer: Viewer, name: string, types: string, variables: object) {
  const thing = name.startsWith('actionPlan') ? 'actionPlan' : 'planMeasure';
  const args = [...types.matchAll(/\$(\w+)/g)].map(([variable, one]) => `${one}: ${variable}`).join(', ');
  const fields = thing === 'actionPlan' ? PLAN : MEASURE;
  const { data, errors } = await hub.as(
    viewer,
    `mutation (${types}) { ${name}(${args}) { ${thing} { ${fields} } ${ERRORS} } }`,
    variables,
  );
  return { ...data?.[name], thing: data?.[name]?.[thing], errors };
}
const draft = (viewer: Viewer, input: object = {}) =>
  change(viewer, 'actionPlanDraft', '$input: ActionPlanDraftInput!', {
    input: { network: world.network.slug, title: 'Aktionsplan', from: '2026-01-01', until: '2026-12-31', ...input },
  });
const editPlan = (viewer: Viewer, id: string, input: object, expectedVersion?: number) =>
  change(viewer, 'actionPlanEdit', '$id: ID!, $input: ActionPlanEditInput!, $expectedVersion: Int', {
    id,
    input,
    expectedVersion,
  });
const adopt = (viewer: Viewer, id: string, on = '2026-03-01') =>
  change(viewer, 'actionPlanAdopt', '$id: ID!, $on: LocalDate!', { id, on });
const publish = (viewer: Viewer, id: string, published = true) =>
  change(viewer, 'actionPlanPublish', '$id: ID!, $published: Boolean', { id, published });
const close = (viewer: Viewer, id: string, on: string) =>
  change(viewer, 'actionPlanClose', '$id: ID!, $on: LocalDate!', { id, on });
const add = (viewer: Viewer, plan: string, input: object = {}) =>
  change(viewer, 'planMeasureAdd', '$plan: ID!, $input: PlanMeasureAddInput!', {
    plan,
    input: {
      field: 'NETWORK',
      title: 'Netz',
      owner: 'Koordination',
      startsOn: '2026-01-01',
      dueOn: '2026-12-31',
      unit: 'COUNT',
      baseline: 0,
      target: 10,
      ...input,
    },
  });
const edit = (viewer: Viewer, id: string, input: object, expectedVersion?: number) =>
  change(viewer, 'planMeasureEdit', '$id: ID!, $input: PlanMeasureEditInput!, $expectedVersion: Int', {
    id,
    input,
    expectedVersion,
  });
const record = (viewer: Viewer, id: string, readOn: string, value: number) =>
  change(viewer, 'planMeasureRecord', '$id: ID!, $input: MeasureReadingInput!', { id, input: { readOn, value } });
const measure = (viewer: Viewer, id: string) => change(viewer, 'planMeasureMeasure', '$id: ID!', { id });
const review = (viewer: Viewer, id: string, input: object) =>
  change(viewer, 'planMeasureReview', '$id: ID!, $input: MeasureReviewInput!', {
    id,
    input: { reviewedOn: '2026-03-01', note: 'Gesehen.', decision: 'CONTINUE', ...input },
  });

const refused = (code: string, ...path: string[]) => ({ userErrors: [{ code, path }] });
const OK = { userErrors: [] };

describe('a plan', () => {
  let plan: string;
  let one: string;

  test('is drafted by the coordinator of its network', async () => {
    const { coordinator, foreignCoordinator, caseworker } = world;
    expect((await draft(caseworker)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await draft(foreignCoordinator)).toMatchObject(refused('NOT_FOUND', 'input', 'network'));
    expect(await draft(coordinator, { until: '2025-12-31' })).toMatchObject(refused('INVALID_INPUT', 'input', 'until'));
    expect(await draft(coordinator, { title: '  ' })).toMatchObject(refused('INVALID_INPUT', 'input', 'title'));
    expect(await draft(coordinator, { accession: world.network.id })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'accession'),
    );
    const { thing, userErrors } = await draft(coordinator);
    expect(userErrors).toEqual([]);
    plan = thing.id;
    expect(await adopt(coordinator, plan)).toMatchObject(refused('INVALID_INPUT', 'id')); // nothing in it
  });

  test.each<[string, object, string[], string?]>([
    ['before the plan', { startsOn: '2025-12-31' }, ['input', 'startsOn']],
    ['after the plan', { dueOn: '2027-01-01' }, ['input', 'dueOn']],
    ['no time at all', { dueOn: '2026-01-01' }, ['input', 'dueOn']],
    ['a target that is there', { target: 0 }, ['input', 'target']],
    ['a negative baseline', { baseline: -1 }, ['input', 'baseline']],
    ['more than all', { unit: 'PERCENT', target: 101 }, ['input', 'target']],
    ['nobody', { owner: ' ' }, ['input', 'owner']],
    ['an unknown need', { needs: ['nonsense'] }, ['input', 'needs']],
    ['no service', { services: ['nonsense'] }, ['input', 'services']],
    [
      'an unknown category',
      { indicator: { indicator: 'PARTNERS_IN_CATEGORY', category: 'nonsense' } },
      ['input', 'indicator', 'category'],
    ],
    [
      'an unknown topic',
      { indicator: { indicator: 'STAFF_TRAINED', topic: 'nonsense' }, unit: 'PERCENT' },
      ['input', 'indicator', 'topic'],
    ],
    [
      'a parameter that is missing',
      { indicator: { indicator: 'FRESHNESS' }, unit: 'PERCENT' },
      ['input', 'indicator', 'subject'],
    ],
    ['one too many', { indicator: { indicator: 'MANUAL', category: 'placement' } }, ['input', 'indicator', 'category']],
    [
      'another unit',
      { indicator: { indicator: 'FRESHNESS', subject: 'PARTNERS' } },
      ['input', 'unit'],
      'Diese Kennzahl wird in Prozent gemessen.',
    ],
    [
      'what is not told',
      { indicator: { indicator: 'REFERRALS_WITH_OUTCOME', outcome: 'NO_DETAIL' }, unit: 'PEOPLE' },
      ['input', 'indicator', 'outcome'],
    ],
  ])('refuses a measure with %s', async (_, input, path, message) => {
    const answer = await add(world.coordinator, plan, input);
    expect(answer).toMatchObject(refused('INVALID_INPUT', ...path));
    if (message) expect(answer.userErrors).toMatchObject([{ message }]);
    const [row] = await hub
      .owner()
      .execute('select count(*)::int as count from plan_measure where plan_id = ?', [plan]);
    expect(row).toEqual({ count: 0 });
  });

  test('has measures that name needs, partner and services of its network', async () => {
    const { coordinator, foreignCoordinator, anker, service } = world;
    const foreign = await hub.given();
    expect(await add(foreignCoordinator, plan)).toMatchObject(refused('NOT_FOUND', 'plan'));
    expect(await add(coordinator, plan, { partner: foreign.anker.id })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'partner'),
    );
    expect(await add(coordinator, plan, { services: [foreign.service.id] })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'services'),
    );
    const { thing, userErrors } = await add(coordinator, plan, {
      needs: ['mental-illness', 'addiction', 'addiction'],
      partner: anker.id,
      services: [service.id],
    });
    expect(userErrors).toEqual([]);
    one = thing.id;
    expect(thing).toMatchObject({
      needs: [{ code: 'addiction' }, { code: 'mental-illness' }],
      partner: { id: anker.id },
      services: [{ id: service.id }],
      progress: { light: 'GREY', value: null },
    });
    expect(await edit(coordinator, one, { target: 20, services: null }, 1)).toMatchObject({
      thing: { target: 20, services: [], version: 2 },
    });
    expect(await edit(coordinator, one, { target: 20 }, 1)).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT', currentVersion: 2 }],
    });
    expect(await edit(coordinator, one, { services: [service.id] }, 2)).toMatchObject({ thing: { version: 3 } });
    expect(await edit(coordinator, one, { services: [] }, 2)).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT', currentVersion: 3 }],
    });
    expect(await edit(coordinator, one, { services: [service.id] }, 3)).toMatchObject({ thing: { version: 3 } });
    expect(await editPlan(coordinator, plan, { until: '2026-06-30' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'until'),
    );
    expect(await review(coordinator, one, {})).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
  });

  test('is seen as draft by its coordinator, adopted by members, published by everybody', async () => {
    const { coordinator, caseworker, partner, foreigner, foreignCoordinator, anonymous } = world;
    const people = [coordinator, caseworker, partner, foreigner, foreignCoordinator, anonymous];
    const seenBy = (viewer: Viewer) => async () => {
      const { data } = await hub.as(
        viewer,
        `query ($plan: ID!, $one: ID!, $network: String) { actionPlan(id: $plan) { id } planMeasure(id: $one) { id }
          a: node(id: $plan) { id } b: node(id: $one) { id }
          actionPlans(filter: { network: $network }) { nodes { id } totalCount } planMeasures(filter: { network: $network }) { nodes { id } } }`,
        { plan, one, network: world.network.slug },
      );
      expect(data.actionPlans.totalCount).toBe(data.actionPlans.nodes.length);
      const found = [
        data.actionPlan,
        data.planMeasure,
        data.a,
        data.b,
        ...data.actionPlans.nodes,
        ...data.planMeasures.nodes,
      ];
      return found.filter(Boolean).length;
    };
    const seen = async () => {
      const counts = [];
      for (const viewer of people) counts.push(await seenBy(viewer)());
      return counts;
    };
    expect(await seen()).toEqual([6, 0, 0, 0, 0, 0]);
    expect(await publish(coordinator, plan)).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
    expect(await adopt(coordinator, plan, '2026-03-02')).toMatchObject(refused('INVALID_INPUT', 'on'));
    expect(await adopt(foreignCoordinator, plan)).toMatchObject(refused('NOT_FOUND', 'id'));
    expect(await adopt(coordinator, plan)).toMatchObject({ thing: { adoptedOn: '2026-03-01', published: false } });
    expect(await adopt(coordinator, plan)).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
    expect(await seen()).toEqual([6, 6, 6, 0, 0, 0]);
    await publish(coordinator, plan);
    expect(await seen()).toEqual([6, 6, 6, 6, 6, 6]);
    await publish(coordinator, plan, false);
    expect(await seen()).toEqual([6, 6, 6, 0, 0, 0]);
  });

  test('keeps its readings by day, by hand; the later one holds', async () => {
    const { coordinator, foreignCoordinator } = world;
    expect(await record(foreignCoordinator, one, '2026-02-01', 1)).toMatchObject(refused('NOT_FOUND', 'id'));
    expect(await record(coordinator, one, '2026-03-02', 1)).toMatchObject(refused('INVALID_INPUT', 'input', 'readOn'));
    expect(await record(coordinator, one, '2025-12-31', 1)).toMatchObject(refused('INVALID_INPUT', 'input', 'readOn'));
    expect(await record(coordinator, one, '2026-02-01', -1)).toMatchObject(refused('INVALID_INPUT', 'input', 'value'));
    expect(await measure(coordinator, one)).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
    await record(coordinator, one, '2026-02-01', 1);
    await record(coordinator, one, '2026-02-01', 2);
    expect(await record(coordinator, one, '2026-03-01', 3)).toMatchObject({
      thing: {
        progress: { value: 3, light: 'GREEN' },
        readings: {
          nodes: [
            { readOn: '2026-03-01', value: 3, source: 'BY_HAND' },
            { readOn: '2026-02-01', value: 2 },
          ],
        },
      },
    });
    const { data } = await hub.as(
      coordinator,
      'query ($one: ID!) { planMeasure(id: $one) { progress(on: "2026-02-15") { value readOn on } } }',
      { one },
    );
    expect(data.planMeasure.progress).toEqual({ value: 2, readOn: '2026-02-01', on: '2026-02-15' });
  });

  test('changes its goals by reviews, which remember what was adopted', async () => {
    const { coordinator } = world;
    expect(await edit(coordinator, one, { target: 5 })).toMatchObject(refused('STEP_NOT_OPEN', 'input', 'target'));
    expect(await edit(coordinator, one, { dueOn: '2026-11-30' })).toMatchObject(
      refused('STEP_NOT_OPEN', 'input', 'dueOn'),
    );
    expect(await review(coordinator, one, { decision: 'ADJUST' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'target'),
    );
    expect(await review(coordinator, one, { target: 5 })).toMatchObject(refused('INVALID_INPUT', 'input', 'decision'));
    expect(await review(coordinator, one, { nextReviewOn: '2026-03-01' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'nextReviewOn'),
    );
    expect(await review(coordinator, one, { decision: 'ADJUST', target: 0 })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'target'),
    );
    expect(
      await review(coordinator, one, { decision: 'ADJUST', target: 15, nextReviewOn: '2026-06-01' }),
    ).toMatchObject({
      thing: {
        target: 15,
        nextReviewOn: '2026-06-01',
        targetReached: { target: 20, reached: 3 },
        reviews: { nodes: [{ decision: 'ADJUST', targetBefore: 20, dueBefore: '2026-12-31' }] },
      },
    });
    hub.setNow(new Date('2026-03-01T10:00:00.000Z'));
    expect(await review(coordinator, one, { decision: 'ADJUST', target: 12 })).toMatchObject({
      thing: { target: 12, targetReached: { target: 20 } },
    });
    const given = { thing: { status: 'DROPPED', progress: { light: 'GREY' } } };
    expect(await review(coordinator, one, { decision: 'STOP' })).toMatchObject(given);
    // Goals are told by the order of reviews.
    expect(await review(coordinator, one, { reviewedOn: '2026-02-28' })).toMatchObject(
      refused('INVALID_INPUT', 'input', 'reviewedOn'),
    );
    expect(await review(coordinator, one, { decision: 'ADJUST', target: 13 })).toMatchObject({
      thing: { status: 'UNDER_WAY', target: 13 },
    });
    await edit(coordinator, one, { status: 'DROPPED' });
    expect(await review(coordinator, one, {})).toMatchObject({ thing: { status: 'UNDER_WAY' } });
    // A past day is told as it was.
    hub.setNow(new Date('2026-03-03T10:00:00.000Z'));
    expect((await edit(coordinator, one, { status: 'DROPPED' })).thing.droppedOn).toBe('2026-03-03');
    expect(await review(coordinator, one, { reviewedOn: '2026-03-02' })).toMatchObject(given); // given up after that
    hub.setNow(new Date('2026-03-05T10:00:00.000Z'));
    await edit(coordinator, one, { status: 'UNDER_WAY' });
    const { data } = await hub.as(
      coordinator,
      `query ($plan: ID!, $one: ID!) { planMeasure(id: $one) { droppedOn status before: progress(on: "2026-03-02") { light }
        stopped: progress(on: "2026-03-04") { light } again: progress(on: "2026-03-05") { light } }
        actionPlan(id: $plan) { before: lights(on: "2026-03-02") { grey } stopped: lights(on: "2026-03-04") { grey } } }`,
      { plan, one },
    );
    expect(data).toEqual({
      planMeasure: {
        droppedOn: null,
        status: 'UNDER_WAY',
        before: { light: 'GREEN' },
        stopped: { light: 'GREY' },
        again: { light: 'GREEN' },
      },
      actionPlan: { before: { grey: 0 }, stopped: { grey: 1 } },
    });
    await edit(coordinator, one, { status: 'DONE' });
    const today = { reviewedOn: '2026-03-05' };
    expect(await review(coordinator, one, today)).toMatchObject({ thing: { status: 'DONE' } });
    expect(await review(coordinator, one, { ...today, decision: 'STOP' })).toMatchObject(given);
  });

  test('closes for good', async () => {
    const { coordinator } = world;
    expect(await close(coordinator, plan, '2026-02-28')).toMatchObject(refused('INVALID_INPUT', 'on'));
    expect(await close(coordinator, plan, '2026-03-05')).toMatchObject({
      thing: { closedOn: '2026-03-05', lights: { grey: 1 } },
    });
    expect(await add(coordinator, plan)).toMatchObject(refused('STEP_NOT_OPEN', 'plan'));
    expect(await edit(coordinator, one, { title: 'Neu' })).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
    expect(await record(coordinator, one, '2026-03-01', 4)).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
    expect(await editPlan(coordinator, plan, { title: 'Neu' })).toMatchObject(refused('STEP_NOT_OPEN', 'id'));
  });
});

describe('what the hub measures', () => {
  const ids: Record<string, string> = {};
  const reading = async (name: string) => {
    const { data } = await hub.as(
      world.coordinator,
      'query ($id: ID!) { planMeasure(id: $id) { readings { nodes { readOn value source } } } }',
      { id: ids[name] },
    );
    return data.planMeasure.readings.nodes.map((one: { readOn: string; value: number }) => [one.readOn, one.value]);
  };
  const sql = (text: string, ...values: unknown[]) => hub.owner().execute(text, values);

  beforeAll(async () => {
    const { coordinator, network, service } = world;
    hub.setNow(new Date('2026-03-10T09:00:00.000Z'));
    await sql(`update service set confirmed_at = '2026-03-01' where id = ?`, service.id);
    const { id } = (await draft(coordinator, { title: 'Gemessen' })).thing;
    const measures = {
      partners: { indicator: { indicator: 'PARTNERS_IN_CATEGORY', category: 'placement' } },
      places: { unit: 'PLACES', indicator: { indicator: 'FREE_PLACES_IN_CATEGORY', category: 'placement' } },
      employed: {
        unit: 'PEOPLE',
        indicator: { indicator: 'REFERRALS_WITH_OUTCOME', outcome: 'EMPLOYED' },
        startsOn: '2026-02-01',
      },
      fresh: { unit: 'PERCENT', indicator: { indicator: 'FRESHNESS', subject: 'SERVICES' }, dueOn: '2026-04-20' },
      trained: { unit: 'PERCENT', target: 100, indicator: { indicator: 'STAFF_TRAINED', topic: 'addiction' } },
      sites: { unit: 'PERCENT', target: 100, indicator: { indicator: 'SITES_ASSESSED', since: '2026-01-01' } },
      manual: {},
      later: { startsOn: '2026-05-01', indicator: { indicator: 'PARTNERS_IN_CATEGORY', category: 'placement' } },
    };
    for (const [name, input] of Object.entries(measures)) {
      const { thing, userErrors } = await add(coordinator, id, input);
      expect(userErrors).toEqual([]);
      ids[name] = thing.id;
    }
    await sql(`update referral set outcome = 'EMPLOYED', ended_at = '2026-02-10' where network_id = ?`, network.id);
    expect(await adopt(coordinator, id)).toMatchObject(OK);
    await hub.runClock();
  });

  test('is read by the clock once a month', async () => {
    expect(await reading('partners')).toEqual([['2026-03-10', 1]]);
    expect(await reading('fresh')).toEqual([['2026-03-10', 100]]);
    expect([await reading('manual'), await reading('later')]).toEqual([[], []]);
    hub.setNow(new Date('2026-03-31T09:00:00.000Z'));
    await hub.runClock();
    expect(await reading('partners')).toEqual([['2026-03-10', 1]]);
    hub.setNow(new Date('2026-04-01T09:00:00.000Z'));
    await Promise.all([hub.runClock(), hub.runClock()]);
    expect(await reading('partners')).toEqual([
      ['2026-04-01', 1],
      ['2026-03-10', 1],
    ]);
  });

  test('counts places as everybody sees them', async () => {
    expect((await reading('places')).at(-1)).toEqual(['2026-03-10', 30]);
    await sql(`update service set feedback_level = 'RECEIVED_ONLY' where id = ?`, world.service.id);
    hub.setNow(new Date('2026-04-02T09:00:00.000Z'));
    const { thing, userErrors } = await measure(world.coordinator, ids.places!);
    expect(userErrors).toEqual([]);
    expect(thing.progress).toMatchObject({ value: 6 });
    await sql(`update service set feedback_level = 'STATUS_AND_OUTCOME' where id = ?`, world.service.id);
  });

  test('knows how many of the staff are trained, and how many sites assessed', async () => {
    const { coordinator, network, anker, location } = world;
    expect([(await reading('trained')).at(-1), (await reading('sites')).at(-1)]).toEqual([
      ['2026-03-10', null],
      ['2026-03-10', null],
    ]);
    const [course] = await sql(
      `insert into training_course (network_id, title, topics, hours) values (?, 'Sucht', '{addiction}', 6) returning id`,
      network.id,
    );
    /** A team of ten of whom so many learnt about it on that day. */
    const team = async (name: string, learnt: number, heldOn: string, dissolvedOn: string | null = null) => {
      const [row] = await sql(
        'insert into team (network_id, name, staff, dissolved_on) values (?, ?, 10, ?) returning id',
        network.id,
        name,
        dissolvedOn,
      );
      const [session] = await sql(
        'insert into training_session (network_id, course_id, held_on, held_until) values (?, ?, ?, ?) returning id',
        network.id,
        course!.id,
        heldOn,
        heldOn,
      );
      await sql(
        'insert into training_attendance (session_id, team_id, network_id, attended, first_time) values (?, ?, ?, ?, ?)',
        session!.id,
        row!.id,
        network.id,
        learnt,
        learnt,
      );
    };
    const now = async (name: string) => (await measure(coordinator, ids[name]!)).thing.progress.value;
    await team('Alle', 14, '2026-02-01'); // more than its ten do not count
    expect(await now('trained')).toBe(100);
    await team('Drei', 3, '2026-02-01');
    await team('Noch nicht', 9, '2026-04-03');
    await team('Zu lange her', 9, '2023-04-02');
    await team('Aufgelöst', 9, '2026-02-01', '2026-04-02');
    expect(await now('trained')).toBeCloseTo((100 * 13) / 40, 9);
    // Of as many as worked there on the day, whatever it was before.
    await sql(
      `insert into team_staff (team_id, staff_until, staff)
       select id, date '2026-04-01', 90 from team where name = 'Drei' and network_id = ?
       union all select id, date '2026-05-31', 2 from team where name = 'Noch nicht' and network_id = ?`,
      network.id,
      network.id,
    );
    expect(await now('trained')).toBeCloseTo((100 * 13) / 32, 9);
    await sql('delete from team_staff');
    await sql(
      `insert into jobcenter (network_id, partner_id, form) values (?, ?, 'JOINT_FACILITY')`,
      network.id,
      anker.id,
    );
    expect(await now('sites')).toBe(0);
    const assess = (day: string, status: string) =>
      sql(
        `insert into accessibility_assessment (location_id, assessed_on, assessed_by, status, completed_at)
         values (?, ?, 'Bauamt', ?, case when ? = 'COMPLETED' then now() end)`,
        location.id,
        day,
        status,
        status,
      );
    await assess('2025-12-31', 'COMPLETED');
    await assess('2026-02-01', 'DRAFT');
    await assess('2026-04-03', 'COMPLETED');
    expect(await now('sites')).toBe(0);
    await assess('2026-04-01', 'COMPLETED');
    expect(await now('sites')).toBe(100);
  });

  test('tells of clients in whole fives only, until the end of last month', async () => {
    // 14 were placed in February; the clock told it as 10.
    expect((await reading('employed')).at(-1)).toEqual(['2026-03-10', 10]);
    await sql(
      `update referral set outcome = 'GOAL_REACHED' where network_id = ? and id not in (
         select id from referral where network_id = ? order by id limit 4)`,
      world.network.id,
      world.network.id,
    );
    expect((await measure(world.coordinator, ids.employed!)).thing.readings.nodes[0]).toMatchObject({
      readOn: '2026-04-02',
      value: null,
    });
    await sql(
      `update referral set outcome = 'EMPLOYED', ended_at = '2026-04-01' where network_id = ?`,
      world.network.id,
    );
    expect((await measure(world.coordinator, ids.employed!)).thing.readings.nodes[0]).toMatchObject({ value: null });
    hub.setNow(new Date('2026-05-01T09:00:00.000Z'));
    expect((await measure(world.coordinator, ids.employed!)).thing.readings.nodes[0]).toMatchObject({ value: 10 });
  });

  test('is read once more on the due day, and no more afterwards', async () => {
    const days = async () => (await reading('fresh')).map(([day]: [string]) => day);
    hub.setNow(new Date('2026-04-20T09:00:00.000Z'));
    await hub.runClock();
    await hub.runClock();
    expect(await days()).toEqual(['2026-04-20', '2026-04-01', '2026-03-10']);
    hub.setNow(new Date('2026-06-20T09:00:00.000Z'));
    await hub.runClock();
    expect(await days()).toEqual(['2026-04-20', '2026-04-01', '2026-03-10']);
    expect((await reading('later'))[0]).toEqual(['2026-06-20', 1]);
  });

  test('is measured for its own coordinator alone, and not entered by hand', async () => {
    expect(await measure(world.foreignCoordinator, ids.partners!)).toMatchObject(refused('NOT_FOUND', 'id'));
    expect(await record(world.coordinator, ids.partners!, '2026-06-01', 9)).toMatchObject(
      refused('STEP_NOT_OPEN', 'id'),
    );
    expect((await measure(world.caseworker, ids.partners!)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('a page of plans, and one of measures, are bounded numbers of statements', async () => {
    const reads = async (query: string) => {
      const sent = await hub.statements(async () =>
        expect((await hub.as(world.coordinator, query)).errors).toBeUndefined(),
      );
      return sent.filter(one => /^(with|select) /.test(one) && !/ from "?(account|membership)|set_config/.test(one))
        .length;
    };
    const measures = (first: number) =>
      reads(`{ planMeasures(first: ${first}) { totalCount nodes { ${MEASURE} category { code } plan { title } } } }`);
    // page, count, needs, partners, categories, services, plans, courses, first targets, readings, reviews, next reviews
    expect(await measures(2)).toBeLessThanOrEqual(12);
    expect(await measures(20)).toBe(12);
    const [agreement] = await sql(
      `insert into framework_agreement (slug, title, initiative, concluded_on) values ('probe', 'P', 'P', '2026-01-01') returning id`,
    );
    const [accession] = await sql(
      `insert into accession (network_id, agreement_id, deadline) values (?, ?, '2026-12-31') returning id`,
      world.network.id,
      agreement!.id,
    );
    await sql('update action_plan set accession_id = ?, published = true', accession!.id);
    const { data } = await hub.as(world.anonymous, '{ actionPlans { nodes { accession { id } } } }');
    expect(data.actionPlans.nodes).toEqual([{ accession: null }, { accession: null }]); // not acceded yet
    const plans = (first: number) =>
      reads(`{ actionPlans(first: ${first}) { nodes { network { slug } accession { id } lights { green }
        targetsReached { setTooHigh rule measure { title } } measures { progress { light rule } } } } }`);
    // page, networks, accessions, measures, courses, adjustments
    expect([await plans(1), await plans(20)]).toEqual([6, 6]);
  });

  test('is read as of the due day when the due month is over, also of a plan that was closed', async () => {
    const { coordinator, network } = world;
    const endedOn = (day: string) =>
      sql(`update referral set outcome = 'EMPLOYED', ended_at = ? where network_id = ?`, day, network.id);
    const { id } = (await draft(coordinator, { title: 'Zum Termin' })).thing;
    const placed = { unit: 'PEOPLE', indicator: { indicator: 'REFERRALS_WITH_OUTCOME', outcome: 'EMPLOYED' } };
    const trained = { unit: 'PERCENT', target: 100, indicator: { indicator: 'STAFF_TRAINED', topic: 'addiction' } };
    ids.placed = (await add(coordinator, id, { ...placed, dueOn: '2026-07-31' })).thing.id;
    ids.learnt = (await add(coordinator, id, { ...trained, dueOn: '2026-07-15' })).thing.id;
    ids.gone = (await add(coordinator, id, { ...placed, dueOn: '2026-07-30' })).thing.id;
    hub.setNow(new Date('2026-07-20T09:00:00.000Z'));
    expect(await adopt(coordinator, id, '2026-07-01')).toMatchObject(OK);
    await sql(`update team set dissolved_on = '2026-07-16' where network_id = ?`, network.id);
    // As of the due day there were teams still.
    const { thing } = await measure(coordinator, ids.learnt!);
    expect(thing.readings.nodes).toMatchObject([{ readOn: '2026-07-15', value: expect.any(Number) }]);
    await endedOn('2026-07-15');
    await edit(coordinator, ids.gone!, { status: 'DROPPED' });
    hub.setNow(new Date('2026-07-31T09:00:00.000Z'));
    await hub.runClock();
    expect(await reading('placed')).toEqual([['2026-07-31', null]]); // this month is not told yet
    expect(await close(coordinator, id, '2026-07-31')).toMatchObject(OK);
    hub.setNow(new Date('2026-08-01T09:00:00.000Z'));
    await Promise.all([hub.runClock(), hub.runClock()]);
    expect(await reading('placed')).toEqual([['2026-07-31', 10]]);
    expect(await reading('gone')).toEqual([]);
    const { data } = await hub.as(
      coordinator,
      'query ($id: ID!) { planMeasure(id: $id) { targetReached { reached isDue } progress { light } } }',
      { id: ids.placed },
    );
    expect(data.planMeasure).toEqual({ targetReached: { reached: 10, isDue: true }, progress: { light: 'GREEN' } });
    await endedOn('2026-01-15');
    await sql(`update referral set outcome = 'GOAL_REACHED' where network_id = ?`, network.id);
    await hub.runClock();
    expect(await reading('placed')).toEqual([['2026-07-31', 10]]); // once
  });

  test('tells of whole months, so that a day that is moved tells of nobody', async () => {
    const { coordinator, network } = world;
    await sql(`update referral set outcome = 'EMPLOYED', ended_at = '2026-08-15' where network_id = ?`, network.id);
    hub.setNow(new Date('2026-09-20T09:00:00.000Z'));
    const { id } = (await draft(coordinator, { title: 'Entwurf' })).thing;
    const indicator = { indicator: 'REFERRALS_WITH_OUTCOME', outcome: 'EMPLOYED' };
    const { thing } = await add(coordinator, id, { unit: 'PEOPLE', indicator });
    const told = async (startsOn: string, dueOn: string) => {
      await edit(coordinator, thing.id, { startsOn, dueOn });
      const answer = await measure(coordinator, thing.id);
      return answer.thing.readings.nodes[0].value;
    };
    expect(await told('2026-07-16', '2026-08-30')).toBeNull();
    expect(await told('2026-08-01', '2026-08-31')).toBe(10);
    expect(await told('2026-08-01', '2026-09-15')).toBe(10);
    expect(await told('2026-07-16', '2026-09-15')).toBe(10);
    expect(await told('2026-08-02', '2026-09-16')).toBeNull();
  });

  test('keeps a thousand readings, of which each can be replaced', async () => {
    await sql(
      `insert into measure_reading (measure_id, read_on, value, source, read_at)
       select ?, date '2026-02-01' + n, 1, 'BY_HAND', now() from generate_series(0, 999) n`,
      ids.manual,
    );
    expect(await record(world.coordinator, ids.manual!, '2026-09-19', 2)).toMatchObject(OK);
    expect(await record(world.coordinator, ids.manual!, '2026-01-31', 2)).toMatchObject(refused('LIMIT_REACHED', 'id'));
  });
});

test('a measure names what its partner was merged into, also where that happens meanwhile', async () => {
  const { coordinator, anker, network } = await hub.given();
  const twin = await directory(hub.owner()).partner(network, 'Anker e. V.');
  const drafted = (await draft(coordinator, { network: network.slug })).thing.id;
  const named = (await add(coordinator, drafted)).thing.id;
  const own = (answer: { thing: { partner: { id: string } | null } }) => answer.thing.partner?.id;
  // A merge that has locked both and not yet moved what names the other, as another session sees it.
  const asked = await hub.owner().transactional(async tx => {
    await tx.execute('select from partner where id in (?, ?) order by id for no key update', [anker.id, twin.id]);
    const answers = [
      add(coordinator, drafted, { partner: twin.id }),
      edit(coordinator, named, { partner: twin.id }),
    ] as const;
    await waitersOf(hub, 2);
    await tx.execute('update plan_measure set partner_id = ? where partner_id = ?', [anker.id, twin.id]);
    await tx.execute('select from plan_measure where id = ? for update nowait', [named]);
    await tx.execute(`update partner set merged_into_id = ?, status = 'ARCHIVED' where id = ?`, [anker.id, twin.id]);
    return answers;
  });
  const [added, edited] = await Promise.all(asked);
  expect([added.userErrors, edited.userErrors]).toEqual([[], []]);
  expect([own(added), own(edited)]).toEqual([anker.id, anker.id]);
  expect(own(await add(coordinator, drafted, { partner: twin.id }))).toBe(anker.id);
  expect(own(await edit(coordinator, named, { partner: null }))).toBeUndefined();
  expect(own(await edit(coordinator, named, { partner: twin.id }))).toBe(anker.id);
  expect(await edit(coordinator, named, { partner: named })).toMatchObject(refused('NOT_FOUND', 'input', 'partner'));
});
