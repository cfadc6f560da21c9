import type { EntityManager } from '@mikro-orm/postgresql';
import { JobOpeningStatus } from '../job-opening/job-opening.rules.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { ServiceStatus } from '../service/service.rules.js';
import { allOf, anyOf, rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { coordinatedNetworks, editedPartners, type Viewer } from '../viewer/viewer.rules.js';
import { OF_KIND } from './search-hits.query.js';
import { lexeme, SearchKind } from './search-record.rules.js';

/** What a search may show at most. */
export interface Shown {
  readonly kinds: readonly SearchKind[];
  /** YYYY-MM-DD; null: no publication is out. */
  readonly today: string | null;
  /** Who keeps records finds them in lists, whether they are published or not; null: a search that shows nobody more. */
  readonly keeper: Viewer | null;
}

export const EVERYTHING_OUT: Shown = { kinds: Object.values(SearchKind), today: null, keeper: null };

/** A word of the vocabulary, with the lexemes by which a record may hold it. */
export interface Held {
  readonly word: string;
  readonly terms: readonly string[];
}

/** Those of the words that something holds which the search may show, or the name of a municipality. One statement. */
export async function heldAmong(em: EntityManager, words: readonly Held[], shown: Shown): Promise<string[]> {
  if (words.length === 0) return [];
  const queries = words.map(({ terms }) => terms.map(lexeme).join(' | '));
  const rows = await rowsOf<{ word: string }>(
    em,
    sql`select w.word from unnest(${words.map(({ word }) => word)}::text[], ${queries}::text[]) as w (word, query)
        where exists (
            select from search_document d
            where d.terms @@ w.query::tsquery and ${anyOf(shown.kinds.map(kind => OF_KIND[kind]))} and ${isShown(shown)})
          or exists (select from municipality m where w.word = any(regexp_split_to_array(fold_german(m.name), '[^a-z0-9]+'))
            or w.word = regexp_replace(fold_german(m.name), '[^a-z0-9]', '', 'g'))`,
  );
  return rows.map(({ word }) => word);
}

/** SQL: is the record of the document `d` published, or kept by who asks? */
const isShown = ({ kinds, today, keeper }: Shown): Sql =>
  anyOf([
    isOut('d', kinds, today),
    ...(keeper
      ? [
          sql`d.network_id = any(${coordinatedNetworks(keeper)}::uuid[])`,
          sql`d.partner_id = any(${editedPartners(keeper)}::uuid[])`,
        ]
      : []),
  ]);

/**
 * SQL: is what a document, or a hit, of one of these kinds stands for there for everybody? What is closed, over, to come or
 * taken back is not, nor is what an unpublished partner has.
 *
 * @param alias of a row with the ids of a document
 * @param today YYYY-MM-DD; null: no publication is out
 */
export function isOut(alias: string, kinds: readonly SearchKind[], today: string | null): Sql {
  const id = (column: string): Sql => verbatim(`${alias}.${column}`);
  const gone: Readonly<Partial<Record<SearchKind, Sql>>> = {
    SERVICE: sql`select from service gone where gone.id = ${id('service_id')} and gone.status = ${ServiceStatus.CLOSED}`,
    JOB_OPENING: sql`select from job_opening gone where gone.id = ${id('job_opening_id')}
      and (gone.status <> ${JobOpeningStatus.OPEN} or gone.valid_until < ${today}::date)`,
    PUBLICATION: sql`select from publication gone where gone.id = ${id('publication_id')}
      and not coalesce(gone.published_on <= ${today}::date and not gone.withdrawn, false)`,
  };
  const among = kinds.flatMap(kind => gone[kind] ?? []);
  return allOf([ofPublishedPartner(id('partner_id')), ...among.map(one => sql`not exists (${one})`)]);
}
