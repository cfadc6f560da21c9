import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from '../support/hub.js';

export const MERGE = `mutation ($id: ID!, $other: ID!, $take: [String!], $expectedVersion: Int, $otherVersion: Int) {
  answer: partnerMerge(id: $id, other: $other, take: $take, expectedVersion: $expectedVersion, otherVersion: $otherVersion) {
    partner { id name alternateName email phone website description version status contacts { name responsibility }
      parent { id } mergedPartners { id name into by taken { field value } leftBehind { field value } services locations } }
    userErrors { code path message currentVersion }
  }
}`;

export interface MergeAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: a partner
  partner: any;
  userErrors: { code: string; path: string[]; message: string; currentVersion: number | null }[];
}

/** Merges over the API, or is refused; a top-level error is thrown. */
export async function merge(
  hub: TestHub,
  viewer: Viewer,
  id: string,
  other: string,
  more: object = {},
): Promise<MergeAnswer> {
  const { data, errors } = await hub.as(viewer, MERGE, { id, other, ...more });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer;
}
