import { type Sql, sql, verbatim } from './sql.js';

/** What somebody typed, or null for nothing but blanks: then nothing is searched for. */
export const typed = (query: string | null | undefined): string | null => query?.trim() || null;

/**
 * SQL: does a row that keeps `search_words` and `search_text` meet what somebody typed? Either all words by their stems,
 * or the whole nearly written so in a stretch of whole words (strict trigram similarity ≥ .5, PostgreSQL's default).
 */
export function meetsSearch(alias: string, query: string): Sql {
  const row = verbatim(alias);
  return sql`(${row}.search_words @@ plainto_tsquery('german', fold_german(${query}))
    or ${row}.search_text %>> fold_german(${query}))`;
}
