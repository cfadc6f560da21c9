import ICAL from 'ical.js';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { Location } from '../../src/location/location.entity.js';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { ServiceLocation } from '../../src/service/service.entity.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { look, take, tryStep } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('referral_appointment');

const START = new Date('2026-03-04T09:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const later = (days: number): Date => new Date(START.getTime() + days * DAY);

let now = START;
/** Everything falls into a minute of its own, so that a moved time shows. */
function at(moment: Date): void {
  now = moment;
  hub.setNow(now);
}
const nextMinute = (): void => at(new Date(now.getTime() + MINUTE));

beforeEach(() => at(START));
afterAll(() => hub.setNow(undefined));

const { ACCEPTED } = ReferralStatus;
const { NONE, RECEIVED_ONLY, STATUS, STATUS_AND_OUTCOME } = FeedbackLevel;
type World = Awaited<ReturnType<typeof hub.given>>;

const FIELDS = 'noShows reschedules appointments { id at state icalendar }';

async function seen(viewer: Viewer, id: string) {
  const { data, errors } = await hub.as(viewer, `query ($id: ID!) { referral(id: $id) { ${FIELDS} } }`, { id });
  if (errors) throw new Error(JSON.stringify(errors));
  const { appointments, noShows, reschedules } = data.referral;
  const states = appointments.map((one: { state: string }) => one.state) as string[];
  return { appointments, states, noShows, reschedules } as {
    appointments: { id: string; at: string; state: string; icalendar: string }[];
    states: string[];
    noShows: number | null;
    reschedules: number | null;
  };
}

const NO_SHOW = `mutation ($id: ID!, $expectedVersion: Int) {
  answer: referralNoShow(id: $id, expectedVersion: $expectedVersion) {
    referral { version status noShows } userErrors { code path openSteps currentVersion } } }`;

async function noShow(viewer: Viewer, id: string, expectedVersion: number | null = null) {
  const { data, errors } = await hub.as(viewer, NO_SHOW, { id, expectedVersion });
  if (errors) throw new Error(String(errors[0]?.extensions.code));
  return data.answer;
}

const schedule = ({ partner, referral }: World, when: Date) =>
  take(hub, partner, 'SCHEDULE', referral.id, { at: when.toISOString() });

/** Accepted by the step, which the counts of the service know of. */
async function accepted(wish: Parameters<typeof hub.given>[0] = {}): Promise<World> {
  const world = await hub.given(wish);
  await take(hub, world.partner, 'ACCEPT', world.referral.id);
  return world;
}

/** Scheduled for the next day, and the day has come. */
async function due(wish: Parameters<typeof hub.given>[0] = {}): Promise<World> {
  at(START);
  const world = await accepted(wish);
  await schedule(world, later(1));
  at(later(1));
  return world;
}

describe('an appointment', () => {
  test('takes the place of the one before, which was moved', async () => {
    const world = await hub.given({ status: ACCEPTED });
    const { partner, referral } = world;
    expect(await seen(partner, referral.id)).toMatchObject({ states: [], noShows: 0, reschedules: 0 });
    await schedule(world, later(3));
    expect(await seen(partner, referral.id)).toMatchObject({ states: ['PLANNED'], noShows: 0, reschedules: 0 });
    await schedule(world, later(2));
    await schedule(world, later(5));
    const { appointments, ...rest } = await seen(partner, referral.id);
    expect(rest).toEqual({ states: ['MOVED', 'MOVED', 'PLANNED'], noShows: 0, reschedules: 2 });
    expect(appointments.map(one => one.at)).toEqual([later(3), later(2), later(5)].map(one => one.toISOString()));
    expect((await look(hub, partner, referral.id)).scheduledAt).toBe(later(5).toISOString());
  });

  test('is not moved to where it is', async () => {
    const world = await hub.given({ status: ACCEPTED });
    await schedule(world, later(3));
    await schedule(world, later(3));
    expect(await seen(world.partner, world.referral.id)).toMatchObject({ states: ['PLANNED'], reschedules: 0 });
  });

  test('that was missed was not moved', async () => {
    const world = await due();
    await noShow(world.partner, world.referral.id);
    await schedule(world, later(8));
    const shown = { states: ['NO_SHOW', 'PLANNED'], noShows: 1, reschedules: 0 };
    expect(await seen(world.partner, world.referral.id)).toMatchObject(shown);
    at(later(8));
    await noShow(world.partner, world.referral.id);
    expect(await seen(world.partner, world.referral.id)).toMatchObject({ states: ['NO_SHOW', 'NO_SHOW'], noShows: 2 });
  });

  test('is one of fifty at most', async () => {
    const world = await hub.given({ status: ACCEPTED });
    const { partner, referral } = world;
    for (let i = 1; i <= 50; i++) await schedule(world, later(i));
    const before = await everyRow(hub.owner());
    const { userErrors } = await tryStep(hub, partner, 'SCHEDULE', referral.id, { at: later(51).toISOString() });
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['at'] }]);
    expect(await everyRow(hub.owner())).toEqual(before);
    expect(await seen(partner, referral.id)).toMatchObject({ reschedules: 49 });
  });

  test.each([
    ['CANCEL', 'caseworker', {}],
    ['ABORT', 'partner', {}],
    ['MARK_AS_ERROR', 'caseworker', {}],
  ] as const)('that has not come yet is cancelled by %s, one that was stays', async (step, who, said) => {
    const ahead = await accepted();
    await schedule(ahead, later(3));
    await take(hub, ahead[who], step, ahead.referral.id, said);
    expect(await seen(ahead.partner, ahead.referral.id)).toMatchObject({ states: ['CANCELLED'], reschedules: 0 });
    const [stored] = await hub
      .owner()
      .execute('select state from referral_appointment where referral_id = ?', [ahead.referral.id]);
    expect(stored).toEqual({ state: 'PLANNED' });

    const past = await due();
    nextMinute();
    await take(hub, past[who], step, past.referral.id, said);
    // What was entered in error never had one.
    const state = step === 'MARK_AS_ERROR' ? 'CANCELLED' : 'PLANNED';
    expect(await seen(past.partner, past.referral.id)).toMatchObject({ states: [state] });
  });

  test('of a revoked referral is cancelled', async () => {
    const world = await hub.given({ status: ACCEPTED });
    const { caseworker, partner, referral, consent } = world;
    await schedule(world, later(3));
    await hub.as(caseworker, `mutation { consentRevoke(id: "${consent.id}") { userErrors { code } } }`);
    for (const viewer of [caseworker, partner])
      expect(await seen(viewer, referral.id)).toMatchObject({ states: ['CANCELLED'] });
  });
});

describe('a no-show', () => {
  test('is noted by the partner, from the moment of the appointment on, once', async () => {
    const world = await hub.given({ status: ACCEPTED });
    const { partner, referral } = world;
    await schedule(world, later(1));
    at(new Date(later(1).getTime() - 1));
    const before = await everyRow(hub.owner());
    expect((await noShow(partner, referral.id)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
    expect(await everyRow(hub.owner())).toEqual(before);
    at(later(1));
    const { version } = await look(hub, partner, referral.id);
    expect((await noShow(partner, referral.id, version + 1)).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: version },
    ]);
    const { referral: noted, userErrors } = await noShow(partner, referral.id, version);
    expect(userErrors).toEqual([]);
    expect(noted).toEqual({ version: version + 1, status: 'SCHEDULED', noShows: 1 });
    expect((await look(hub, partner, referral.id)).updatedAt).toBe(now.toISOString());
    const after = await everyRow(hub.owner());
    expect((await noShow(partner, referral.id)).userErrors).toMatchObject([{ code: 'DUPLICATE', path: ['id'] }]);
    expect(await everyRow(hub.owner())).toEqual(after);
  });

  const OTHERS = Object.values(ReferralStatus).filter(status => status !== 'SCHEDULED' && status !== 'DRAFT');
  test.each(OTHERS)('cannot be while it is %s', async status => {
    const { partner, referral } = await hub.given({ status });
    const before = await everyRow(hub.owner());
    const { userErrors } = await noShow(partner, referral.id);
    expect(userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN', path: ['id'] }]);
    expect(userErrors[0].openSteps).toEqual((await look(hub, partner, referral.id)).openSteps);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test.each([
    ['stranger', 'NOT_FOUND'],
    ['caseworker', 'FORBIDDEN'],
    ['coordinator', 'FORBIDDEN'],
    ['foreigner', 'FORBIDDEN'],
    ['auditor', 'FORBIDDEN'],
    ['anonymous', 'UNAUTHENTICATED'],
  ] as const)('the %s cannot note: %s', async (who, code) => {
    const world = await due();
    const { [who]: viewer, referral } = world;
    const before = await everyRow(hub.owner());
    if (code === 'NOT_FOUND') {
      const answer = await noShow(viewer, referral.id);
      expect(answer.userErrors).toMatchObject([{ code, path: ['id'] }]);
      expect(await noShow(viewer, '00000000-0000-4000-8000-000000000000')).toEqual(answer);
    } else await expect(noShow(viewer, referral.id)).rejects.toThrow(code);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('is not for a caseworker of it who edits another partner', async () => {
    const { caseworker, stranger, referral } = await due();
    const viewer = { ...caseworker, memberships: [...caseworker.memberships, ...stranger.memberships] };
    expect((await noShow(viewer, referral.id)).userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN' }]);
  });
});

describe('what the caseworker sees', () => {
  /** Moved, missed, made anew: as the partner knows it, and after each step as the caseworker does. */
  async function story(level: FeedbackLevel) {
    const world = await hub.given({ status: ACCEPTED, level });
    const { caseworker, partner, referral } = world;
    const told: { states: string[]; noShows: number | null; reschedules: number | null; moved: boolean }[] = [];
    const whole = async () => ({
      ...(await look(hub, caseworker, referral.id)),
      ...(await seen(caseworker, referral.id)),
      calendar: await calendar(caseworker, later(0), later(60)),
      lists: (await hub.as(caseworker, '{ referrals { nodes { id version updatedAt } totalCount } }')).data,
    });
    let before = await whole();
    const steps = [
      () => schedule(world, later(1)),
      () => schedule(world, later(2)),
      () => noShow(partner, referral.id),
      () => schedule(world, later(10)),
      () => take(hub, partner, 'START', referral.id),
    ];
    for (const step of steps) {
      at(later(2));
      if (step === steps[0]) at(START);
      if (step === steps[1]) at(later(0.5));
      await step();
      // Seen at one moment, before and after: calendars carry the time at which they were made.
      const after = await whole();
      hub.setNow(START);
      const { states, noShows, reschedules } = after;
      told.push({ states, noShows, reschedules, moved: after.version !== before.version });
      before = after;
    }
    return { told, world };
  }

  test.each([NONE, RECEIVED_ONLY])('at level %s: nothing of it', async level => {
    const nothing = { states: [], noShows: null, reschedules: null, moved: false };
    expect((await story(level)).told).toEqual([nothing, nothing, nothing, nothing, nothing]);
  });

  test('at level STATUS: a no-show as if nothing had happened', async () => {
    const { told, world } = await story(STATUS);
    expect(told).toEqual([
      { states: ['PLANNED'], noShows: null, reschedules: 0, moved: true },
      { states: ['MOVED', 'PLANNED'], noShows: null, reschedules: 1, moved: true },
      { states: ['MOVED', 'PLANNED'], noShows: null, reschedules: 1, moved: false },
      { states: ['MOVED', 'MOVED', 'PLANNED'], noShows: null, reschedules: 2, moved: true },
      { states: ['MOVED', 'MOVED', 'PLANNED'], noShows: null, reschedules: 2, moved: true },
    ]);
    expect(await seen(world.partner, world.referral.id)).toMatchObject({
      states: ['MOVED', 'NO_SHOW', 'PLANNED'],
      noShows: 1,
      reschedules: 1,
    });
  });

  test('at level STATUS_AND_OUTCOME: everything', async () => {
    const { told } = await story(STATUS_AND_OUTCOME);
    expect(told.map(({ moved, ...rest }) => rest)).toEqual([
      { states: ['PLANNED'], noShows: 0, reschedules: 0 },
      { states: ['MOVED', 'PLANNED'], noShows: 0, reschedules: 1 },
      { states: ['MOVED', 'NO_SHOW'], noShows: 1, reschedules: 1 },
      { states: ['MOVED', 'NO_SHOW', 'PLANNED'], noShows: 1, reschedules: 1 },
      { states: ['MOVED', 'NO_SHOW', 'PLANNED'], noShows: 1, reschedules: 1 },
    ]);
    expect(told.every(one => one.moved)).toBe(true);
  });

  test.each([NONE, RECEIVED_ONLY, STATUS])('at level %s nothing at all changes with a no-show', async level => {
    const { caseworker, partner, referral, service } = await due({ level });
    const everywhere = async () => ({
      one: await look(hub, caseworker, referral.id),
      appointments: await seen(caseworker, referral.id),
      calendar: await calendar(caseworker, later(0), later(60)),
      lists: (
        await hub.as(
          caseworker,
          `{ referrals { nodes { version updatedAt } totalCount } overdue: referrals(filter: { overdue: true }) { totalCount }
            service(id: "${service.id}") { version updatedAt } }`,
        )
      ).data,
    });
    nextMinute();
    const before = await everywhere();
    await noShow(partner, referral.id);
    expect(await everywhere()).toEqual(before);
    expect((await look(hub, partner, referral.id)).updatedAt).toBe(now.toISOString());
  });

  test('coordinators see counts, and no appointment', async () => {
    const world = await due({ level: NONE });
    await noShow(world.partner, world.referral.id);
    await schedule(world, later(5));
    await schedule(world, later(6));
    expect(await seen(world.coordinator, world.referral.id)).toEqual({
      appointments: [],
      states: [],
      noShows: 1,
      reschedules: 1,
    });
  });

  test('who is on the case and coordinates sees what the caseworker sees', async () => {
    const world = await due({ level: STATUS });
    const { caseworker, coordinator, partner, referral } = world;
    await noShow(partner, referral.id);
    const viewer = { ...caseworker, memberships: [...caseworker.memberships, ...coordinator.memberships] };
    expect(await seen(viewer, referral.id)).toMatchObject({ states: ['PLANNED'], noShows: null, reschedules: 0 });
  });
});

interface Event {
  uid: string;
  sequence: number;
  status: string;
  summary: string;
  location?: string;
}

/** The events of a calendar, each with all that it says, read by somebody else's parser. */
function eventsIn(text: string) {
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n(?:[^\r\n]+\r\n)*END:VCALENDAR\r\n$/);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const root = new ICAL.Component(ICAL.parse(text));
  expect(root.getFirstPropertyValue('version')).toBe('2.0');
  return root.getAllSubcomponents().map(one => {
    expect(one.name).toBe('vevent');
    const says = Object.fromEntries(one.getAllProperties().map(({ name }) => [name, one.getFirstPropertyValue(name)]));
    const { dtstart, dtstamp, ...rest } = says as Record<string, unknown> & { dtstart: ICAL.Time; dtstamp: ICAL.Time };
    expect([dtstart.zone.tzid, dtstamp.zone.tzid]).toEqual(['UTC', 'UTC']);
    return {
      ...(rest as unknown as Event),
      start: dtstart.toJSDate(),
      stamp: dtstamp.toJSDate(),
    };
  });
}

const CALENDAR = 'query ($from: LocalDate!, $until: LocalDate!) { appointmentCalendar(from: $from, until: $until) }';

async function calendar(viewer: Viewer, from: Date | string, until: Date | string) {
  const day = (one: Date | string) => (typeof one === 'string' ? one : one.toISOString().slice(0, 10));
  const { data, errors } = await hub.as(viewer, CALENDAR, { from: day(from), until: day(until) });
  if (errors) throw new Error(JSON.stringify(errors[0]?.extensions));
  return eventsIn(data.appointmentCalendar);
}

describe('as iCalendar', () => {
  test('it names the service and its place, and nothing else', async () => {
    const world = await hub.given({ status: ACCEPTED, note: 'Geheim.' });
    await schedule(world, later(3));
    const { appointments } = await seen(world.partner, world.referral.id);
    const [event, ...others] = eventsIn(appointments[0]!.icalendar);
    expect(others).toEqual([]);
    expect(event).toEqual({
      uid: `${appointments[0]!.id}@partnernetz`,
      sequence: 0,
      stamp: START,
      start: later(3),
      status: 'CONFIRMED',
      summary: 'Beratung, Heimstadt',
      location: 'Hafenweg 1, 52000 Heimstadt',
    });
    const { caseworker, referral, clientCase } = world;
    expect((await seen(caseworker, referral.id)).appointments[0]!.icalendar).toBe(appointments[0]!.icalendar);
    for (const secret of [referral.id, clientCase.id, clientCase.reference, 'P-0', 'Geheim', 'caseworker', 'partner,'])
      expect(appointments[0]!.icalendar).not.toContain(secret);
  });

  test.each([
    ['2026-03-28T08:30:00.000Z', '20260328T083000Z', 'before summer time'],
    ['2026-03-29T07:30:00.000Z', '20260329T073000Z', 'on its first day'],
    ['2026-10-25T00:30:00.000Z', '20261025T003000Z', 'in the hour that comes twice, first'],
    ['2026-10-25T01:30:00.000Z', '20261025T013000Z', 'and second'],
  ])('the moment is right: %s is %s (%s)', async (moment, line) => {
    const world = await hub.given({ status: ACCEPTED });
    await schedule(world, new Date(moment));
    const [{ icalendar, at: told } = { icalendar: '', at: '' }] = (await seen(world.partner, world.referral.id))
      .appointments;
    expect(told).toBe(moment);
    expect(icalendar).toContain(`\r\nDTSTART:${line}\r\n`);
    expect(eventsIn(icalendar)[0]!.start).toEqual(new Date(moment));
  });

  test('it keeps its name when it moves, and its number rises; in the end it is cancelled', async () => {
    const world = await hub.given({ status: ACCEPTED });
    const { caseworker, partner, referral } = world;
    const newest = async () => {
      const { appointments } = await seen(partner, referral.id);
      return eventsIn(appointments.at(-1)!.icalendar)[0]!;
    };
    const forms = [];
    for (const days of [1, 2, 3]) {
      await schedule(world, later(days));
      forms.push(await newest());
    }
    at(later(3));
    await noShow(partner, referral.id);
    forms.push(await newest());
    await schedule(world, later(9));
    forms.push(await newest());
    await take(hub, caseworker, 'CANCEL', referral.id);
    forms.push(await newest());
    expect(new Set(forms.map(form => form.uid)).size).toBe(1);
    expect(forms.map(form => [form.sequence, form.status])).toEqual([
      [0, 'CONFIRMED'],
      [2, 'CONFIRMED'],
      [4, 'CONFIRMED'],
      [4, 'CONFIRMED'],
      [6, 'CONFIRMED'],
      [7, 'CANCELLED'],
    ]);
    const all = (await seen(partner, referral.id)).appointments.map(one => eventsIn(one.icalendar)[0]!);
    expect(all.map(one => one.sequence)).toEqual([0, 2, 4, 7]);
    expect(all.map(one => one.status)).toEqual(['CANCELLED', 'CANCELLED', 'CONFIRMED', 'CANCELLED']);
  });

  test('at level STATUS a missed one is followed by a move, as any other', async () => {
    const missed = await due({ level: STATUS });
    const moved = await due({ level: STATUS });
    await noShow(missed.partner, missed.referral.id);
    const forms = [];
    for (const world of [missed, moved]) {
      await schedule(world, later(5));
      const { appointments } = await seen(world.caseworker, world.referral.id);
      const events = appointments.map(one => eventsIn(one.icalendar)[0]!);
      expect(events[0]!.uid).toBe(events[1]!.uid);
      forms.push(events.map(({ uid: _, ...rest }) => rest));
    }
    expect(forms[0]).toEqual(forms[1]);
  });

  test.each([
    ['a protected address shows as its town', { addressProtected: true }, 'Beratung, Heimstadt', 'Heimstadt'],
    ['a place has its name', { name: 'Haus B' }, 'Beratung, Heimstadt', 'Haus B, Hafenweg 1, 52000 Heimstadt'],
  ])('%s', async (_case, change, summary, location) => {
    const world = await hub.given({ status: ACCEPTED });
    await schedule(world, later(3));
    await hub.owner().nativeUpdate(Location, { id: world.location.id }, change);
    const { appointments } = await seen(world.partner, world.referral.id);
    expect(eventsIn(appointments[0]!.icalendar)[0]).toMatchObject({ summary, location });
  });

  test('of several places none is named, nor where nobody has to come', async () => {
    const world = await hub.given({ status: ACCEPTED });
    const { partner, referral, anker, home, service } = world;
    await schedule(world, later(3));
    const event = async () => eventsIn((await seen(partner, referral.id)).appointments[0]!.icalendar)[0]!;
    await hub.owner().execute(`update service set delivery_modes = '{ONLINE,PHONE}' where id = ?`, [service.id]);
    expect(await event()).toMatchObject({ summary: 'Beratung' });
    expect(await event()).not.toHaveProperty('location');
    await hub.owner().execute(`update service set delivery_modes = '{ON_SITE,PHONE}' where id = ?`, [service.id]);
    expect(await event()).toHaveProperty('location');
    const em = hub.owner();
    const other = em.create(Location, {
      partner: anker.id,
      name: null,
      storedStreet: null,
      storedPostalCode: null,
      city: 'Anderswo',
      municipality: home.key,
      latitude: null,
      longitude: null,
    });
    em.create(ServiceLocation, { service: service.id, location: other });
    await em.flush();
    expect(await event()).not.toHaveProperty('location');
  });

  test.each([
    'Beratung, offen; für „alle“',
    'Zeile eins\nZeile zwei',
    'A\r\nATTENDEE:mailto:x@example.org',
    'A\rSTATUS:CANCELLED',
    'back\\slash\\nnot a line',
    `${'ÄÖÜ 👩‍🦽 '.repeat(30)}Ende`,
    'BEGIN:VEVENT',
    '\u2028\u0085\u000b\u000c x',
  ])('a service may be called %j', async name => {
    const world = await hub.given({ status: ACCEPTED });
    await schedule(world, later(3));
    await hub.owner().execute('update service set name = ? where id = ?', [name, world.service.id]);
    const { appointments } = await seen(world.partner, world.referral.id);
    const events = eventsIn(appointments[0]!.icalendar);
    expect(events).toHaveLength(1);
    expect(Object.keys(events[0]!).sort()).toEqual([
      'location',
      'sequence',
      'stamp',
      'start',
      'status',
      'summary',
      'uid',
    ]);
    expect(events[0]).toMatchObject({ status: 'CONFIRMED' });
    const plain = (text: unknown) => String(text).replace(/[\r\n]+/g, ' ');
    expect(plain(events[0]!.summary)).toBe(plain(`${name}, Heimstadt`));
  });
});

describe('a calendar', () => {
  test('holds what is planned on these days in Berlin, both included, in order', async () => {
    const world = await hub.given({ status: ACCEPTED, referrals: 4, total: 9 });
    const { caseworker, partner, referrals } = world;
    const moments = [
      '2026-03-28T22:59:59.000Z', // the 28th
      '2026-03-28T23:00:00.000Z', // the 29th, which has 23 hours
      '2026-03-29T21:59:59.000Z',
      '2026-03-29T22:00:00.000Z', // the 30th
    ];
    for (const [i, moment] of moments.entries())
      await take(hub, partner, 'SCHEDULE', referrals[3 - i]!.id, { at: moment });
    for (const viewer of [caseworker, partner]) {
      const starts = async (from: string, until: string) =>
        (await calendar(viewer, from, until)).map(event => event.start.toISOString());
      expect(await starts('2026-03-29', '2026-03-29')).toEqual(moments.slice(1, 3));
      expect(await starts('2026-03-28', '2026-03-30')).toEqual(moments);
      expect(await starts('2026-03-01', '2026-03-27')).toEqual([]);
    }
  });

  test('holds each referral once, in its newest form, and only what is still to come true', async () => {
    const world = await hub.given({ status: ACCEPTED, referrals: 3, total: 9 });
    const { caseworker, partner, referrals } = world;
    const [moved, ended, missed] = referrals.map(one => one.id) as [string, string, string];
    const set = (id: string, days: number) => take(hub, partner, 'SCHEDULE', id, { at: later(days).toISOString() });
    await set(moved, 2);
    await set(moved, 40);
    await set(moved, 4);
    await set(ended, 5);
    await take(hub, caseworker, 'CANCEL', ended);
    await set(missed, 1);
    at(later(1));
    await noShow(partner, missed);
    const events = await calendar(partner, later(0), later(60));
    expect(events).toMatchObject([{ start: later(4), sequence: 4, status: 'CONFIRMED' }]);
    expect(await calendar(partner, later(38), later(42))).toEqual([]);
  });

  test.each([
    ['caseworker', STATUS_AND_OUTCOME, 1],
    ['caseworker', STATUS, 1],
    ['caseworker', RECEIVED_ONLY, 0],
    ['caseworker', NONE, 0],
    ['deputy', STATUS, 1],
    ['colleague', STATUS, 0],
    ['foreigner', STATUS, 0],
    ['partner', NONE, 1],
    ['stranger', STATUS, 0],
  ] as const)('of the %s at level %s holds %i', async (who, level, count) => {
    const world = await hub.given({ status: ACCEPTED, level });
    await schedule(world, later(3));
    expect(await calendar(world[who], later(0), later(60))).toHaveLength(count);
  });

  test.each([
    ['coordinator', 'FORBIDDEN'],
    ['auditor', 'FORBIDDEN'],
    ['anonymous', 'UNAUTHENTICATED'],
  ] as const)('is nothing for the %s: %s', async (who, code) => {
    const world = await hub.given({ status: ACCEPTED });
    await schedule(world, later(3));
    await expect(calendar(world[who], later(0), later(60))).rejects.toThrow(code);
  });

  test.each([
    ['2026-03-01', '2026-05-31', true],
    ['2026-03-01', '2026-06-01', false],
    ['2026-03-02', '2026-03-01', false],
    ['0001-01-01', '9999-12-31', false],
    ['0001-01-01', '0001-01-02', true],
    ['9999-12-30', '9999-12-31', true],
  ])('from %s until %s: %s', async (from, until, possible) => {
    const { partner } = await hub.given();
    if (possible) expect(await calendar(partner, from, until)).toEqual([]);
    else await expect(calendar(partner, from, until)).rejects.toThrow(/BAD_USER_INPUT.*"until"/);
  });

  test('has a bound, and costs the same statements however full it is', async () => {
    const counts = [];
    for (const referrals of [2, 20]) {
      const world = await hub.given({ status: ACCEPTED, referrals });
      for (const { id } of world.referrals)
        await hub
          .owner()
          .execute(
            `insert into referral_appointment (referral_id, network_id, number, at, created_at) values (?, ?, 1, ?, ?)`,
            [id, world.network.id, later(3), START],
          );
      await hub.enrol(world.caseworker);
      const sent = await hub.statements(async () =>
        expect(await calendar(world.caseworker, later(0), later(60))).toHaveLength(referrals),
      );
      counts.push(sent.filter(one => /^(select|with) (?!set_config)/.test(one)).length);
    }
    expect(counts[1]).toBe(counts[0]);
    console.log(`a calendar of 20 appointments: ${counts[1]} statements`);
    expect(counts[1]).toBeLessThanOrEqual(7);
  });

  test('with too many in it is refused', async () => {
    const world = await hub.given({ status: ACCEPTED });
    const { partner, referral } = world;
    await schedule(world, later(3));
    const em = hub.owner();
    const [{ columns }] = await em.execute<[{ columns: string }]>(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
       where table_name = 'referral' and column_name <> 'id' and is_generated = 'NEVER'`,
    );
    const many = (count: number) =>
      em.execute(
        `with copies as (insert into referral (${columns}) select ${columns} from referral, generate_series(1, ?) where id = ?
           returning id, network_id)
         insert into referral_appointment (referral_id, network_id, number, at, created_at)
         select id, network_id, 1, ?, ? from copies`,
        [count, referral.id, later(3), START],
      );
    await many(999);
    const { data } = await hub.as(partner, CALENDAR, { from: '2026-03-04', until: '2026-03-31' });
    expect(data.appointmentCalendar.match(/BEGIN:VEVENT/g)).toHaveLength(1000);
    await many(1);
    await expect(calendar(partner, later(0), later(20))).rejects.toThrow(/BAD_USER_INPUT.*"until"/);
  });
});

test('a page of referrals reads its appointments by the same number of statements, however long', async () => {
  const PAGE = `{ referrals { nodes { id ${FIELDS} } } }`;
  for (const who of ['caseworker', 'partner', 'coordinator'] as const) {
    const counts = [];
    for (const referrals of [2, 20]) {
      const world = await hub.given({ status: ACCEPTED, referrals, total: 50 });
      for (const { id } of world.referrals.slice(0, 5))
        await take(hub, world.partner, 'SCHEDULE', id, { at: later(3).toISOString() });
      await hub.enrol(world[who]);
      const sent = await hub.statements(async () => {
        const { data, errors } = await hub.as(world[who], PAGE);
        expect(errors).toBeUndefined();
        expect(data.referrals.nodes).toHaveLength(referrals);
      });
      counts.push(sent.filter(one => /^(select|with) (?!set_config)/.test(one)).length);
    }
    expect(counts[1]).toBe(counts[0]);
    console.log(`20 referrals with their appointments, for the ${who}: ${counts[1]} statements`);
    expect(counts[1]).toBeLessThanOrEqual({ caseworker: 7, partner: 6, coordinator: 4 }[who]);
  }
});
