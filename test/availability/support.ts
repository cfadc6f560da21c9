import type { Location } from '../../src/location/location.entity.js';
import { AccessibilityFeature, type FeatureState } from '../../src/location/location.rules.js';
import { Municipality } from '../../src/municipality/municipality.entity.js';
import { Partner } from '../../src/partner/partner.entity.js';
import type { Service } from '../../src/service/service.entity.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory, type ServiceWish } from '../support/directory.js';
import type { TestHub } from '../support/hub.js';

/** A Wednesday noon; three working days later it is Monday. */
export const NOW = new Date('2026-06-10T10:00:00Z');
export const TODAY = '2026-06-10';
export const ANSWER_BY = new Date('2026-06-15T10:00:00Z');
/** The last moment for an answer. */
export const CLOSES = new Date('2026-06-22T10:00:00Z');

export type World = Awaited<ReturnType<TestHub['given']>>;

export const REQUEST = 'id service { id name } askedAt answerBy answeredAt places freeFrom expectedWaitDays open';
export const QUESTION = `id network { slug } category { code } languages ageGroup accessibility withinDays askedAt answerBy
  asked answered yes requests { ${REQUEST} }`;
const ERRORS = 'userErrors { code message path }';

const ASK = `mutation ($input: AvailabilityAskInput!) {
  availabilityAsk(input: $input) { availabilityQuestion { ${QUESTION} } ${ERRORS} }
}`;
const ANSWER = `mutation ($id: ID!, $input: AvailabilityAnswerInput!) {
  availabilityAnswer(id: $id, input: $input) { availabilityRequest { ${REQUEST} } ${ERRORS} }
}`;

/** What the caseworker of a world would ask, for whatever makes it another question. */
export const askInput = ({ network, categoryCode, home }: World, own: object = {}) => ({
  network: network.slug,
  category: categoryCode,
  municipality: home.key,
  ...own,
});

export const tryAsk = (hub: TestHub, viewer: Viewer, input: object) => hub.as(viewer, ASK, { input });

/** With an Idempotency-Key, and everything that came back. */
export const askOnce = (hub: TestHub, viewer: Viewer, key: string, input: object) =>
  hub.ask(viewer, { query: ASK, variables: { input } }, { 'idempotency-key': key });

/** Asks, and throws where it was refused. */
export async function ask(hub: TestHub, world: World, own: object = {}, viewer: Viewer = world.caseworker) {
  const { data, errors } = await tryAsk(hub, viewer, askInput(world, own));
  const question = data?.availabilityAsk.availabilityQuestion;
  if (!question) throw new Error(JSON.stringify(errors ?? data.availabilityAsk.userErrors));
  return question;
}

export const tryAnswer = (hub: TestHub, viewer: Viewer, id: string, input: object) =>
  hub.as(viewer, ANSWER, { id, input });

/** Answers, and throws where it was refused. */
export async function answer(hub: TestHub, viewer: Viewer, id: string, input: object) {
  const { data, errors } = await tryAnswer(hub, viewer, id, input);
  const request = data?.availabilityAnswer.availabilityRequest;
  if (!request) throw new Error(JSON.stringify(errors ?? data.availabilityAnswer.userErrors));
  return request;
}

/** One more service of Brücke, of the category and in the area that are asked for. */
export async function neighbour(
  hub: TestHub,
  { brücke, home, categoryCode }: World,
  name: string,
  { lift, ...wish }: ServiceWish & { lift?: FeatureState } = {},
): Promise<Service> {
  const em = hub.owner();
  const at = directory(em);
  const partner = await em.findOneOrFail(Partner, { id: brücke.id });
  const municipality = await em.findOneOrFail(Municipality, { key: home.key });
  const sites: Location[] = lift
    ? [await at.location(partner, municipality, { features: { [AccessibilityFeature.LIFT]: lift } })]
    : [];
  return at.service(partner, name, {
    languages: ['de'],
    categories: [categoryCode],
    areas: [home.key.slice(0, 5)],
    locations: sites,
    ...wish,
  });
}

/** Every row that a question or an answer could have written, to be compared before and after. */
export async function rows(hub: TestHub): Promise<unknown[]> {
  const tables = ['availability_question', 'availability_request', 'service_capacity', 'service', 'referral'];
  const selects = tables.map(table => `select '${table} ' || to_jsonb(t)::text as row from ${table} t`);
  return hub.owner().execute(`${selects.join(' union all ')} order by 1`);
}
