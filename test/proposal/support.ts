import { expect } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from '../support/hub.js';

const ERRORS = 'userErrors { code message path currentVersion conflicts { field current yours } }';
const PROPOSAL = `proposal {
  id kind status recordKind recordId reason proposedAs proposedBy decision decidedAt version
  partner { id name status } changes { field before current after } }`;

/** The doors of proposals, each asked by a viewer; answers what the mutation did. */
export function proposalDoors(hub: TestHub) {
  const mutate = async (viewer: Viewer, query: string, variables: object) => {
    const { data, errors } = await hub.as(viewer, query, variables);
    expect(errors).toBeUndefined();
    return Object.values(data)[0] as never as {
      proposal: Proposal;
      partner: PartnerAnswer;
      userErrors: { code: string; path: string[]; conflicts: unknown }[];
    };
  };
  return {
    correct: (viewer: Viewer, id: string, input: object, reason: string | null = null) =>
      mutate(
        viewer,
        `mutation ($id: ID!, $input: PartnerUpdateInput!, $reason: String) {
          partnerCorrectionPropose(id: $id, input: $input, reason: $reason) { ${PROPOSAL} ${ERRORS} } }`,
        { id, input, reason },
      ),
    correctLocation: (viewer: Viewer, id: string, input: object) =>
      mutate(
        viewer,
        `mutation ($id: ID!, $input: LocationInput!) { locationCorrectionPropose(id: $id, input: $input) { ${PROPOSAL} ${ERRORS} } }`,
        { id, input },
      ),
    correctService: (viewer: Viewer, id: string, input: object) =>
      mutate(
        viewer,
        `mutation ($id: ID!, $input: ServiceInput!) { serviceCorrectionPropose(id: $id, input: $input) { ${PROPOSAL} ${ERRORS} } }`,
        { id, input },
      ),
    correctJobOpening: (viewer: Viewer, id: string, input: object) =>
      mutate(
        viewer,
        `mutation ($id: ID!, $input: JobOpeningInput!) { jobOpeningCorrectionPropose(id: $id, input: $input) { ${PROPOSAL} ${ERRORS} } }`,
        { id, input },
      ),
    update: (viewer: Viewer, id: string, input: object, expectedVersion?: number) =>
      mutate(
        viewer,
        `mutation ($id: ID!, $input: PartnerUpdateInput!, $expectedVersion: Int) {
          partnerUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) {
            partner { id name phone version pendingChanges { field before current after } } ${ERRORS} } }`,
        { id, input, expectedVersion },
      ),
    register: (viewer: Viewer, network: string, input: object, despiteSameName = false) =>
      mutate(
        viewer,
        `mutation ($network: String!, $input: PartnerUpdateInput!, $despite: Boolean) {
          partnerRegister(network: $network, input: $input, despiteSameName: $despite) {
            partner { id name status proposals { nodes { id kind status proposedAs } } } proposal { id } ${ERRORS} } }`,
        { network, input, despite: despiteSameName },
      ),
    accept: (viewer: Viewer, id: string, overwrite = false) =>
      mutate(
        viewer,
        `mutation ($id: ID!, $overwrite: Boolean) { proposalAccept(id: $id, overwrite: $overwrite) { ${PROPOSAL} ${ERRORS} } }`,
        { id, overwrite },
      ),
    reject: (viewer: Viewer, id: string, reason = 'Das stimmt so nicht mehr.') =>
      mutate(
        viewer,
        `mutation ($id: ID!, $reason: String!) { proposalReject(id: $id, reason: $reason) { ${PROPOSAL} ${ERRORS} } }`,
        { id, reason },
      ),
    withdraw: (viewer: Viewer, id: string) =>
      mutate(viewer, `mutation ($id: ID!) { proposalWithdraw(id: $id) { ${PROPOSAL} ${ERRORS} } }`, { id }),
    archive: (viewer: Viewer, id: string) =>
      mutate(viewer, `mutation ($id: ID!) { partnerArchive(id: $id) { partner { id status } ${ERRORS} } }`, { id }),
    reactivate: (viewer: Viewer, id: string) =>
      mutate(viewer, `mutation ($id: ID!) { partnerReactivate(id: $id) { partner { id status } ${ERRORS} } }`, { id }),
    /** Ids of the proposals that the viewer finds in the list. */
    listed: async (viewer: Viewer, filter: object = {}): Promise<string[]> => {
      const query = 'query ($filter: ProposalFilter) { proposals(filter: $filter, first: 100) { nodes { id } } }';
      const { data, errors } = await hub.as(viewer, query, { filter });
      expect(errors).toBeUndefined();
      return data.proposals.nodes.map((one: { id: string }) => one.id);
    },
    read: async (viewer: Viewer, id: string): Promise<Proposal | null> =>
      (await hub.as(viewer, `query ($id: ID!) { proposal: node(id: $id) { ... on Proposal { ${inner()} } } }`, { id }))
        .data.proposal,
  };
}

const inner = (): string => PROPOSAL.slice(PROPOSAL.indexOf('{') + 1, PROPOSAL.lastIndexOf('}'));

export interface PartnerAnswer {
  id: string;
  name: string;
  status: string;
  version: number;
  phone: string | null;
  pendingChanges: unknown;
  proposals: { nodes: { id: string; kind: string; status: string; proposedAs: string }[] };
}

export interface Proposal {
  id: string;
  kind: string;
  status: string;
  proposedAs: string;
  proposedBy: string | null;
  partner: { id: string; name: string; status: string } | null;
  changes: { field: string; before: unknown; current: unknown; after: unknown }[];
}
