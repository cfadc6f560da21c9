import { EDITORS_PER_NETWORK, SERVICES_OF } from '../size.js';
import { cycle } from './cycle.js';
import { WORDS } from './prepare.js';

/** How many services a partner has, by its number in its network. */
const OWN = cycle(SERVICES_OF, 'i');

const LANGUAGES = `array['en', 'tr', 'ar', 'ru', 'pl', 'fr', 'uk', 'fa', 'ro', 'bg', 'ku', 'sq', 'es', 'it', 'sr', 'so', 'ti']`;
const FEATURES = `array['STEP_FREE_ENTRANCE', 'LIFT', 'ACCESSIBLE_TOILET', 'ACCESSIBLE_PARKING', 'TACTILE_GUIDANCE',
  'INDUCTION_LOOP', 'SIGN_LANGUAGE', 'EASY_LANGUAGE', 'QUIET_ROOM']`;
const HOURS = `'[{"kind": "RULE", "days": [{"weekday": "MONDAY", "ordinal": null}, {"weekday": "THURSDAY", "ordinal": null}],
  "opens": "09:00", "closes": "16:00"}]'::jsonb`;

/**
 * SQL: the directory of one network. Numbers of partners, locations and services go on over all networks. Nothing was
 * confirmed or reported so long ago that the clock would remind anybody.
 *
 * @param network its number, from 1
 * @param partners of each network
 */
export const directoryOf = (network: number, partners: number): readonly string[] => [
  `create temp table p on commit drop as
   select n.id as network_id, i, (n.number - 1) * ${partners} + i as number, bench.id('partner', (n.number - 1) * ${partners} + i) as id,
     ${OWN.count} as services, ${OWN.before(`(n.number - 1) * ${partners} + i`)} as first,
     n.district_key, n.towns, w.now, w.offers
   from bench.network n cross join bench.world w cross join lateral generate_series(0, ${partners} - 1) as i
   where n.number = ${network}`,

  `create temp table l on commit drop as
   select p.id as partner_id, p.number * 2 + a as number, bench.id('location', p.number * 2 + a) as id, a, p.now, t.*
   from p cross join lateral generate_series(0, case when bench.rnd(p.number, 1) < 0.2 then 1 else 0 end) as a
   join bench.town t on t.key = bench.pick(p.towns, p.number * 2 + a, 2)`,

  `create temp table s on commit drop as
   select p.id as partner_id, p.network_id, p.district_key, p.now, p.first + j as number,
     bench.id('service', p.first + j) as id, o.number as offer,
     case when bench.rnd(p.first + j, 20) < 0.93 then 'ACTIVE' when bench.rnd(p.first + j, 20) < 0.97 then 'PAUSED' else 'CLOSED' end as status
   from p cross join lateral generate_series(0, p.services - 1) as j
   join bench.offer o on o.number = (floor(bench.rnd(p.number, 3) * p.offers)::int + j) % p.offers`,

  `insert into partner (id, network_id, name, kinds, description, email, phone, website, contacts, confirmed_at, created_at, updated_at)
   select p.id, p.network_id,
     concat_ws(' ', bench.pick(${WORDS.kinds}, p.number, 4), bench.pick(${WORDS.names}, p.number, 5), t.name, bench.pick(${WORDS.forms}, p.number, 6)),
     array[(array['COUNSELLING_CENTRE', 'TRAINING_PROVIDER', 'WELFARE_ASSOCIATION', 'EMPLOYER', 'MUNICIPAL_INSTITUTION',
       'COUNSELLING_CENTRE'])[1 + p.number % 6]],
     'Wir begleiten Menschen in ' || t.name || ' und Umgebung auf dem Weg in Arbeit, mit Zeit und in mehreren Sprachen.',
     'kontakt@partner-' || p.number || '.example', '+49 221 4710 ' || lpad((p.number % 1000)::text, 3, '0'),
     'https://www.partner-' || p.number || '.example',
     case when bench.rnd(p.number, 7) < 0.4
       then '[{"name": "Frau Amsel", "responsibility": "Anmeldung"}]'::jsonb else '[]'::jsonb end,
     p.now - interval '100 days' * bench.rnd(p.number, 8), p.now - interval '3 years', p.now - interval '300 days'
   from p join bench.town t on t.key = bench.pick(p.towns, p.number * 2, 2)`,

  `insert into location (id, partner_id, name, street, postal_code, city, municipality_key, latitude, longitude,
     address_protected, opening_hours, confirmed_at, created_at, updated_at)
   select l.id, l.partner_id, case l.a when 0 then 'Geschäftsstelle' else 'Standort ' || l.name end,
     bench.pick(${WORDS.streets}, l.number, 9) || ' ' || 1 + floor(bench.rnd(l.number, 10) * 120), l.postal_code, l.name, l.key,
     l.latitude + (bench.rnd(l.number, 11) - 0.5) * 0.03, l.longitude + (bench.rnd(l.number, 12) - 0.5) * 0.05,
     bench.rnd(l.number, 13) < 0.01, case when bench.rnd(l.number, 14) < 0.8 then ${HOURS} else '[]' end,
     l.now - interval '100 days' * bench.rnd(l.number, 8), l.now - interval '3 years', l.now - interval '300 days'
   from l`,

  `insert into accessibility_entry (location_id, feature, state)
   select l.id, f, case when bench.rnd(l.number, 40 + k::int) < 0.5 then 'YES' when bench.rnd(l.number, 40 + k::int) < 0.8 then 'NO' else 'UNKNOWN' end
   from l cross join unnest(${FEATURES}) with ordinality as x (f, k) where bench.rnd(l.number, 60 + k::int) < 0.45`,

  `insert into service (id, partner_id, network_id, name, description, status, languages, interpretation, delivery_modes,
     minimum_age, maximum_age, keeps_waiting_list, feedback_level, confirmed_at, created_at, updated_at, costs, criteria)
   select s.id, s.partner_id, s.network_id, replace(bench.pick(o.names, s.number, 21), '{ort}', l.name), o.text, s.status,
     o.languages || coalesce((select array_agg(g order by k) from unnest(${LANGUAGES}) with ordinality as x (g, k)
       where not g = any(o.languages) and bench.rnd(s.number, 100 + k::int) * 17 < o.tongues * bench.rnd(s.number, 22)), '{}'),
     bench.rnd(s.number, 23) < 0.35, o.modes, o.minimum_age, o.maximum_age,
     o.waiting_list or bench.rnd(s.number, 24) < 0.3, bench.pick(o.feedback, s.number, 25),
     s.now - interval '110 days' * bench.rnd(s.number, 26), s.now - interval '2 years', s.now - interval '200 days',
     case when o.free_of_charge then '[{"currency": "EUR", "free": true, "description": "kostenlos"}]'::jsonb else '[]' end,
     case when bench.rnd(s.number, 27) < 0.3
       then '[{"effect": "REQUIRES", "text": "Bereitschaft, regelmäßig teilzunehmen."}]'::jsonb else '[]' end
   from s join bench.offer o on o.number = s.offer join l on l.partner_id = s.partner_id and l.a = 0`,

  `insert into service_category (service_id, category_code)
   select s.id, c from s join bench.offer o on o.number = s.offer cross join unnest(o.categories) as c`,

  `insert into service_need (service_id, need_code)
   select s.id, n from s join bench.offer o on o.number = s.offer cross join unnest(o.needs) as n`,

  `insert into service_location (service_id, location_id)
   select s.id, l.id from s join l using (partner_id) where l.a = 0 or bench.rnd(s.number, 28) < 0.6`,

  // Five in a hundred serve the whole state, a quarter the district, the others the town and some around it.
  `insert into service_area (service_id, area_key)
   select s.id, a.key from s join l on l.partner_id = s.partner_id and l.a = 0 cross join lateral (
     select left(s.district_key, 2) as key where bench.rnd(s.number, 29) < 0.05
     union all select s.district_key where bench.rnd(s.number, 29) >= 0.05 and bench.rnd(s.number, 29) < 0.30
     union all select l.key where bench.rnd(s.number, 29) >= 0.30
     union all select unnest(l.near[1 : floor(bench.rnd(s.number, 30) * 9)::int]) where bench.rnd(s.number, 29) >= 0.30
   ) as a`,

  `insert into service_capacity (service_id, total, occupied_elsewhere, reported_waiting, expected_wait_days, reported_at)
   select s.id, c.total, coalesce(floor(c.total * case when bench.rnd(s.number, 32) < 0.12 then 1 else bench.rnd(s.number, 33) * 0.6 end), 0)::int,
     case when c.total is not null and bench.rnd(s.number, 34) < 0.4 then floor(bench.rnd(s.number, 34) * 10)::int end,
     case when bench.rnd(s.number, 35) < 0.35 then floor(bench.rnd(s.number, 36) * 12)::int * 7 end,
     s.now - interval '90 days' * bench.rnd(s.number, 37)
   from s join bench.offer o on o.number = s.offer cross join lateral (
     select case when bench.rnd(s.number, 31) >= 0.08 then o.fewest + floor(bench.rnd(s.number, 38) * (1 + o.most - o.fewest))::int end
   ) as c (total)`,

  `insert into service_acceptance (service_id, accepted_on, accepted)
   select s.id, s.now::date - (i * 23 + floor(bench.rnd(s.number, 70 + i) * 23)::int), 1 + floor(bench.rnd(s.number, 75 + i) * 2)::int
   from s cross join lateral generate_series(1, floor(bench.rnd(s.number, 39) * 5)::int) as i`,

  `insert into service_answer (service_id, answered_on, working_days, answers)
   select s.id, s.now::date - (i * 30 + floor(bench.rnd(s.number, 80 + i) * 30)::int), floor(bench.rnd(s.number, 85 + i) * 10)::int, 1
   from s cross join lateral generate_series(1, floor(bench.rnd(s.number, 69) * 6)::int) as i`,

  `insert into membership (id, account_id, role, network_id, partner_id)
   select bench.id('membership ' || subject, 0), bench.id(subject, 0), 'PARTNER_EDITOR', p.network_id, p.id
   from p cross join lateral (select format('bench-editor-%s-%s', ${network}, 1 + i / 4) as subject) as x
   where i % 4 = 3 and i / 4 < ${EDITORS_PER_NETWORK}`,
];
