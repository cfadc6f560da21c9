import type { EntityManager } from '@mikro-orm/postgresql';
import type { testHub } from '../support/hub.js';

/** Every way to a case, its consents and its referrals that the schema has. */
export const READS = `query ($case: ID!, $consent: ID!, $referral: ID!) {
  clientCases { nodes { id } edges { node { id } } totalCount }
  referrals { nodes { id } edges { node { id } } totalCount }
  clientCase(id: $case) {
    id needs { code } accessibility consents { id } referrals { nodes { id } totalCount }
  }
  referral(id: $referral) { id }
  a: node(id: $case) { __typename }
  b: node(id: $consent) { __typename }
  c: node(id: $referral) { __typename }
}`;

/** What such an answer held. */
export interface Reading {
  cases: number;
  referrals: number;
  clientCase: boolean;
  /** Below the case. */
  consent: boolean;
  referral: boolean;
  nodes: readonly string[];
}

/** Says what was read, and throws where the counts of one list do not agree. */
export function readingOf({ data, errors }: Awaited<ReturnType<ReturnType<typeof testHub>['as']>>): Reading {
  if (errors) throw new Error(JSON.stringify(errors));
  const size = ({ nodes, edges, totalCount }: { nodes: unknown[]; edges: unknown[]; totalCount: number }): number => {
    if (nodes.length !== totalCount || edges.length !== totalCount) throw new Error('A list and its count disagree.');
    return totalCount;
  };
  return {
    cases: size(data.clientCases),
    referrals: size(data.referrals),
    clientCase: data.clientCase !== null,
    consent: (data.clientCase?.consents.length ?? 0) > 0,
    referral: data.referral !== null,
    nodes: [data.a, data.b, data.c].flatMap(node => (node ? [node.__typename] : [])),
  };
}

const ERRORS = 'userErrors { code path }';

/** Every mutation of a case and its consents, with `answer` for its payload. */
export const CASE_WRITES = {
  clientCaseOpen: `mutation ($network: String!, $municipality: MunicipalityKey!) {
    answer: clientCaseOpen(input: { network: $network, municipality: $municipality }) { ${ERRORS} } }`,
  clientCaseUpdate: `mutation ($case: ID!) { answer: clientCaseUpdate(id: $case, input: { birthYear: 1991 }) { ${ERRORS} } }`,
  clientCaseClose: `mutation ($case: ID!) { answer: clientCaseClose(id: $case) { ${ERRORS} } }`,
  consentRecord: `mutation ($case: ID!, $service: ID!) {
    answer: consentRecord(input: { clientCase: $case, service: $service, givenOn: "2020-01-01", validUntil: "2099-01-01" }) { ${ERRORS} } }`,
  consentRevoke: `mutation ($consent: ID!) { answer: consentRevoke(id: $consent) { ${ERRORS} } }`,
  referralDraft: `mutation ($case: ID!, $service: ID!) {
    answer: referralDraft(input: { clientCase: $case, service: $service, basis: CONSENT }) { ${ERRORS} } }`,
} as const;

/** Every mutation of a referral that is no step of it, by those who may call it at all. */
export const REFERRAL_WRITES = {
  referralMessageSend: `mutation ($referral: ID!) { answer: referralMessageSend(id: $referral, text: "Hallo") { ${ERRORS} } }`,
  referralNoShow: `mutation ($referral: ID!) { answer: referralNoShow(id: $referral) { ${ERRORS} } }`,
  referralFollowUpRecord: `mutation ($followUp: ID!) {
    answer: referralFollowUpRecord(id: $followUp, input: { stillEmployed: true }) { ${ERRORS} } }`,
  referralMessagesRead: `mutation ($referral: ID!) { answer: referralMessagesRead(id: $referral) { ${ERRORS} } }`,
} as const;

/** What hangs on a referral and is not for everybody who sees it. */
export const HANGING_READS = `query ($referral: ID!) { referral(id: $referral) {
  note client { pseudonym } clientCase { id }
  unreadMessages messages { nodes { text } totalCount } followUps { id } questions { text }
} }`;

/** What such an answer holds for somebody who may see the referral, and nothing of what hangs on it. */
export const BARE = {
  note: null,
  client: null,
  clientCase: null,
  unreadMessages: 0,
  messages: { nodes: [], totalCount: 0 },
  followUps: [],
  questions: [],
};

/** The measure of a network, for its coordinators alone. */
export const MEASURE = `query ($network: String!) {
  sustainedIntegration(network: $network, from: "2000-01-01", until: "2099-12-31") { placed checks { due recorded } } }`;

/** Enough referrals of a world that ended with work for its measure to tell of them. */
export async function placeAll(em: EntityManager, referrals: readonly { id: string }[]): Promise<void> {
  for (const { id } of referrals)
    await em.execute(`update referral set status = 'COMPLETED', outcome = 'EMPLOYED', ended_at = now() where id = ?`, [
      id,
    ]);
}
