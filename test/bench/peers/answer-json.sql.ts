/** The values of TypeScript that stand in SQL, as the hub has them. */
import { PUBLISHED } from '../../../src/service/service.rules.js';

/** SQL: a list of words as an array. */
const listed = (words: readonly string[]): string => `array[${words.map(word => `'${word}'`).join(', ')}]`;

export const PUBLISHED_STATUSES = listed(PUBLISHED);

/** SQL: does a service `s` show its places coarsely? `showsCoarsely` of the rules. */
export const COARSE = `(s.feedback_level in ('NONE', 'RECEIVED_ONLY') or s.places_rounded_since is not null)`;

/** SQL: free places of a row `k` of `service_capacity`, and who waits, as everybody sees them of a service `s`. */
export const FREE = `case when k.total is null then null when ${COARSE}
  then case when k.total - k.reserved - k.occupied_elsewhere >= 6 then 6 when k.total - k.reserved - k.occupied_elsewhere >= 3 then 3
    when k.total - k.reserved - k.occupied_elsewhere >= 1 then 1 else 0 end
  else greatest(0, k.total - k.reserved - k.occupied_elsewhere) end`;
export const WAITING = `case when ${COARSE} then k.reported_waiting
  when k.reported_waiting is null and k.waitlisted = 0 then null else coalesce(k.reported_waiting, 0) + k.waitlisted end`;
export const EXACTLY_FREE =
  'case when k.total is not null then greatest(0, k.total - k.reserved - k.occupied_elsewhere) end';
export const EXACTLY_WAITING =
  'case when k.reported_waiting is null and k.waitlisted = 0 then null else coalesce(k.reported_waiting, 0) + k.waitlisted end';

const number = (value: string): string => `coalesce((${value})::text, 'null')`;

/** SQL: text of the JSON of places; null where nothing was ever reported. */
export const capacityJson = (free: string, waiting: string): string =>
  `case when k.reported_at is null then 'null' else '{"total":' || ${number('k.total')} || ',"free":' || ${number(free)}
    || ',"waiting":' || ${number(waiting)} || '}' end`;

/** SQL: text of the JSON of a partner `p` with its locations, and its services with categories and places. */
export const PARTNER_JSON = `'{"id":"' || p.id || '","name":' || to_json(p.name) || ',"kinds":["' || array_to_string(p.kinds, '","')
  || '"],"locations":[' || coalesce((
    select string_agg('{"city":' || to_json(l.city) || ',"position":' || case
      when l.address_protected or l.latitude is null or l.longitude is null then 'null'
      else '{"latitude":' || l.latitude || ',"longitude":' || l.longitude || '}' end || '}', ',' order by l.name, l.id)
    from location l where l.partner_id = p.id and l.status = 'ACTIVE'), '')
  || '],"services":{"nodes":[' || coalesce((
    select string_agg('{"id":"' || s.id || '","name":' || to_json(s.name) || ',"categories":[' || coalesce((
        select string_agg('{"name":' || to_json(c.name_de) || '}', ',' order by c.position, c.code)
        from service_category sc join category c on c.code = sc.category_code where sc.service_id = s.id), '')
      || '],"capacity":' || coalesce((select ${capacityJson(FREE, WAITING)} from service_capacity k where k.service_id = s.id), 'null')
      || '}', ',' order by s.name, s.id)
    from (select * from service o where o.partner_id = p.id and o.status = any(${PUBLISHED_STATUSES}) order by o.name, o.id limit 20) s), '')
  || ']}}'`;
