import type { EntityManager } from '@mikro-orm/postgresql';
import { JobOpeningStatus } from '../job-opening/job-opening.rules.js';
import { occupationAbove, occupationName } from '../occupation/occupation.rules.js';
import type { Contact } from '../partner/contact.rules.js';
import { PUBLISHED } from '../service/service.rules.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { type RecordText, SearchField } from './search-record.rules.js';

/** A partner, a service, a job opening or a publication with the texts that it is found by. */
export interface SearchRecord {
  readonly id: string;
  /** Null of a publication. */
  readonly partnerId: string | null;
  readonly serviceId: string | null;
  readonly jobOpeningId: string | null;
  readonly publicationId: string | null;
  readonly networkId: string;
  readonly name: string;
  /** May everybody see it? Its words are not told of where not. */
  readonly published: boolean;
  readonly texts: readonly RecordText[];
}

interface Row {
  id: string;
  partner_id: string | null;
  network_id: string;
  name: string;
  published: boolean;
  service_id?: string;
  job_opening_id?: string;
  publication_id?: string;
  description: string | null;
  alternate_name?: string | null;
  categories?: string | null;
  needs?: string | null;
  topics?: string[];
  languages?: string[] | null;
  occupation?: string;
  partner: string | null;
  places: string | null;
  streets: string | null;
  districts: string | null;
  phone?: string | null;
  demands?: string;
  contacts?: readonly Contact[];
}

/** SQL: what may be told of the places of a record, for rows `l` of `location`. Of a protected address only the town. */
const placesOf = (locations: Sql): Sql => sql`(
  select string_agg(distinct concat_ws(' | ', l.city, m.name,
      case when not l.address_protected then concat_ws(' | ', l.name, l.postal_code) end), ' | ') as places,
    string_agg(distinct case when not l.address_protected then l.street end, ' | ') as streets,
    string_agg(distinct m.district_name, ' | ') as districts
  from location l join municipality m on m.key = l.municipality_key where l.status = 'ACTIVE' and ${locations})`;

/** The texts of partners, by one statement. */
export const partnerTexts = async (em: EntityManager, ids: readonly string[]): Promise<SearchRecord[]> =>
  ids.length === 0
    ? []
    : (
        await rowsOf<Row>(
          em,
          sql`select p.id, p.id as partner_id, p.network_id, p.name, p.description, p.phone, p.alternate_name, p.contacts,
                p.status = 'ACTIVE' as published,
                u.name as partner, at.places, at.streets, at.districts
              from partner p left join partner u on u.id = p.parent_id and u.status = 'ACTIVE'
                cross join lateral ${placesOf(sql`l.partner_id = p.id`)} as at
              where p.id = any(${ids}::uuid[])`,
        )
      ).map(recordOf);

/** The texts of services, by one statement. A service that names no location is found where its partner is. */
export const serviceTexts = async (em: EntityManager, ids: readonly string[]): Promise<SearchRecord[]> =>
  ids.length === 0
    ? []
    : (
        await rowsOf<Row>(
          em,
          sql`select s.id, s.partner_id, s.id as service_id, s.network_id, s.name, s.description, s.contacts,
                p.status = 'ACTIVE' and s.status = any(${PUBLISHED}::text[]) as published,
                (select string_agg(c.name_de || ' | ' || c.name_en, ' | ') from service_category sc
                   join category c on c.code = sc.category_code where sc.service_id = s.id) as categories,
                (select string_agg(n.name_de || ' | ' || n.name_en, ' | ') from service_need sn
                   join need n on n.code = sn.need_code where sn.service_id = s.id) as needs,
                s.languages, p.name as partner, at.places, at.streets, at.districts
              from service s join partner p on p.id = s.partner_id
                cross join lateral ${placesOf(sql`case
                  when exists (select from service_location x where x.service_id = s.id)
                  then l.id in (select x.location_id from service_location x where x.service_id = s.id)
                  else l.partner_id = s.partner_id end and l.partner_id = s.partner_id`)} as at
              where s.id = any(${ids}::uuid[])`,
        )
      ).map(recordOf);

/** The texts of job openings, by one statement. One that names no location is found where its partner is. */
export const openingTexts = async (em: EntityManager, ids: readonly string[]): Promise<SearchRecord[]> =>
  ids.length === 0
    ? []
    : (
        await rowsOf<Row>(
          em,
          sql`select o.id, o.partner_id, o.id as job_opening_id, o.network_id, o.title as name, o.description, o.occupation,
                p.status = 'ACTIVE' and o.status = ${JobOpeningStatus.OPEN} as published,
                concat_ws(' | ', o.requirements, o.collective_agreement) as demands,
                (select string_agg(n.name_de || ' | ' || n.name_en, ' | ') from job_opening_need jn
                   join need n on n.code = jn.need_code where jn.job_opening_id = o.id) as needs,
                o.languages, p.name as partner, at.places, at.streets, at.districts
              from job_opening o join partner p on p.id = o.partner_id
                cross join lateral ${placesOf(sql`case when o.location_id is null then l.partner_id = o.partner_id
                  else l.id = o.location_id end and l.partner_id = o.partner_id`)} as at
              where o.id = any(${ids}::uuid[])`,
        )
      ).map(recordOf);

/**
 * The texts of publications, by one statement. The vocabulary has the words of those to come, too: what is not out yet is
 * left out where somebody asks.
 */
export const publicationTexts = async (em: EntityManager, ids: readonly string[]): Promise<SearchRecord[]> =>
  ids.length === 0
    ? []
    : (
        await rowsOf<Row>(
          em,
          sql`select b.id, null as partner_id, b.id as publication_id, b.network_id, b.title as name,
                b.summary as description, b.topics, not b.withdrawn as published,
                (select string_agg(c.name_de || ' | ' || c.name_en, ' | ') from category c
                   where c.code = any(b.categories)) as categories,
                (select string_agg(n.name_de || ' | ' || n.name_en, ' | ') from need n
                   where n.code = any(b.needs)) as needs,
                null as partner, b.place as places, null as streets, null as districts
              from publication b where b.id = any(${ids}::uuid[])`,
        )
      ).map(recordOf);

const LANGUAGE_NAMES = new Intl.DisplayNames(['de'], { type: 'language' });

function recordOf(row: Row): SearchRecord {
  const { occupation = null } = row;
  const area = occupation && occupationAbove(occupation.slice(0, 2));
  const texts: [field: SearchField, text: string | null | undefined, street?: boolean][] = [
    [SearchField.NAME, row.name],
    [SearchField.NAME, row.alternate_name],
    [SearchField.CATEGORY, row.categories],
    [SearchField.OCCUPATION, labelsOf(occupation)],
    [SearchField.NEED, row.needs],
    [SearchField.TOPIC, row.topics?.join(' | ')],
    [SearchField.LANGUAGE, row.languages?.map(languageName).join(' | ') ?? null],
    [SearchField.PARTNER, row.partner],
    [SearchField.PLACE, row.places],
    [SearchField.PLACE, row.streets, true],
    [SearchField.CONTACT, row.phone],
    ...contactTexts(row.contacts ?? []),
    [SearchField.DISTRICT, row.districts],
    [SearchField.OCCUPATION_AREA, labelsOf(area)],
    [SearchField.DESCRIPTION, row.description],
    [SearchField.DESCRIPTION, row.demands],
  ];
  return {
    id: row.id,
    partnerId: row.partner_id,
    serviceId: row.service_id ?? null,
    jobOpeningId: row.job_opening_id ?? null,
    publicationId: row.publication_id ?? null,
    networkId: row.network_id,
    name: row.name,
    published: row.published,
    texts: texts.flatMap(([field, text, street = false]) => (text ? [{ field, text, street }] : [])),
  };
}

/**
 * What somebody to turn to is there for, and her number. Not who she is: many a surname is
 * also an occupation or a town (Koch, Hagen), and a directory of offices is not to become one of people.
 */
const contactTexts = (contacts: readonly Contact[]): [SearchField, string | null | undefined][] =>
  contacts.flatMap(({ phone, responsibility, department }) => [
    [SearchField.CONTACT, phone],
    [SearchField.RESPONSIBILITY, responsibility],
    [SearchField.RESPONSIBILITY, department],
  ]);

/** German and English, of a main group or an area: those below have no labels of their own. */
function labelsOf(code: string | null): string | null {
  const label = code && occupationName(code.slice(0, 2));
  return label ? `${label.de} | ${label.en}` : null;
}

const languageName = (tag: string): string => LANGUAGE_NAMES.of(tag.split('-')[0]!) ?? tag;
