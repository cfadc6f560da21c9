import { afterAll, beforeAll, expect, test } from 'vitest';
import { Network } from '../../src/network/network.entity.js';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { CriterionEffect } from '../../src/service/service-terms.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { FinderWorld, type ServiceWish } from '../match/finder-world.js';
import type { Given } from '../support/given.js';
import { testHub } from '../support/hub.js';
import { take } from '../support/referral-steps.js';

const hub = testHub('referral_alternatives');
const NOW = new Date('2026-03-10T09:00:00.000Z');

beforeAll(() => hub.setNow(NOW));
afterAll(() => hub.setNow(undefined));

const { DECLINED, EXPIRED, CANCELLED, ABORTED } = ReferralStatus;
const { NONE, STATUS } = FeedbackLevel;
type World = Awaited<ReturnType<typeof given>>;

/** A world with more services in the network of the case, whose client speaks Ukrainian and was born in 1990. */
async function given(wish: Given, ...services: ServiceWish[]) {
  const world = await hub.given(wish);
  const em = hub.owner();
  const finder = new FinderWorld(em);
  const network = await em.findOneOrFail(Network, { id: world.network.id });
  for (const one of services)
    await finder.service(network, { languages: ['uk'], areaKeys: [world.home.districtKey], ...one });
  return world;
}

const ALTERNATIVES = `query ($id: ID!) { referral(id: $id) { alternatives {
  relaxed text municipality { key } matches { nodes { service { name } blockers } totalCount } } } }`;

type Found = { relaxed: string[]; matches: { nodes: { service: { name: string } }[] } };

const asked = async (viewer: Viewer, { referral }: World) => {
  const { data, errors } = await hub.as(viewer, ALTERNATIVES, { id: referral.id });
  expect(errors).toBeUndefined();
  return data.referral?.alternatives;
};
const told = async (viewer: Viewer, world: World): Promise<string[]> =>
  (await asked(viewer, world)).map(({ relaxed, matches }: Found) => {
    const names = matches.nodes.map(one => one.service.name).sort();
    return `${relaxed.join(', ')}: ${names.join(' ')}`;
  });

test('what fits as it is comes first, then what fits with something relaxed; never the service itself', async () => {
  const world = await given(
    { status: DECLINED },
    { name: 'Passt' },
    { name: 'Deutsch', languages: ['de'] },
    { name: 'Bewerbung', categories: ['application-training'] },
    { name: 'Schulden', categories: ['debt-counselling'] },
    { name: 'Jugend', maximumAge: 25 },
  );
  expect(await told(world.caseworker, world)).toEqual([': Passt', 'INTERPRETER: Deutsch', 'CATEGORY: Bewerbung']);
  const [first] = await asked(world.caseworker, world);
  expect(first).toMatchObject({ relaxed: [], text: 'ohne Abstriche', municipality: null });
  expect(await told(world.deputy, world)).toHaveLength(3);
});

test('not where the case is offered, or was in vain of late', async () => {
  const world = await given({ status: DECLINED, referrals: 1 }, { name: 'Passt' }, { name: 'Auch' });
  const { caseworker, clientCase, referral } = world;
  const em = hub.owner();
  const stands = (status: string, seen: string, at: Date) =>
    em.execute(
      `update referral r set status = ?, seen_status = ?, seen_updated_at = ? from service s
       where s.id = r.service_id and s.name = 'Passt' and r.client_case_id = ?`,
      [status, seen, at, clientCase.id],
    );
  expect(await told(caseworker, world)).toEqual([': Auch Passt']);
  const [{ id: service }] = await em.execute<[{ id: string }]>(
    `select id from service where name = 'Passt' and network_id = ?`,
    [world.network.id],
  );
  const input = {
    clientCase: clientCase.id,
    service,
    basis: 'CONSENT',
    parent: referral.id,
  };
  const DRAFT = 'mutation ($input: ReferralDraftInput!) { referralDraft(input: $input) { userErrors { code } } }';
  expect((await hub.as(caseworker, DRAFT, { input })).data.referralDraft.userErrors).toEqual([]);
  expect(await told(caseworker, world)).toEqual([': Auch']);
  await em.execute(`update referral set sent_at = now() where client_case_id = ?`, [clientCase.id]);
  const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
  for (const status of ['SENT', 'WAITLISTED', 'DECLINED', 'EXPIRED', 'ABORTED', 'CANCELLED']) {
    await stands(status, status, ago(29));
    expect([status, await told(caseworker, world)]).toEqual([status, [': Auch']]);
  }
  const only = `where client_case_id = '${clientCase.id}' and service_id = '${service}'`;
  // Given up because another took her, or never sent: nobody there has turned her down.
  await em.execute(
    `update referral set status = 'CANCELLED', seen_status = 'CANCELLED', sent_at = now(), cancel_reason = 'SIBLING_ACCEPTED' ${only}`,
  );
  expect(await told(caseworker, world)).toEqual([': Auch Passt']);
  await em.execute(`update referral set cancel_reason = 'SITUATION_CHANGED' ${only}`);
  expect(await told(caseworker, world)).toEqual([': Auch']);
  await em.execute(`update referral set sent_at = null ${only}`);
  expect(await told(caseworker, world)).toEqual([': Auch Passt']);
  await em.execute(`update referral set sent_at = now() ${only}`);
  await stands('DECLINED', 'DECLINED', ago(31));
  expect(await told(caseworker, world)).toEqual([': Auch Passt']);
  // What she does not see of it changes nothing.
  await stands('DECLINED', 'SENT', ago(31));
  expect(await told(caseworker, world)).toEqual([': Auch']);
  await stands('COMPLETED', 'COMPLETED', ago(1));
  expect(await told(caseworker, world)).toEqual([': Auch Passt']);
});

test('it looks for what the case needs', async () => {
  const world = await given({ status: DECLINED }, { name: 'Passt' });
  const em = hub.owner();
  const { id } = world.clientCase;
  await em.execute(`update client_case_health set accessibility = '{LIFT}' where client_case_id = ?`, [id]);
  expect(await told(world.caseworker, world)).toEqual(['ACCESSIBILITY_UNKNOWN: Passt']);
  await em.execute(`update client_case set languages = '{tr}' where id = ?`, [id]);
  expect(await told(world.caseworker, world)).toEqual(['INTERPRETER, ACCESSIBILITY_UNKNOWN: Passt']);
});

test.each([{ minimumAge: 36 }, { maximumAge: 35 }])(
  'one of the two ages suffices that the year of birth leaves open: %j',
  async terms => {
    const world = await given({ status: DECLINED, birthYear: 1990 }, { name: 'Passt', ...terms });
    expect(await told(world.caseworker, world)).toEqual([': Passt']);
  },
);

test.each([{ minimumAge: 37 }, { maximumAge: 34 }])('terms of age are not relaxed: %j', async terms => {
  const world = await given({ status: DECLINED, birthYear: 1990 }, terms);
  expect(await told(world.caseworker, world)).toEqual([]);
});

test('only partners of the network of the case are proposed', async () => {
  const world = await given({ status: DECLINED });
  const em = hub.owner();
  const elsewhere = await em.findOneOrFail(Network, { id: world.elsewhere.id });
  await new FinderWorld(em).service(elsewhere, { languages: ['uk'], areaKeys: [world.home.districtKey] });
  expect(await told(world.caseworker, world)).toEqual([]);
});

test.each(Object.values(ReferralStatus))('of a referral that is %s', async status => {
  const world = await given({ status, level: STATUS }, { name: 'Passt' });
  const over = [DECLINED, EXPIRED, CANCELLED, ABORTED].includes(status);
  expect(await told(world.caseworker, world)).toEqual(over ? [': Passt'] : []);
});

test.each(['partner', 'coordinator'] as const)('the %s is proposed nothing', async who => {
  const world = await given({ status: DECLINED }, { name: 'Passt' });
  expect(await told(world[who], world)).toEqual([]);
});

test.each(['colleague', 'stranger', 'foreigner', 'foreignCoordinator'] as const)('the %s sees none', async who => {
  const world = await given({ status: DECLINED }, { name: 'Passt' });
  expect(await asked(world[who], world)).toBeUndefined();
});

test('what the caseworker must not know proposes nothing, until she takes it back herself', async () => {
  const world = await given({ status: DECLINED, level: NONE }, { name: 'Passt' });
  expect(await told(world.caseworker, world)).toEqual([]);
  await take(hub, world.caseworker, 'CANCEL', world.referral.id);
  expect(await told(world.caseworker, world)).toEqual([': Passt']);
});

test('a service of no category leads to no other', async () => {
  const world = await given({ status: DECLINED }, { name: 'Passt' });
  await hub.owner().execute('delete from service_category where service_id = ?', [world.service.id]);
  expect(await told(world.caseworker, world)).toEqual([]);
});

test('of a whole page of 100 it is too dear; each that is over costs five statements', async () => {
  const LIST = `query ($first: Int) { referrals(first: $first) { nodes { id alternatives { matches { nodes { score } } } } } }`;
  const world = await given({ status: DECLINED, referrals: 3 }, { name: 'Passt' });
  expect((await hub.as(world.caseworker, LIST, { first: 100 })).errors).toMatchObject([
    { extensions: { code: 'QUERY_TOO_EXPENSIVE' } },
  ]);
  const reads: number[] = [];
  for (const first of [1, 3]) {
    const sent = await hub.statements(() => hub.as(world.caseworker, LIST, { first }));
    reads.push(sent.filter(statement => /^(select|with)/.test(statement)).length);
  }
  expect(reads[1]! - reads[0]!).toBeLessThanOrEqual(2 * 5);
});

test('a service whose criteria the client fails is no alternative, whatever is relaxed', async () => {
  const { REQUIRES, EXCLUDES } = CriterionEffect;
  const world = await given(
    { status: DECLINED, needs: ['addiction'] },
    { name: 'Passt', criteria: [{ effect: REQUIRES, needs: ['addiction'] }] },
    { name: 'Nur mit Worten', criteria: [{ effect: REQUIRES, text: 'Wille zur Abstinenz' }] },
    { name: 'Abstinent', criteria: [{ effect: EXCLUDES, needs: ['addiction'] }] },
    { name: 'Geflüchtet', criteria: [{ effect: REQUIRES, needs: ['refugee'] }] },
  );
  expect(await told(world.caseworker, world)).toEqual([': Nur mit Worten Passt']);
});
