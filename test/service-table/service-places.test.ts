import { beforeEach, describe, expect, test } from 'vitest';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { ago } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { anotherService } from '../support/more-services.js';
import { take } from '../support/referral-steps.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('service_places');
const NOW = new Date('2026-03-10T09:00:00.123Z');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given({ total: 4 });
});

const REPORT = `mutation ($reports: [ServiceCapacityReportInput!]!) { servicesCapacityReport(reports: $reports) {
  rows { row outcome service { id version capacity { total free waiting expectedWaitDays occupiedElsewhere reportedAt } }
    userErrors { code message path } } userErrors { code } } }`;
const report = (reports: object[], viewer = world.partner) => hub.as(viewer, REPORT, { reports });
const stored = () =>
  hub.owner().execute<{ service_id: string; reserved: number }[]>('select * from service_capacity order by service_id');

describe('many reports of places', () => {
  test('are stored, dated now; what is left out stays, and no version changes', async () => {
    const other = await anotherService(hub, world);
    await report([{ id: other, input: { total: 9, occupiedElsewhere: 2, waiting: 5, expectedWaitDays: 14 } }]);
    hub.setNow(ago(NOW, -3));
    const { data } = await report([
      { id: world.service.id.toUpperCase(), input: { total: 12, occupiedElsewhere: null, waiting: 3 } },
      { id: other, input: { occupiedElsewhere: 4, waiting: null } },
    ]);
    expect(data.servicesCapacityReport.userErrors).toEqual([]);
    const reportedAt = ago(NOW, -3).toISOString();
    expect(data.servicesCapacityReport.rows).toMatchObject([
      {
        row: 0,
        outcome: 'CHANGED',
        service: {
          id: world.service.id,
          version: world.service.version,
          capacity: { total: 12, occupiedElsewhere: 0, waiting: 3, expectedWaitDays: null, reportedAt },
        },
        userErrors: [],
      },
      {
        row: 1,
        outcome: 'CHANGED',
        service: {
          id: other,
          capacity: { total: 9, free: 5, occupiedElsewhere: 4, waiting: null, expectedWaitDays: 14, reportedAt },
        },
      },
    ]);
  });

  test('each have a result: one that is refused keeps no other from being stored', async () => {
    const twice = await anotherService(hub, world);
    const wrong = await anotherService(hub, world);
    const strange = await anotherService(hub, world, { of: 'brücke' });
    const before = await stored();
    const { data } = await report([
      { id: world.service.id, input: { total: 5 } },
      { id: twice, input: { total: 6 } },
      { id: wrong, input: { total: 100_001, occupiedElsewhere: -1, expectedWaitDays: 3_651 } },
      { id: strange, input: { total: 7 } },
      { id: 'nichts', input: { total: 8 } },
      { id: twice.toUpperCase(), input: { total: 9 } },
    ]);
    const { rows } = data.servicesCapacityReport;
    expect(rows.map((row: { outcome: string; userErrors: { code: string }[] }) => row.userErrors[0]?.code)).toEqual([
      undefined,
      'DUPLICATE',
      'INVALID_INPUT',
      'NOT_FOUND',
      'NOT_FOUND',
      'DUPLICATE',
    ]);
    expect(rows[2].userErrors.map(({ path }: { path: string[] }) => path)).toEqual([
      ['total'],
      ['occupiedElsewhere'],
      ['expectedWaitDays'],
    ]);
    expect(rows[3].service).toBeNull();
    const others = (all: typeof before) => all.filter(one => one.service_id !== world.service.id);
    expect(others(await stored())).toEqual(others(before));
    expect(await stored()).not.toEqual(before);
  });

  test('are none of those who do not edit the partner', async () => {
    const before = await stored();
    const reports = [{ id: world.service.id, input: { total: 99 } }];
    for (const who of ['coordinator', 'caseworker'] as const) {
      const { errors } = await report(reports, world[who]);
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const { data } = await report(reports, world.stranger);
    expect(data.servicesCapacityReport.rows).toMatchObject([
      { outcome: 'REFUSED', userErrors: [{ code: 'NOT_FOUND' }] },
    ]);
    expect(await stored()).toEqual(before);
  });

  test('tell everybody whose turn it is, as one does', async () => {
    const full = await hub.given({ referrals: 4, total: 3, occupiedElsewhere: 2 });
    const quiet = await hub.given({ referrals: 2, total: 0, level: FeedbackLevel.RECEIVED_ONLY });
    const ids = full.referrals.map(one => one.id);
    await take(hub, full.partner, 'ACCEPT', ids[0]!);
    for (const [i, id] of ids.slice(1).entries()) {
      hub.setNow(new Date(NOW.getTime() + i * 60_000));
      await take(hub, full.partner, 'WAITLIST', id);
    }
    for (const { id } of quiet.referrals) await take(hub, quiet.partner, 'WAITLIST', id);
    // One who edits both partners.
    const both = { ...full.partner, memberships: [...full.partner.memberships, ...quiet.partner.memberships] };
    const { data } = await report(
      [
        { id: full.service.id, input: { occupiedElsewhere: 0 } },
        { id: quiet.service.id, input: { total: 1 } },
      ],
      both,
    );
    expect(data.servicesCapacityReport.rows).toMatchObject([{ outcome: 'CHANGED' }, { outcome: 'CHANGED' }]);
    const told = await hub
      .owner()
      .execute<{ id: string; party: string }[]>(
        `select referral_id as id, party from referral_notice where kind = 'PLACE_FREE' order by party`,
      );
    const of = (id: string | undefined) => told.filter(one => one.id === id).map(one => one.party);
    expect(ids.map(of)).toEqual([[], ['CASEWORKER', 'PARTNER'], ['CASEWORKER', 'PARTNER'], []]);
    const waiting = quiet.referrals.map(({ id }) => of(id));
    expect(waiting.filter(parties => parties.length > 0)).toEqual([['PARTNER']]);
  });

  test('take as many statements for thirty as for two', async () => {
    const ids = [world.service.id];
    for (let i = 0; i < 29; i++) ids.push(await anotherService(hub, world));
    const run = (many: number) =>
      hub.statements(() => report(ids.slice(0, many).map((id, i) => ({ id, input: { total: i + many } }))));
    const [few, many] = [await run(2), await run(30)];
    expect(many.length).toBe(few.length);
  });

  test('take the places in the order of their ids, whatever theirs is: two at once never wait for each other', async () => {
    const ids = [world.service.id, await anotherService(hub, world), await anotherService(hub, world)].sort();
    const [first, ...others] = ids;
    let waiting!: ReturnType<typeof report>;
    await hub.owner().transactional(async tx => {
      await tx.execute('select from service_capacity where service_id = ? for update', [first]);
      waiting = report(ids.toReversed().map(id => ({ id, input: { total: 7 } })));
      await waitersOf(hub, 1);
      const free = await tx.execute(
        'select from service_capacity where service_id = any(?::uuid[]) for update skip locked',
        [`{${others.join(',')}}`],
      );
      expect(free).toHaveLength(others.length);
    });
    expect((await waiting).data.servicesCapacityReport.rows).toMatchObject(ids.map(() => ({ outcome: 'CHANGED' })));
  });

  test('are told again under the same key, without a second effect', async () => {
    const body = { query: REPORT, variables: { reports: [{ id: world.service.id, input: { total: 11 } }] } };
    const first = await hub.ask(world.partner, body, { 'idempotency-key': 'plaetze' });
    hub.setNow(ago(NOW, -1));
    const second = await hub.ask(world.partner, body, { 'idempotency-key': 'plaetze' });
    expect(second.text).toBe(first.text);
    expect(first.text).toContain('"total":11');
  });
});
