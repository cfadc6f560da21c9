import { viewerOf } from '../../src/viewer/viewer.query.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from './hub.js';

export const AGREEMENT = `id version status inForce from until note allPartners
  giver { slug } receiver { slug } proposer { slug } partners { name } categories { code } agreedAt closedAt`;

/** The mutations of a sharing agreement over the API; what they answer. */
export function sharingOf(hub: TestHub) {
  const ask = async (viewer: Viewer, head: string, field: string, variables: object) => {
    const { data, errors } = await hub.as(
      viewer,
      `mutation (${head}) { answer: ${field} { sharingAgreement { ${AGREEMENT} } userErrors { code path } } }`,
      variables,
    );
    if (errors) throw new Error(JSON.stringify(errors));
    return data.answer;
  };
  const step = (field: string) => (viewer: Viewer, id: string, expectedVersion?: number) =>
    ask(viewer, '$id: ID!, $expectedVersion: Int', `${field}(id: $id, expectedVersion: $expectedVersion)`, {
      id,
      expectedVersion,
    });
  return {
    propose: (viewer: Viewer, input: object) =>
      ask(viewer, '$input: SharingProposeInput!', 'sharingPropose(input: $input)', { input }),
    agree: step('sharingAgree'),
    decline: step('sharingDecline'),
    end: (viewer: Viewer, id: string, lastDay?: string) =>
      ask(viewer, '$id: ID!, $lastDay: LocalDate', 'sharingEnd(id: $id, lastDay: $lastDay)', { id, lastDay }),
  };
}

type Given = Awaited<ReturnType<TestHub['given']>>;
type Networks = Pick<Given, 'network' | 'elsewhere' | 'coordinator' | 'foreignCoordinator'>;
type Elsewhere = Pick<Given, 'foreigner' | 'elsewhere' | 'abroad'>;

/** The world's network shares with the other one; the id of the agreement. */
export async function shared(hub: TestHub, world: Networks, scope: object = {}): Promise<string> {
  const { propose, agree } = sharingOf(hub);
  const { network, elsewhere, coordinator, foreignCoordinator } = world;
  const input = { giver: network.slug, receiver: elsewhere.slug, from: '2026-01-01', ...scope };
  const { sharingAgreement } = await propose(coordinator, input);
  const { userErrors } = await agree(foreignCoordinator, sharingAgreement.id);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return sharingAgreement.id;
}

/** A case of the other network, of its caseworker, in the area of the world's service; its id. */
export async function caseElsewhere(hub: TestHub, { foreigner, elsewhere, abroad }: Elsewhere): Promise<string> {
  const { data } = await hub.as(
    foreigner,
    'mutation ($input: ClientCaseOpenInput!) { clientCaseOpen(input: $input) { clientCase { id } userErrors { code } } }',
    { input: { network: elsewhere.slug, municipality: abroad.key, languages: ['de'] } },
  );
  return data.clientCaseOpen.clientCase.id;
}

/** Somebody as the hub reads her from the database, with what follows from agreements. */
export const asRead = (hub: TestHub, viewer: Viewer): Promise<Viewer> =>
  viewerOf(hub.hub().orm.em.fork(), { issuer: 'urn:partnernetz:test', subject: viewer.subject!, name: null });
