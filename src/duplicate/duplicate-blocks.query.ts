import type { EntityManager } from '@mikro-orm/postgresql';
import type { PartnerStatus } from '../partner/partner.rules.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { ABBREVIATED, EMPTY_WORDS, LINKS, type Vocabulary, WRITTEN_OUT } from './duplicate-name.rules.js';
import type { Profile, Shared } from './duplicate-score.rules.js';
import { streetKey } from './street.query.js';

/** What somebody is about to register. */
export interface Probe {
  readonly name: string;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly website?: string | null | undefined;
  readonly street?: string | null | undefined;
  readonly postalCode?: string | null | undefined;
}

/** Which partners are compared. */
export interface Scope {
  /** Ids of networks. */
  readonly networks: readonly string[];
  readonly statuses: readonly PartnerStatus[];
  /** One more, that is not stored; in pairs its id is `PROBE`. */
  readonly probe?: Probe;
}

export const PROBE = '00000000-0000-0000-0000-000000000000';

/** A key that more partners share tells nothing, and would make too many pairs. */
const LARGEST_BLOCK = 15;

/** Mail providers of everybody. */
const FREE_MAIL =
  'gmail.com googlemail.com gmx.de gmx.net web.de t-online.de freenet.de outlook.com outlook.de hotmail.com hotmail.de yahoo.de yahoo.com icloud.com aol.com arcor.de posteo.de mailbox.org'.split(
    ' ',
  );

/** Shorter ones are numbers of lines, or mean that there is none. */
const SHORTEST_NUMBER = 4;

/** Cells of 300 m; each position lies in four, half a cell apart, so that two 150 m apart share one. */
const CELL = { latitude: 0.0027, longitude: 0.0043 };

/** SQL: a phone number by its digits, as it is dialled within Germany. */
const phoneKey = (phone: Sql): Sql =>
  sql`regexp_replace(regexp_replace(regexp_replace(${phone}, '^\s*(\+|00)\s*49', '0'), '\D', '', 'g'), '^0+', '0')`;

/** SQL: the host of an address on the web, without `www.`. */
const hostOf = (website: Sql): Sql =>
  sql`split_part(split_part(regexp_replace(lower(${website}), '^https*://(www\.)*', ''), '/', 1), ':', 1)`;

/** SQL: common tables of the partners in a scope and what is compared of them. Of protected addresses there is nothing. */
function compared({ networks, statuses, probe }: Scope): Sql {
  const added = probe
    ? sql`union all select ${PROBE}::uuid, null::uuid, array[fold_german(${probe.name})], ${probe.phone ?? null}::text,
        ${probe.email ?? null}::text, ${probe.website ?? null}::text`
    : sql``;
  const addedPlace = probe?.street
    ? sql`union all select ${PROBE}::uuid, ${streetKey(sql`${probe.street}::text`)} || ' ' || coalesce(pc.municipality_key, ''), ${probe.street}::text,
        pc.municipality_key, null::float8, null::float8
        from (select) one left join postal_code pc on pc.code = ${probe.postalCode ?? null}::text`
    : sql``;
  return sql`one as materialized (
      select p.id, p.network_id, array_remove(array[fold_german(p.name), fold_german(p.alternate_name)], null) as names,
        p.phone, p.email, p.website
      from partner p where p.network_id = any(${networks}::uuid[]) and p.status = any(${statuses}::text[])
        and p.merged_into_id is null
      ${added}),
    place as materialized (
      select l.partner_id as id,
        case when not l.address_protected and l.street is not null
          then ${streetKey(sql`l.street`)} || ' ' || l.municipality_key end as address,
        case when not l.address_protected then l.street || ', ' || l.city end as label, l.municipality_key as municipality,
        case when not l.address_protected then l.latitude end as latitude,
        case when not l.address_protected then l.longitude end as longitude
      from location l join one on one.id = l.partner_id where l.status = 'ACTIVE'
      ${addedPlace}),
    word as materialized (
      select distinct one.id, coalesce(full_word, w) as word
      from one cross join unnest(one.names) name cross join unnest(string_to_array(name, ' ')) w
      left join unnest(${ABBREVIATED}::text[], ${WRITTEN_OUT}::text[]) as a (short, long) on a.short = w
      left join lateral unnest(string_to_array(a.long, ' ')) full_word on true
      where w <> '' and w <> all(${EMPTY_WORDS}::text[])),
    -- What one writes apart or with a hyphen and another one together.
    part as materialized (
      select one.id, name.no, w.word, w.at from one
      cross join unnest(one.names) with ordinality as name (name, no)
      cross join lateral (
        select word, row_number() over (order by at) as at
        from unnest(string_to_array(name.name, ' ')) with ordinality as raw (word, at)
        where word <> '' and word <> all(${EMPTY_WORDS}::text[])) w),
    term as materialized (
      select id, word from word
      union select j.id, j.word from (
        select a.id, a.word || x.link || b.word as word
          from part a join part b on b.id = a.id and b.no = a.no and b.at = a.at + 1 cross join unnest(${LINKS}::text[]) as x (link)
        union all
        select a.id, a.word || x.link || b.word || y.link || c.word
          from part a join part b on b.id = a.id and b.no = a.no and b.at = a.at + 1
          join part c on c.id = a.id and c.no = a.no and c.at = a.at + 2
          cross join unnest(${LINKS}::text[]) as x (link) cross join unnest(${LINKS}::text[]) as y (link)) j
      where j.word in (select word from word)),
    frequency as materialized (select word, count(*)::int as partners from term group by word),
    -- What sources tell of registers. What is no number says nothing, such as "unbekannt" or "0".
    number as materialized (
      select one.id, fold_german(n.register) || ' ' || upper(regexp_replace(n.number, '[^[:alnum:]]', '', 'g')) as number
      from one join source_record k on k.record_id = one.id join source_row r on r.source_id = k.source_id and r.root = k.key
      cross join lateral (values
        (case when starts_with(r.key, 'organization_identifiers:')
          then coalesce(nullif(r.row ->> 'identifier_scheme', ''), r.row ->> 'identifier_type') end, r.row ->> 'identifier'),
        (case when r.key = k.key then 'tax' end, r.row ->> 'tax_id')) n (register, number)
      where starts_with(k.key, 'organizations:') and n.register ~ '[[:alnum:]]'
        and length(regexp_replace(n.number, '[^[:alnum:]]', '', 'g')) >= ${SHORTEST_NUMBER}::int and n.number ~ '[1-9]'),
    shared as materialized (
      select id, kind, value from (
        select id, 'phone' as kind, ${phoneKey(sql`phone`)} as value from one
        union select l.partner_id, 'phone', ${phoneKey(sql`l.phone`)} from location l join one on one.id = l.partner_id
          where l.status = 'ACTIVE' and not l.address_protected
        union select id, 'domain', ${hostOf(sql`website`)} from one
        union select id, 'domain', lower(split_part(email, '@', 2)) from one
          where not lower(split_part(email, '@', 2)) = any(${FREE_MAIL}::text[])
        union select id, 'number', number from number
        union select id, 'address', address from place) s
      where length(value) > 5)`;
}

/** SQL: keys of which two partners that are one have at least one in common, whatever one of the two has otherwise. */
const KEYS = sql`key (id, key) as materialized (
    select id, kind || ' ' || value from shared
    union all select id, 'name ' || whole from whole
    -- Two words that differ by one letter left out, put in or changed have a word with one letter less in common.
    union all select id, 'name ' || overlay(whole placing '' from n for 1) from whole, generate_series(1, least(length(whole), 60)) n
    union all select w.id, 'word ' || w.word from term w join frequency f using (word) where f.partners <= ${LARGEST_BLOCK} and length(w.word) > 3
    union all select w.id, 'word ' || overlay(w.word placing '' from n for 1)
      from term w join frequency f using (word), generate_series(1, length(w.word)) n
      where f.partners <= ${LARGEST_BLOCK} and length(w.word) > 5
    union all select a.id, 'words ' || a.word || ' ' || b.word from term a join term b on b.id = a.id and b.word > a.word
    union all select id, 'cell ' || i || j || floor(latitude / ${CELL.latitude} + i / 2.0) || ' ' || floor(longitude / ${CELL.longitude} + j / 2.0)
      from place, generate_series(0, 1) i, generate_series(0, 1) j where latitude is not null and longitude is not null)`;

export interface Pair {
  readonly a: string;
  readonly b: string;
}

/**
 * Pairs that share a key which few share: not quadratic, whatever the number of partners. `of`: only pairs with one of
 * these.
 */
export const blockedPairs = (em: EntityManager, scope: Scope, of?: readonly string[]): Promise<Pair[]> =>
  rowsOf<Pair>(
    em,
    sql`with ${compared(scope)},
        whole as (select id, string_agg(word, '' order by word) as whole from word group by id),
        ${KEYS},
        block as (
          select array_agg(distinct id) as ids from key group by key
          having count(distinct id) between 2 and ${LARGEST_BLOCK} ${of ? sql`and array_agg(id) && ${of}::uuid[]` : sql``})
        select distinct a::text as a, b::text as b from block, unnest(ids) a, unnest(ids) b
        where a < b ${of ? sql`and (a = any(${of}::uuid[]) or b = any(${of}::uuid[]))` : sql``}`,
  );

interface ProfileRow extends Omit<Profile, 'positions' | 'municipalities'> {
  readonly places: { municipality: string | null; latitude: number | null; longitude: number | null }[];
  readonly words: Readonly<Record<string, number>>;
  readonly partners: number;
}

/** What is compared of these partners of a scope, by id, and how rare their words are in it. */
export async function profilesOf(
  em: EntityManager,
  scope: Scope,
  ids: readonly string[],
): Promise<{ profiles: Map<string, Profile>; vocabulary: Vocabulary }> {
  const listOf = (kind: string) => sql`coalesce(lists.of->${kind}::text, '[]')`;
  // Each side is grouped once and joined by id: looked up row by row, it would be quadratic.
  const rows = await rowsOf<ProfileRow>(
    em,
    sql`with ${compared(scope)},
        value as (select kind, value, count(*)::int as partners from shared group by kind, value),
        told as (select id, address, min(label) as label from place where address is not null group by id, address),
        listed as (
          select s.id, s.kind, jsonb_agg(jsonb_build_object('value', s.value, 'partners', v.partners, 'label', told.label)) as list
          from shared s join value v using (kind, value)
          left join told on s.kind = 'address' and told.id = s.id and told.address = s.value
          group by s.id, s.kind),
        lists as (select id, jsonb_object_agg(kind, list) as of from listed group by id),
        places as (
          select id, jsonb_agg(jsonb_build_object('municipality', municipality, 'latitude', latitude, 'longitude', longitude)) as of
          from place group by id),
        words as (select w.id, jsonb_object_agg(f.word, f.partners) as of from term w join frequency f using (word) group by w.id)
        select one.id::text as id, to_jsonb(one.names) as names, ${listOf('phone')} as phones, ${listOf('domain')} as domains,
          ${listOf('number')} as numbers,
          ${listOf('address')} as addresses, coalesce(places.of, '[]') as places, words.of as words,
          (select count(*)::int from one) as partners
        from one left join lists using (id) left join places using (id) left join words using (id)
        where one.id = any(${ids}::uuid[])`,
  );
  const frequency = new Map(rows.flatMap(row => Object.entries(row.words ?? {})));
  const profiles = rows.map(({ places, words: _, partners: __, ...row }): [string, Profile] => [
    row.id,
    {
      ...row,
      positions: places.flatMap(({ latitude, longitude }) =>
        latitude === null || longitude === null ? [] : [{ latitude, longitude }],
      ),
      municipalities: [...new Set(places.flatMap(one => one.municipality ?? []))],
    },
  ]);
  return {
    profiles: new Map(profiles),
    vocabulary: { partners: rows[0]?.partners ?? 0, frequency, towns: await townsAmong(em, [...frequency.keys()]) },
  };
}

/** Which of the words are names of municipalities. */
async function townsAmong(em: EntityManager, words: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ town: string }>(
    em,
    sql`select distinct split_part(fold_german(name), ' ', 1) as town from municipality
        where split_part(fold_german(name), ' ', 1) = any(${words}::text[])`,
  );
  return new Set(rows.map(row => row.town));
}

export type { Shared };
