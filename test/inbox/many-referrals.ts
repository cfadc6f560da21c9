import type { TestHub } from '../support/hub.js';

type World = Awaited<ReturnType<TestHub['given']>>;

/** Where the referrals of a few years stand, in parts of 1,000. */
const PARTS = {
  DRAFT: 10,
  SENT: 15,
  RECEIVED: 15,
  NEEDS_INFO: 5,
  WAITLISTED: 20,
  ACCEPTED: 12,
  SCHEDULED: 12,
  IN_PROGRESS: 70,
  ON_HOLD: 6,
  DECLINED: 200,
  CANCELLED: 100,
  EXPIRED: 50,
  ABORTED: 100,
  REVOKED: 5,
  COMPLETED: 380,
} as const;

const CASEWORKERS = 200;
const PARTNERS = 100;
const SERVICES = 500;
const LEVELS = `array['NONE', 'RECEIVED_ONLY', 'STATUS', 'STATUS_AND_OUTCOME']`;

/** SQL: a number below `below` that is drawn for row `i`, the same each time. */
const drawn = (what: string, below: number): string => `(hashtext('${what}' || i)::bigint + 2147483648) % ${below}`;

/** SQL: the id of row `n` of a kind. */
const id = (kind: string, n: string): string =>
  `('00000000-0000-4000-${kind}000-' || lpad((${n})::text, 12, '0'))::uuid`;

/** SQL: the status of row `i`. */
const STATUS = `(array[${Object.entries(PARTS)
  .flatMap(([status, parts]) => Array<string>(parts).fill(`'${status}'`))
  .join(',')}])[1 + ${drawn('status', 1000)}]`;

/** SQL: what the feedback level lets the caseworker see of it. */
const SEEN = `case
  when status in ('DRAFT', 'SENT', 'CANCELLED', 'REVOKED') or level in ('STATUS', 'STATUS_AND_OUTCOME') then status
  when level = 'NONE' then 'SENT'
  when status in ('SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'ABORTED') then 'ACCEPTED'
  else status end`;

/** SQL: days since the last step; one in thirty is forgotten. */
const DAYS = `case
  when status in ('IN_PROGRESS', 'ON_HOLD') then ${drawn('days', 185)}
  when status in ('DRAFT', 'SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED') then ${drawn('days', 31)}
  else ${drawn('days', 1400)} end`;

/**
 * Fills the network of a world with so many referrals of a few years: hundreds of caseworkers, partners and services.
 * The world's caseworker has one case in two hundred and is deputy for as many; its partner Anker gets a tenth of all.
 */
export async function manyReferrals(hub: TestHub, world: World, count: number): Promise<void> {
  const em = hub.owner();
  const now = `timestamptz '${hub.now().toISOString()}'`;
  const network = `'${world.network.id}'::uuid`;
  const her = `'${world.caseworker.accountId}'::uuid`;
  const cases = Math.ceil(count / 3);
  const caseworker = (n: string) =>
    `case (${n}) % ${CASEWORKERS} when 0 then ${her} else ${id('9', `(${n}) % ${CASEWORKERS}`)} end`;
  const partner = (n: string) =>
    `case (${n}) % ${PARTNERS} when 0 then '${world.anker.id}'::uuid else ${id('a', `(${n}) % ${PARTNERS}`)} end`;

  await em.execute(`insert into account (id, issuer, subject, display_name)
    select ${id('9', 'i')}, 'urn:many', i, 'Person ' || i from generate_series(1, ${CASEWORKERS - 1}) i`);
  await em.execute(`insert into partner (id, network_id, name, kinds)
    select ${id('a', 'i')}, ${network}, 'Partner ' || i, '{EMPLOYER}' from generate_series(1, ${PARTNERS - 1}) i`);
  await em.execute(`insert into service (id, partner_id, network_id, name, languages, delivery_modes, feedback_level, keeps_waiting_list, confirmed_at)
    select ${id('b', 'i')}, ${partner('i')}, ${network}, 'Angebot ' || i, '{de}', '{ON_SITE}', (${LEVELS})[1 + i % 4], true,
      ${now} - (i % 120) * interval '1 day' from generate_series(0, ${SERVICES - 1}) i`);
  await em.execute(`insert into service_capacity (service_id, total, reported_at)
    select id, 30, confirmed_at from service where name like 'Angebot %'`);
  await em.execute(`insert into client_case (id, network_id, reference, municipality_key, languages, assigned_to_id, deputy_id, created_at, version)
    select ${id('c', 'i')}, ${network}, 'M-' || i, '${world.home.key}', '{de}', ${caseworker('i')}, ${caseworker('i + 7')},
      ${now} - (i % 1500) * interval '1 day', 1 from generate_series(0, ${cases - 1}) i`);
  await em.execute(`insert into consent (network_id, client_case_id, category_code, given_on, valid_until, revision)
    select ${network}, ${id('c', 'i')}, 'job-coaching', ${now}::date - 400, ${now}::date - 200 + (${drawn('until', 400)})::int, 1
    from generate_series(0, ${cases - 1}) i`);
  await em.execute(`with made as (
      select i, ${STATUS} as status, (${LEVELS})[1 + ${drawn('level', 4)}] as level,
        case i % 10 when 0 then ${PARTNERS} * (${drawn('service', SERVICES / PARTNERS)}) else ${drawn('service', SERVICES)} end as service
      from generate_series(1, ${count}) i),
    dated as (
      select *, ${SEEN} as seen, ${now} - (${DAYS}) * interval '1 day' - (i % 1000) * interval '1 minute' as at from made)
    insert into referral (id, network_id, client_case_id, service_id, partner_id, basis, feedback_level, status, seen_status,
      sent_at, respond_by, seen_respond_by, waitlisted_at, reconfirm_by, accepted_at, scheduled_at, resume_on, ended_at,
      escalated_at, seen_escalated_at, urgent, created_at, updated_at, seen_updated_at, revision)
    select ${id('d', 'i')}, ${network}, ${id('c', drawn('case', cases))}, ${id('b', 'service')}, ${partner('service')},
      'STATUTORY_TASK', level, status, seen, case when status <> 'DRAFT' then at end,
      case when status in ('SENT', 'RECEIVED', 'NEEDS_INFO') then at + interval '14 days' end,
      case when seen in ('SENT', 'RECEIVED', 'NEEDS_INFO') then at + interval '14 days' end,
      case when status = 'WAITLISTED' then at end, case when status = 'WAITLISTED' then at + interval '30 days' end,
      case when status in ('ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'ABORTED') then at end,
      case when status = 'SCHEDULED' then ${now} + (i % 14 - 7) * interval '1 day' end,
      case when status = 'ON_HOLD' then ${now}::date + i % 60 - 10 end,
      case when status in ('DECLINED', 'CANCELLED', 'EXPIRED', 'ABORTED', 'REVOKED', 'COMPLETED') then at end,
      case when status in ('SENT', 'RECEIVED', 'ACCEPTED') and i % 12 = 0 then at + interval '20 days' end,
      case when status in ('SENT', 'RECEIVED') and level <> 'NONE' and i % 12 = 0 then at + interval '20 days' end,
      i % 9 = 0, at, at, at, 1
    from dated`);
  await em.execute(`update referral r set parent_id = p.id from referral p
    where p.client_case_id = r.client_case_id and p.status = 'DECLINED' and p.created_at < r.created_at
      and hashtext(r.id::text) % 20 = 0`);
  await em.execute(`with listed as (
      update referral set waiting_id = gen_random_uuid() where status = 'WAITLISTED' and waiting_id is null
      returning waiting_id, service_id, urgent, waitlisted_at)
    insert into service_waiting (id, service_id, urgent, since) select waiting_id, service_id, urgent, waitlisted_at from listed`);
  await em.execute(`insert into referral_disclosure (referral_id, network_id, partner_id, disclosed_at, readable_until, revision)
    select id, network_id, partner_id, sent_at, ended_at, 1 from referral r
    where not exists (select from referral_disclosure d where d.referral_id = r.id)`);
  await em.execute(`insert into referral_appointment (referral_id, network_id, number, at, created_at)
    select id, network_id, 1, coalesce(scheduled_at, accepted_at), accepted_at from referral where accepted_at is not null`);
  await em.execute(`insert into referral_follow_up (referral_id, network_id, months, due_on, recorded_at, still_employed, clock_at)
    select id, network_id, months, due_on, case when answered then ${now} end, case when answered then true end,
      case when not answered and due_on > ${now}::date - 30 then due_on end
    from referral, unnest(array[3, 6]) months, lateral (select ended_at::date + 30 * months) day (due_on),
      lateral (select due_on < ${now}::date - hashtext(id::text) % 40) known (answered) where status = 'COMPLETED' and hashtext(id::text) % 3 = 0`);
  // Every third has messages, of which a quarter was not read while it is open.
  await em.execute(`insert into referral_message (referral_id, network_id, partner_id, "by", author_id, text, sent_at, read_at, revision)
    select id, network_id, partner_id, side, ${her}, 'Guten Tag!', sent_at,
      case when ended_at is not null or hashtext(id::text) % 4 <> 0 then sent_at end, 1
    from referral, unnest(array['CASEWORKER', 'PARTNER']) side where sent_at is not null and hashtext(id::text) % 3 = 0`);
  await em.execute(`insert into referral_event (referral_id, network_id, number, step, from_status, to_status, seen_from, seen_to, at, "by")
    select id, network_id, number, step, case number when 1 then 'DRAFT' else 'SENT' end, case number when 1 then 'SENT' else status end,
      'SENT', seen_status, sent_at, case when step = 'REVOKE' and hashtext(id::text) % 2 = 0 then 'SYSTEM' else 'CASEWORKER' end
    from referral, lateral (values (1, 'SEND'), (2, case status when 'REVOKED' then 'REVOKE' else 'ACKNOWLEDGE' end)) happened (number, step)
    where status not in ('DRAFT', 'SENT')`);
  await em.execute('vacuum analyze');
}
