import type { EntityManager } from '@mikro-orm/postgresql';
import { change } from '../shared/change.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';
import { vectorOf, vocabularyOf } from './search-record.rules.js';
import { openingTexts, partnerTexts, publicationTexts, type SearchRecord, serviceTexts } from './search-texts.query.js';
import { foundBy } from './search-words.rules.js';

/** Records of one statement: a text of some megabytes. */
const BATCH = 2_000;

export interface RecordIds {
  readonly partners?: readonly string[];
  readonly services?: readonly string[];
  readonly openings?: readonly string[];
  readonly publications?: readonly string[];
}

/**
 * Brings the search up to date with partners, services, job openings and publications as they stand, inside the caller's
 * transaction, after what it wrote. To be called by whatever writes a partner, one of its locations (with the partner's
 * id), a service, an opening or a publication, or the categories, needs or locations of one. A partner brings all its
 * services and openings along: they are found by its name and places too. Deleted records leave the search by themselves.
 * A handful of statements for each 2,000 records.
 *
 * @returns the folded words that the records hold
 */
export async function indexRecords(
  tx: EntityManager,
  { partners = [], services = [], openings = [], publications = [] }: RecordIds,
): Promise<Set<string>> {
  const words = new Set<string>();
  const known = new Set<string>();
  await holdPartners(tx, { partners, services, openings });
  for (const ids of batches(partners)) await store(tx, await partnerTexts(tx, ids), words, known);
  for (const ids of batches(await withThoseOf(tx, 'service', partners, services)))
    await store(tx, await serviceTexts(tx, ids), words, known);
  for (const ids of batches(await withThoseOf(tx, 'job_opening', partners, openings)))
    await store(tx, await openingTexts(tx, ids), words, known);
  await holdPublications(tx, publications);
  for (const ids of batches([...publications].sort())) await store(tx, await publicationTexts(tx, ids), words, known);
  return words;
}

/** Makes the names of all municipalities known words, which a typo may have been meant for. After an import of them. */
export async function indexPlaces(tx: EntityManager): Promise<Set<string>> {
  const names = await rowsOf<{ name: string }>(tx, sql`select name from municipality`);
  const vocabulary = vocabularyOf(names.flatMap(({ name }) => foundBy(name)));
  await storeWords(tx, vocabulary);
  return new Set(vocabulary.keys());
}

/**
 * Whoever renames a partner waits for those who index what it has, and the other way round: of two at once the later
 * one reads what the first wrote.
 */
const holdPartners = (
  tx: EntityManager,
  { partners, services, openings }: Required<Omit<RecordIds, 'publications'>>,
): Promise<unknown> =>
  rowsOf(
    tx,
    sql`select from partner p where p.id = any(${partners}::uuid[])
        or p.id in (select s.partner_id from service s where s.id = any(${services}::uuid[]))
        or p.id in (select o.partner_id from job_opening o where o.id = any(${openings}::uuid[]))
        order by p.id for share`,
  );

/** As `holdPartners`, for who edits a publication while all is indexed anew. */
const holdPublications = async (tx: EntityManager, ids: readonly string[]): Promise<unknown> =>
  ids.length > 0 && rowsOf(tx, sql`select from publication b where b.id = any(${ids}::uuid[]) order by b.id for share`);

async function withThoseOf(
  tx: EntityManager,
  table: 'service' | 'job_opening',
  partners: readonly string[],
  others: readonly string[],
): Promise<string[]> {
  if (partners.length === 0) return [...new Set(others)].sort();
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`select id from ${verbatim(table)} where partner_id = any(${partners}::uuid[])`,
  );
  return [...new Set([...others, ...rows.map(row => row.id)])].sort();
}

function* batches(ids: readonly string[]): Generator<string[]> {
  for (let from = 0; from < ids.length; from += BATCH) yield ids.slice(from, from + BATCH);
}

async function store(
  tx: EntityManager,
  records: readonly SearchRecord[],
  words: Set<string>,
  known: Set<string>,
): Promise<void> {
  if (records.length === 0) return;
  const fresh = new Map<string, string | null>();
  const rows = records.map(({ texts, published, ...record }) => {
    const terms = vectorOf(texts, ({ text, street }) => {
      const found = foundBy(text, street);
      // Nobody is told, by what a slip may have meant, of what is not published.
      for (const [word, written] of published ? vocabularyOf(found) : []) {
        words.add(word);
        if (!known.has(word) && (fresh.get(word) ?? null) === null) fresh.set(word, written);
      }
      return found;
    });
    const { id, partnerId, serviceId, jobOpeningId, publicationId, networkId, name } = record;
    return [id, partnerId, serviceId, jobOpeningId, publicationId, networkId, name, terms];
  });
  await storeWords(tx, fresh);
  for (const word of fresh.keys()) known.add(word);
  await change(
    tx,
    sql`insert into search_document as d (id, partner_id, service_id, job_opening_id, publication_id, network_id, name, terms)
        select (r->>0)::uuid, (r->>1)::uuid, (r->>2)::uuid, (r->>3)::uuid, (r->>4)::uuid,
          (r->>5)::uuid, r->>6, (r->>7)::tsvector
        from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) as r order by 1
        on conflict (id) do update set (partner_id, network_id, name, terms) =
          row(excluded.partner_id, excluded.network_id, excluded.name, excluded.terms)
        where (d.partner_id, d.network_id, d.name, d.terms) is distinct from
          (excluded.partner_id, excluded.network_id, excluded.name, excluded.terms)`,
  );
}

/** Only words that are new are written, in their order: most texts bring none, and nobody waits for anybody. */
async function storeWords(tx: EntityManager, vocabulary: ReadonlyMap<string, string | null>): Promise<void> {
  if (vocabulary.size === 0) return;
  await change(
    tx,
    sql`insert into search_word as w (word, written)
        select (v->>0) collate "C", v->>1 from jsonb_array_elements(${JSON.stringify([...vocabulary])}::jsonb) as v
        where not exists (select from search_word k where k.word = (v->>0) and (k.written is not null or (v->>1) is null))
        order by 1
        on conflict (word) do update set written = coalesce(w.written, excluded.written)`,
  );
}
