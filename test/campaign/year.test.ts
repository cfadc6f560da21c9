import { beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../src/demo/random.js';
import { testHub } from '../support/hub.js';
import { UNBALANCED } from './balance.js';
import { PATIENCE, sized, tell } from './campaign.js';
import { lateness, type Story } from './deadlines.js';
import { aDistrict, type District } from './district.js';
import { Office } from './office.js';
import { isOfficeDay, officeHour } from './working-days.js';

/**
 * Months in a district, with the injected clock: people refer, answer, forget and never look, over the API; the clock
 * does its round every few hours. Then each deadline of each referral is computed anew from its events.
 */
const REFERRALS = sized(40, 2_000);
const DAYS = sized(60, 365);
const HOURS_BETWEEN_ROUNDS = sized(12, 2);
const SEED = process.env.CAMPAIGN_SEED ?? '1';
const START = new Date('2026-01-05T06:00:00Z');

const HOUR = 3_600_000;
const OFFICE_HOURS = { from: 7, to: 19 };
const ROUNDS_A_DAY = 24 / HOURS_BETWEEN_ROUNDS;
const OFFICE_ROUNDS = (OFFICE_HOURS.to - OFFICE_HOURS.from) / HOURS_BETWEEN_ROUNDS;

/** No log of statements: there are too many. */
const hub = testHub('campaign_year', { orm: {} });
const random = new Random(`year ${SEED}`);
let district: District;
let office: Office;

beforeAll(async () => {
  hub.setNow(START);
  district = await aDistrict(hub, random, { referrals: REFERRALS, days: DAYS });
  office = new Office(district, random, hub.now);
});

test(
  `${REFERRALS} referrals in ${DAYS} days: each has an owner, meets its deadlines, and gives back its place`,
  async () => {
    const begin = performance.now();
    const rounds: Date[] = [];
    for (let round = 0; round < DAYS * ROUNDS_A_DAY; round++) {
      const now = new Date(START.getTime() + round * HOURS_BETWEEN_ROUNDS * HOUR);
      hub.setNow(now);
      await hub.runClock();
      rounds.push(now);
      expect(await faults(LEFT_BEHIND, now)).toEqual([]);
      if (isOfficeDay(now) && officeHour(now) >= OFFICE_HOURS.from && officeHour(now) < OFFICE_HOURS.to)
        await work(now);
      if (round % ROUNDS_A_DAY === 0) expect(await faults(UNBALANCED)).toEqual([]);
    }
    const seconds = (performance.now() - begin) / 1000;

    expect(office.referrals.size).toBeGreaterThanOrEqual(REFERRALS);
    expect(office.ownerless).toEqual([]);
    expect(await faults(UNBALANCED)).toEqual([]);
    expect(await faults(WITHOUT_REASON)).toEqual([]);
    expect(await faults(REVOKED_EARLY)).toEqual([]);
    const stories = await storiesOf(district.network);
    expect(new Set(stories.map(one => one.id))).toEqual(office.referrals);
    expect(stories.flatMap(story => lateness(story, rounds))).toEqual([]);
    const effects = Map.groupBy(stories.flatMap(effectsOf), kind => kind);
    tell(`${office.referrals.size} referrals in ${DAYS} days`, {
      seconds,
      rounds: rounds.length,
      requests: office.requests,
      ...Object.fromEntries([...effects].map(([kind, all]) => [kind, all.length])),
    });
    tell('what people did', Object.fromEntries([...office.tally].sort()));
    // What the time brings was there to be seen.
    expect([...effects.keys()]).toEqual(expect.arrayContaining(['REMINDER', 'ESCALATION', 'EXPIRE']));
  },
  PATIENCE,
);

describe('what is due, computed anew', () => {
  const at = (text: string): Date => new Date(`2026-${text}:00Z`);
  const hours = Array.from({ length: 24 * 30 }, (_, i) => new Date(at('03-02T08:00').getTime() + i * HOUR));
  const notice = (kind: string, party: string, dueAt: string, seen = dueAt) => ({
    kind,
    party,
    dueAt: at(dueAt),
    at: at(seen),
  });
  /** Sent on a Monday, and nobody answers. */
  const right: Story = {
    id: 'one',
    urgent: false,
    events: [
      { step: 'SEND', to: 'SENT', at: at('03-02T08:30'), by: 'CASEWORKER' },
      { step: 'EXPIRE', to: 'EXPIRED', at: at('03-23T09:00'), by: 'SYSTEM' },
    ],
    notices: [
      notice('REMINDER', 'PARTNER', '03-05T08:30', '03-05T09:00'),
      notice('REMINDER', 'PARTNER', '03-10T09:00'),
      notice('ESCALATION', 'COORDINATOR', '03-13T09:00'),
    ],
    resumeOn: [],
    next: { clockAt: null, respondBy: null, reconfirmBy: null },
  };
  const [first, second, third] = right.notices;

  test('finds nothing where all is in time', () => {
    expect(lateness(right, hours)).toEqual([]);
    const acknowledged = { step: 'ACKNOWLEDGE', to: 'RECEIVED', at: at('03-05T08:30'), by: 'PARTNER' };
    const [sent] = right.events;
    const next = { ...right.next, clockAt: at('03-19T08:30'), respondBy: at('03-19T08:30') };
    const soFar = hours.filter(look => look < at('03-19T08:30'));
    expect(lateness({ ...right, events: [sent!, acknowledged], notices: [], next }, soFar)).toEqual([]);
  });

  test.each<[string, Partial<Story>]>([
    [
      'a reminder that came an hour late',
      { notices: [notice('REMINDER', 'PARTNER', '03-05T08:30', '03-05T10:00'), second!, third!] },
    ],
    ['one that was left out', { notices: [first!, third!] }],
    ['one that came twice', { notices: [first!, second!, second!, third!] }],
    ['one for somebody else', { notices: [first!, { ...second!, party: 'CASEWORKER' }, third!] }],
    ['one of another deadline', { notices: [{ ...first!, dueAt: at('03-05T08:00') }, second!, third!] }],
    ['an end that did not come', { events: right.events.slice(0, 1) }],
    ['an end before its time', { events: [right.events[0]!, { ...right.events[1]!, at: at('03-22T09:00') }] }],
    ['an end an hour late', { events: [right.events[0]!, { ...right.events[1]!, at: at('03-23T10:00') }] }],
    ['a clock that is set for an ended one', { next: { ...right.next, clockAt: at('03-24T09:00') } }],
  ])('finds %s', (_, wrong) => {
    expect(lateness({ ...right, ...wrong }, hours)).not.toEqual([]);
  });
});

/** One round of an office day: as many new referrals as belong to it, and a look for whoever comes to it. */
async function work(now: Date): Promise<void> {
  const elapsed = (now.getTime() - START.getTime()) / HOUR / 24;
  const wanted = (REFERRALS * (elapsed + 1)) / (DAYS * 0.9);
  while (office.referrals.size < Math.min(REFERRALS, wanted)) await office.refer(random.pick(district.caseworkers));
  const { partners, caseworkers, coordinators } = district;
  const comes = ({ looks }: { looks: number }): boolean => random.chance(looks / OFFICE_ROUNDS);
  for (const person of partners.filter(comes)) await office.partnerLooks(person);
  for (const person of caseworkers.filter(comes)) await office.caseworkerLooks(person);
  for (const person of coordinators.filter(comes)) await office.coordinatorLooks(person);
}

/** Reminders, escalations, and what the clock ended. */
const effectsOf = ({ notices, events }: Story): string[] => [
  ...notices.map(one => one.kind),
  ...events.flatMap(({ by, step }) => (by === 'SYSTEM' && step ? [step] : [])),
];

const faults = (text: string, ...values: unknown[]): Promise<unknown[]> => hub.owner().execute(text, values);

/** What no clock and no coordinator looks after, what is due still, and what goes on without a consent. */
const LEFT_BEHIND = `
  with moment (now) as (values (?::timestamptz))
  select r.id, r.status, r.clock_at, r.escalated_at from referral r, moment
  where r.status in ('SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD')
    and ((r.clock_at is null and r.escalated_at is null) or r.clock_at <= now
      or (r.basis = 'CONSENT' and not exists (select from consent k where k.client_case_id = r.client_case_id
        and k.revoked_at is null and k.valid_until >= (now at time zone 'Europe/Berlin')::date)))`;

/** Ended, and the table wants more of such an end than is there. */
const WITHOUT_REASON = `
  select id, status, decline_reason, cancel_reason, abort_reason, attribution, outcome from referral r
  where not case status
    when 'DECLINED' then decline_reason is not null and ((decline_reason = 'OTHER') = (attribution is null))
      and (decline_reason <> 'OTHER' or length(decline_text) >= 10)
    when 'CANCELLED' then cancel_reason is not null and (cancel_reason <> 'OTHER' or length(cancel_text) >= 10)
    when 'ABORTED' then abort_reason is not null and ((abort_reason = 'OTHER') = (attribution is null))
      and (abort_reason <> 'OTHER' or length(abort_text) >= 10)
    when 'EXPIRED' then attribution = case (select from_status from referral_event e where e.referral_id = r.id and e.step = 'EXPIRE')
      when 'NEEDS_INFO' then 'JOBCENTER' else 'SYSTEM' end
    when 'COMPLETED' then outcome is not null
    when 'ENTERED_IN_ERROR' then length(error_reason) >= 10
    else true end`;

/** Revoked by the clock while a consent held. */
const REVOKED_EARLY = `
  select e.referral_id, e.at from referral_event e join referral r on r.id = e.referral_id
  where e.step = 'REVOKE' and e.by = 'SYSTEM' and exists (select from consent k where k.client_case_id = r.client_case_id
    and k.created_at < e.at and coalesce(k.revoked_at, 'infinity') > e.at and k.valid_until >= (e.at at time zone 'Europe/Berlin')::date)`;

async function storiesOf(network: string): Promise<Story[]> {
  const rows = await hub.owner().execute<Row[]>(
    `select r.id, r.urgent, r.clock_at, r.respond_by, r.reconfirm_by,
       (select jsonb_agg(jsonb_build_object('step', e.step, 'to', e.to_status, 'at', e.at, 'by', e.by) order by e.number)
        from referral_event e where e.referral_id = r.id and e.to_status is not null) as events,
       (select coalesce(jsonb_agg(jsonb_build_object('kind', n.kind, 'party', n.party, 'dueAt', n.due_at, 'at', n.at) order by n.at, n.due_at), '[]')
        from referral_notice n where n.referral_id = r.id and n.kind in ('REMINDER', 'ESCALATION')) as notices
     from referral r where r.network_id = ?`,
    [network],
  );
  const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return rows.map(({ id, urgent, events, notices, ...row }) => ({
    id,
    urgent,
    events: events.map(({ at, ...event }) => ({ ...event, at: new Date(at) })),
    notices: notices.map(({ kind, party, dueAt, at }) => ({ kind, party, dueAt: new Date(dueAt), at: new Date(at) })),
    resumeOn: office.rests.get(id) ?? [],
    next: { clockAt: moment(row.clock_at), respondBy: moment(row.respond_by), reconfirmBy: moment(row.reconfirm_by) },
  }));
}

interface Row {
  id: string;
  urgent: boolean;
  clock_at: string | null;
  respond_by: string | null;
  reconfirm_by: string | null;
  events: { step: string | null; to: string; by: string; at: string }[];
  notices: { kind: string; party: string; dueAt: string; at: string }[];
}
