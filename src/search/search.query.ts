import { JobOpening } from '../job-opening/job-opening.entity.js';
import { knownNetwork } from '../network/network.query.js';
import { Partner } from '../partner/partner.entity.js';
import { Publication } from '../publication/publication.entity.js';
import { Service } from '../service/service.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { allOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import { firstOfTiers } from '../shared/tiers.js';
import { listOf, typed } from './best-first.query.js';
import type { SearchArgs } from './search.inputs.js';
import { SearchHit, SearchHitConnection, type SearchMatch, type SearchPage } from './search.types.js';
import { hitsOf } from './search-hits.query.js';
import { matchesOf } from './search-match.rules.js';
import { type SearchPlan, searchPlan } from './search-plan.query.js';
import { SearchKind } from './search-record.rules.js';
import { isOut } from './search-shown.query.js';
import { openingTexts, partnerTexts, publicationTexts, serviceTexts } from './search-texts.query.js';

interface HitRow {
  id: string;
  partner_id: string | null;
  service_id: string | null;
  job_opening_id: string | null;
  publication_id: string | null;
  name: string;
  rank: number;
}

/** Records that meet what was typed, best first; none where nothing was. BAD_USER_INPUT, INVALID_CURSOR. */
export async function searchPage(ctx: Context, args: SearchArgs): Promise<SearchPage> {
  const query = typed(args.query) ?? '';
  const kinds = args.kinds?.length ? Object.values(SearchKind).filter(kind => args.kinds!.includes(kind)) : USUAL;
  const list = listOf(`${SearchHitConnection.list} of ${kinds}`, query);
  const page = pageOf(args, ctx.secrets, list);
  const network = args.network == null ? null : (await knownNetwork(ctx.em, args.network, 'network')).id;
  const today = berlinDay(ctx.now);
  const plan = await searchPlan(ctx.em, query, network, { kinds, today, keeper: null });
  const published = isOut('hit', kinds, today);
  const { all, tiers } = hitsOf(plan, kinds, network);
  const rows = await rowsOf<HitRow>(ctx.em, pageSql(tiers, published, page));
  const slice = {
    rows: await hitsOn(ctx, rows, plan),
    page,
    position: ({ rank, name, id }: SearchHit) => [rank, name, id],
    count: () => countOfHits(ctx.em, all, published),
  };
  return Object.assign(SearchHitConnection.of(ctx.secrets, slice, list), {
    asked: query,
    slips: [...plan.corrections],
  });
}

const USUAL = [SearchKind.PARTNER, SearchKind.SERVICE];

function pageSql(tiers: readonly Sql[], published: Sql, { size, after }: Page): Sql {
  const [rank, name, id] = after ?? [];
  const rest = after
    ? [sql`(hit.rank < ${rank}::int or (hit.rank = ${rank}::int and (hit.name, hit.id) > (${name}, ${id}::uuid)))`]
    : [];
  return firstOfTiers(
    tiers.map(hits => sql`select hit.* from (${hits}) as hit where ${allOf([published, ...rest])}`),
    'hit',
    'hit.rank desc, hit.name, hit.id',
    size + 1,
  );
}

async function countOfHits(em: Context['em'], hits: Sql, published: Sql): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    em,
    sql`select count(*)::int as count from (${hits}) as hit where ${published}`,
  );
  return row?.count ?? 0;
}

async function hitsOn({ em }: Context, rows: readonly HitRow[], plan: SearchPlan): Promise<SearchHit[]> {
  const services = rows.flatMap(row => row.service_id ?? []);
  const openings = rows.flatMap(row => row.job_opening_id ?? []);
  const publications = rows.flatMap(row => row.publication_id ?? []);
  const partners = rows.flatMap(row => (row.service_id || row.job_opening_id ? [] : (row.partner_id ?? [])));
  const found = new Map<string, Partner | Service | JobOpening | Publication>();
  if (partners.length > 0) for (const one of await em.find(Partner, { id: { $in: partners } })) found.set(one.id, one);
  if (services.length > 0) for (const one of await em.find(Service, { id: { $in: services } })) found.set(one.id, one);
  if (openings.length > 0)
    for (const one of await em.find(JobOpening, { id: { $in: openings } })) found.set(one.id, one);
  if (publications.length > 0)
    for (const one of await em.find(Publication, { id: { $in: publications } })) found.set(one.id, one);
  let explained: Promise<Map<string, SearchMatch[]>> | undefined;
  const explain = () => {
    explained ??= explanations(em, { partners, services, openings, publications }, plan);
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
      jobOpening: record instanceof JobOpening ? record : null,
      publication: record instanceof Publication ? record : null,
      explain: async () => (await explain()).get(id) ?? [],
    });
  });
}

/** What matched in each record of a page: read again, and told by the rules that made the index. */
async function explanations(
  em: Context['em'],
  {
    partners,
    services,
    openings,
    publications,
  }: Record<'partners' | 'services' | 'openings' | 'publications', readonly string[]>,
  { plans }: SearchPlan,
): Promise<Map<string, SearchMatch[]>> {
  const records = [
    ...(await partnerTexts(em, partners)),
    ...(await serviceTexts(em, services)),
    ...(await openingTexts(em, openings)),
    ...(await publicationTexts(em, publications)),
  ];
  return new Map(
    records.map(({ id, networkId, texts }) => {
      const plan = plans.find(one => one.networkId === networkId) ?? plans.find(one => one.networkId === null);
      const met = matchesOf(plan?.wanted ?? [], texts) ?? [];
      return [id, met.map(({ words, matched, how, field }) => ({ query: words, words: matched, how, field }))];
    }),
  );
}
