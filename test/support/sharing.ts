import { viewerOf } from '../../src/viewer/viewer.query.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from './hub.js';
import { take } from './referral-steps.js';

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

/**
 * Both networks share everything with each other, and a case of the other one, with a consent, was referred to the world's
 * service: who is outside of it, on either side, could not be nearer. Ids as the reads of the walls want them.
 */
export async function referredAcross(hub: TestHub, world: Given) {
  const { foreigner, network, elsewhere, coordinator, foreignCoordinator, service } = world;
  await shared(hub, world);
  const reverse = {
    network: elsewhere,
    elsewhere: network,
    coordinator: foreignCoordinator,
    foreignCoordinator: coordinator,
  };
  await shared(hub, reverse);
  const clientCase = await caseElsewhere(hub, world);
  const { data } = await hub.as(
    foreigner,
    `mutation ($case: ID!, $service: ID!) {
      consentRecord(input: { clientCase: $case, service: $service, givenOn: "2026-01-01", validUntil: "2099-01-01" }) { consent { id } }
      referralDraft(input: { clientCase: $case, service: $service, basis: CONSENT, note: "Bitte bald." }) { referral { id } }
    }`,
    { case: clientCase, service: service.id },
  );
  const referral = data.referralDraft.referral.id as string;
  await take(hub, foreigner, 'SEND', referral);
  return { case: clientCase, consent: data.consentRecord.consent.id as string, referral, service: service.id };
}

/** Somebody as the hub reads her from the database, with what follows from agreements. */
export const asRead = (hub: TestHub, viewer: Viewer): Promise<Viewer> =>
  viewerOf(hub.hub().orm.em.fork(), { issuer: 'urn:partnernetz:test', subject: viewer.subject!, name: null });
