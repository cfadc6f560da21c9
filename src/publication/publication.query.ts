import { subtrees } from '../category/category.query.js';
import { knownNeeds } from '../need/need.query.js';
import { knownNetwork } from '../network/network.query.js';
import { foldGerman } from '../search/fold.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { type Sql, sql } from '../shared/sql.js';
import { publicationVisibleTo } from './publication.access.js';
import { Publication } from './publication.entity.js';
import { PublicationConnection, type PublicationFilter, type PublicationsArgs } from './publication.inputs.js';
import { MOST_WORDS } from './publication.rules.js';

export const PUBLICATIONS: OrderedList<Publication> = {
  entity: Publication,
  table: 'publication',
  order: 't.published_on desc, t.id desc',
  after: ([day, id]) => sql`(t.published_on, t.id) < (${day}::date, ${id}::uuid)`,
};

const visible = ({ viewer, now }: Context): Sql => publicationVisibleTo(viewer, berlinDay(now));

/** Null where there is none, or none that the viewer may see. */
export async function findPublication(ctx: Context, id: string): Promise<Publication | null> {
  if (!isId(id)) return null;
  const [found] = await listPage(ctx.em, PUBLICATIONS, [sql`t.id = ${id}`, visible(ctx)], { size: 1, after: null });
  return found ?? null;
}

/** Newest first. BAD_USER_INPUT for needs, categories and networks that there are not. */
export async function publicationPage(ctx: Context, args: PublicationsArgs): Promise<PublicationConnection> {
  const page = pageOf(args, ctx.secrets, PublicationConnection.list);
  const conditions = [visible(ctx), ...(await wished(ctx, args.filter ?? {}))];
  return PublicationConnection.of(ctx.secrets, {
    rows: await listPage(ctx.em, PUBLICATIONS, conditions, page),
    page,
    position: ({ publishedOn, id }) => [publishedOn, id],
    count: () => countOf(ctx.em, PUBLICATIONS, conditions),
  });
}

/** Those of a programme that was shown; of a page of programmes by one statement. */
export async function publicationsOfProgramme(
  ctx: Context,
  id: string,
  args: PageArgs,
): Promise<PublicationConnection> {
  const page = pageOf(args, ctx.secrets, PublicationConnection.list);
  const lists = ctx.loaders.publicationsOf('programme_id', {}, page, async () => ({ conditions: [visible(ctx)] }));
  return PublicationConnection.of(ctx.secrets, {
    rows: await lists.rows.load(id),
    page,
    position: one => [one.publishedOn, one.id],
    count: () => lists.count.load(id),
  });
}

async function wished(ctx: Context, filter: PublicationFilter): Promise<Sql[]> {
  const { query, kinds, needs, categories, programme, network } = filter;
  if (needs?.length) await knownNeeds(ctx, needs, 'filter.needs');
  const codes = categories?.length ? await subtrees(ctx, categories, 'filter.categories') : [];
  return [
    ...wordsOf(query ?? '').map(holds),
    ...(kinds?.length ? [sql`t.kind = any(${kinds}::text[])`] : []),
    ...(needs?.length ? [sql`t.needs && ${needs}::text[]`] : []),
    ...(codes.length > 0 ? [sql`t.categories && ${codes}::text[]`] : []),
    ...(programme == null
      ? []
      : [sql`t.programme_id = (select p.id from programme p where p.slug = ${programme} and p.published)`]),
    ...(network == null ? [] : [sql`t.network_id = ${(await knownNetwork(ctx.em, network, 'filter.network')).id}`]),
  ];
}

const wordsOf = (query: string): string[] => foldGerman(query).split(' ').filter(Boolean).slice(0, MOST_WORDS);

/** SQL: does a folded word stand in it, also within a longer one? What it is about counts by its names. */
const holds = (word: string): Sql => sql`position(${word} in fold_german(concat_ws(' ', t.title, t.summary,
  array_to_string(t.topics, ' '),
  (select string_agg(concat_ws(' ', n.name_de, n.name_en), ' ') from need n where n.code = any(t.needs)),
  (select string_agg(concat_ws(' ', c.name_de, c.name_en), ' ') from category c where c.code = any(t.categories))))) > 0`;
