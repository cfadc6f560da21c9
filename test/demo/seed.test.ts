import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasProfessionalSecrecy } from '../../src/category/categories.data.js';
import { insertRows } from '../../src/database/insert-rows.js';
import { writeReferenceData } from '../../src/database/reference-data.js';
import { seedDemo } from '../../src/demo/seed.js';
import {
  DisclosureBasis,
  HOLDS_PLACE,
  isOpen,
  OPEN,
  type Party,
  ReferralStatus,
  type ReferralStep,
  STEPS,
} from '../../src/referral/referral.rules.js';
import { showsToCaseworker } from '../../src/referral/referral-feedback.rules.js';
import { showsNoShows } from '../../src/referral-appointment/referral-appointment.rules.js';
import { mayWrite, type Side } from '../../src/referral-message/referral-message.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { addDays, berlinDay, isWorkingDay } from '../../src/shared/calendar.rules.js';
import { emptyWorld, type World } from './empty-world.js';

/** A Sunday at night: nobody is at work, and the world is there all the same. */
const NOW = new Date('2026-05-31T23:30:00+02:00');
const LATER = new Date('2027-01-04T11:20:00+01:00');

let first: World;
let second: World;
let seconds: number;

beforeAll(async () => {
  first = await emptyWorld('demo_first');
  second = await emptyWorld('demo_second');
  // Copies of one template share its secret; two databases of the world outside do not.
  await second.orm.em.execute(`update secret set value = sha512(value) where name = 'root'`);
  // The faster of the two counts: other test files are at work on the same machine.
  seconds = Math.min(await seeded(first, NOW), await seeded(second, LATER));
});
afterAll(() => Promise.all([first, second].map(world => world?.orm.close(true))));

async function seeded(world: World, now: Date): Promise<number> {
  const start = performance.now();
  expect(await seedDemo(world.orm, now)).toBe(true);
  return (performance.now() - start) / 1000;
}

const count = (table: string): Promise<number> => first.value(`select count(*)::int from ${table}`);

describe('seeding', () => {
  test('takes seconds, on a busy machine too', () => {
    console.info(`demo world: ${seconds.toFixed(2)} s`);
    expect(seconds).toBeLessThan(60);
  });

  test('a second time does nothing', async () => {
    const before = await first.rows('select id, updated_at from referral order by id');
    expect(await seedDemo(first.orm, LATER)).toBe(false);
    expect(await first.rows('select id, updated_at from referral order by id')).toEqual(before);
  });

  test('as many as promised', async () => {
    expect(await first.rows('select slug from network order by slug')).toEqual(
      ['aachen', 'bochum', 'dortmund', 'unna', 'wuppertal'].map(slug => ({ slug })),
    );
    expect(await count('municipality')).toBe(23);
    expect(await count('partner')).toBeGreaterThanOrEqual(120);
    expect(await count('service')).toBeGreaterThanOrEqual(400);
    // And who took part in the rounds of a programme, years ago.
    expect(await count('client_case')).toBe(500 + 475);
    expect(await count('referral')).toBe(1500 + 475);
    expect(await count('category')).toBeGreaterThanOrEqual(36);
    expect(await count('need')).toBeGreaterThanOrEqual(22);
  });

  test('four rounds took 475 people, by referrals; each figure may be told', async () => {
    for (const { orm } of [first, second]) {
      const rounds = await orm.em
        .fork()
        .execute<{ participants: number; completed: number; employed: number; sustained: number }[]>(
          `select f.participants, f.completed, f.aborted, f.employed, f.sustained from programme p join programme_round r on r.programme_id = p.id
         join programme_round_figures f on f.round_id = r.id where p.slug = 'aktiv-statt-passiv' order by r.number`,
        );
      expect(rounds.map(({ participants }) => participants)).toEqual([110, 125, 120, 120]);
      for (const { completed, employed, sustained } of rounds) {
        expect(completed).toBeGreaterThan(employed);
        expect(employed).toBeGreaterThan(sustained);
        expect(sustained).toBeGreaterThanOrEqual(5);
      }
    }
    const alone = `select count(*)::int from referral r join service s on s.id = r.service_id where r.sent_at is not null
      and s.instruments @> '[{"required": true}]' and not exists (select from funding_decision d where d.referral_id = r.id)`;
    expect(await count('funding_decision')).toBeGreaterThan(950);
    expect(await first.value(alone)).toBe(0);
  });

  test('members of consortia belong to them within their life, once at a time in each role', async () => {
    expect(await count('consortium')).toBeGreaterThanOrEqual(3);
    expect(
      await first.rows(
        `select m.id from consortium_member m join consortium c on c.id = m.consortium_id
         left join consortium_member o on o.id <> m.id and o.consortium_id = m.consortium_id and o.partner_id = m.partner_id
           and o.role = m.role and o.member_from <= coalesce(m.member_until, 'infinity') and m.member_from <= coalesce(o.member_until, 'infinity')
         where o.id is not null or m.member_from < c.founded_on or coalesce(m.member_until, 'infinity') > coalesce(c.dissolved_on, 'infinity')`,
      ),
    ).toEqual([]);
  });

  test('what action plans tell as measured is what trainings and assessments tell', async () => {
    const measured = (indicator: string, own: string) =>
      first.rows<{ day: string; value: number; own: number }>(
        `select r.read_on::text as day, r.value::float8, (${own})::float8 as own
         from measure_reading r join plan_measure m on m.id = r.measure_id join action_plan p on p.id = m.plan_id
         where m.indicator = ? and p.closed_on is not null order by 1`,
        [indicator],
      );
    const trained = await measured(
      'STAFF_TRAINED',
      `select 100.0 * coalesce(sum(a.first_time), 0) / (select sum(staff) from team where network_id = m.network_id)
       from training_attendance a join training_session s on s.id = a.session_id join training_course c on c.id = s.course_id
       where a.network_id = m.network_id and m.topic = any(c.topics) and s.held_until <= r.read_on`,
    );
    const sites = await measured(
      'SITES_ASSESSED',
      `select 100.0 * count(*) filter (where exists (select from accessibility_assessment a
         where a.location_id = l.id and a.status = 'COMPLETED' and a.assessed_on between m.since and r.read_on)) / count(*)
       from jobcenter j join location l on l.partner_id = j.partner_id where j.network_id = m.network_id`,
    );
    expect([trained.length, sites.length]).toEqual([14, 6]);
    for (const { day, value, own } of [...trained, ...sites]) expect({ day, value }).toEqual({ day, value: own });
  });

  test('three Jobcenters are one consortium, led by that of Aachen', async () => {
    expect(
      await first.rows(
        `select n.slug, m.role from consortium_member m join consortium c on c.id = m.consortium_id
         join jobcenter j on j.partner_id = m.partner_id join network n on n.id = j.network_id
         where c.network_id = (select id from network where slug = 'aachen') order by m.role, n.slug`,
      ),
    ).toEqual([
      { slug: 'aachen', role: 'LEAD' },
      { slug: 'unna', role: 'MEMBER' },
      { slug: 'wuppertal', role: 'MEMBER' },
    ]);
  });

  test('three networks share with each other, for clients of the whole state', async () => {
    const rows = await first.rows<{ pair: string; services: number }>(
      `select giver.slug || ' ' || receiver.slug as pair, (
         select count(*)::int from service s join sharing_partner sp on sp.partner_id = s.partner_id
         where sp.agreement_id = g.id and s.status = 'ACTIVE' and exists (
           select from service_area a where a.service_id = s.id and a.area_key = '05')) as services
       from sharing_agreement g join network giver on giver.id = g.network_id join network receiver on receiver.id = g.receiver_id
       where g.status = 'AGREED' and g.ends_on is null order by 1`,
    );
    expect(rows.map(({ pair }) => pair)).toEqual([
      'aachen unna',
      'aachen wuppertal',
      'unna aachen',
      'unna wuppertal',
      'wuppertal aachen',
      'wuppertal unna',
    ]);
    for (const { services } of rows) expect(services).toBeGreaterThanOrEqual(3);
  });

  test('the database’s policies hide all of it from who has no context', async () => {
    const [row] = await first.orm.em
      .fork()
      .execute<[{ seen: number }]>(
        'select (select count(*) from client_case) + (select count(*) from referral) as seen',
      );
    expect(Number(row.seen)).toBe(0);
  });
});

describe('two databases', () => {
  /** What must not differ: everything but moments, days, years and ages, and pseudonyms. */
  const STABLE: Readonly<Record<string, string>> = {
    partner: 'id, network_id, name, kinds, description, email, phone, website, parent_id, version',
    location:
      'id, partner_id, name, street, postal_code, city, municipality_key, latitude, longitude, address_protected',
    accessibility_entry: 'location_id, feature, state',
    service:
      'id, partner_id, name, description, status, languages, interpretation, delivery_modes, minimum_age, maximum_age, keeps_waiting_list, feedback_level',
    service_area: 'service_id, area_key',
    service_location: 'service_id, location_id',
    service_capacity:
      'service_id, total, occupied_elsewhere, reserved, reported_waiting, waitlisted, expected_wait_days, reported_at is null as never',
    consortium: 'id, network_id, name, purpose, umbrella_id, founded_on, dissolved_on',
    consortium_member: 'id, consortium_id, partner_id, role, member_from, member_until',
    sharing_agreement: 'id, network_id, receiver_id, proposer_id, starts_on, ends_on, status, agreed_at',
    sharing_partner: 'agreement_id, partner_id, network_id',
    sharing_category: 'agreement_id, category_code',
    proposal: 'id, kind, status, partner_id, record_id, changes, reason, proposed_by_id, decided_by_id, decision',
    account: 'id, issuer, subject, display_name',
    membership: 'id, account_id, role, network_id, partner_id',
    job_opening:
      'id, partner_id, network_id, title, occupation, description, status, positions, hours_from, hours_to, pay_from_cents, pay_to_cents, pay_per, languages, location_id',
    job_opening_need: 'job_opening_id, need_code',
    client_case: 'id, reference, status, municipality_key, languages, assigned_to_id, deputy_id',
    client_case_health: 'client_case_id, needs, accessibility',
    consent: 'id, client_case_id, service_id, category_code',
    referral:
      'id, client_case_id, service_id, partner_id, basis, consent_id, feedback_level, status, seen_status, version, seen_version, holds_place, decline_reason, decline_text, cancel_reason, cancel_text, attribution, outcome, out_of_order_reason',
    referral_event: 'id, referral_id, number, step, from_status, to_status, seen_from, seen_to, by',
    referral_disclosure: 'referral_id, note, needs, languages',
    referral_appointment: 'id, referral_id, number, state',
    availability_question:
      'id, network_id, asked_by_id, category_code, languages, age_group, accessibility, within_days',
    availability_request: 'id, question_id, service_id, partner_id, position',
  };

  test.each(Object.entries(STABLE))('have the same in %s, half a year apart', async (table, columns) => {
    const sql = `select md5(string_agg(t::text, e'\\n' order by t::text)) from (select ${columns} from ${table}) t`;
    expect(await second.value(sql)).toBe(await first.value(sql));
  });

  test('have pseudonyms of their own', async () => {
    const sql = 'select pseudonym from referral_disclosure where disclosed_at is not null order by referral_id limit 1';
    expect(await first.value(sql)).toMatch(/^P-[0-9A-F]{10}$/);
    expect(await second.value(sql)).not.toBe(await first.value(sql));
  });
});

interface ReferralRow {
  id: string;
  status: ReferralStatus;
  seen_status: ReferralStatus;
  feedback_level: FeedbackLevel;
  version: number;
  seen_version: number;
  created_at: Date;
  updated_at: Date;
  seen_updated_at: Date;
}
interface EventRow {
  referral_id: string;
  number: number;
  step: ReferralStep | null;
  from_status: ReferralStatus | null;
  to_status: ReferralStatus;
  seen_from: ReferralStatus | null;
  seen_to: ReferralStatus | null;
  at: Date;
  by: Party;
}

describe.each([
  ['a Sunday in May', () => first, NOW],
  ['a Monday in January', () => second, LATER],
])('referrals, on %s', (_, worldOf, now) => {
  let world: World;
  let referrals: ReferralRow[];
  let events: Map<string, EventRow[]>;
  /** How often the client did not come, which is no step but a change. */
  let missed: Map<string, number>;

  beforeAll(async () => {
    world = worldOf();
    referrals = await world.rows<ReferralRow>('select * from referral');
    const all = await world.rows<EventRow>('select * from referral_event order by referral_id, number');
    events = Map.groupBy(all, ({ referral_id }) => referral_id);
    const noShows = await world.rows<{ id: string; count: number }>(
      `select referral_id as id, count(*)::int as count from referral_appointment where state = 'NO_SHOW' group by 1`,
    );
    missed = new Map(noShows.map(({ id, count }) => [id, count]));
  });
  const date = (value: Date | string): Date => new Date(value);

  test('every status that the table reaches is there', () => {
    const reached = new Set([ReferralStatus.DRAFT]);
    for (let size = 0; size < reached.size; ) {
      size = reached.size;
      for (const { from, to } of Object.values(STEPS)) if (from.some(status => reached.has(status))) reached.add(to);
    }
    expect(new Set(referrals.map(({ status }) => status))).toEqual(reached);
  });

  test('the events of each are a path of the table, and end where it stands', () => {
    for (const { id, status, feedback_level, version } of referrals) {
      const [creation, ...steps] = events.get(id) ?? [];
      expect(creation).toMatchObject({ number: 0, step: null, from_status: null, to_status: ReferralStatus.DRAFT });
      let at = ReferralStatus.DRAFT;
      for (const [index, { number, step, from_status, to_status, by }] of steps.entries()) {
        expect([number, from_status, to_status]).toEqual([index + 1, at, STEPS[step!].to]);
        expect(isOpen(step!, at, by, feedback_level)).toBe(true);
        at = to_status;
      }
      expect(at).toBe(status);
      expect(version).toBe(steps.length + 1 + (missed.get(id) ?? 0));
    }
  });

  test('the caseworker sees what the feedback level shows, and counts no more than that', () => {
    for (const referral of referrals) {
      const [creation, ...steps] = events.get(referral.id)!;
      const shown = steps.filter(({ step }) => showsToCaseworker(step!, referral.feedback_level));
      const last = shown.at(-1) ?? creation!;
      expect(referral.seen_status).toBe(last.to_status);
      const noShows = showsNoShows(referral.feedback_level) ? (missed.get(referral.id) ?? 0) : 0;
      expect(referral.seen_version).toBe(shown.length + 1 + noShows);
      expect(date(referral.seen_updated_at)).toEqual(date(last.at));
      for (const event of steps) expect(event.seen_to).toBe(shown.includes(event) ? event.to_status : null);
    }
  });

  test('events follow each other in office hours, and none is yet to come', () => {
    for (const referral of referrals) {
      const moments = events.get(referral.id)!.map(({ at }) => date(at));
      for (const [index, at] of moments.entries()) {
        expect(at.getTime()).toBeLessThanOrEqual(now.getTime());
        if (index > 0) expect(at.getTime()).toBeGreaterThan(moments[index - 1]!.getTime());
        expect(isWorkingDay(berlinDay(at))).toBe(true);
        const hour = Number(at.toLocaleTimeString('de', { timeZone: 'Europe/Berlin', hour: '2-digit' }).slice(0, 2));
        expect(hour).toBeGreaterThanOrEqual(8);
        expect(hour).toBeLessThanOrEqual(16);
      }
      expect(date(referral.created_at)).toEqual(moments[0]);
      expect(date(referral.updated_at)).toEqual(moments.at(-1));
    }
  });

  test('nothing is so late that the clock would have ended it', async () => {
    const late = (status: string, since: string, days: number) =>
      world.value(`select count(*)::int from referral where status = ? and ${since} < ?`, [
        status,
        addDays(now, -days),
      ]);
    expect(await late('SENT', 'sent_at', 21)).toBe(0);
    expect(await late('WAITLISTED', 'updated_at', 60)).toBe(0);
    expect(await late('ON_HOLD', 'updated_at', 180)).toBe(0);
    expect(
      await world.value(`select count(*)::int from referral where status = 'SCHEDULED' and scheduled_at <= ?`, [now]),
    ).toBe(0);
  });

  test('some are overdue, most are not', async () => {
    const overdue = await world.value<number>(
      `select count(*)::int from referral where status in ('SENT', 'RECEIVED') and respond_by < ?`,
      [now],
    );
    expect(overdue).toBeGreaterThan(3);
    expect(overdue).toBeLessThan(60);
  });

  test('whatever is open has a clock that runs, or somebody to whom it was escalated', async () => {
    const open = `status in (${OPEN.map(status => `'${status}'`).join()})`;
    const forgotten = `select id from referral where ${open} and clock_at is null and escalated_at is null`;
    expect(await world.rows(forgotten)).toEqual([]);
    const due = `select count(*)::int from referral where clock_at <= ? or basis_ends_at < ?`;
    expect(await world.value(due, [now, now])).toBe(0);
    const ended = `select id from referral where not ${open} and clock_at is not null`;
    expect(await world.rows(ended)).toEqual([]);
    const escalated = `select id from referral r where escalated_at is not null and not exists
      (select from referral_notice n where n.referral_id = r.id and n.party = 'COORDINATOR' and n.at = r.escalated_at)`;
    expect(await world.rows(escalated)).toEqual([]);
  });

  test('every place on a waiting list is that of one referral', async () => {
    const lists = await world.rows(`select w.id from service_waiting w full join referral r on r.waiting_id = w.id
      where (r.status = 'WAITLISTED') is distinct from (w.left_at is null and w.id is not null) and (w.id is not null or r.status = 'WAITLISTED')`);
    expect(lists).toEqual([]);
  });

  test('cases were referred on, offered to several at once, and asked about', async () => {
    const counted = await world.rows(`select
      (select count(*) from referral c join referral p on p.id = c.parent_id and p.client_case_id = c.client_case_id
         and p.ended_at < c.created_at and c.lineage_depth = p.lineage_depth + 1)::int as lineage,
      (select count(*) from referral where parent_id is not null)::int as children,
      (select max(lineage_depth) from referral) as deepest,
      (select count(distinct sibling_group) from referral)::int as groups,
      (select count(*) from referral where sibling_group is not null and feedback_level = 'NONE')::int as untold,
      (select count(*) from referral_question)::int as questions,
      (select count(*) from referral r where status = 'NEEDS_INFO' and not exists
         (select from referral_question q where q.referral_id = r.id and q.answered_at is null))::int as unasked`);
    const { lineage, children, deepest, groups, untold, questions, unasked } = counted[0] as Record<string, number>;
    expect(lineage).toBe(children);
    expect(lineage).toBeGreaterThan(20);
    expect(deepest).toBeLessThanOrEqual(5);
    expect(groups).toBeGreaterThan(3);
    expect(questions).toBeGreaterThan(50);
    expect([untold, unasked]).toEqual([0, 0]);
  });

  test('reserved places are those that referrals hold; waiting ones are counted; none is overbooked', async () => {
    const wrong = await world.rows(`
      select service_id from service_capacity c
      where reserved <> (select count(*) from referral r where r.service_id = c.service_id and r.holds_place)
         or waitlisted <> (select count(*) from referral r where r.service_id = c.service_id and r.status = 'WAITLISTED')
         or (reserved > 0 and reserved + occupied_elsewhere > total)
         or (waitlisted > 0 and reserved + occupied_elsewhere < total)`);
    expect(wrong).toEqual([]);
    const holders = await world.rows<{ status: ReferralStatus }>(
      'select distinct status from referral where holds_place',
    );
    expect(new Set(holders.map(({ status }) => status))).toEqual(new Set(HOLDS_PLACE));
    expect(
      await world.value(
        `select count(*)::int from referral where not holds_place and status in ('ACCEPTED', 'SCHEDULED', 'IN_PROGRESS')`,
      ),
    ).toBeLessThan(20);
  });

  test('no case has two open referrals to one service, a closed case none', async () => {
    const open = `status in (${OPEN.map(status => `'${status}'`).join()})`;
    expect(
      await world.rows(`select from referral where ${open} group by client_case_id, service_id having count(*) > 1`),
    ).toEqual([]);
    expect(
      await world.rows(
        `select from referral r join client_case c on c.id = r.client_case_id
         where c.status = 'CLOSED' and (r.status = 'DRAFT' or r.${open})`,
      ),
    ).toEqual([]);
  });

  test('what is open rests on a consent that holds, or on the statutory task', async () => {
    const sent = await world.rows<{ basis: DisclosureBasis; holds: boolean | null; covers: boolean | null }>(
      `select r.basis,
              k.given_on <= (r.sent_at at time zone 'Europe/Berlin')::date
                and k.valid_until >= ((coalesce(r.ended_at, ?) at time zone 'Europe/Berlin')::date
                                      - (r.status = 'REVOKED')::int) as holds,
              k.service_id = r.service_id or exists (
                select from service_category c where c.service_id = r.service_id and c.category_code = k.category_code
              ) as covers
       from referral r left join consent k on k.id = r.consent_id where r.sent_at is not null`,
      [now],
    );
    expect(sent.length).toBeGreaterThan(1_300);
    const onConsent = sent.filter(({ basis }) => basis === DisclosureBasis.CONSENT);
    expect(onConsent.filter(({ holds, covers }) => !holds || !covers)).toEqual([]);
    expect(sent.filter(({ basis, holds }) => basis === DisclosureBasis.STATUTORY_TASK && holds !== null)).toEqual([]);
  });

  test('what was revoked rests on a consent that is revoked or has run out, and the partner reads no more', async () => {
    const rows = await world.rows<{ over: boolean; read: boolean }>(
      `select k.revoked_at is not null or k.valid_until < (? at time zone 'Europe/Berlin')::date as over,
              d.readable_until > r.ended_at as read
       from referral r join consent k on k.id = r.consent_id join referral_disclosure d on d.referral_id = r.id
       where r.status = 'REVOKED'`,
      [now],
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row).toEqual({ over: true, read: false });
  });

  test('nothing sensitive was told on the statutory task, all of it with consent', async () => {
    const told = await world.rows(
      `select from referral r join referral_disclosure d on d.referral_id = r.id
       join need n on n.code = any (d.needs) where r.basis = 'STATUTORY_TASK' and n.sensitive`,
    );
    expect(told).toEqual([]);
    const kept = await world.rows(
      `select from referral r join referral_disclosure d on d.referral_id = r.id
       join client_case_health h on h.client_case_id = r.client_case_id
       where r.basis = 'CONSENT' and r.sent_at is not null and d.needs <> h.needs`,
    );
    expect(kept).toEqual([]);
  });

  test('the partner’s access ends with the referral, some days later after a completion', async () => {
    const wrong = await world.rows(
      `select r.status from referral r join referral_disclosure d on d.referral_id = r.id
       where (d.disclosed_at is null) <> (r.sent_at is null)
          or (r.ended_at is not null and r.sent_at is not null
              and coalesce(d.readable_until, 'infinity')
                  > r.ended_at + case when r.status in ('COMPLETED', 'ABORTED') then interval '15 days' else '0' end)`,
    );
    expect(wrong).toEqual([]);
  });

  test('services fit: same network, area, age', async () => {
    const wrong = await world.rows(
      `select from referral r join client_case c on c.id = r.client_case_id join service s on s.id = r.service_id
       where s.network_id <> r.network_id or c.network_id <> r.network_id
          or not exists (select from service_area a where a.service_id = s.id
                and a.area_key in (c.municipality_key, left(c.municipality_key, 5), left(c.municipality_key, 2)))
          or extract(year from r.created_at) - c.birth_year < s.minimum_age
          or extract(year from r.created_at) - c.birth_year > s.maximum_age`,
    );
    expect(wrong).toEqual([]);
  });

  test('what services tell of acceptances and answers is what happened', async () => {
    const valid = `r.status <> 'ENTERED_IN_ERROR'`;
    expect(await world.value('select sum(accepted)::int from service_acceptance')).toBe(
      await world.value(
        `select count(*)::int from referral_event e join referral r on r.id = e.referral_id where e.step = 'ACCEPT' and ${valid}`,
      ),
    );
    expect(await world.value('select sum(answers)::int from service_answer')).toBe(
      await world.value(
        `select count(distinct r.id)::int from referral_event e join referral r on r.id = e.referral_id
         where e.step in ('ACCEPT', 'WAITLIST', 'DECLINE') and ${valid}`,
      ),
    );
    expect(await world.value('select max(working_days) from service_answer')).toBeGreaterThan(3);
  });

  test('the gap register counts the ends that tell what is missing', async () => {
    const counted = await world.rows(
      `select g.id, g.events, g.withheld from gap g
       join referral r on r.gap_id = g.id join client_case c on c.id = r.client_case_id
       where g.network_id = r.network_id and g.municipality_key = c.municipality_key
         and exists (select from service_category sc where sc.service_id = r.service_id and sc.category_code = g.category_code)
         and g.reason = coalesce(r.decline_reason, 'NO_ANSWER')
         and g.month = date_trunc('month', r.ended_at at time zone 'Europe/Berlin')::date
       group by g.id having count(*) filter (where r.feedback_level <> 'NONE') = g.events
         and count(*) filter (where r.feedback_level = 'NONE') = g.withheld`,
    );
    const ofReferrals = `select count(*)::int from gap where reason <> 'NO_SERVICE'`;
    expect(counted).toHaveLength(await world.value(ofReferrals));
    expect(counted.length).toBeGreaterThan(20);
    const entering = `('NO_CAPACITY', 'WAITLIST_FULL', 'NOT_ELIGIBLE', 'OUT_OF_AREA', 'LANGUAGE_NOT_AVAILABLE', 'NOT_ACCESSIBLE')`;
    expect(await world.value(`select sum(events + withheld)::int from gap where reason <> 'NO_SERVICE'`)).toBe(
      await world.value(
        `select count(*)::int from referral_event e join referral r on r.id = e.referral_id
         where r.status <> 'ENTERED_IN_ERROR' and (e.to_status = 'DECLINED' and r.decline_reason in ${entering}
           or e.to_status = 'EXPIRED' and e.from_status <> 'WAITLISTED')`,
      ),
    );
  });

  test('caseworkers looked in vain only for what nobody offers there', async () => {
    const rows = await world.rows<{ offered: boolean; events: number }>(
      `with recursive tree (code, top) as (
         select code, code from category union all select c.code, t.top from category c join tree t on t.code = c.parent_code)
       select g.events, exists (
         select from tree t join service_category sc on sc.category_code = t.code join service s on s.id = sc.service_id
         join service_area a on a.service_id = s.id and starts_with(g.municipality_key, a.area_key)
         where t.top = g.category_code and s.network_id = g.network_id) as offered
       from gap g where g.reason = 'NO_SERVICE'`,
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ offered, events }) => offered || events < 1)).toEqual([]);
  });

  test('questions for places went to services that fit, and some wait for an answer', async () => {
    expect(
      await world.rows(
        `select r.id from availability_request r join availability_question q on q.id = r.question_id
         join service s on s.id = r.service_id
         where s.network_id <> q.network_id or s.partner_id <> r.partner_id or r.asked_at > ? or r.answered_at > ?
           or r.answered_at > (select reported_at from service_capacity c where c.service_id = s.id)
           or cardinality(q.languages) > 0 and not s.languages && q.languages`,
        [now, now],
      ),
    ).toEqual([]);
    const answered = 'select count(*)::int from availability_request where answered_at is not null';
    expect(await world.value(answered)).toBeGreaterThan(10);
    const open = 'select count(*)::int from availability_request where answered_at is null and answer_by > ?';
    expect(await world.value(open, [now])).toBeGreaterThan(5);
  });

  test('whoever came before somebody who had waited longer has a reason', async () => {
    const rows = await world.rows<{ reason: string | null }>(
      `with wait as (
         select w.id, w.service_id, w.waitlisted_at as since,
                (select min(l.at) from referral_event l where l.referral_id = w.id and l.at > w.waitlisted_at
                  and l.to_status <> 'WAITLISTED') as until
         from referral w where w.waitlisted_at is not null)
       select r.out_of_order_reason as reason from referral r
       join referral_event e on e.referral_id = r.id and e.step = 'ACCEPT'
       join wait w on w.service_id = r.service_id and w.id <> r.id
       where w.since < e.at and (w.until is null or e.at < w.until)
         and (e.from_status <> 'WAITLISTED' or w.since < r.waitlisted_at)`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ reason }) => !reason)).toEqual([]);
  });

  test('each has the appointments that were made, the last one where it says', async () => {
    const wrong = await world.rows(
      `select r.id from referral r
       where (select count(*) from referral_event e where e.referral_id = r.id and e.step = 'SCHEDULE')
          <> (select count(*) from referral_appointment a where a.referral_id = r.id)
        or r.scheduled_at is distinct from
           (select a.at from referral_appointment a where a.referral_id = r.id and a.state = 'PLANNED')`,
    );
    expect(wrong).toEqual([]);
    for (const state of ['MOVED', 'NO_SHOW'])
      expect(
        await world.value('select count(*)::int from referral_appointment where state = ?', [state]),
      ).toBeGreaterThan(5);
    const ahead = 'select count(*)::int from referral_appointment where at > ?';
    expect(await world.value(ahead, [now])).toBeGreaterThan(5);
  });

  test('who talks may talk, and has not said anything that is still to come', async () => {
    const messages = await world.rows<{ by: Side; status: ReferralStatus; level: FeedbackLevel; in_time: boolean }>(
      `select m.by, case m.by when 'PARTNER' then r.status else r.seen_status end as status, r.feedback_level as level,
         m.sent_at between r.sent_at and ?::timestamptz and (m.read_at is null or m.read_at between m.sent_at and ?) as in_time
       from referral_message m join referral r on r.id = m.referral_id`,
      [now, now],
    );
    expect(new Set(messages.map(({ by }) => by)).size).toBe(2);
    expect(messages.filter(({ by, status, level }) => !mayWrite(by, status, level))).toEqual([]);
    expect(messages.filter(({ in_time }) => !in_time)).toEqual([]);
  });

  test('who found work is asked about twice; nothing of that is due and not told', async () => {
    const placed = `status = 'COMPLETED' and outcome in ('EMPLOYED', 'SUBSIDISED_JOB')`;
    const asked = await world.rows(
      `select id from referral r where (${placed})
         <> ((select count(*) from referral_follow_up f where f.referral_id = r.id) = 2)`,
    );
    expect(asked).toEqual([]);
    expect(await world.value('select count(*)::int from referral_follow_up where clock_at <= ?', [now])).toBe(0);
    const early = 'select id from referral_follow_up where recorded_at < due_on or recorded_at > ?';
    expect(await world.rows(early, [now])).toEqual([]);
    expect(await world.value('select count(*)::int from referral_follow_up where still_employed')).toBeGreaterThan(5);
  });

  test('reasons, attributions and outcomes are where they belong', async () => {
    const wrong = await world.rows(
      `select status, feedback_level, outcome from referral
       where (decline_reason is not null) <> (status = 'DECLINED')
         and status <> 'ENTERED_IN_ERROR'
          or (decline_reason = 'OTHER') <> (decline_text is not null)
          or (status = 'CANCELLED' and cancel_reason is null)
          or (status = 'COMPLETED') <> (outcome is not null)
          or (outcome <> 'NO_DETAIL' and feedback_level <> 'STATUS_AND_OUTCOME')`,
    );
    expect(wrong).toEqual([]);
  });
});

describe('the directory', () => {
  test('shows every state of care: fresh, aging, stale, never; full, uncounted, paused, closed', async () => {
    const [seen] = await first.rows<Record<string, number>>(
      `select count(*) filter (where reported_at > ?::timestamptz - interval '30 days')::int as fresh,
              count(*) filter (where reported_at between ?::timestamptz - interval '90 days'
                                                 and ?::timestamptz - interval '30 days')::int as aging,
              count(*) filter (where reported_at < ?::timestamptz - interval '90 days')::int as stale,
              count(*) filter (where reported_at is null)::int as never,
              count(*) filter (where total is null and reported_at is not null)::int as uncounted,
              count(*) filter (where total <= reserved + occupied_elsewhere)::int as full,
              count(*) filter (where s.status = 'PAUSED')::int as paused,
              count(*) filter (where s.status = 'CLOSED')::int as closed,
              count(*) filter (where intake_paused_until > ?::date)::int as stopped
       from service_capacity c join service s on s.id = c.service_id`,
      [NOW, NOW, NOW, NOW, NOW],
    );
    for (const number of Object.values(seen!)) expect(number).toBeGreaterThanOrEqual(5);
  });

  test('professional secrecy: RECEIVED_ONLY at most', async () => {
    const services = await first.rows<{ feedback_level: FeedbackLevel; codes: string[] }>(
      `select feedback_level, (select array_agg(category_code) from service_category where service_id = s.id) as codes
       from service s`,
    );
    const secret = services.filter(({ codes }) => codes.some(hasProfessionalSecrecy));
    expect(secret.length).toBeGreaterThan(40);
    for (const { feedback_level } of secret) expect(['NONE', 'RECEIVED_ONLY']).toContain(feedback_level);
    expect(
      await first.value(`select count(*)::int from category where professional_secrecy and parent_code is not null`),
    ).toBe(11);
  });

  test('areas by 8, 5 and 2 digits; languages beyond German; protected addresses', async () => {
    const lengths = await first.rows('select distinct length(area_key) as digits from service_area order by 1');
    expect(lengths).toEqual([{ digits: 2 }, { digits: 5 }, { digits: 8 }]);
    const languages = await first.rows<{ tag: string }>('select distinct unnest(languages) as tag from service');
    expect(languages.map(({ tag }) => tag)).toEqual(
      expect.arrayContaining(['de', 'en', 'uk', 'ar', 'tr', 'ru', 'fa', 'pl', 'fr', 'gsg']),
    );
    expect(await first.value('select count(*)::int from location where address_protected')).toBeGreaterThanOrEqual(5);
  });

  test('every site is near its municipality’s centre, every service has a site', async () => {
    expect(
      await first.value(`select max(abs(l.latitude - m.latitude) + abs(l.longitude - m.longitude))
                         from location l join municipality m on m.key = l.municipality_key`),
    ).toBeLessThan(0.12);
    expect(
      await first.value(
        'select count(*)::int from service s where not exists (select from service_location where service_id = s.id)',
      ),
    ).toBe(0);
  });

  test('mail and web addresses can reach nobody, phone numbers ring nowhere', async () => {
    const rows = await first.rows<{ email: string | null; website: string | null; phone: string }>(
      'select email, website, phone from partner',
    );
    for (const { email, website, phone } of rows) {
      if (email) expect(email).toMatch(/^kontakt@[a-z0-9-]+\.example$/);
      if (website) expect(website).toMatch(/^https:\/\/www\.[a-z0-9-]+\.example$/);
      expect(phone).toMatch(/^\+49 221 4710 \d{3}$/);
    }
    expect(new Set(rows.map(({ phone }) => phone)).size).toBe(rows.length);
  });
});

describe('proposals', () => {
  test('wait for the personas, each for a change that is one', async () => {
    const rows = await first.rows(
      `select kind, status, count(*)::int as count from proposal group by 1, 2 order by 1, 2`,
    );
    expect(rows).toEqual([
      { kind: 'CORRECTION', status: 'OPEN', count: 3 },
      { kind: 'CORRECTION', status: 'REJECTED', count: 1 },
      { kind: 'NEW_PARTNER', status: 'OPEN', count: 1 },
      { kind: 'REVIEW', status: 'OPEN', count: 1 },
    ]);
    const { count } = await first
      .rows<{ count: number }>(
        `select count(*)::int as count from proposal p, jsonb_each(p.changes) as _ (field, change)
       join lateral (select to_jsonb(partner) as row from partner where id = p.record_id) now on true
       where change -> 'before' = change -> 'after'
         or p.kind <> 'NEW_PARTNER' and change -> 'before' is distinct from now.row -> field`,
      )
      .then(found => found[0]!);
    expect(count).toBe(0);
  });

  test('one partner is pending, and offers nothing yet', async () => {
    const rows = await first.rows(
      `select n.slug, (select count(*)::int from service s where s.partner_id = p.id) as services
       from partner p join network n on n.id = p.network_id where p.status <> 'ACTIVE'`,
    );
    expect(rows).toEqual([{ slug: 'aachen', services: 0 }]);
  });
});

describe('personas', () => {
  test('have accounts and the memberships that their names say', async () => {
    const rows = await first.rows(
      `select a.subject, m.role, n.slug, m.partner_id is not null as edits
       from account a join membership m on m.account_id = a.id left join network n on n.id = m.network_id
       where a.issuer = 'urn:partnernetz:development' and a.subject !~ '-[0-9]+$' order by a.subject`,
    );
    expect(rows).toEqual([
      { subject: 'admin', role: 'ADMIN', slug: null, edits: false },
      { subject: 'auditor', role: 'AUDITOR', slug: null, edits: false },
      { subject: 'caseworker-aachen', role: 'CASEWORKER', slug: 'aachen', edits: false },
      ...['bochum', 'dortmund', 'wuppertal'].map(slug => ({
        subject: `caseworker-${slug}`,
        role: 'CASEWORKER',
        slug,
        edits: false,
      })),
      ...['aachen', 'bochum', 'dortmund', 'unna', 'wuppertal'].map(slug => ({
        subject: `coordinator-${slug}`,
        role: 'COORDINATOR',
        slug,
        edits: false,
      })),
      { subject: 'partner-aachen', role: 'PARTNER_EDITOR', slug: 'aachen', edits: true },
      { subject: 'partner-wuppertal', role: 'PARTNER_EDITOR', slug: 'wuppertal', edits: true },
    ]);
  });

  test.each([
    ['partner-aachen', '05334'],
    ['partner-wuppertal', '05124'],
  ])('%s offers one job coaching and one addiction counselling, ready to take referrals', async (subject, district) => {
    const services = await first.rows(
      `select (select array_agg(category_code) from service_category where service_id = s.id) as categories,
              (select array_agg(area_key) from service_area where service_id = s.id) as areas,
              s.feedback_level, s.status, s.intake_paused_until, s.minimum_age, s.maximum_age, s.keeps_waiting_list,
              s.languages @> '{de,uk}' as speaks, c.total - c.reserved - c.occupied_elsewhere >= 7 as free, c.waitlisted
       from account a join membership m on m.account_id = a.id
       join service s on s.partner_id = m.partner_id join service_capacity c on c.service_id = s.id
       where a.subject = ? order by s.feedback_level`,
      [subject],
    );
    const ready = {
      areas: [district],
      status: 'ACTIVE',
      intake_paused_until: null,
      minimum_age: null,
      maximum_age: null,
      keeps_waiting_list: true,
      speaks: true,
      free: true,
      waitlisted: 0,
    };
    expect(services).toEqual([
      { ...ready, categories: ['addiction-counselling'], feedback_level: FeedbackLevel.RECEIVED_ONLY },
      { ...ready, categories: ['job-coaching'], feedback_level: FeedbackLevel.STATUS_AND_OUTCOME },
    ]);
  });

  test('partners have referrals to answer, at both services', async () => {
    const rows = await first.rows<{ subject: string; open: number; all: number }>(
      `select a.subject, count(*) filter (where r.status in ('SENT', 'RECEIVED'))::int as open, count(*)::int as all
       from account a join membership m on m.account_id = a.id join referral r on r.partner_id = m.partner_id
       where a.subject like 'partner-%' and r.sent_at is not null group by 1 order by 1`,
    );
    for (const { open, all } of rows) {
      expect(open).toBeGreaterThanOrEqual(3);
      expect(all).toBeGreaterThanOrEqual(20);
    }
  });

  test('caseworkers have some 40 cases, and some more as a deputy', async () => {
    const rows = await first.rows<{ subject: string; own: number; deputy: number }>(
      `select a.subject, count(*) filter (where c.assigned_to_id = a.id)::int as own,
              count(*) filter (where c.deputy_id = a.id)::int as deputy
       from account a join client_case c on a.id in (c.assigned_to_id, c.deputy_id)
       where a.subject like 'caseworker-%' group by 1 order by 1`,
    );
    expect(rows.map(({ own }) => own)).toEqual(rows.map(() => 40));
    expect(rows).toHaveLength(4);
    for (const { deputy } of rows) expect(deputy).toBeGreaterThanOrEqual(3);
  });
});

describe('reference data', () => {
  test('is brought up to date by its codes; what the program does not know stays', async () => {
    const em = second.orm.em.fork();
    await em.execute(
      `update category set name_de = 'Alt', professional_secrecy = false where code = 'debt-counselling'`,
    );
    await em.execute(`insert into need (code, name_de, name_en, position) values ('own', 'Eigener', 'Own', 99)`);
    await writeReferenceData(em);
    expect(
      await second.rows(`select name_de, professional_secrecy from category where code = 'debt-counselling'`),
    ).toEqual([{ name_de: 'Schuldnerberatung', professional_secrecy: true }]);
    expect(await second.value(`select count(*)::int from need where code = 'own'`)).toBe(1);
  });

  test('is not written again where nothing differs', async () => {
    const versions = 'select xmin::text, code from category union all select xmin::text, code from need order by 2';
    const before = await second.rows(versions);
    await writeReferenceData(second.orm.em.fork());
    expect(await second.rows(versions)).toEqual(before);
  });

  test('rows may hold any text', async () => {
    const em = second.orm.em.fork();
    const text = `'"\\'\\\\ ? ?? :a $1 {} \n ä 😀`;
    await insertRows(em, 'need', [{ code: 'odd', name_de: text, name_en: '', position: 1, sensitive: false }]);
    expect(await second.value(`select name_de from need where code = 'odd'`)).toBe(text);
  });
});
