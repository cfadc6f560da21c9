import { type EntityManager, IsolationLevel } from '@mikro-orm/postgresql';
import { type FullRows, fullRows } from '../hsds-export/hsds-full.query.js';
import type { HsdsObject, NestWish } from '../hsds-export/hsds-nest.rules.js';
import { badInput } from '../shared/errors.js';
import {
  type HsdsList,
  type HsdsPage,
  type HsdsWish,
  isHsdsList,
  isWrong,
  pageOf,
  type RecordList,
  UNTOLD,
  wishOf,
} from './hsds-api.rules.js';
import { type Head, headOf, headsOf, organizationServices } from './hsds-heads.query.js';
import { termOf, termPage } from './hsds-terms.query.js';

/** Something that the API answers with. */
export interface HsdsAnswer {
  readonly body: object;
  /** When the youngest of what it tells was changed; null where nobody knows. */
  readonly changedAt: Date | null;
}

/** One thing. */
export interface HsdsThing extends HsdsAnswer {
  /** The hub's own id of the record; null of what is none. */
  readonly record: string | null;
}

const FULL: NestWish = { lists: true, strict: true, without: UNTOLD };
const BRIEF: NestWish = { lists: false, strict: true, without: UNTOLD };

/**
 * A page of a list of the published directory; null where there is no such list. The same number of statements however
 * long the page.
 *
 * @throws PublicError BAD_USER_INPUT for a parameter that is wrong
 */
export function hsdsPage(em: EntityManager, list: string, query: URLSearchParams): Promise<HsdsAnswer | null> {
  if (!isHsdsList(list)) return Promise.resolve(null);
  const wish = wishOf(list, query);
  if (isWrong(wish)) throw badInput(wish.parameter, `${wish.parameter}: ${wish.message}`);
  return atOneMoment(em, tx => pageIn(tx, list, wish));
}

async function pageIn(em: EntityManager, list: HsdsList, wish: HsdsWish): Promise<HsdsAnswer> {
  if (list === 'taxonomies' || list === 'taxonomy_terms') {
    const { contents, total } = await termPage(em, list, wish);
    return { body: pageOf(contents, total, wish), changedAt: null };
  }
  const { heads, total } = await headsOf(em, list, wish);
  const page = (contents: readonly object[], changedAt: Date | null): { body: HsdsPage; changedAt: Date | null } => ({
    body: pageOf(contents, total, wish),
    changedAt,
  });
  const full = await rowsFor(em, list, heads, wish.full);
  const objects = heads.flatMap((head): HsdsObject[] => {
    const object = objectOf(full, list, head, wish.full ? FULL : BRIEF);
    return object ? [object] : [];
  });
  if (!wish.minimal) return page(objects, full.changedAt);
  const changed = heads.map(({ updatedAt }) => new Date(updatedAt).toISOString());
  return page(
    objects.map((object, i) => ({ id: object.id, modified_date: changed[i] })),
    full.changedAt,
  );
}

/**
 * One thing with all that belongs to it, by its source's id or the hub's own; null where there is no such list, or
 * nothing that is published.
 */
export function hsdsThing(
  em: EntityManager,
  list: string,
  id: string,
  query: URLSearchParams,
): Promise<HsdsThing | null> {
  if (!isHsdsList(list)) return Promise.resolve(null);
  for (const name of query.keys())
    if (name !== 'network' || query.getAll(name).length > 1)
      throw badInput(name, `${name}: Only network is known here.`);
  const network = query.get('network');
  if (network !== null && (network.length > 255 || network.includes('\0'))) throw badInput('network', 'A slug.');
  return atOneMoment(em, async tx => {
    if (list === 'taxonomies' || list === 'taxonomy_terms') {
      const body = await termOf(tx, list, id, network);
      return body && { body, changedAt: null, record: null };
    }
    const head = await headOf(tx, list, id, network);
    if (!head) return null;
    const full = await rowsFor(tx, list, [head], true);
    const body = objectOf(full, list, head, FULL);
    return body && { body, changedAt: full.changedAt, record: head.record };
  });
}

async function rowsFor(
  em: EntityManager,
  list: RecordList,
  heads: readonly Head[],
  isFull: boolean,
): Promise<FullRows> {
  const records = heads.map(({ record }) => record);
  switch (list) {
    case 'services':
      return fullRows(em, { services: records, places: isFull });
    case 'service_at_locations':
      return fullRows(em, {
        services: records,
        locations: heads.flatMap(({ location }) => location ?? []),
        places: false,
      });
    case 'locations':
      return fullRows(em, { locations: records, places: false });
    case 'organizations': {
      const of = isFull ? await organizationServices(em, records) : { services: [], locations: [] };
      return fullRows(em, { organizations: records, ...of, places: false });
    }
  }
}

const objectOf = (full: FullRows, list: RecordList, { record, location }: Head, wish: NestWish) =>
  list === 'service_at_locations' ? full.pair(record, location!, wish) : full.object(list, record, wish);

/** All statements see the same state. */
const atOneMoment = <T>(em: EntityManager, work: (tx: EntityManager) => Promise<T>): Promise<T> =>
  em.transactional(work, { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true, clear: true });
