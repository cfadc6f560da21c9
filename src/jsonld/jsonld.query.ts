import type { EntityManager } from '@mikro-orm/postgresql';
import { type HsdsAnswer, hsdsPage, hsdsThing } from '../hsds-api/hsds-api.query.js';
import type { HsdsPage } from '../hsds-api/hsds-api.rules.js';
import { MOST_TOLD } from '../hsds-api/hsds-heads.query.js';
import { badInput } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { type Catalog, offersJsonLd, organizationJsonLd } from './jsonld.rules.js';

/** A published partner with its places and the first of its services, and the way to the others; null where it is none. */
export async function partnerJsonLd(em: EntityManager, id: string): Promise<HsdsAnswer | null> {
  const found = await hsdsThing(em, 'organizations', id, new URLSearchParams());
  if (!found) return null;
  const told = found.body as Record<string, unknown>;
  const services = Array.isArray(told.services) ? told.services.length : 0;
  const catalog = services < MOST_TOLD ? null : await catalogOf(em, found.record!);
  return {
    body: organizationJsonLd(told, catalog && catalog.total > services ? catalog : null),
    changedAt: found.changedAt,
  };
}

/**
 * A page of the offers of a published partner; null where it has none, or no such page.
 *
 * @param partner the hub's own id
 * @throws PublicError BAD_USER_INPUT for a parameter that is wrong
 */
export async function partnerOffersJsonLd(
  em: EntityManager,
  partner: string,
  query: URLSearchParams,
): Promise<HsdsAnswer | null> {
  for (const name of query.keys()) if (name !== 'page') throw badInput(name, `${name}: Only page is known here.`);
  if (!isId(partner)) return null;
  const answer = await servicesOf(em, partner, { full: 'true', per_page: String(MOST_TOLD) }, query.getAll('page'));
  const { contents, total_items, page_number, last_page } = answer.body as HsdsPage;
  if (contents.length === 0) return null;
  const catalog = { pageAt: pageAt(partner), total: total_items };
  return { body: offersJsonLd(contents, catalog, page_number, last_page), changedAt: answer.changedAt };
}

const catalogOf = async (em: EntityManager, partner: string): Promise<Catalog> => {
  const { body } = await servicesOf(em, partner, { minimal: 'true', per_page: '1' });
  return { pageAt: pageAt(partner), total: (body as HsdsPage).total_items };
};

async function servicesOf(
  em: EntityManager,
  partner: string,
  wish: Readonly<Record<string, string>>,
  pages: readonly string[] = [],
): Promise<HsdsAnswer> {
  const query = new URLSearchParams({ ...wish, organization_id: partner });
  for (const page of pages) query.append('page', page);
  const answer = await hsdsPage(em, 'services', query);
  return answer!;
}

const pageAt =
  (partner: string) =>
  (page: number): string =>
    `/jsonld/partners/${partner.toLowerCase()}/offers?page=${page}`;
