import { expect } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { anonymous, directory } from '../support/directory.js';
import type { TestHub } from '../support/hub.js';

const FIND = `query ($query: String, $network: String) {
  partners(network: $network, filter: { query: $query }, first: 100) { nodes { id } }
}`;

/** Which pairs meet when each document is one partner's name, and another one's description, among all the others. */
export async function foundOf(
  hub: TestHub,
  network: Network,
  pairs: readonly { query: string; document: string }[],
): Promise<boolean[]> {
  const at = directory(hub.owner());
  const stored: [string, string][] = [];
  for (const { document } of pairs) {
    const named = await at.partner(network, document);
    const described = await at.partner(network, 'Namenlos', { description: document });
    stored.push([named.id, described.id]);
  }
  await hub.indexed();
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
