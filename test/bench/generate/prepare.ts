import type pg from 'pg';
import { networkId } from '../../../src/demo/geography.js';
import { DEVELOPMENT_ISSUER } from '../../../src/viewer/personas.js';
import { caseworkersPerNetwork, EDITORS_PER_NETWORK, type Size } from '../size.js';
import { geographyOf } from './geography.js';
import { PARTNER_FORMS, PARTNER_KINDS, PARTNER_NAMES, STREETS } from './names.data.js';
import { offerRows } from './offers.js';

/**
 * What the generator keeps for itself, beside the hub's own schema: what it made when (`chunk`), lists that it draws
 * from, and functions. Every drawing is a hash of a number: the same rows come out wherever and whenever it is run.
 */
const OWN = `
  create schema if not exists bench;
  create table if not exists bench.world (size text primary key, now timestamptz(3) not null, offers int not null);
  create table if not exists bench.chunk (
    stage text, number int, made_at timestamptz not null default now(), seconds float8 not null, rows bigint not null,
    primary key (stage, number));
  create table if not exists bench.network (
    number int primary key, id uuid not null, slug text not null, name text not null, district_key text not null,
    towns text[] not null);
  create table if not exists bench.town (
    key text primary key, name text not null, postal_code text not null, latitude float8 not null,
    longitude float8 not null, near text[] not null);
  create table if not exists bench.offer (
    number int primary key, names text[] not null, text text not null, categories text[] not null, needs text[] not null,
    modes text[] not null, minimum_age int, maximum_age int, fewest int, most int, feedback text[] not null,
    languages text[] not null, tongues int not null, waiting_list boolean not null, free_of_charge boolean not null);

  -- A number of the row and what is drawn of it: a float from 0 up to 1.
  create or replace function bench.rnd(row_number bigint, what int) returns float8 language sql immutable parallel safe
    return (hashint8extended(row_number, what) & 4503599627370495) / 4503599627370496.0::float8;
  create or replace function bench.pick(list text[], row_number bigint, what int) returns text
    language sql immutable parallel safe
    return list[1 + floor(bench.rnd(row_number, what) * cardinality(list))::int];
  -- Ids lie as at random, as those of the hub do.
  create or replace function bench.id(kind text, row_number bigint) returns uuid language sql immutable parallel safe
    return overlay(overlay(md5(kind || row_number) placing '4' from 13) placing '8' from 17)::uuid;
`;

const SLOTS = 64;

/** Places, networks, people and what the generator draws from: small, and written in one transaction. */
export async function prepareWorld(client: pg.Client, size: Size, now: Date): Promise<void> {
  const offers = offerRows();
  const districts = geographyOf(size).map((district, i) => ({ ...district, number: i + 1 }));
  const networks = districts.map(({ number, key, name, towns }) => ({
    number,
    slug: slugOf(number),
    id: networkId(slugOf(number)),
    name,
    district_key: key,
    towns: slotsOf(towns),
  }));
  await client.query(OWN);
  await insert(client, 'bench.offer', offers);
  await insert(client, 'bench.network', networks);
  const towns = districts.flatMap(district => district.towns.map(town => ({ ...town, district })));
  await insert(
    client,
    'bench.town',
    towns.map(({ postalCode, district: _, population: __, recipients: ___, ...town }) => ({
      ...town,
      postal_code: postalCode,
    })),
  );
  await insert(
    client,
    'district',
    districts.map(({ key, name }) => ({ key, name })),
  );
  await insert(
    client,
    'municipality',
    towns.map(({ district, near: _, postalCode: __, ...town }) => ({
      ...town,
      district_key: district.key,
      district_name: district.name,
    })),
  );
  await insert(
    client,
    'postal_code',
    towns.map(({ postalCode, key }) => ({ code: postalCode, municipality_key: key })),
  );
  await insert(
    client,
    'network',
    networks.map(({ id, slug, name }) => ({ id, slug, name })),
  );
  await client.query(
    `insert into network_municipality (network_id, municipality_key)
     select n.id, m.key from bench.network n join municipality m on m.district_key = n.district_key`,
  );
  await insertPeople(client, size);
  await client.query('insert into bench.world (size, now, offers) values ($1, $2, $3)', [
    size.name,
    now,
    offers.length,
  ]);
}

const slugOf = (number: number): string => `bench-${number}`;

/** Where partners and clients are: the larger a town, the more often it stands in the list. */
function slotsOf(towns: readonly { readonly key: string; readonly population: number }[]): string[] {
  const inhabitants = towns.reduce((sum, { population }) => sum + population, 0);
  return towns.flatMap(({ key, population }) =>
    Array<string>(Math.max(1, Math.round((SLOTS * population) / inhabitants))).fill(key),
  );
}

/** Subjects of tokens; the numbers begin at 1. */
export const subjectOf = {
  caseworker: (network: number, number: number): string => `bench-caseworker-${network}-${number}`,
  coordinator: (network: number): string => `bench-coordinator-${network}`,
  editor: (network: number, number: number): string => `bench-editor-${network}-${number}`,
};

/** Accounts; editors' memberships follow with their partners. */
async function insertPeople(client: pg.Client, size: Size): Promise<void> {
  await client.query(
    `with people as (
       select n.id as network_id, w.role, format(w.subject, n.number, i) as subject
       from bench.network n
       cross join (values ('CASEWORKER', 'bench-caseworker-%s-%s', $2::int), ('COORDINATOR', 'bench-coordinator-%s', 1),
         ('PARTNER_EDITOR', 'bench-editor-%s-%s', $3::int)) as w (role, subject, count)
       cross join lateral generate_series(1, w.count) as i
     ), accounts as (
       insert into account (id, issuer, subject, display_name)
       select bench.id(subject, 0), $1, subject, 'Invented ' || subject from people
     )
     insert into membership (id, account_id, role, network_id)
     select bench.id('membership ' || subject, 0), bench.id(subject, 0), role, network_id
     from people where role <> 'PARTNER_EDITOR'`,
    [DEVELOPMENT_ISSUER, caseworkersPerNetwork(size), EDITORS_PER_NETWORK],
  );
}

async function insert(client: pg.Client, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ');
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** SQL: a list of words as an array. */
const words = (list: readonly string[]): string => `array[${list.map(word => `'${word}'`).join(', ')}]`;

export const WORDS = {
  kinds: words(PARTNER_KINDS),
  names: words(PARTNER_NAMES),
  forms: words(PARTNER_FORMS),
  streets: words(STREETS),
} as const;
