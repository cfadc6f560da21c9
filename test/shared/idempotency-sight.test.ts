import { beforeEach, expect, test } from 'vitest';
import { Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { register } from '../gap/register.js';
import { askedOf } from '../support/availability.js';
import { testHub } from '../support/hub.js';
import { documentOf, take, variablesOf } from '../support/referral-steps.js';

const hub = testHub('idempotency_sight');

const START = new Date('2026-03-04T09:00:00.000Z');
const DAY = 86_400_000;
const later = (days: number): Date => new Date(START.getTime() + days * DAY);

beforeEach(() => hub.setNow(START));

type World = Awaited<ReturnType<typeof hub.given>>;

/** A mutation that passes, and answers one thing. */
interface Asked {
  viewer: Viewer;
  query: string;
  variables: object;
}

const oneOf = (field: string, thing: string, id: string, input = ''): Omit<Asked, 'viewer'> => ({
  query: `mutation ($id: ID!) { answer: ${field}(id: $id${input && `, ${input}`}) {
    ${thing} { id } userErrors { code path } } }`,
  variables: { id },
});

async function scheduled({ partner, referral }: World) {
  await take(hub, partner, 'ACCEPT', referral.id);
  await take(hub, partner, 'SCHEDULE', referral.id, { at: later(1).toISOString() });
  hub.setNow(later(1));
}

async function followUp({ caseworker, partner, referral }: World): Promise<string> {
  await take(hub, partner, 'ACCEPT', referral.id);
  await take(hub, partner, 'START', referral.id);
  await take(hub, partner, 'COMPLETE', referral.id, { outcome: 'EMPLOYED' });
  hub.setNow(later(100));
  const { data } = await hub.as(caseworker, `{ referral(id: "${referral.id}") { followUps { id } } }`);
  return data.referral.followUps[0].id;
}

async function gap({ coordinator, network, partner, referral }: World): Promise<string> {
  await take(hub, partner, 'DECLINE', referral.id);
  return (await register(hub, coordinator, network))[0].id;
}

const MUTATIONS: Record<string, (world: World) => Promise<Asked>> = {
  referralMessageSend: async ({ partner, referral }) => ({
    viewer: partner,
    ...oneOf('referralMessageSend', 'message', referral.id, 'text: "Ja."'),
  }),
  'referralMessageSend of the caseworker': async ({ caseworker, referral }) => ({
    viewer: caseworker,
    ...oneOf('referralMessageSend', 'message', referral.id, 'text: "Ja?"'),
  }),
  referralMessagesRead: async ({ partner, referral }) => ({
    viewer: partner,
    ...oneOf('referralMessagesRead', 'referral', referral.id),
  }),
  'a step': async ({ partner, referral }) => ({
    viewer: partner,
    query: documentOf('ACKNOWLEDGE'),
    variables: variablesOf('ACKNOWLEDGE', referral.id),
  }),
  referralNoShow: async world => {
    await scheduled(world);
    return { viewer: world.partner, ...oneOf('referralNoShow', 'referral', world.referral.id) };
  },
  referralFollowUpRecord: async world => ({
    viewer: world.caseworker,
    ...oneOf('referralFollowUpRecord', 'followUp', await followUp(world), 'input: { stillEmployed: true }'),
  }),
  availabilityAsk: async ({ caseworker, network, categoryCode, home }) => ({
    viewer: caseworker,
    query: `mutation ($input: AvailabilityAskInput!) { answer: availabilityAsk(input: $input) {
      availabilityQuestion { id requests { id } } userErrors { code } } }`,
    variables: { input: { network: network.slug, category: categoryCode, municipality: home.key } },
  }),
  availabilityAnswer: async world => {
    const { request } = await askedOf(hub.owner(), world, START);
    return {
      viewer: world.partner,
      ...oneOf('availabilityAnswer', 'availabilityRequest', request.id, 'input: { places: 1 }'),
    };
  },
  gapUpdate: async world => ({
    viewer: world.coordinator,
    ...oneOf('gapUpdate', 'gap', await gap(world), 'input: { note: "Wir suchen." }'),
  }),
  consentRevoke: async ({ caseworker, consent }) => ({
    viewer: caseworker,
    ...oneOf('consentRevoke', 'consent', consent.id),
  }),
  clientCaseUpdate: async ({ caseworker, clientCase }) => ({
    viewer: caseworker,
    ...oneOf('clientCaseUpdate', 'clientCase', clientCase.id, 'input: { birthYear: 1991 }'),
  }),
};

/** The same account, with the same role at another place. */
async function moved(viewer: Viewer, { elsewhere, network, brücke }: World): Promise<Viewer> {
  await hub.owner().execute('delete from membership where account_id = ?', [viewer.accountId]);
  const memberships = viewer.memberships.map(({ role }) =>
    role === Role.PARTNER_EDITOR
      ? { role, networkId: network.id, partnerId: brücke.id }
      : { role, networkId: elsewhere.id, partnerId: null },
  );
  return { ...viewer, memberships };
}

test.each(Object.entries(MUTATIONS))(
  'a repetition by somebody who has lost sight of it tells nothing, and is no fault: %s',
  async (_name, prepare) => {
    const world = await hub.given();
    const { viewer, query, variables } = await prepare(world);
    const ask = (who: Viewer) => hub.ask(who, { query, variables }, { 'idempotency-key': 'a' });
    const first = await ask(viewer);
    expect(first.answer.errors).toBeUndefined();
    const { userErrors, ...things } = first.answer.data.answer;
    expect([userErrors, Object.values(things)]).toEqual([[], [expect.objectContaining({ id: expect.any(String) })]]);

    const second = await ask(await moved(viewer, world));
    const nothing = Object.fromEntries(Object.keys(things).map(field => [field, null]));
    expect([second.status, second.headers['idempotency-replayed']]).toEqual([200, 'true']);
    expect(second.answer).toEqual({ data: { answer: { ...nothing, userErrors: [] } } });
  },
);
