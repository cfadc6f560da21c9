import { capacityJson, EXACTLY_FREE, EXACTLY_WAITING, PARTNER_JSON } from './answer-json.sql.js';

/**
 * What somebody who knows nothing but these questions would write by hand: the answer's JSON comes out of PostgreSQL.
 * Each keeps to the hub's rules of who sees what.
 */

/** $1 slug. One row: the nodes, is there a next page, name and id of the last; `known` is null for no such network. */
export const PARTNERS = `
  with page as materialized (
    select p.id, p.name, p.kinds, row_number() over (order by p.name, p.id) as n from partner p
    where p.network_id = (select id from network where slug = $1) and p.status = 'ACTIVE' order by p.name, p.id limit 21
  ), last as (select name, id from page where n <= 20 order by n desc limit 1)
  select (select id from network where slug = $1) as known,
    coalesce((select string_agg(${PARTNER_JSON}, ',' order by p.n) from page p where p.n <= 20), '') as nodes,
    (select count(*) > 20 from page) as more, (select name from last) as name, (select id from last) as id`;

/** $1 id. Of one that was merged, what it was merged into. */
export const PARTNER = `
  select ${PARTNER_JSON} as json from partner p
  where p.id = (select coalesce(merged_into_id, id) from partner where id = $1) and p.status = 'ACTIVE'`;

/** $1 id. */
export const SERVICE = `
  select '{"name":' || to_json(s.name) || '}' as json from service s
  where s.id = $1 and exists (select from partner p where p.id = s.partner_id and p.status = 'ACTIVE')`;

/**
 * $1 issuer, $2 subject, $3 service, $4 total, $5 occupied elsewhere, $6 waiting, $7 days of waiting, $8 now. No row where
 * the service is none that she edits. The partner sees her own places exactly. `waits`: is there somebody to be told?
 */
export const REPORT = `
  with mine as (
    select s.id from account a join membership m on m.account_id = a.id and m.role = 'PARTNER_EDITOR'
    left join partner merged on merged.id = m.partner_id
    join service s on s.partner_id = coalesce(merged.merged_into_id, m.partner_id)
    where a.issuer = $1 and a.subject = $2 and s.id = $3 limit 1
  ), before as (
    select k.* from service_capacity k where k.service_id = (select id from mine) for update
  ), k as (
    insert into service_capacity as c (service_id, total, occupied_elsewhere, reported_waiting, expected_wait_days, reported_at)
    select id, $4::int, $5::int, $6::int, $7::int, $8::timestamptz from mine
    on conflict (service_id) do update set total = excluded.total, occupied_elsewhere = excluded.occupied_elsewhere,
      reported_waiting = excluded.reported_waiting, expected_wait_days = excluded.expected_wait_days, reported_at = excluded.reported_at
    returning *
  )
  select '{"id":"' || k.service_id || '","capacity":' || ${capacityJson(EXACTLY_FREE, EXACTLY_WAITING)} || '}' as json,
    greatest(0, k.total - k.reserved - k.occupied_elsewhere) > greatest(0, before.total - before.reserved - before.occupied_elsewhere)
      and exists (select from service_waiting w where w.service_id = k.service_id and w.left_at is null) as waits
  from k left join before on true`;

/** $1 issuer, $2 subject, $3 now: tells the policies who is asking, for this transaction. */
export const CONTEXT = `
  select set_config('app.account', a.id::text, true),
    set_config('app.networks', coalesce(string_agg(distinct m.network_id::text, ','), ''), true),
    set_config('app.referred_from', '', true),
    set_config('app.casework', coalesce(string_agg(distinct m.network_id::text, ',') filter (where m.role = 'CASEWORKER'), ''), true),
    set_config('app.coordinated', coalesce(string_agg(distinct m.network_id::text, ',') filter (where m.role = 'COORDINATOR'), ''), true),
    set_config('app.partners', coalesce(string_agg(distinct m.partner_id::text, ',') filter (where m.role = 'PARTNER_EDITOR'), ''), true),
    set_config('app.now', $3::text, true), set_config('app.system', '', true)
  from account a left join membership m on m.account_id = a.id where a.issuer = $1 and a.subject = $2 group by a.id`;

/** A moment as the hub writes it. */
const moment = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** After `CONTEXT`, of a caseworker: what each service tells her. */
export const REFERRALS = `
  with mine as materialized (
    select c.id, c.reference, c.status from client_case c
    where c.network_id = any(string_to_array(current_setting('app.casework'), ',')::uuid[])
      and (c.assigned_to_id = current_setting('app.account')::uuid or c.deputy_id = current_setting('app.account')::uuid)
  ), page as materialized (
    select r.id, r.seen_status, r.urgent, r.created_at, r.seen_respond_by, r.service_id, r.partner_id, c.id as case_id, c.reference,
      c.status as case_status, row_number() over (order by r.created_at desc, r.id desc) as n
    from mine c join referral r on r.client_case_id = c.id order by r.created_at desc, r.id desc limit 21
  ), last as (select created_at, id from page where n <= 20 order by n desc limit 1)
  select coalesce((select string_agg('{"id":"' || r.id || '","status":"' || r.seen_status || '","urgent":' || r.urgent
      || ',"createdAt":"' || ${moment('r.created_at')} || '","respondBy":'
      || coalesce('"' || ${moment('r.seen_respond_by')} || '"', 'null')
      || ',"clientCase":{"id":"' || r.case_id || '","reference":' || to_json(r.reference) || ',"status":"' || r.case_status
      || '"},"service":{"id":"' || s.id || '","name":' || to_json(s.name) || '},"partner":{"id":"' || p.id || '","name":' || to_json(p.name)
      || '}}', ',' order by r.n)
    from page r join service s on s.id = r.service_id join partner p on p.id = r.partner_id where r.n <= 20), '') as nodes,
    (select count(*) > 20 from page) as more, (select ${moment('created_at')} from last) as at, (select id from last) as id`;
