import { REFERRALS_OF } from '../size.js';
import { cycle } from './cycle.js';

/** How many referrals a case has, by its number in its network. */
const OWN = cycle(REFERRALS_OF, 'i');

const LETTERS = '23456789BCDFGHJKMNPQRSTVWXYZ';
const LANGUAGES = `array['{de}', '{de}', '{de,en}', '{uk}', '{uk,ru}', '{ar}', '{ar,de}', '{tr,de}', '{ku,ar}', '{fa}', '{pl,de}', '{ro}']`;
const NEEDS = `array['long-term-unemployed', 'no-qualification', 'debt', 'mental-illness', 'severe-disability',
  'chronic-illness', 'single-parent', 'addiction', 'homelessness', 'limited-german', 'refugee', 'literacy']`;
const SENSITIVE = `array['mental-illness', 'severe-disability', 'chronic-illness', 'addiction', 'refugee']`;

/** SQL: how many of a hundred stand there, in the order of the drawing. */
const STANDINGS = [
  ['SENT', 4],
  ['RECEIVED', 3],
  ['ACCEPTED', 2],
  ['SCHEDULED', 2],
  ['IN_PROGRESS', 8],
  ['ON_HOLD', 1],
  ['DRAFT', 2],
  ['COMPLETED', 44],
  ['DECLINED', 14],
  ['CANCELLED', 8],
  ['EXPIRED', 5],
  ['ABORTED', 6],
  ['REVOKED', 1],
] as const;
const STATUSES = `array[${STANDINGS.flatMap(([status, share]) => Array<string>(share).fill(`'${status}'`)).join(', ')}]`;

const OPEN = `('SENT', 'RECEIVED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD')`;
const HOLDING = `('ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD')`;
const ACCEPTED = `('ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'ABORTED')`;
const STEPS = `case r.status when 'DRAFT' then 1 when 'SENT' then 2 when 'RECEIVED' then 3 when 'EXPIRED' then 3 when 'REVOKED' then 3
  when 'ACCEPTED' then 4 when 'DECLINED' then 4 when 'CANCELLED' then 4 when 'SCHEDULED' then 5 when 'IN_PROGRESS' then 6 else 7 end`;

/**
 * SQL: the cases of one network with their consents and referrals. What stands open is due in months only: a hub that
 * serves the data finds nothing to do.
 *
 * @param network its number, from 1; the other figures are those of each network
 */
export const casesOf = (network: number, cases: number, caseworkers: number, referrals: number): readonly string[] => [
  `create temp table c on commit drop as
   select n.id as network_id, i, (n.number - 1) * ${cases} + i as number, bench.id('case', (n.number - 1) * ${cases} + i) as id,
     ${OWN.count} as referrals, (n.number - 1) * ${referrals} + ${OWN.before('i')} as first,
     bench.pick(n.towns, (n.number - 1) * ${cases} + i, 200) as municipality_key, w.now,
     bench.pick(${LANGUAGES}, (n.number - 1) * ${cases} + i, 201)::text[] as languages,
     coalesce((select array_agg(need order by need) from unnest(${NEEDS}) with ordinality as x (need, k)
       where bench.rnd((n.number - 1) * ${cases} + i, 210 + k::int) < 0.15), '{}') as needs,
     1964 + floor(bench.rnd((n.number - 1) * ${cases} + i, 202) * 42)::int as birth_year
   from bench.network n cross join bench.world w cross join lateral generate_series(0, ${cases} - 1) as i
   where n.number = ${network}`,

  `create temp table o on commit drop as
   select row_number() over (order by s.id) - 1 as position, count(*) over () as offered, s.id, s.partner_id, s.feedback_level
   from service s join bench.network n on n.id = s.network_id where n.number = ${network} and s.status = 'ACTIVE'`,

  `create temp table r on commit drop as
   select d.*, o.id as service_id, o.partner_id, o.feedback_level, x.status, x.consents,
     d.now - case when x.status in ('SENT', 'RECEIVED', 'DRAFT') then interval '12 days' when x.status in ${OPEN} then interval '150 days'
       else interval '600 days' end * (0.02 + power(bench.rnd(d.number, 233), 2)) as created_at
   from (
     select c.network_id, c.id as client_case_id, c.municipality_key, c.languages, c.needs, c.birth_year, c.now,
       c.first + j as number, bench.id('referral', c.first + j) as id, j, c.first
     from c cross join lateral generate_series(0, c.referrals - 1) as j
   ) d
   cross join lateral (
     select bench.pick(${STATUSES}, d.number, 230) as status, bench.rnd(d.number, 231) < 0.75 as consents) as x
   join o on o.position = (floor(bench.rnd(d.first, 232) * o.offered)::int + d.j * 7) % o.offered`,

  `insert into client_case (id, network_id, reference, municipality_key, languages, birth_year, assigned_to_id, deputy_id, created_at)
   select c.id, c.network_id, 'F-' || (select string_agg(substr('${LETTERS}', 1 + (hashint8extended(c.i, 240) & 1048575)::int / d % 28, 1), '')
       from unnest(array[1, 28, 784, 21952]) as d) || '-' || (select string_agg(substr('${LETTERS}', 1 + c.i / d % 28, 1), '')
       from unnest(array[21952, 784, 28, 1]) as d),
     c.municipality_key, c.languages, c.birth_year, bench.id(format('bench-caseworker-%s-%s', ${network}, 1 + c.i % ${caseworkers}), 0),
     case when ${caseworkers} > 1 and bench.rnd(c.number, 203) < 0.2
       then bench.id(format('bench-caseworker-%s-%s', ${network}, 1 + (c.i + 1) % ${caseworkers}), 0) end,
     c.now - interval '3 days' - interval '700 days' * bench.rnd(c.number, 204)
   from c`,

  `insert into client_case_health (client_case_id, network_id, needs, accessibility)
   select id, network_id, needs, case when bench.rnd(number, 205) < 0.1 then array['STEP_FREE_ENTRANCE'] else '{}' end from c`,

  `insert into consent (id, network_id, client_case_id, service_id, given_on, valid_until, created_at)
   select bench.id('consent', r.number), r.network_id, r.client_case_id, r.service_id, r.created_at::date,
     r.now::date + 60 + floor(bench.rnd(r.number, 234) * 300)::int, r.created_at
   from r where r.consents and r.status <> 'DRAFT'`,

  `insert into referral (id, network_id, client_case_id, service_id, partner_id, basis, consent_id, feedback_level, status, seen_status,
     version, seen_version, respond_by, seen_respond_by, sent_at, scheduled_at, started_on, ended_at, holds_place, decline_reason,
     cancel_reason, attribution, outcome, created_at, updated_at, seen_updated_at, revision, urgent, answered_at, accepted_at,
     hold_reason, resume_on, abort_reason, clock_stage, clock_at, basis_ends_at)
   select r.id, r.network_id, r.client_case_id, r.service_id, r.partner_id, case when r.consents then 'CONSENT' else 'STATUTORY_TASK' end,
     case when r.consents and r.status <> 'DRAFT' then bench.id('consent', r.number) end, r.feedback_level, r.status, seen.status,
     t.steps, least(t.steps, seen.steps), t.respond_by, case when seen.status in ('SENT', 'RECEIVED') then t.respond_by end, t.sent_at,
     case when r.status in ('SCHEDULED', 'IN_PROGRESS', 'ON_HOLD') then t.sent_at + interval '9 days' end,
     case when r.status in ('IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'ABORTED') then (t.sent_at + interval '9 days')::date end,
     t.ended_at, r.status in ${HOLDING}, case r.status when 'DECLINED' then 'NOT_ELIGIBLE' end,
     case r.status when 'CANCELLED' then 'FOUND_OTHER_SERVICE' end,
     case r.status when 'DECLINED' then 'PROVIDER' when 'EXPIRED' then 'SYSTEM' end,
     case r.status when 'COMPLETED' then 'GOAL_REACHED' end, r.created_at, t.updated_at,
     case when seen.status = r.status then t.updated_at else t.sent_at end, t.steps, bench.rnd(r.number, 236) < 0.06,
     case when r.status in ${ACCEPTED} or r.status = 'DECLINED' then t.sent_at + interval '4 days' end,
     case when r.status in ${ACCEPTED} then t.sent_at + interval '4 days' end,
     case r.status when 'ON_HOLD' then 'FAMILY' end, case r.status when 'ON_HOLD' then r.now::date + 90 end,
     case r.status when 'ABORTED' then 'DROPPED_OUT' end, case when r.status in ${OPEN} then 0 end, t.clock_at,
     case when r.consents and r.status in ${OPEN}
       then (r.now::date + 61 + floor(bench.rnd(r.number, 234) * 300)::int)::timestamptz end
   from r cross join lateral (
     select ${STEPS} as steps, case when r.status <> 'DRAFT' then r.created_at + interval '2 hours' end as sent_at,
       case when r.status in ${OPEN} then r.now + interval '60 days' + interval '90 days' * bench.rnd(r.number, 235) end as clock_at,
       case when r.status in ('SENT', 'RECEIVED') then r.now + interval '60 days' + interval '90 days' * bench.rnd(r.number, 235) end as respond_by,
       case when r.status not in ${OPEN} and r.status <> 'DRAFT' then least(r.now, r.created_at + interval '40 days' * (0.1 + bench.rnd(r.number, 237))) end as ended_at,
       least(r.now, r.created_at + case when r.status = 'DRAFT' then interval '0' else interval '40 days' * (0.1 + bench.rnd(r.number, 237)) end) as updated_at
   ) t cross join lateral (
     select case
       when r.feedback_level = 'NONE' and r.status not in ('DRAFT', 'CANCELLED', 'REVOKED') then 'SENT'
       when r.feedback_level = 'RECEIVED_ONLY' and r.status in ${ACCEPTED} then 'ACCEPTED'
       else r.status end as status,
       case when r.feedback_level = 'NONE' and r.status not in ('DRAFT', 'CANCELLED', 'REVOKED') then 2
         when r.feedback_level = 'RECEIVED_ONLY' then 4 else 9 end as steps
   ) seen`,

  `insert into referral_disclosure (referral_id, network_id, partner_id, note, pseudonym, municipality_key, needs, languages, age,
     disclosed_at, readable_until)
   select r.id, r.network_id, r.partner_id,
     case when bench.rnd(r.number, 238) < 0.4 then 'Möchte gern am Vormittag beginnen, nachmittags werden die Kinder betreut.' end,
     case when told then 'P-' || upper(left(md5('pseudonym' || r.number), 10)) end, case when told then r.municipality_key end,
     case when told then array(select n from unnest(r.needs) as n where r.consents or not n = any(${SENSITIVE})) else '{}' end,
     case when told then r.languages else '{}' end, case when told then extract(year from r.now)::int - r.birth_year end,
     case when told then r.created_at + interval '2 hours' end,
     case when told and r.status not in ${OPEN} then least(r.now, r.created_at + interval '54 days')
       when told and r.consents then r.now + interval '60 days' end
   from r cross join lateral (select r.status <> 'DRAFT' as told) as x`,

  // Places held by referrals are places: where the draw gave fewer, there are as many more.
  `update service_capacity c set reserved = h.held, total = case when c.total is not null then greatest(c.total, h.held) end,
     occupied_elsewhere = case when c.total is null then 0
       else least(c.occupied_elsewhere, greatest(c.total, h.held) - h.held) end
   from (select service_id, count(*)::int as held from r where status in ${HOLDING} group by 1) h
   where c.service_id = h.service_id`,
];
