import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { insertRows } from '../../src/database/insert-rows.js';
import type { Network } from '../../src/network/network.entity.js';
import { hitsOf } from '../../src/search/search-hits.query.js';
import { searchPlan } from '../../src/search/search-plan.query.js';
import { SearchKind } from '../../src/search/search-record.rules.js';
import { rowsOf, sql } from '../../src/shared/sql.js';
import { anonymous } from '../support/directory.js';
import type { TestHub } from '../support/hub.js';

const FIND = `query ($query: String, $network: String) {
  partners(network: $network, filter: { query: $query }, first: 100) { nodes { id } }
}`;

interface Pair {
  query: string;
  document: string;
}

/** Each document as one partner's name and another one's description, among all the others; their ids. */
async function storedOf(
  hub: TestHub,
  network: Network,
  pairs: readonly Pair[],
): Promise<(readonly [string, string])[]> {
  const stored = pairs.map(() => [randomUUID(), randomUUID()] as const);
  const partner = (id: string, name: string, description: string | null) => ({
    id,
    network_id: network.id,
    name,
    description,
    kinds: ['EMPLOYER'],
    status: 'ACTIVE',
    contacts: [],
    version: 1,
    created_at: hub.now(),
    updated_at: hub.now(),
  });
  const rows = pairs.flatMap(({ document }, i) => [
    partner(stored[i]![0], document, null),
    partner(stored[i]![1], 'Namenlos', document),
  ]);
  await insertRows(hub.owner(), 'partner', rows);
  await hub.indexed();
  return stored;
}

/** Which pairs meet, asked over the API. */
export async function foundOf(hub: TestHub, network: Network, pairs: readonly Pair[]): Promise<boolean[]> {
  const stored = await storedOf(hub, network, pairs);
  const found: boolean[] = [];
  for (const [i, { query }] of pairs.entries()) {
    const { data, errors } = await hub.as(anonymous, FIND, { query, network: network.slug });
    expect(errors).toBeUndefined();
    const ids = new Set(data.partners.nodes.map((one: { id: string }) => one.id));
    const [byName, byDescription] = stored[i]!.map(id => ids.has(id));
    // More than a page holds both of them or none.
    if (ids.size < 100) expect({ query, found: byDescription }).toEqual({ query, found: byName });
    found.push(byName === true);
  }
  return found;
}

/** The same without the API around it, for many. */
export async function foundAmongMany(hub: TestHub, network: Network, pairs: readonly Pair[]): Promise<boolean[]> {
  const stored = await storedOf(hub, network, pairs);
  const found: boolean[] = [];
  for (const [i, { query }] of pairs.entries()) {
    const hits = hitsOf(await searchPlan(hub.owner(), query, network.id), [SearchKind.PARTNER], network.id).all;
    const rows = await rowsOf<{ id: string }>(
      hub.owner(),
      sql`select hit.id from (${hits}) as hit where hit.id = any(${stored[i]!}::uuid[])`,
    );
    // By its name and by its description, or by neither.
    expect([0, 2]).toContain(rows.length);
    found.push(rows.length === 2);
  }
  return found;
}
