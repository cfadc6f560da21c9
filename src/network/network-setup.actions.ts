import type { EntityManager } from '@mikro-orm/postgresql';
import { change } from '../shared/change.js';
import { rowsOf, sql } from '../shared/sql.js';
import { StartFault } from '../shared/start-fault.js';

export interface NetworkWish {
  slug: string;
  /** Needed for a new network. */
  name?: string | undefined;
  /** Keys of municipalities that it is to have. */
  municipalities: readonly string[];
  /** Keys of districts, of which it is to have all municipalities. */
  districts: readonly string[];
  /** Keys of municipalities that it is to have no longer. */
  removed: readonly string[];
}

export interface NetworkOutcome {
  created: boolean;
  renamed: boolean;
  added: number;
  removed: number;
  /** Municipalities that it has now. */
  municipalities: number;
  /** Of these, some belong to other networks too: slug and how many. */
  shared: readonly { slug: string; count: number }[];
}

/**
 * Makes a network or changes its name and municipalities, in one transaction; what it has already stays as it is. By the
 * owner of the database: the serving role may not.
 *
 * @throws StartFault for what does not exist, and for a municipality in which cases of the network live; nothing is
 *   changed then
 */
export const setUpNetwork = (em: EntityManager, wish: NetworkWish): Promise<NetworkOutcome> =>
  em.transactional(async tx => {
    // Two commands at once, or one beside the seeding of the demo world: the second one waits.
    await tx.execute('lock table network in share row exclusive mode');
    const [known] = await rowsOf<{ id: string; name: string }>(
      tx,
      sql`select id, name from network where slug = ${wish.slug}`,
    );
    if (!known && wish.name === undefined)
      throw new StartFault(`There is no network ${wish.slug} yet: a new one needs --name.`);
    const wanted = await municipalitiesOf(tx, wish);
    const id = known?.id ?? (await created(tx, wish.slug, wish.name!));
    const renamed = known !== undefined && wish.name !== undefined && wish.name !== known.name;
    if (renamed) await change(tx, sql`update network set name = ${wish.name} where id = ${id}`);
    const added = await change(
      tx,
      sql`insert into network_municipality (network_id, municipality_key)
          select ${id}::uuid, key from unnest(${wanted}::text[]) as wanted (key) on conflict do nothing`,
    );
    const removed = wish.removed.length > 0 ? await takeAway(tx, id, wish.removed) : 0;
    return { created: !known, renamed, added, removed, ...(await standing(tx, id)) };
  });

async function created(tx: EntityManager, slug: string, name: string): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(
    tx,
    sql`insert into network (slug, name) values (${slug}, ${name}) returning id`,
  );
  return row!.id;
}

/** Keys of all municipalities that are wished for by their own key or by their district's. */
async function municipalitiesOf(tx: EntityManager, wish: NetworkWish): Promise<string[]> {
  const { municipalities, districts, removed } = wish;
  const rows = await rowsOf<{ key: string; district_key: string }>(
    tx,
    sql`select key, district_key from municipality
        where key = any(${[...municipalities, ...removed]}::text[]) or district_key = any(${districts}::text[])`,
  );
  const keys = new Set(rows.map(({ key }) => key));
  const found = new Set(rows.map(({ district_key }) => district_key));
  const lost = [...municipalities, ...removed].filter(key => !keys.has(key));
  if (lost.length > 0) throw new StartFault(`No municipality has the key ${lost.join(', ')}. ${IMPORT_FIRST}`);
  const empty = districts.filter(key => !found.has(key));
  if (empty.length > 0)
    throw new StartFault(`No municipality lies in the district ${empty.join(', ')}. ${IMPORT_FIRST}`);
  const both = removed.filter(key => municipalities.includes(key));
  if (both.length > 0) throw new StartFault(`To be added and removed at once: ${both.join(', ')}.`);
  const away = new Set(removed);
  return [...keys].filter(key => !away.has(key)).sort();
}

const IMPORT_FIRST = 'Bring it in first: npm run hub -- import municipalities <csv>.';

/** Refused where a case of the network lives there, closed or not: it could not be worked on, nor opened again. */
async function takeAway(tx: EntityManager, networkId: string, keys: readonly string[]): Promise<number> {
  // Whoever opens a case has read this table before: this waits for her, and she cannot begin meanwhile.
  await tx.execute('lock table network_municipality in access exclusive mode');
  const needed = await rowsOf<{ key: string; name: string; cases: number }>(
    tx,
    sql`select m.key, m.name, count(*)::int as cases from client_case c join municipality m on m.key = c.municipality_key
        where c.network_id = ${networkId}::uuid and c.municipality_key = any(${keys}::text[]) group by m.key, m.name order by m.key`,
  );
  if (needed.length > 0)
    throw new StartFault(
      `Cases of the network live there, so it keeps them: ${needed
        .map(({ key, name, cases }) => `${key} ${name} (${cases})`)
        .join(', ')}. Nothing was changed.`,
    );
  return change(
    tx,
    sql`delete from network_municipality where network_id = ${networkId}::uuid and municipality_key = any(${keys}::text[])`,
  );
}

async function standing(tx: EntityManager, id: string): Promise<Pick<NetworkOutcome, 'municipalities' | 'shared'>> {
  const [row] = await rowsOf<{ count: number }>(
    tx,
    sql`select count(*)::int as count from network_municipality where network_id = ${id}::uuid`,
  );
  const shared = await rowsOf<{ slug: string; count: number }>(
    tx,
    sql`select n.slug, count(*)::int as count from network_municipality own
        join network_municipality o on o.municipality_key = own.municipality_key and o.network_id <> own.network_id
        join network n on n.id = o.network_id
        where own.network_id = ${id}::uuid group by n.slug order by n.slug`,
  );
  return { municipalities: row!.count, shared };
}
