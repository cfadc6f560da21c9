import { knownNetwork } from '../network/network.query.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';
import { PUBLISHED } from '../service/service.rules.js';
import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { allOf, rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { listOf, typed } from './best-first.query.js';
import type { SearchArgs } from './search.inputs.js';
import { SearchHit, SearchHitConnection, type SearchMatch, type SearchPage } from './search.types.js';
import { hitsOf } from './search-hits.query.js';
import { matchesOf } from './search-match.rules.js';
import { type SearchPlan, searchPlan } from './search-plan.query.js';
import { partnerTexts, serviceTexts } from './search-texts.query.js';

interface HitRow {
  id: string;
  partner_id: string;
  service_id: string | null;
  name: string;
  rank: number;
}

/** Partners and services that meet what was typed, best first; none where nothing was. BAD_USER_INPUT, INVALID_CURSOR. */
export async function searchPage(ctx: Context, args: SearchArgs): Promise<SearchPage> {
  const query = typed(args.query) ?? '';
  const list = listOf(SearchHitConnection.list, query);
  const page = pageOf(args, ctx.secrets, list);
  const network = args.network == null ? null : (await knownNetwork(ctx.em, args.network, 'network')).id;
  const plan = await searchPlan(ctx.em, query, network);
  const hits = sql`(${hitsOf(plan, 'both', network)}) as hit`;
  const rows = await rowsOf<HitRow>(ctx.em, pageSql(hits, page));
  const slice = {
    rows: await hitsOn(ctx, rows, plan),
    page,
    position: ({ rank, name, id }: SearchHit) => [rank, name, id],
    count: () => countOfHits(ctx, hits),
  };
  return Object.assign(SearchHitConnection.of(ctx.secrets, slice, list), {
    asked: query,
    slips: [...plan.corrections],
  });
}

/** SQL: closed services are found by nobody, and what an unpublished partner has neither. */
const PUBLISHED_HIT = sql`${ofPublishedPartner(sql`hit.partner_id`)} and (hit.service_id is null or exists (
  select from service s where s.id = hit.service_id and s.status = any(${PUBLISHED}::text[])))`;

function pageSql(hits: Sql, { size, after }: Page): Sql {
  const [rank, name, id] = after ?? [];
  const rest = after
    ? [sql`(hit.rank < ${rank}::int or (hit.rank = ${rank}::int and (hit.name, hit.id) > (${name}, ${id}::uuid)))`]
    : [];
  return sql`select * from ${hits} where ${allOf([PUBLISHED_HIT, ...rest])}
    order by hit.rank desc, hit.name, hit.id limit ${verbatim(String(size + 1))}`;
}

async function countOfHits({ em }: Context, hits: Sql): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    em,
    sql`select count(*)::int as count from ${hits} where ${PUBLISHED_HIT}`,
  );
  return row?.count ?? 0;
}

async function hitsOn({ em }: Context, rows: readonly HitRow[], plan: SearchPlan): Promise<SearchHit[]> {
  const services = rows.flatMap(row => row.service_id ?? []);
  const partners = rows.flatMap(row => (row.service_id ? [] : row.partner_id));
  const found = new Map<string, Partner | Service>();
  if (partners.length > 0) for (const one of await em.find(Partner, { id: { $in: partners } })) found.set(one.id, one);
  if (services.length > 0) for (const one of await em.find(Service, { id: { $in: services } })) found.set(one.id, one);
  let explained: Promise<Map<string, SearchMatch[]>> | undefined;
  const explain = () => {
    explained ??= explanations(em, partners, services, plan);
    return explained;
  };
  return rows.map(({ id, name, rank }) => {
    const record = found.get(id)!;
    return Object.assign(new SearchHit(), {
      id,
      name,
      rank,
      score: rank / 100,
      partner: record instanceof Partner ? record : null,
      service: record instanceof Service ? record : null,
      explain: async () => (await explain()).get(id) ?? [],
    });
  });
}

/** What matched in each record of a page: read again, and told by the rules that made the index. */
async function explanations(
  em: Context['em'],
  partners: readonly string[],
  services: readonly string[],
  { plans }: SearchPlan,
): Promise<Map<string, SearchMatch[]>> {
  const records = [...(await partnerTexts(em, partners)), ...(await serviceTexts(em, services))];
  return new Map(
    records.map(({ id, networkId, texts }) => {
      const plan = plans.find(one => one.networkId === networkId) ?? plans.find(one => one.networkId === null);
      const met = matchesOf(plan?.wanted ?? [], texts) ?? [];
      return [id, met.map(({ words, matched, how, field }) => ({ query: words, words: matched, how, field }))];
    }),
  );
}
