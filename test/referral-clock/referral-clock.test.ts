import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { DisclosureBasis, ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { timePasses } from '../support/referral-clock.js';
import { look, type Step, take, tryStep, walk } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('referral_clock');

// A Monday, 10:00 in Berlin; Thursday is Fronleichnam.
const MONDAY = new Date('2026-06-01T08:00:00.000Z');
beforeEach(async () => {
  hub.setNow(MONDAY);
  // What earlier tests left is nobody's concern.
  await hub.owner().execute('update referral set clock_at = null, basis_ends_at = null');
});
afterAll(() => hub.setNow(undefined));

const { DRAFT, SENT, IN_PROGRESS, ON_HOLD, WAITLISTED } = ReferralStatus;
const { NONE, RECEIVED_ONLY, STATUS } = FeedbackLevel;
type World = Awaited<ReturnType<typeof hub.given>>;

async function sent(wish: Parameters<typeof hub.given>[0] = {}, ...way: readonly Step[]): Promise<World> {
  const world = await hub.given({ status: DRAFT, ...wish });
  await walk(hub, world, 'SEND', ...way);
  return world;
}

const msBefore = (moment: string): Date => new Date(Date.parse(moment) - 1);

/** What the hub told each side since the creation, oldest first. */
async function told({ referral }: { referral: { id: string } }): Promise<[string, string, string][]> {
  const rows = await hub
    .owner()
    .execute<{ party: string; kind: string; due_at: string }[]>(
      'select party, kind, due_at from referral_notice where referral_id = ? order by at, due_at, party',
      [referral.id],
    );
  return rows.map(({ party, kind, due_at }) => [party, kind, new Date(due_at).toISOString()]);
}

const seen = (who: keyof World, { referral, ...world }: World) => look(hub, world[who as 'partner'], referral.id);

/** Nothing happens the millisecond before, one thing at the moment itself, and nothing more. */
async function onlyAt(moment: string): Promise<void> {
  expect([moment, await timePasses(hub, msBefore(moment))]).toEqual([moment, 0]);
  expect([moment, await timePasses(hub, moment)]).toEqual([moment, 1]);
  expect([moment, await timePasses(hub, moment)]).toEqual([moment, 0]);
}

test('nobody answers a sending: reminded twice, escalated, expired', async () => {
  const world = await sent();
  const { id } = world.referral;
  const before = await seen('partner', world);
  await onlyAt('2026-06-05T08:00:00.000Z');
  await onlyAt('2026-06-10T08:00:00.000Z');
  // A reminder is no change of the referral: whoever edits it meanwhile has read its current version.
  expect(await seen('partner', world)).toMatchObject({
    ...before,
    notices: [{ dueAt: '2026-06-10T08:00:00.000Z' }, { dueAt: '2026-06-05T08:00:00.000Z' }],
  });
  await onlyAt('2026-06-15T08:00:00.000Z');
  for (const who of ['caseworker', 'partner', 'coordinator'] as const)
    expect(await seen(who, world)).toMatchObject({
      status: 'SENT',
      version: 2,
      escalatedAt: '2026-06-15T08:00:00.000Z',
      waitingFor: 'COORDINATOR',
    });
  await onlyAt('2026-06-22T08:00:00.000Z');
  expect(await told(world)).toEqual([
    ['PARTNER', 'REMINDER', '2026-06-05T08:00:00.000Z'],
    ['PARTNER', 'REMINDER', '2026-06-10T08:00:00.000Z'],
    ['COORDINATOR', 'ESCALATION', '2026-06-15T08:00:00.000Z'],
  ]);
  const ended = { status: 'EXPIRED', version: 3, respondBy: null, escalatedAt: null, waitingFor: null };
  for (const who of ['caseworker', 'coordinator'] as const)
    expect(await seen(who, world)).toMatchObject({ ...ended, attribution: 'SYSTEM' });
  const theirs = await seen('partner', world);
  expect(theirs).toMatchObject({ ...ended, client: null, note: null, openSteps: [] });
  expect(theirs.events.at(-1)).toMatchObject({
    step: 'EXPIRE',
    from: 'SENT',
    to: 'EXPIRED',
    at: '2026-06-22T08:00:00.000Z',
    by: 'SYSTEM',
  });
  const rows = await hub
    .inDatabase(world.partner)
    .execute('select * from referral_disclosure where referral_id = ?', [id]);
  expect(rows).toEqual([]);
  expect(await timePasses(hub, '2027-01-01T00:00:00Z')).toBe(0);
});

test('of an urgent one within seven days', async () => {
  const world = await hub.given({ status: DRAFT, urgent: true });
  await walk(hub, world, 'SEND');
  for (const moment of ['2026-06-02', '2026-06-03', '2026-06-05', '2026-06-08'])
    await onlyAt(`${moment}T08:00:00.000Z`);
  expect((await told(world)).map(([party]) => party)).toEqual(['PARTNER', 'PARTNER', 'COORDINATOR']);
  expect((await seen('caseworker', world)).status).toBe('EXPIRED');
});

test('what was received is not decided: reminded, escalated, expired ten working days later', async () => {
  const world = await sent({}, 'ACKNOWLEDGE');
  await onlyAt('2026-06-16T08:00:00.000Z'); // ten working days
  await onlyAt('2026-06-19T08:00:00.000Z');
  expect(await seen('caseworker', world)).toMatchObject({ status: 'RECEIVED', waitingFor: 'COORDINATOR' });
  await onlyAt('2026-07-03T08:00:00.000Z');
  expect(await seen('caseworker', world)).toMatchObject({ status: 'EXPIRED', attribution: 'SYSTEM' });
  expect(await told(world)).toEqual([
    ['PARTNER', 'REMINDER', '2026-06-16T08:00:00.000Z'],
    ['COORDINATOR', 'ESCALATION', '2026-06-19T08:00:00.000Z'],
  ]);
});

test.each([RECEIVED_ONLY, STATUS])('a question is not answered, at level %s: due to the Jobcenter', async level => {
  const world = await sent({ level }, 'ASK');
  await onlyAt('2026-06-09T08:00:00.000Z');
  expect(await seen('caseworker', world)).toMatchObject({
    status: 'NEEDS_INFO',
    waitingFor: 'CASEWORKER',
    notices: [{ kind: 'REMINDER', dueAt: '2026-06-09T08:00:00.000Z', at: '2026-06-09T08:00:00.000Z' }],
  });
  await onlyAt('2026-06-16T08:00:00.000Z');
  expect(await told(world)).toEqual([['CASEWORKER', 'REMINDER', '2026-06-09T08:00:00.000Z']]);
  expect(await seen('caseworker', world)).toMatchObject({ status: 'EXPIRED', attribution: 'JOBCENTER' });
  expect(await seen('coordinator', world)).toMatchObject({ status: 'EXPIRED', attribution: 'JOBCENTER' });
  expect(await seen('partner', world)).toMatchObject({ status: 'EXPIRED', questions: [] });
});

test('a question whose time went by while the hub stood still can be answered for another working day', async () => {
  const world = await sent({}, 'ASK');
  await timePasses(hub, '2026-07-20T08:00:00.000Z');
  expect(await seen('caseworker', world)).toMatchObject({ status: 'NEEDS_INFO', notices: [{ kind: 'REMINDER' }] });
  await onlyAt('2026-07-21T08:00:00.000Z');
  expect(await seen('caseworker', world)).toMatchObject({ status: 'EXPIRED' });
});

test('once it is answered, the clock of the decision goes on', async () => {
  const world = await sent({}, 'ASK');
  hub.setNow(new Date('2026-06-03T08:00:00.000Z'));
  await walk(hub, world, 'ANSWER');
  // Due on the 5th, two working days later.
  await onlyAt('2026-06-09T08:00:00.000Z');
  expect(await told(world)).toEqual([['PARTNER', 'REMINDER', '2026-06-09T08:00:00.000Z']]);
});

describe('somebody who waits', () => {
  test('is not reconfirmed twice: expired', async () => {
    const world = await sent({}, 'WAITLIST');
    await onlyAt('2026-07-01T08:00:00.000Z');
    expect(await seen('caseworker', world)).toMatchObject({
      status: 'WAITLISTED',
      waitingFor: 'CASEWORKER',
      reconfirmBy: '2026-07-01T08:00:00.000Z',
      notices: [{ kind: 'REMINDER' }],
    });
    await onlyAt('2026-07-31T08:00:00.000Z');
    expect(await seen('caseworker', world)).toMatchObject({
      status: 'EXPIRED',
      attribution: 'SYSTEM',
      waitingPosition: null,
      reconfirmBy: null,
    });
    const [row] = await hub.owner().execute(
      `select waitlisted, (select count(*)::int from service_waiting w where w.service_id = c.service_id and left_at is null) as listed
       from service_capacity c where service_id = ?`,
      [world.service.id],
    );
    expect(row).toEqual({ waitlisted: 0, listed: 0 });
  });

  test('is reconfirmed, also after the first reminder, and waits on at the same place', async () => {
    const world = await sent({}, 'WAITLIST');
    await timePasses(hub, '2026-07-10T08:00:00.000Z');
    const again = await take(hub, world.caseworker, 'RECONFIRM', world.referral.id);
    expect(again).toMatchObject({
      status: 'WAITLISTED',
      version: 4,
      waitingPosition: 1,
      waitingFor: 'PARTNER',
      reconfirmBy: '2026-08-09T08:00:00.000Z',
      openSteps: expect.arrayContaining(['RECONFIRM']),
    });
    expect(again.events.at(-1)).toMatchObject({ step: 'RECONFIRM', from: 'WAITLISTED', to: 'WAITLISTED' });
    await onlyAt('2026-08-09T08:00:00.000Z');
    await onlyAt('2026-09-08T08:00:00.000Z');
    expect((await seen('partner', world)).status).toBe('EXPIRED');
  });
});

describe('what was accepted and does not start', () => {
  test('is escalated after 20 working days, however often it is rescheduled; the coordinator may end it', async () => {
    const world = await sent({}, 'ACCEPT');
    const { partner, coordinator, referral } = world;
    for (const day of ['2026-06-08', '2026-06-15', '2026-06-22', '2026-06-29']) {
      await timePasses(hub, `${day}T09:00:00.000Z`);
      await take(hub, partner, 'SCHEDULE', referral.id, { at: '2026-07-15T08:00:00.000Z' });
    }
    await onlyAt('2026-06-30T08:00:00.000Z');
    expect(await told(world)).toEqual([
      ['PARTNER', 'REMINDER', '2026-06-16T08:00:00.000Z'],
      ['COORDINATOR', 'ESCALATION', '2026-06-30T08:00:00.000Z'],
    ]);
    expect(await seen('coordinator', world)).toMatchObject({
      status: 'SCHEDULED',
      waitingFor: 'COORDINATOR',
      escalatedAt: '2026-06-30T08:00:00.000Z',
      openSteps: ['ABORT', 'MARK_AS_ERROR'],
    });
    expect(await timePasses(hub, '2026-12-30T08:00:00.000Z')).toBe(0);
    await take(hub, coordinator, 'ABORT', referral.id, { reason: 'NOT_REACHABLE' });
    expect(await seen('caseworker', world)).toMatchObject({ status: 'ABORTED', waitingFor: null, escalatedAt: null });
  });

  test('is the partner’s turn again once it is rescheduled after the escalation, and escalated once more', async () => {
    const world = await sent({}, 'ACCEPT');
    await timePasses(hub, '2026-06-16T08:00:00.000Z');
    await timePasses(hub, '2026-06-30T08:00:00.000Z');
    await walk(hub, world, 'SCHEDULE');
    expect(await seen('partner', world)).toMatchObject({ waitingFor: 'PARTNER', escalatedAt: null });
    await onlyAt('2026-07-14T08:00:00.000Z'); // reminded first
    await onlyAt('2026-07-17T08:00:00.000Z');
    expect(await seen('coordinator', world)).toMatchObject({ waitingFor: 'COORDINATOR' });
  });

  test('is left alone once it has started', async () => {
    const world = await sent({}, 'ACCEPT');
    hub.setNow(new Date('2026-06-30T07:00:00.000Z'));
    await walk(hub, world, 'START');
    expect(await timePasses(hub, '2026-06-30T08:00:00.000Z')).toBe(0);
  });
});

test('whoever is under way is asked for every 180 days', async () => {
  const world = await sent({}, 'ACCEPT', 'START');
  await onlyAt('2026-11-28T09:00:00.000Z');
  await onlyAt('2027-05-27T08:00:00.000Z');
  expect((await told(world)).map(([party, kind]) => [party, kind])).toEqual(Array(2).fill(['PARTNER', 'REMINDER']));
  expect(await seen('partner', world)).toMatchObject({ status: 'IN_PROGRESS', waitingFor: 'PARTNER' });
});

test('a rest that is over: reminded that morning, escalated ten working days later', async () => {
  const world = await sent({}, 'ACCEPT', 'START');
  await take(hub, world.partner, 'HOLD', world.referral.id, { resumeOn: '2026-06-15' });
  await onlyAt('2026-06-14T22:00:00.000Z');
  await onlyAt('2026-06-28T22:00:00.000Z');
  expect(await told(world)).toEqual([
    ['PARTNER', 'REMINDER', '2026-06-14T22:00:00.000Z'],
    ['COORDINATOR', 'ESCALATION', '2026-06-28T22:00:00.000Z'],
  ]);
  expect(await seen('caseworker', world)).toMatchObject({ status: 'ON_HOLD', waitingFor: 'COORDINATOR' });
  await walk(hub, world, 'RESUME');
  expect(await seen('caseworker', world)).toMatchObject({ status: 'IN_PROGRESS', waitingFor: 'PARTNER' });
});

describe('the end of the consent', () => {
  const LAST_DAY = '2026-06-12';
  const ENDED = '2026-06-12T22:00:00.000Z'; // midnight in Berlin

  async function ending(wish: Parameters<typeof hub.given>[0] = {}, ...way: readonly Step[]): Promise<World> {
    hub.setNow(MONDAY);
    const world = await hub.given({ status: DRAFT, ...wish });
    await hub.owner().execute('update consent set valid_until = ? where id = ?', [LAST_DAY, world.consent.id]);
    await walk(hub, world, 'SEND', ...way);
    return world;
  }

  const another = ({ network, clientCase }: World, validUntil: string, category = 'placement') =>
    hub.owner().execute<[{ id: string }]>(
      `insert into consent (network_id, client_case_id, category_code, given_on, valid_until, created_at, revision)
       values (?, ?, ?, '2026-01-01', ?, now(), 1) returning id`,
      [network.id, clientCase.id, category, validUntil],
    );

  async function reserved({ service }: World): Promise<unknown> {
    const [row] = await hub.owner().execute('select reserved from service_capacity where service_id = ?', [service.id]);
    return row?.reserved;
  }

  const WAYS: [string, Step[]][] = [
    ['SENT', []],
    ['RECEIVED', ['ACKNOWLEDGE']],
    ['NEEDS_INFO', ['ASK']],
    ['WAITLISTED', ['WAITLIST']],
    ['ACCEPTED', ['ACCEPT']],
    ['SCHEDULED', ['ACCEPT', 'SCHEDULE']],
    ['IN_PROGRESS', ['ACCEPT', 'START']],
    ['ON_HOLD', ['ACCEPT', 'START', 'HOLD']],
  ];

  test.each(WAYS)('%s: revoked by the hub, and nothing stays behind', async (status, way) => {
    const world = await ending({}, ...way);
    await timePasses(hub, msBefore(ENDED));
    expect((await seen('partner', world)).status).toBe(status);
    expect(await timePasses(hub, ENDED)).toBe(1);
    const revoked = { status: 'REVOKED', waitingFor: null, respondBy: null, waitingPosition: null };
    const theirs = await seen('partner', world);
    expect(theirs).toMatchObject({ ...revoked, client: null, note: null, openSteps: [] });
    expect(theirs.events.at(-1)).toMatchObject({ step: 'REVOKE', from: status, to: 'REVOKED', by: 'SYSTEM' });
    expect(await seen('caseworker', world)).toMatchObject({ ...revoked, openSteps: ['MARK_AS_ERROR'] });
    const [row] = await hub
      .owner()
      .execute('select reserved, waitlisted from service_capacity where service_id = ?', [world.service.id]);
    expect(row).toEqual({ reserved: 0, waitlisted: 0 });
    expect(await timePasses(hub, '2030-01-01T00:00:00Z')).toBe(0);
  });

  test('what has ended stays what it is', async () => {
    for (const way of [['DECLINE'], ['CANCEL'], ['ACCEPT', 'START', 'COMPLETE'], ['ACCEPT', 'ABORT']] as Step[][]) {
      const world = await ending({}, ...way);
      await timePasses(hub, msBefore(ENDED));
      const before = await seen('caseworker', world);
      await timePasses(hub, ENDED);
      expect(await seen('caseworker', world)).toEqual(before);
      expect(await seen('partner', world)).toMatchObject({ status: before.status, client: null });
    }
  });

  test.each<[FeedbackLevel, Step[]]>([
    [NONE, ['DECLINE']],
    [NONE, ['ACCEPT', 'START', 'COMPLETE']],
    [RECEIVED_ONLY, ['ACCEPT', 'ABORT']],
  ])('%s, %j: what ended unseen looks revoked, as any other would', async (level, way) => {
    const ended = await ending({ level }, ...way);
    const running = await ending({ level }, ...way.slice(0, -1));
    const theirs = await seen('partner', ended);
    expect(await timePasses(hub, ENDED)).toBeGreaterThanOrEqual(2);
    const [asEnded, asRunning] = [await seen('caseworker', ended), await seen('caseworker', running)];
    for (const one of [asEnded, asRunning])
      expect(one).toMatchObject({ status: 'REVOKED', updatedAt: ENDED, version: asEnded.version });
    expect(asEnded.events.at(-1)).toMatchObject({ step: 'REVOKE', from: asRunning.events.at(-1).from, by: 'SYSTEM' });
    expect(await seen('partner', ended)).toMatchObject({
      status: theirs.status,
      version: theirs.version,
      client: null,
    });
    expect(await reserved(ended)).toBe(0);
  });

  test('another consent takes its place, and the one after it ends it', async () => {
    const world = await ending({}, 'ACCEPT', 'START');
    const before = await seen('caseworker', world);
    const [other] = await another(world, '2026-07-10');
    await another(world, '2026-12-31', 'debt-counselling'); // for something else
    expect(await timePasses(hub, ENDED)).toBe(1);
    expect(await seen('caseworker', world)).toEqual({ ...before, consent: { id: other.id } });
    expect((await seen('partner', world)).client).not.toBeNull();
    await onlyAt('2026-07-10T22:00:00.000Z');
    expect(await seen('caseworker', world)).toMatchObject({ status: 'REVOKED' });
  });

  test.each<[FeedbackLevel, Step[]]>([
    [NONE, ['DECLINE']],
    [RECEIVED_ONLY, ['ACCEPT', 'START', 'COMPLETE']],
  ])('%s, %j: with another consent, what ended unseen goes on looking as it did', async (level, way) => {
    const world = await ending({ level }, ...way);
    const [other] = await another(world, '2026-12-31');
    const before = await seen('caseworker', world);
    await timePasses(hub, ENDED);
    expect(await seen('caseworker', world)).toEqual({ ...before, consent: { id: other.id } });
    // The partner, for whom it is over, reads no longer than it would have.
    expect((await seen('partner', world)).client).toBeNull();
    // And the other one ends it like any other.
    await timePasses(hub, '2027-01-01T00:00:00Z');
    expect(await seen('caseworker', world)).toMatchObject({ status: 'REVOKED' });
  });

  test('the statutory task knows no consent, and is not touched', async () => {
    const world = await ending({ basis: DisclosureBasis.STATUTORY_TASK }, 'ACCEPT', 'START');
    const before = await seen('partner', world);
    expect(await timePasses(hub, ENDED)).toBe(0);
    expect(await seen('partner', world)).toEqual(before);
  });

  test('a consent that is being revoked is none to rest on', async () => {
    const world = await ending({}, 'ACCEPT', 'START');
    const [other] = await another(world, '2026-12-31');
    // As a request does that has not committed yet.
    const request = hub.owner();
    await request.begin();
    await request.execute('select from client_case where id = ? for update', [world.clientCase.id]);
    await request.execute('update consent set revoked_at = ? where id = ?', [new Date(ENDED), other.id]);
    expect(await timePasses(hub, ENDED)).toBe(0);
    await request.commit();
    expect(await timePasses(hub, ENDED)).toBe(1);
    expect((await seen('partner', world)).status).toBe('REVOKED');
  });
});

describe('what the level hides', () => {
  test('NONE: the clock of the partner runs unseen, to the expiry and beyond', async () => {
    const world = await sent({ level: NONE });
    const before = await seen('caseworker', world);
    for (const day of ['05', '10', '15', '22']) {
      expect(await timePasses(hub, `2026-06-${day}T08:00:00.000Z`)).toBe(1);
      expect(await seen('caseworker', world)).toEqual(before);
    }
    expect(await seen('coordinator', world)).toMatchObject({ status: 'EXPIRED', attribution: 'SYSTEM' });
  });

  test('RECEIVED_ONLY: the escalation of an answer shows, that of a start does not', async () => {
    const world = await sent({ level: RECEIVED_ONLY });
    for (const day of ['05', '10', '15']) await timePasses(hub, `2026-06-${day}T08:00:00.000Z`);
    expect(await seen('caseworker', world)).toMatchObject({ status: 'SENT', waitingFor: 'COORDINATOR' });
    await walk(hub, world, 'ACCEPT');
    // Marking it as an error is over when the start is escalated, whatever the level.
    const { openSteps: _earlier, ...before } = await seen('caseworker', world);
    expect(before).toMatchObject({ status: 'ACCEPTED', waitingFor: 'PARTNER', escalatedAt: null });
    await timePasses(hub, '2026-06-29T08:00:00.000Z');
    await timePasses(hub, '2026-07-13T08:00:00.000Z');
    expect(await seen('coordinator', world)).toMatchObject({ waitingFor: 'COORDINATOR' });
    expect(await seen('caseworker', world)).toEqual({ ...before, openSteps: ['CANCEL'] });
  });

  test('RECEIVED_ONLY: whom an expiry is due to only where it was the Jobcenter', async () => {
    const world = await sent({ level: RECEIVED_ONLY });
    for (const day of ['05', '10', '15', '22']) await timePasses(hub, `2026-06-${day}T08:00:00.000Z`);
    expect(await seen('caseworker', world)).toMatchObject({ status: 'EXPIRED', attribution: null });
  });

  test.each([NONE, RECEIVED_ONLY])(
    'coordinator and caseworker on the case is told nothing more, at %s',
    async level => {
      const world = await sent({ level });
      const { caseworker, coordinator, referral } = world;
      const both = { ...caseworker, memberships: [...caseworker.memberships, ...coordinator.memberships] };
      await walk(hub, world, 'ACCEPT');
      await timePasses(hub, '2026-06-16T08:00:00.000Z');
      await timePasses(hub, '2026-06-30T08:00:00.000Z');
      const { openSteps: _same, ...hers } = await look(hub, caseworker, referral.id);
      expect(await look(hub, both, referral.id)).toMatchObject(hers);
      expect((await seen('coordinator', world)).notices).toHaveLength(1);
    },
  );
});

describe('who is told', () => {
  const PEOPLE = ['caseworker', 'deputy', 'colleague', 'partner', 'stranger', 'coordinator', 'foreigner'] as const;
  const READERS: Record<string, readonly string[]> = {
    PARTNER: ['partner'],
    CASEWORKER: ['caseworker', 'deputy'],
    COORDINATOR: ['coordinator'],
  };

  async function readers(world: World, party: string): Promise<{ overTheApi: string[]; inSql: string[] }> {
    const overTheApi: string[] = [];
    const inSql: string[] = [];
    for (const who of [...PEOPLE, 'foreignCoordinator', 'auditor', 'admin', 'unknown'] as const) {
      const viewer: Viewer = world[who];
      if ((await look(hub, viewer, world.referral.id))?.notices.length) overTheApi.push(who);
      const rows = await hub
        .inDatabase(viewer)
        .execute('select * from referral_notice where referral_id = ? and party = ?', [world.referral.id, party]);
      if (rows.length > 0) inSql.push(who);
    }
    return { overTheApi, inSql };
  }

  test.each([
    ['PARTNER', SENT],
    ['CASEWORKER', WAITLISTED],
    ['COORDINATOR', ON_HOLD],
  ])('a notice to the %s is read by that side alone', async (party, status) => {
    const world = await hub.given({ status });
    await hub
      .owner()
      .execute(
        `insert into referral_notice (referral_id, network_id, party, kind, due_at, at) values (?, ?, ?, 'REMINDER', now(), now())`,
        [world.referral.id, world.network.id, party],
      );
    expect(await readers(world, party)).toEqual({ overTheApi: READERS[party], inSql: READERS[party] });
  });

  test('in a draft nobody but the caseworker, and outside any context nobody', async () => {
    const world = await hub.given({ status: DRAFT });
    for (const party of ['PARTNER', 'CASEWORKER', 'COORDINATOR'])
      await hub
        .owner()
        .execute(
          `insert into referral_notice (referral_id, network_id, party, kind, due_at, at) values (?, ?, ?, 'REMINDER', now(), now())`,
          [world.referral.id, world.network.id, party],
        );
    expect((await readers(world, 'PARTNER')).inSql).toEqual([]);
    expect((await readers(world, 'CASEWORKER')).inSql).toEqual(['caseworker', 'deputy']);
    expect(await hub.nobody().execute('select * from referral_notice')).toEqual([]);
  });

  test('nobody tells anything in the name of the hub', async () => {
    const world = await hub.given();
    for (const who of ['caseworker', 'partner', 'coordinator', 'stranger', 'foreigner'] as const) {
      for (const party of ['PARTNER', 'CASEWORKER', 'COORDINATOR'].filter(one => !READERS[one]!.includes(who))) {
        const insert = hub
          .inDatabase(world[who])
          .execute(
            `insert into referral_notice (referral_id, network_id, party, kind, due_at, at) values (?, ?, ?, 'REMINDER', now(), now())`,
            [world.referral.id, world.network.id, party],
          );
        await expect(insert, `${who} to ${party}`).rejects.toThrow('row-level security');
      }
    }
  });
});

describe('the work itself', () => {
  test('a clock that is late puts off what follows: nobody loses the time to act', async () => {
    const world = await sent();
    expect(await timePasses(hub, '2026-09-01T08:00:00.000Z')).toBe(1);
    expect((await seen('partner', world)).status).toBe('SENT');
    for (const day of ['04', '09', '10']) await onlyAt(`2026-09-${day}T08:00:00.000Z`);
    expect(await told(world)).toEqual([
      ['PARTNER', 'REMINDER', '2026-06-05T08:00:00.000Z'], // of the deadline that it missed
      ['PARTNER', 'REMINDER', '2026-09-04T08:00:00.000Z'],
      ['COORDINATOR', 'ESCALATION', '2026-09-09T08:00:00.000Z'],
    ]);
    expect((await seen('partner', world)).status).toBe('EXPIRED');
  });

  test('the limits of the network hold, also for what was sent before', async () => {
    const world = await sent();
    await hub
      .owner()
      .execute(`update network set referral_limits = '{"remindWorkingDays": 1, "expireDays": 10}' where id = ?`, [
        world.network.id,
      ]);
    await onlyAt('2026-06-05T08:00:00.000Z'); // promised before
    for (const day of ['08', '09', '11']) await onlyAt(`2026-06-${day}T08:00:00.000Z`);
    expect((await seen('partner', world)).status).toBe('EXPIRED');
  });

  test('several clocks at once do everything once', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 12 });
    for (const { id } of world.referrals) await take(hub, world.caseworker, 'SEND', id);
    for (const day of ['05', '10', '15', '22']) {
      const moment = `2026-06-${day}T08:00:00.000Z`;
      const done = await Promise.all(Array.from({ length: 4 }, () => timePasses(hub, moment)));
      // One that meets another passes by; whoever came late finds nothing left.
      expect(done.reduce((sum, one) => sum + one, 0) + (await timePasses(hub, moment))).toBe(12);
    }
    for (const referral of world.referrals) expect(await told({ referral })).toHaveLength(3);
    const events = await hub
      .owner()
      .execute(`select referral_id from referral_event where step = 'EXPIRE' and network_id = ?`, [world.network.id]);
    expect(new Set(events.map(one => one.referral_id)).size).toBe(12);
    expect(events).toHaveLength(12);
  });

  test.each(['referral', 'client_case'] as const)(
    'one whose %s somebody works on is passed by, and done later',
    async table => {
      const world = await hub.given({ status: DRAFT, referrals: 2 });
      for (const { id } of world.referrals) await take(hub, world.caseworker, 'SEND', id);
      const request = hub.owner();
      await request.begin();
      const id = table === 'referral' ? world.referral.id : world.clientCase.id;
      await request.execute(`select from ${table} where id = ? for update`, [id]);
      expect(await timePasses(hub, '2026-06-05T08:00:00.000Z')).toBe(1);
      expect(await told(world)).toEqual([]);
      await request.commit();
      expect(await timePasses(hub, '2026-06-05T08:01:00.000Z')).toBe(1);
      expect(await told(world)).toEqual([['PARTNER', 'REMINDER', '2026-06-05T08:00:00.000Z']]);
    },
  );

  test('one that cannot be moved does not stop the others, and is told', async () => {
    const [broken, sound] = [await sent(), await sent()];
    const stage = (value: number) =>
      hub.owner().execute('update referral set clock_stage = ? where id = ?', [value, broken.referral.id]);
    await stage(99);
    const before = (await everyRow(hub.owner())).filter(row => row.includes(broken.referral.id));
    await expect(timePasses(hub, '2026-06-05T08:00:00.000Z')).rejects.toThrow(AggregateError);
    expect(await told(sound)).toHaveLength(1);
    expect((await everyRow(hub.owner())).filter(row => row.includes(broken.referral.id))).toEqual(before);
    await stage(0);
    expect(await timePasses(hub, '2026-06-05T08:01:00.000Z')).toBe(1);
    expect(await told(broken)).toHaveLength(1);
  });

  test('an answer in the moment of the expiry: the one or the other', async () => {
    for (let i = 0; i < 8; i++) {
      hub.setNow(MONDAY);
      const world = await sent();
      for (const day of ['05', '10', '15']) await timePasses(hub, `2026-06-${day}T08:00:00.000Z`);
      hub.setNow(new Date('2026-06-22T08:00:00.000Z'));
      const [answer] = await Promise.all([
        tryStep(hub, world.partner, 'ACCEPT', world.referral.id),
        timePasses(hub, '2026-06-22T08:00:00.000Z'),
      ]);
      const accepted = answer.userErrors.length === 0;
      expect(accepted ? [] : answer.userErrors).toMatchObject(accepted ? [] : [{ code: 'STEP_NOT_OPEN' }]);
      const { status, events } = await seen('partner', world);
      expect(status).toBe(accepted ? 'ACCEPTED' : 'EXPIRED');
      expect(events).toHaveLength(2);
      const [row] = await hub
        .owner()
        .execute('select reserved from service_capacity where service_id = ?', [world.service.id]);
      expect(row).toEqual({ reserved: accepted ? 1 : 0 });
    }
  });

  test('what a request is at work on when it falls due waits for the next round', async () => {
    const world = await sent();
    const request = hub.owner();
    await request.begin();
    await request.execute('update referral set revision = revision + 1 where id = ?', [world.referral.id]);
    const round = timePasses(hub, '2026-06-05T08:00:00.000Z');
    expect(await round).toBe(0); // does not wait
    await request.rollback();
    await vi.waitUntil(async () => (await timePasses(hub, '2026-06-05T08:00:00.000Z')) === 1);
  });

  test('a step in between begins a new chain, and forgets the old one', async () => {
    const world = await sent();
    for (const day of ['05', '10', '15']) await timePasses(hub, `2026-06-${day}T08:00:00.000Z`);
    hub.setNow(new Date('2026-06-19T08:00:00.000Z'));
    await walk(hub, world, 'ACKNOWLEDGE');
    expect(await seen('partner', world)).toMatchObject({ waitingFor: 'PARTNER', escalatedAt: null });
    expect(await timePasses(hub, '2026-06-22T08:00:00.000Z')).toBe(0);
    await onlyAt('2026-07-03T08:00:00.000Z');
    expect((await seen('partner', world)).status).toBe('RECEIVED');
  });

  test('what it brings to one of a finished status is nothing', async () => {
    const world = await hub.given({ status: IN_PROGRESS });
    await walk(hub, world, 'COMPLETE');
    expect(await timePasses(hub, '2027-05-01T08:00:00.000Z')).toBe(0);
  });
});
