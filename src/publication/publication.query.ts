import { subtrees } from '../category/category.query.js';
import { knownNeeds } from '../need/need.query.js';
import { knownNetwork } from '../network/network.query.js';
import { bestFirst, listOf, rankIn, typed } from '../search/best-first.query.js';
import { SearchKind } from '../search/search-record.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { type Sql, sql } from '../shared/sql.js';
import { publicationVisibleTo } from './publication.access.js';
import { Publication } from './publication.entity.js';
import { PublicationConnection, type PublicationFilter, type PublicationsArgs } from './publication.inputs.js';

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

/**
 * Newest first, or where something was typed best first. BAD_USER_INPUT for needs, categories and networks that there are
 * not.
 */
export async function publicationPage(ctx: Context, args: PublicationsArgs): Promise<PublicationConnection> {
  const filter = args.filter ?? {};
  const query = typed(filter.query);
  const name = listOf(PublicationConnection.list, query);
  const page = pageOf(args, ctx.secrets, name);
  const network = filter.network == null ? null : (await knownNetwork(ctx.em, filter.network, 'filter.network')).id;
  const conditions = [visible(ctx), ...(await wished(ctx, filter, network))];
  const list = query ? await bestPublications(ctx, query, network) : PUBLICATIONS;
  const slice = {
    rows: await listPage(ctx.em, list, conditions, page),
    page,
    position: (one: Publication) => [...rankIn(list, one), one.publishedOn, one.id],
    count: () => countOf(ctx.em, list, conditions),
  };
  return PublicationConnection.of(ctx.secrets, slice, name);
}

const bestPublications = (ctx: Context, query: string, network: string | null) =>
  bestFirst(ctx, PUBLICATIONS, SearchKind.PUBLICATION, query, network);

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

async function wished(ctx: Context, filter: PublicationFilter, network: string | null): Promise<Sql[]> {
  const { kinds, needs, categories, programme } = filter;
  if (needs?.length) await knownNeeds(ctx, needs, 'filter.needs');
  const codes = categories?.length ? await subtrees(ctx, categories, 'filter.categories') : [];
  return [
    ...(kinds?.length ? [sql`t.kind = any(${kinds}::text[])`] : []),
    ...(needs?.length ? [sql`t.needs && ${needs}::text[]`] : []),
    ...(codes.length > 0 ? [sql`t.categories && ${codes}::text[]`] : []),
    ...(programme == null
      ? []
      : [sql`t.programme_id = (select p.id from programme p where p.slug = ${programme} and p.published)`]),
    ...(network == null ? [] : [sql`t.network_id = ${network}`]),
  ];
}
