import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from '../support/hub.js';

const GAPS = `query ($network: String!, $filter: GapFilter, $first: Int, $after: String) {
  gaps(network: $network, filter: $filter, first: $first, after: $after) {
    nodes { id municipality { key } category { code } reason month events status note version updatedAt }
    edges { cursor }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;

/** The register of a network, as it is answered. */
export const askRegister = (hub: TestHub, viewer: Viewer, network: { slug: string }, variables: object = {}) =>
  hub.as(viewer, GAPS, { network: network.slug, ...variables });

/** The gaps of the register, which must be answered; list and count agree. */
export async function register(hub: TestHub, viewer: Viewer, network: { slug: string }, filter?: object) {
  const { data, errors } = await askRegister(hub, viewer, network, { filter, first: 100 });
  if (errors) throw new Error(JSON.stringify(errors));
  if (data.gaps.nodes.length !== data.gaps.totalCount) throw new Error('The list and its count disagree.');
  return data.gaps.nodes;
}

/** The same in short: reason and events. */
export const counts = async (hub: TestHub, viewer: Viewer, network: { slug: string }, filter?: object) =>
  (await register(hub, viewer, network, filter)).map((gap: { reason: string; events: number }) => [
    gap.reason,
    gap.events,
  ]);

/** Edits a gap; the payload. */
export async function edit(hub: TestHub, viewer: Viewer, id: string, input: object, expectedVersion?: number) {
  const { data, errors } = await hub.as(
    viewer,
    `mutation ($id: ID!, $input: GapUpdateInput!, $expectedVersion: Int) {
      gapUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) {
        gap { id status note version updatedAt events }
        userErrors { code path currentVersion }
      }
    }`,
    { id, input, expectedVersion },
  );
  return { ...data?.gapUpdate, errors };
}
