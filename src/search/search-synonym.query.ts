import { permittedNetwork } from '../network/network.query.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { byName } from '../shared/named-list.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { sql } from '../shared/sql.js';
import { SearchSynonymConnection, type SearchSynonymsArgs } from './search.inputs.js';
import { maySeeSynonyms, seesSynonyms } from './search-synonym.access.js';
import { SearchSynonym } from './search-synonym.entity.js';

const SYNONYMS = byName(SearchSynonym, 'search_synonym', 'id');

/** The groups of a network by their first word. A network of others is as if it were not there: BAD_USER_INPUT. */
export async function synonymPage(ctx: Context, args: SearchSynonymsArgs): Promise<SearchSynonymConnection> {
  const page = pageOf(args, ctx.secrets, SearchSynonymConnection.list);
  const network = await permittedNetwork(ctx.em, args.network, 'network', id => maySeeSynonyms(ctx.viewer, id));
  const conditions = [args.shipped ? sql`t.network_id is null` : sql`t.network_id = ${network.id}`];
  return SearchSynonymConnection.of(ctx.secrets, {
    rows: await listPage(ctx.em, SYNONYMS, conditions, page),
    page,
    position: ({ name, id }) => [name, id],
    count: () => countOf(ctx.em, SYNONYMS, conditions),
  });
}

/** Null where there is none, or none that the viewer may see: of a network that she coordinates, or of all networks. */
export async function findSynonym({ em, viewer }: Context, id: string): Promise<SearchSynonym | null> {
  const group = isId(id) ? await em.findOne(SearchSynonym, { id }) : null;
  return group && seesSynonyms(viewer, group.network?.id ?? null) ? group : null;
}
