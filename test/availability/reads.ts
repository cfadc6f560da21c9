import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from '../support/hub.js';

/** Every way to a question and its requests that the schema has. */
const READS = `query ($question: ID!, $request: ID!) {
  availabilityQuestions { nodes { id requests { id } } edges { node { id } } totalCount }
  availabilityRequests { nodes { id question { id requests { id } } } edges { node { id } } totalCount }
  a: node(id: $question) { ... on AvailabilityQuestion { id asked requests { id } } }
  b: node(id: $request) { ... on AvailabilityRequest { id question { id requests { id } } } }
}`;

/** Which ids somebody gets to see by them: those of the question's requests, and of the question itself. */
export async function seenBy(hub: TestHub, viewer: Viewer, question: string, request: string) {
  const { data, errors } = await hub.as(viewer, READS, { question, request });
  if (errors) throw new Error(JSON.stringify(errors));
  const text = JSON.stringify(data);
  return {
    asked: data.availabilityQuestions.totalCount as number,
    addressed: data.availabilityRequests.totalCount as number,
    question: data.a !== null,
    request: data.b !== null,
    /** Ids of requests, wherever they stand in the answer. */
    ids: (ids: readonly string[]): string[] => ids.filter(id => text.includes(id)),
  };
}

/** Nothing of what the others asked and answered. */
export const NOTHING = { asked: 0, addressed: 0, question: false, request: false };

/** Who has no part in a question of the caseworker that went to Anker; Brücke was asked nothing. */
export const OUTSIDERS = [
  'deputy',
  'colleague',
  'foreigner',
  'stranger',
  'foreignCoordinator',
  'auditor',
  'admin',
  'unknown',
] as const;
