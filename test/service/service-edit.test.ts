import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import type { Partner } from '../../src/partner/partner.entity.js';
import { Service } from '../../src/service/service.entity.js';
import { ServiceCapacity } from '../../src/service/service-capacity.entity.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { ago, anonymous, auditor, caseworkerIn, coordinatorOf, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('service_edit');
const NOW = new Date('2026-03-10T09:00:00.123Z');
const BEFORE = ago(NOW, 10);

let network!: Network;
let anker!: Partner;
let brücke!: Partner;
let service!: Service;
let editor!: Viewer;

beforeAll(async () => {
  const at = directory(hub.owner());
  network = await at.network('Nord');
  anker = await at.partner(network, 'Anker');
  brücke = await at.partner(network, 'Brücke');
  editor = editorOf(anker);
});
beforeEach(async () => {
  hub.setNow(NOW);
  const capacity = {
    total: 10,
    reserved: 2,
    occupiedElsewhere: 3,
    reportedWaiting: 4,
    waitlisted: 1,
    expectedWaitDays: 21,
    reportedAt: ago(NOW, 100),
  };
  service = await directory(hub.owner()).service(anker, 'Kurs', { updatedAt: BEFORE, capacity });
});

const CAPACITY = 'capacity { total free waiting expectedWaitDays occupiedElsewhere reserved reportedAt freshness }';
const ERRORS = 'userErrors { code message path currentVersion }';
const REPORT = `mutation ($id: ID!, $input: CapacityReportInput!) {
  serviceCapacityReport(id: $id, input: $input) { service { version updatedAt confirmedAt ${CAPACITY} } ${ERRORS} }
}`;
const PAUSE = `mutation ($id: ID!, $until: LocalDate, $expectedVersion: Int) {
  servicePauseIntake(id: $id, until: $until, expectedVersion: $expectedVersion) {
    service { intakePausedUntil status version updatedAt } ${ERRORS}
  }
}`;

const report = (input: object, viewer = editor) => hub.as(viewer, REPORT, { id: service.id, input });
const pause = (until: string | null, more: object = {}) => hub.as(editor, PAUSE, { id: service.id, until, ...more });
const rows = async () => [
  await hub.owner().execute('select * from service order by id'),
  await hub.owner().execute('select * from service_capacity order by service_id'),
];

describe('serviceCapacityReport', () => {
  const stored = {
    total: 10,
    reserved: 2,
    occupiedElsewhere: 3,
    reportedWaiting: 4,
    waitlisted: 1,
    expectedWaitDays: 21,
    reportedAt: NOW,
  };
  const shown = {
    total: 10,
    free: 5,
    waiting: 5,
    expectedWaitDays: 21,
    occupiedElsewhere: 3,
    reserved: 2,
    reportedAt: NOW.toISOString(),
    freshness: 'FRESH',
  };

  test.each<[object, object, object]>([
    [{}, {}, {}],
    [{ total: 12 }, { total: 12 }, { total: 12, free: 7 }],
    [{ total: 0 }, { total: 0 }, { total: 0, free: 0 }],
    [{ total: null }, { total: null }, { total: null, free: null }],
    [{ total: 100_000 }, { total: 100_000 }, { total: 100_000, free: 99_995 }],
    [{ total: 1 }, { total: 1 }, { total: 1, free: 0 }],
    [{ occupiedElsewhere: 0 }, { occupiedElsewhere: 0 }, { occupiedElsewhere: 0, free: 8 }],
    [{ occupiedElsewhere: null }, { occupiedElsewhere: 0 }, { occupiedElsewhere: 0, free: 8 }],
    [{ occupiedElsewhere: 50 }, { occupiedElsewhere: 50 }, { occupiedElsewhere: 50, free: 0 }],
    [{ waiting: 0 }, { reportedWaiting: 0 }, { waiting: 1 }],
    [{ waiting: null }, { reportedWaiting: null }, { waiting: 1 }],
    [{ expectedWaitDays: 0 }, { expectedWaitDays: 0 }, { expectedWaitDays: 0 }],
    [{ expectedWaitDays: null }, { expectedWaitDays: null }, { expectedWaitDays: null }],
    [{ expectedWaitDays: 3_650 }, { expectedWaitDays: 3_650 }, { expectedWaitDays: 3_650 }],
    [
      { total: 20, occupiedElsewhere: 1, waiting: 2, expectedWaitDays: 3 },
      { total: 20, occupiedElsewhere: 1, reportedWaiting: 2, expectedWaitDays: 3 },
      { total: 20, occupiedElsewhere: 1, waiting: 3, expectedWaitDays: 3, free: 17 },
    ],
  ])('%j is stored and dated now; the rest stays', async (input, changed, seen) => {
    const { data } = await report(input);
    expect(data.serviceCapacityReport).toMatchObject({
      service: { capacity: { ...shown, ...seen }, version: 1, updatedAt: BEFORE.toISOString(), confirmedAt: null },
      userErrors: [],
    });
    expect(await hub.owner().findOneOrFail(ServiceCapacity, service.id)).toMatchObject({ ...stored, ...changed });
  });

  test('the first report makes the places seen', async () => {
    const silent = await directory(hub.owner()).service(anker, 'Still');
    const { data } = await hub.as(editor, REPORT, { id: silent.id, input: { total: 3 } });
    expect(data.serviceCapacityReport.service.capacity).toMatchObject({
      total: 3,
      free: 3,
      waiting: null,
      reserved: 0,
    });
  });

  test('a service without counters gets them with the first report', async () => {
    await hub.owner().execute('delete from service_capacity where service_id = ?', [service.id]);
    const { data } = await report({ total: 3 });
    expect(data.serviceCapacityReport).toMatchObject({ service: { capacity: { total: 3, free: 3 } }, userErrors: [] });
  });

  test('a place that is taken meanwhile stays taken', async () => {
    const rival = hub.owner();
    await rival.begin();
    await rival.execute('update service_capacity set reserved = reserved + 1 where service_id = ?', [service.id]);
    const ours = report({ total: 6 });
    await waitersOf(hub, 1);
    await rival.commit();
    expect((await ours).data.serviceCapacityReport.service.capacity).toMatchObject({ total: 6, reserved: 3, free: 0 });
  });

  test.each([
    ['total', -1],
    ['total', 100_001],
    ['total', 2_147_483_647],
    ['total', -2_147_483_648],
    ['occupiedElsewhere', -1],
    ['occupiedElsewhere', 100_001],
    ['waiting', -1],
    ['waiting', 100_001],
    ['expectedWaitDays', -1],
    ['expectedWaitDays', 3_651],
  ])('refuses %s: %i, and nothing changes', async (field, value) => {
    const before = await rows();
    const { data } = await report({ total: 5, [field]: value });
    expect(data.serviceCapacityReport).toMatchObject({
      service: null,
      userErrors: [{ code: 'INVALID_INPUT', path: ['input', field] }],
    });
    expect(await rows()).toEqual(before);
  });

  test.each([
    ['input.total', { total: 2_147_483_648 }],
    ['input.total', { total: 1e100 }],
    ['input.total', { total: 1.5 }],
    ['input.total', { total: '10' }],
    ['input.total', { total: true }],
    ['input.waiting', { waiting: [1] }],
    ['input', { reserved: 0 }],
    ['input', { free: 5 }],
  ])('%s is malformed: %j', async (argument, input) => {
    const before = await rows();
    const { errors } = await report(input);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
    expect(await rows()).toEqual(before);
  });
});

describe('servicePauseIntake', () => {
  test.each([
    ['today', '2026-03-10'],
    ['in a while', '2026-12-24'],
    ['on a leap day', '2028-02-29'],
  ])('pauses until %s, and opens again', async (_name, until) => {
    const paused = await pause(until, { expectedVersion: 1 });
    expect(paused.data.servicePauseIntake).toEqual({
      service: { intakePausedUntil: until, status: 'ACTIVE', version: 2, updatedAt: NOW.toISOString() },
      userErrors: [],
    });
    const open = await pause(null, { expectedVersion: 2 });
    expect(open.data.servicePauseIntake.service).toMatchObject({ intakePausedUntil: null, version: 3 });
    expect(await hub.owner().findOneOrFail(Service, service.id)).toMatchObject({ intakePausedUntil: null, version: 3 });
  });

  test('left out opens too', async () => {
    await pause('2026-12-24');
    const query = `mutation ($id: ID!) { servicePauseIntake(id: $id) { service { intakePausedUntil } } }`;
    const { data } = await hub.as(editor, query, { id: service.id });
    expect(data.servicePauseIntake.service).toEqual({ intakePausedUntil: null });
  });

  test.each(['2026-03-09', '2025-03-10', '1900-01-01', '0001-01-01'])('%s is in the past', async until => {
    const before = await rows();
    const { data } = await pause(until);
    expect(data.servicePauseIntake).toMatchObject({
      service: null,
      userErrors: [{ code: 'INVALID_INPUT', path: ['until'] }],
    });
    expect(await rows()).toEqual(before);
  });

  test('the day is that of Berlin', async () => {
    hub.setNow(new Date('2026-06-30T22:30:00Z')); // 1 July, half past midnight
    expect((await pause('2026-06-30')).data.servicePauseIntake.userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect((await pause('2026-07-01')).data.servicePauseIntake.userErrors).toEqual([]);
  });

  test.each([
    '2026-02-30',
    '2026-13-01',
    '2026-3-10',
    '10.03.2026',
    '2026-03-10T00:00:00Z',
    '',
    'heute',
    '+12026-01-01',
  ])('%s is no day', async until => {
    const before = await rows();
    const { errors } = await pause(until);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'until' } }]);
    expect(await rows()).toEqual(before);
  });

  test('the far future is either taken or refused, never an accident', async () => {
    const { data } = await pause('9999-12-31');
    expect(data.servicePauseIntake.service).toMatchObject({ intakePausedUntil: '9999-12-31' });
  });

  test('an outdated version is a conflict', async () => {
    const before = await rows();
    const { data } = await pause('2026-12-24', { expectedVersion: 7 });
    expect(data.servicePauseIntake).toMatchObject({
      service: null,
      userErrors: [{ code: 'VERSION_CONFLICT', path: ['expectedVersion'], currentVersion: 1 }],
    });
    expect(await rows()).toEqual(before);
  });

  test('of parallel edits of one version one wins', async () => {
    const days = ['2026-04-01', '2026-04-02', '2026-04-03', '2026-04-04'];
    const answers = await Promise.all(days.map(day => pause(day, { expectedVersion: 1 })));
    const won = answers.flatMap(({ data }) => data.servicePauseIntake.service ?? []);
    expect(won).toHaveLength(1);
    const kept = await hub.owner().findOneOrFail(Service, service.id);
    expect(kept).toMatchObject({ intakePausedUntil: won[0].intakePausedUntil, version: 2 });
  });
});

describe('who may', () => {
  const doors = [
    ['serviceCapacityReport', REPORT],
    ['servicePauseIntake', PAUSE],
  ] as const;
  const ask = (viewer: Viewer, query: string, id: string) =>
    hub.as(viewer, query, { id, ...(query === REPORT ? { input: { total: 99 } } : { until: '2026-12-24' }) });

  test.each(doors)('%s: of a stranger, or of none, is NOT_FOUND', async (door, query) => {
    const before = await rows();
    const unknown = '6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11';
    for (const [viewer, id] of [
      [editorOf(brücke), service.id],
      [editor, unknown],
      [editor, 'x'],
      [editor, anker.id],
    ] as const) {
      const { data, errors } = await ask(viewer, query, id);
      expect(errors).toBeUndefined();
      expect(data[door]).toMatchObject({ service: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
    }
    expect(await rows()).toEqual(before);
  });

  test.each(doors)('%s: a stranger learns nothing by a version or a wrong value either', async (door, query) => {
    const variables = { id: service.id, input: { total: -1 }, until: '1900-01-01', expectedVersion: 99 };
    const { data } = await hub.as(
      editorOf(brücke),
      query,
      query === REPORT ? { id: variables.id, input: variables.input } : variables,
    );
    expect(data[door].userErrors).toMatchObject([{ code: 'NOT_FOUND', currentVersion: null }]);
  });

  test.each(doors)('%s: other roles are FORBIDDEN, nobody is UNAUTHENTICATED', async (_door, query) => {
    const before = await rows();
    const others = [caseworkerIn(network), auditor, ...(query === REPORT ? [coordinatorOf(network)] : [])];
    for (const viewer of others)
      expect((await ask(viewer, query, service.id)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const { errors } = await ask(anonymous, query, service.id);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await rows()).toEqual(before);
  });

  test.each(doors)('%s: the id may be written in capitals', async (door, query) => {
    const { data } = await ask(editor, query, service.id.toUpperCase());
    expect(data[door].userErrors).toEqual([]);
  });
});
