import type { Context } from '../shared/context.js';
import { freshnessOfColumn } from '../shared/freshness.query.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { inLanguage } from '../shared/texts.rules.js';
import type { Arguments, ManyReader, OneReader, PartReader, ValueReader } from './shape.js';

type Read = (row: Sql, ctx: Context, args: Arguments) => Sql;

/** SQL that answers JSON itself, never null. */
export const json = (read: Read): ValueReader => ({ kind: 'value', read });

/** SQL that answers a text, or null. */
export const text = (read: Read): ValueReader =>
  json((row, ctx, args) => sql`coalesce(to_json(${read(row, ctx, args)})::text, 'null')`);

/** SQL that answers a number, or null. */
export const number = (read: Read): ValueReader =>
  json((row, ctx, args) => sql`coalesce((${read(row, ctx, args)})::text, 'null')`);

/** SQL that answers a word without anything to escape: of an enum, a UUID. */
export const word = (read: Read): ValueReader => json((row, ctx, args) => sql`'"' || ${read(row, ctx, args)} || '"'`);

/** How old a moment is, from its column. */
export const freshness = (column: string): ValueReader =>
  word((row, { now }) => freshnessOfColumn(sql`${row}.${verbatim(column)}`, now));

/** An object made of columns of the same row; null where `nullIf` holds. */
export const part = (nullIf?: PartReader['nullIf']): PartReader => ({ kind: 'part', ...(nullIf && { nullIf }) });

export const one = (from: OneReader['from']): OneReader => ({ kind: 'one', from });

export const many = (from: ManyReader['from'], order: string): ManyReader => ({ kind: 'many', from, order });

/** A label in German or English, from the columns `name_de` and `name_en`, for the argument `language`. */
export const labelled = (): ValueReader =>
  text((row, _ctx, { language }) => {
    const column = inLanguage(language as string | null, { de: 'name_de', en: 'name_en' });
    return sql`${row}.${verbatim(column)}`;
  });
