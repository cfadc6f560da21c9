import { Migration } from '@mikro-orm/migrations';

/**
 * What the finder looks at instead of the directory's own tables: a card of each service that may be found, and an entry
 * for each of its areas and categories with what leaves most candidates out. Free places, acceptances and answers change
 * often and stay outside. The card says which entries there are, so that these need no other index.
 */
const TABLES = `
create table "finder_service" (
  "service_id" uuid not null,
  "partner_id" uuid not null,
  "network_id" uuid not null,
  "coarse" boolean not null,
  "intake_paused_until" date null,
  "in_programme" boolean not null,
  "languages" text[] not null,
  "interpretation" boolean not null,
  "comes_along" boolean not null,
  "minimum_age" int null,
  "maximum_age" int null,
  "needs" text[] not null,
  "required_needs" jsonb null,
  "excluded_needs" text[] not null,
  "instruments" text[] not null,
  "requires_instrument" boolean not null,
  "confirmed_at" timestamptz(3) null,
  "latitudes" double precision[] not null,
  "longitudes" double precision[] not null,
  "features" int[] not null,
  "area_keys" text[] not null,
  "category_codes" text[] not null,
  primary key ("service_id")
);
create table "finder_area" (
  "area_key" text collate "C" not null,
  "category_code" text collate "C" not null,
  "service_id" uuid not null,
  "network_id" uuid not null,
  "language_mask" bigint not null,
  "comes_along" boolean not null,
  "south" real null,
  "north" real null,
  "west" real null,
  "east" real null,
  primary key ("area_key", "category_code", "service_id")
    include ("network_id", "language_mask", "comes_along", "south", "north", "west", "east")
);
`;

/**
 * A bit for the first two letters of each language: those who share none with a question speak none of its languages.
 * The 63rd: through an interpreter, any. understandingMask of the program does the same for a question.
 */
const LANGUAGE_MASK = `
create function finder_language_mask(languages text[], interpretation boolean) returns bigint
language sql immutable parallel safe
return coalesce((select bit_or(1::bigint << ((ascii(lower(one)) * 31 + ascii(substr(lower(one), 2))) % 62)) from unnest(languages) one), 0)
  | case when interpretation then 1::bigint << 62 else 0 end;
`;

/**
 * The cards as they should be. Sites stand in the order of their ids, measured as match-candidates does (MEASURED). Of
 * each, the bits 0 to 8 tell which features are there, the bits 16 to 24 which are known not to be.
 */
const WANTED = `
create function finder_wanted() returns setof finder_service language sql stable as $$
select s.id as service_id, s.partner_id, s.network_id,
  s.feedback_level in ('NONE', 'RECEIVED_ONLY') or s.places_rounded_since is not null as coarse,
  s.intake_paused_until,
  exists (select from programme_round_service rs where rs.service_id = s.id) as in_programme,
  s.languages, s.interpretation, s.delivery_modes && array['ONLINE', 'OUTREACH'] as comes_along,
  s.minimum_age, s.maximum_age, need.codes as needs, criteria.required as required_needs, criteria.excluded as excluded_needs,
  coalesce((select array_agg(distinct one->>'instrument' order by one->>'instrument')
    from jsonb_array_elements(s.instruments) one), '{}') as instruments,
  s.instruments @> '[{"required": true}]' as requires_instrument,
  s.confirmed_at, site.latitudes, site.longitudes, site.features, area.keys as area_keys, category.codes as category_codes
from service s
cross join lateral (
  select array_agg(a.area_key order by a.area_key collate "C") as keys from service_area a where a.service_id = s.id) area
cross join lateral (
  select array_agg(c.category_code order by c.category_code collate "C") as codes
  from service_category c where c.service_id = s.id) category
cross join lateral (
  select coalesce(array_agg(n.need_code order by n.need_code collate "C"), '{}') as codes
  from service_need n where n.service_id = s.id) need
cross join lateral (
  select jsonb_agg(c.one->'needs') filter (where c.one->>'effect' = 'REQUIRES') as required,
    coalesce((select array_agg(distinct code order by code) from jsonb_array_elements(s.criteria) e (one),
      jsonb_array_elements_text(case when jsonb_typeof(e.one->'needs') = 'array' then e.one->'needs' else '[]' end) code
      where e.one->>'effect' <> 'REQUIRES'), '{}') as excluded
  from jsonb_array_elements(s.criteria) c (one)
  where jsonb_typeof(c.one->'needs') = 'array' and c.one->'needs' <> '[]') criteria
cross join lateral (
  select coalesce(array_agg(case when told.exactly then l.latitude else m.latitude end order by l.id), '{}') as latitudes,
    coalesce(array_agg(case when told.exactly then l.longitude else m.longitude end order by l.id), '{}') as longitudes,
    coalesce(array_agg((
      select coalesce(bit_or(1 << (known.bit - 1 + case e.state when 'YES' then 0 else 16 end)), 0)
      from accessibility_entry e
      cross join lateral (select array_position(array['STEP_FREE_ENTRANCE', 'LIFT', 'ACCESSIBLE_TOILET', 'ACCESSIBLE_PARKING',
        'TACTILE_GUIDANCE', 'INDUCTION_LOOP', 'SIGN_LANGUAGE', 'EASY_LANGUAGE', 'QUIET_ROOM'], e.feature) as bit) known
      where e.location_id = l.id and e.state in ('YES', 'NO')) order by l.id), '{}') as features
  from service_location sl join location l on l.id = sl.location_id
  join municipality m on m.key = l.municipality_key
  cross join lateral (
    select not l.address_protected and l.latitude is not null and l.longitude is not null as exactly) told
  where sl.service_id = s.id) site
where s.status = 'ACTIVE' and area.keys is not null and category.codes is not null
  and not exists (select from partner p where p.id = s.partner_id and p.status <> 'ACTIVE')
$$;
`;

/** The entries that follow from cards; the box holds all sites. */
const ENTRIES = `
create function finder_entries_wanted() returns setof finder_area language sql stable as $$
select area.key collate "C" as area_key, category.code collate "C" as category_code, f.service_id, f.network_id,
  spoken.mask as language_mask, f.comes_along, box.south, box.north, box.west, box.east
from finder_service f
cross join lateral (select finder_language_mask(f.languages, f.interpretation) as mask offset 0) spoken
cross join lateral (
  select min(latitude)::real as south, max(latitude)::real as north, min(longitude)::real as west, max(longitude)::real as east
  from unnest(f.latitudes, f.longitudes) as site (latitude, longitude)) box
cross join lateral unnest(f.area_keys) as area (key)
cross join lateral unnest(f.category_codes) as category (code)
$$;
`;

const CARD = [
  'partner_id',
  'network_id',
  'coarse',
  'intake_paused_until',
  'in_programme',
  'languages',
  'interpretation',
  'comes_along',
  'minimum_age',
  'maximum_age',
  'needs',
  'required_needs',
  'excluded_needs',
  'instruments',
  'requires_instrument',
  'confirmed_at',
  'latitudes',
  'longitudes',
  'features',
  'area_keys',
  'category_codes',
];
const ENTRY = ['network_id', 'language_mask', 'comes_along', 'south', 'north', 'west', 'east'];
/** What of a card its entries show. */
const ENTERED = [
  'network_id',
  'languages',
  'interpretation',
  'comes_along',
  'latitudes',
  'longitudes',
  'area_keys',
  'category_codes',
];
const KEY = ['area_key', 'category_code', 'service_id'];

const of = (alias: string, columns: readonly string[]): string => columns.map(one => `${alias}.${one}`).join(', ');
const taken = (columns: readonly string[]): string => columns.map(one => `${one} = excluded.${one}`).join(', ');

/**
 * Makes cards and entries of services what they should be. The rows of the services are locked first, in the order of their
 * ids, as every writer of the hub locks them: of two who change parts of one service the second sees what the first did.
 */
const REFRESH = `
create function finder_refresh(concerned uuid[]) returns void language plpgsql set search_path = public, pg_temp as $$
declare
  ids uuid[];
  wanted finder_service[];
  moved uuid[];
begin
  select array_agg(one.id) into ids from (select distinct unnest(concerned) as id) one
  where exists (select from finder_service f where f.service_id = one.id)
    or exists (select from service_area a where a.service_id = one.id)
      and exists (select from service_category c where c.service_id = one.id);
  if ids is null then return; end if;
  perform from service s where s.id = any(ids) order by s.id for no key update;
  select array_agg(w) into wanted from finder_wanted() w where w.service_id = any(ids);
  with old as materialized (
    select f.service_id, area.key, category.code
    from finder_service f left join unnest(wanted) w on w.service_id = f.service_id
    cross join lateral unnest(f.area_keys) as area (key) cross join lateral unnest(f.category_codes) as category (code)
    where f.service_id = any(ids)
      and (f.area_keys, f.category_codes) is distinct from (w.area_keys, w.category_codes)
      and (w.service_id is null or not (area.key = any(w.area_keys) and category.code = any(w.category_codes)))
  ) delete from finder_area e using old
  where e.area_key = old.key and e.category_code = old.code and e.service_id = old.service_id;
  delete from finder_service f
  where f.service_id = any(ids) and f.service_id not in (select w.service_id from unnest(wanted) w);
  select array_agg(w.service_id) into moved
  from unnest(wanted) w left join finder_service f on f.service_id = w.service_id
  where (${of('f', ENTERED)}) is distinct from (${of('w', ENTERED)});
  insert into finder_service as f select w.* from unnest(wanted) w
  on conflict (service_id) do update set ${taken(CARD)}
  where (${of('f', CARD)}) is distinct from (${of('excluded', CARD)});
  insert into finder_area as e
  select w.* from finder_entries_wanted() w where w.service_id = any(moved)
  order by w.area_key, w.category_code, w.service_id
  on conflict (${KEY.join(', ')}) do update set ${taken(ENTRY)}
  where (${of('e', ENTRY)}) is distinct from (${of('excluded', ENTRY)});
end $$;
`;

const TRIGGER = 'returns trigger language plpgsql set search_path = public, pg_temp as';

/** Columns of a service that its card shows. */
const SHOWN = of('t', [
  'status',
  'partner_id',
  'network_id',
  'feedback_level',
  'places_rounded_since',
  'intake_paused_until',
  'languages',
  'interpretation',
  'delivery_modes',
  'minimum_age',
  'maximum_age',
  'criteria',
  'instruments',
  'confirmed_at',
]);
const PLACE = of('t', ['latitude', 'longitude', 'address_protected', 'municipality_key']);
const differ = (columns: string): string =>
  `(${columns.replaceAll('t.', 'o.')}) is distinct from (${columns.replaceAll('t.', 'n.')})`;

/** Which services a statement concerns, by the table that it changed. */
const CONCERNED = `
create function finder_service_changed() ${TRIGGER} $$ begin
  perform finder_refresh((select array_agg(n.id) from newer n join older o on o.id = n.id where ${differ(SHOWN)}));
  return null;
end $$;
create function finder_list_changed() ${TRIGGER} $$ begin
  if tg_op = 'UPDATE' then
    perform finder_refresh((select array_agg(service_id) from (select service_id from newer union select service_id from older) t));
  else
    perform finder_refresh((select array_agg(distinct service_id) from newer));
  end if;
  return null;
end $$;
create function finder_location_changed() ${TRIGGER} $$ begin
  perform finder_refresh((select array_agg(distinct sl.service_id) from newer n join older o on o.id = n.id
    join service_location sl on sl.location_id = n.id where ${differ(PLACE)}));
  return null;
end $$;
create function finder_feature_changed() ${TRIGGER} $$ begin
  if tg_op = 'UPDATE' then
    perform finder_refresh((select array_agg(distinct sl.service_id)
      from (select location_id from newer union select location_id from older) t
      join service_location sl on sl.location_id = t.location_id));
  else
    perform finder_refresh((select array_agg(distinct sl.service_id) from newer n
      join service_location sl on sl.location_id = n.location_id));
  end if;
  return null;
end $$;
create function finder_partner_changed() ${TRIGGER} $$ begin
  perform finder_refresh((select array_agg(s.id) from newer n join older o on o.id = n.id
    join service s on s.partner_id = n.id where o.status <> n.status));
  return null;
end $$;
create function finder_municipality_changed() ${TRIGGER} $$ begin
  perform finder_refresh((select array_agg(distinct sl.service_id) from newer n join older o on o.key = n.key
    join location l on l.municipality_key = n.key join service_location sl on sl.location_id = l.id
    where (o.latitude, o.longitude) <> (n.latitude, n.longitude)));
  return null;
end $$;
create function finder_emptied() ${TRIGGER} $$ begin
  perform finder_refresh((select array_agg(service_id) from finder_service));
  return null;
end $$;
`;

const EVENTS: Readonly<Record<string, string>> = {
  insert: 'new table as newer',
  update: 'old table as older new table as newer',
  delete: 'old table as newer',
};

/** One trigger for each kind of statement: one with transition tables serves no more than one. */
const triggers = (table: string, work: string, events: readonly string[]): string =>
  events
    .map(event => {
      const seen = EVENTS[event] ? `referencing ${EVENTS[event]}` : '';
      return `create trigger finder_${event} after ${event} on "${table}" ${seen} for each statement execute function ${work}();`;
    })
    .join('\n');

const ALL = ['insert', 'update', 'delete'];
const LISTS = ['service_area', 'service_category', 'service_need', 'service_location', 'programme_round_service'];
const TRUNCATED = ['service', ...LISTS, 'accessibility_entry'];

/** What is made has neither lists nor services yet, and what goes takes its lists along: their triggers tell. */
const TRIGGERS = [
  ...LISTS.map(table => triggers(table, 'finder_list_changed', ALL)),
  triggers('accessibility_entry', 'finder_feature_changed', ALL),
  triggers('service', 'finder_service_changed', ['update']),
  triggers('location', 'finder_location_changed', ['update']),
  triggers('partner', 'finder_partner_changed', ['update']),
  triggers('municipality', 'finder_municipality_changed', ['update']),
  ...TRUNCATED.map(table => triggers(table, 'finder_emptied', ['truncate'])),
].join('\n');

/** Without the visibility map nothing is read from an index alone: it is brought up to date early. */
const FILL = `
insert into finder_service select w.* from finder_wanted() w;
insert into finder_area select w.* from finder_entries_wanted() w order by area_key, category_code, service_id;
`;

export class Migration20261123100000_Finder extends Migration {
  override up(): void {
    for (const piece of [TABLES, LANGUAGE_MASK, WANTED, ENTRIES, REFRESH, CONCERNED, TRIGGERS, FILL])
      this.addSql(piece);
  }
}
