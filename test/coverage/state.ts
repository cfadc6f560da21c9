import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * So many services in municipalities that are there, of a network each fifty: two of three for their district, one of
 * five for their municipality, the others for the state; every tenth has two sites, every twentieth comes along.
 */
export async function servicesAllOver(em: EntityManager, count: number, category: string): Promise<void> {
  await em.execute(
    `with town as (
       select key, latitude, longitude, row_number() over (order by md5(key)) - 1 as place, count(*) over () as towns from municipality
     ), spot as (
       select n, gen_random_uuid() as partner_id, gen_random_uuid() as service_id, gen_random_uuid() as location_id, town.*
       from generate_series(1, ?) n join town on town.place = n % town.towns
     ), net as (
       insert into network (slug, name) select 'weit-' || n, 'Netz ' || n from generate_series(0, ? / 50) n returning id, slug
     ), made as (
       insert into partner (id, network_id, name, kinds) select partner_id, net.id, 'Träger ' || n, '{EMPLOYER}'
       from spot join net on net.slug = 'weit-' || n / 50
     ), offered as (
       insert into service (id, partner_id, network_id, name, languages, delivery_modes, feedback_level)
       select service_id, partner_id, net.id, 'Angebot ' || n, '{de}', case when n % 20 = 0 then '{OUTREACH}'::text[] else '{ON_SITE}' end, 'STATUS'
       from spot join net on net.slug = 'weit-' || n / 50
     ), kinds as (
       insert into service_category (service_id, category_code) select service_id, ? from spot
     ), places as (
       insert into service_capacity (service_id, total, reported_at) select service_id, 1 + n % 20, now() from spot
     ), areas as (
       insert into service_area (service_id, area_key)
       select service_id, case when n % 15 < 10 then left(key, 5) when n % 15 < 13 then key else left(key, 2) end from spot
     ), sites as (
       insert into location (id, partner_id, city, municipality_key, latitude, longitude)
       select location_id, partner_id, 'x', key, latitude + 0.01, longitude from spot
       union all select md5(location_id::text)::uuid, partner_id, 'x', key, latitude - 0.05, longitude from spot where n % 10 = 0
     )
     insert into service_location (service_id, location_id)
     select service_id, location_id from spot union all select service_id, md5(location_id::text)::uuid from spot where n % 10 = 0`,
    [count, count, category],
  );
  await em.execute('analyze');
}

/** 396 municipalities of 53 districts on a grid as wide as North Rhine-Westphalia; one of a hundred tells no demand. */
export const gridOfTowns = (em: EntityManager) =>
  em.execute(
    `insert into municipality (key, name, district_key, district_name, latitude, longitude, recipients)
     select '05' || lpad((100 + n % 53)::text, 3, '0') || lpad((n / 53)::text, 3, '0'), 'Ort ' || n,
       '05' || lpad((100 + n % 53)::text, 3, '0'), 'Kreis ' || n % 53,
       50.4 + 2.0 * (n % 53 / 8 * 3 + n / 53 % 3) / 21, 6.0 + 3.3 * (n % 53 % 8 * 3 + n / 53 / 3) / 24,
       case when n % 100 = 7 then null else 100 + (n * 7919) % 4000 end
     from generate_series(0, 395) n`,
  );
