import { expect, test } from 'vitest';
import { deciderOf, isInForce, mayEndFor, SharingStatus, standingOf } from '../../src/sharing/sharing.rules.js';
import { ANONYMOUS, type Viewer } from '../../src/viewer/viewer.rules.js';
import { both, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { AGREEMENT, shared, sharingOf } from '../support/sharing.js';

const hub = testHub('sharing');
const { propose, agree, decline, end } = sharingOf(hub);

type World = Awaited<ReturnType<typeof hub.given>>;

const refused = (code: string, ...path: string[]) => ({ sharingAgreement: null, userErrors: [{ code, path }] });
const offer = ({ network, elsewhere }: World, more: object = {}) => ({
  giver: network.slug,
  receiver: elsewhere.slug,
  from: '2026-01-01',
  ...more,
});
const stored = () =>
  hub.owner().execute(
    `select to_jsonb(a) as row from sharing_agreement a union all select to_jsonb(p) from sharing_partner p
     union all select to_jsonb(c) from sharing_category c order by 1`,
  );

test('one side proposes, the other decides, either ends', async () => {
  const world = await hub.given();
  const { coordinator, foreignCoordinator, anker } = world;
  const { sharingAgreement: offered, userErrors } = await propose(
    coordinator,
    offer(world, { until: '2099-12-31', partners: [anker.id], categories: ['placement'], note: ' Für das Projekt. ' }),
  );
  expect(userErrors).toEqual([]);
  expect(offered).toMatchObject({
    status: 'PROPOSED',
    inForce: false,
    from: '2026-01-01',
    until: '2099-12-31',
    note: 'Für das Projekt.',
    allPartners: false,
    giver: { slug: world.network.slug },
    receiver: { slug: world.elsewhere.slug },
    proposer: { slug: world.network.slug },
    partners: [{ name: 'Anker' }],
    categories: [{ code: 'placement' }],
    agreedAt: null,
    version: 1,
  });
  expect(await agree(foreignCoordinator, offered.id, 1)).toMatchObject({
    userErrors: [],
    sharingAgreement: { status: 'AGREED', inForce: true, version: 2 },
  });
  expect(await end(foreignCoordinator, offered.id, '2098-12-31')).toMatchObject({
    sharingAgreement: { status: 'AGREED', until: '2098-12-31', inForce: true },
  });
  const ended = await end(coordinator, offered.id);
  expect(ended.sharingAgreement).toMatchObject({ status: 'ENDED', inForce: false });
  expect(ended.sharingAgreement.until).not.toBe('2098-12-31');

  // As a wish of the receiving network, which the giving one declines; and one that is taken back.
  const wish = (await propose(foreignCoordinator, offer(world))).sharingAgreement;
  expect(wish).toMatchObject({ proposer: { slug: world.elsewhere.slug }, allPartners: true, categories: [] });
  expect((await decline(coordinator, wish.id)).sharingAgreement.status).toBe('DECLINED');
  const other = (await propose(foreignCoordinator, offer(world))).sharingAgreement;
  expect((await end(foreignCoordinator, other.id)).sharingAgreement).toMatchObject({ status: 'ENDED', agreedAt: null });

  // Who coordinates both decides what others proposed, and never what she proposed herself.
  const ofBoth = both(coordinator, foreignCoordinator);
  const own = (await propose(ofBoth, offer(world))).sharingAgreement;
  const before = await stored();
  expect(await agree(ofBoth, own.id)).toEqual(refused('STEP_NOT_OPEN', 'id'));
  expect(await decline(ofBoth, own.id)).toEqual(refused('STEP_NOT_OPEN', 'id'));
  expect(await stored()).toEqual(before);
  expect((await agree(foreignCoordinator, own.id)).userErrors).toEqual([]);
  const theirs = (await propose(foreignCoordinator, offer(world))).sharingAgreement;
  expect((await agree(ofBoth, theirs.id)).userErrors).toEqual([]);
});

test('nobody grants herself, and refusals change nothing', async () => {
  const world = await hub.given();
  const stranger = await hub.given();
  const { coordinator, foreignCoordinator, caseworker, brücke } = world;
  const proposed = (await propose(foreignCoordinator, offer(world))).sharingAgreement.id;
  const offered = (await propose(coordinator, offer(world))).sharingAgreement.id;
  const agreed = await shared(hub, world, { from: '2026-06-01', until: '2099-06-01' });
  const nobody = '00000000-0000-4000-8000-000000000000';
  await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [brücke.id]);
  const before = await stored();

  // Who proposed does not decide; who belongs to neither does not even know of it.
  expect(await agree(foreignCoordinator, proposed)).toEqual(refused('STEP_NOT_OPEN', 'id'));
  expect(await decline(foreignCoordinator, proposed)).toEqual(refused('STEP_NOT_OPEN', 'id'));
  expect(await agree(coordinator, offered)).toEqual(refused('STEP_NOT_OPEN', 'id'));
  expect(await end(coordinator, proposed)).toEqual(refused('STEP_NOT_OPEN', 'id'));
  expect(await agree(foreignCoordinator, agreed)).toEqual(refused('STEP_NOT_OPEN', 'id'));
  for (const step of [agree, decline, end])
    for (const id of [proposed, agreed, nobody, 'quatsch'])
      expect(await step(stranger.coordinator, id)).toEqual(refused('NOT_FOUND', 'id'));
  expect(await agree(coordinator, proposed, 7)).toEqual(refused('VERSION_CONFLICT', 'expectedVersion'));
  expect(await end(coordinator, agreed, '2099-06-02')).toEqual(refused('INVALID_INPUT', 'lastDay'));
  expect(await end(coordinator, agreed, '2026-06-30')).toEqual(refused('INVALID_INPUT', 'lastDay'));
  expect(await end(coordinator, offered, '2099-01-01')).toEqual(refused('INVALID_INPUT', 'lastDay'));

  const proposing = (more: object, viewer = coordinator) => propose(viewer, offer(world, more));
  expect(await proposing({}, stranger.coordinator)).toEqual(refused('NOT_FOUND', 'input', 'giver'));
  expect(await proposing({ giver: 'nirgends' })).toEqual(refused('NOT_FOUND', 'input', 'giver'));
  expect(await proposing({ receiver: 'nirgends' })).toEqual(refused('NOT_FOUND', 'input', 'receiver'));
  expect(await proposing({ receiver: world.network.slug })).toEqual(refused('INVALID_INPUT', 'input', 'receiver'));
  expect(await proposing({ from: '1899-12-31' })).toEqual(refused('INVALID_INPUT', 'input', 'from'));
  expect(await proposing({ until: '2025-12-31' })).toEqual(refused('INVALID_INPUT', 'input', 'until'));
  expect(await proposing({ from: '2020-01-01', until: '2020-12-31' })).toEqual(
    refused('INVALID_INPUT', 'input', 'until'),
  );
  for (const partner of [brücke.id, stranger.anker.id, nobody, 'quatsch'])
    expect(await proposing({ partners: [world.anker.id, partner] })).toEqual(
      refused('NOT_FOUND', 'input', 'partners', '1'),
    );
  expect(await proposing({ categories: ['placement', 'unfug'] })).toEqual(
    refused('INVALID_INPUT', 'input', 'categories', '1'),
  );
  await expect(proposing({}, caseworker)).rejects.toThrow('FORBIDDEN');
  expect(await stored()).toEqual(before);
  const third = await hub.given();
  const heap = () => propose(third.coordinator, offer({ ...third, elsewhere: world.elsewhere }));
  const heaped = await Promise.all(Array.from({ length: 22 }, heap));
  expect(heaped.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(20);
  expect(await heap()).toEqual(refused('LIMIT_REACHED', 'input'));

  // Two who decide at once: one of them did.
  const answers = await Promise.all([
    agree(coordinator, proposed),
    decline(coordinator, proposed),
    agree(coordinator, proposed),
  ]);
  expect(answers.filter(one => one.userErrors.length === 0)).toHaveLength(1);
});

test('members of both networks read it, and nobody else; statements are bounded', async () => {
  const world = await hub.given();
  const id = await shared(hub, world, { partners: [world.anker.id, world.brücke.id], categories: ['counselling'] });
  await shared(hub, world, { categories: ['placement', 'rehabilitation'] });
  await hub.owner().execute(`update sharing_agreement set ends_on = '2026-02-01' where id = ?`, [id]);
  const LIST = `query ($filter: SharingFilter) { sharingAgreements(filter: $filter) { totalCount nodes { ${AGREEMENT} } } }`;
  const ONE = `{ sharingAgreement(id: "${id}") { id } node(id: "${id}") { __typename } }`;
  const { caseworker, partner, coordinator, foreigner, foreignCoordinator, auditor, admin, unknown, anonymous } = world;
  for (const viewer of [caseworker, partner, coordinator, foreigner, foreignCoordinator]) {
    expect((await hub.as(viewer, LIST)).data.sharingAgreements.totalCount).toBe(2);
    expect((await hub.as(viewer, ONE)).data).toMatchObject({
      sharingAgreement: { id },
      node: { __typename: 'SharingAgreement' },
    });
  }
  const other = await hub.given();
  for (const viewer of [auditor, admin, unknown, other.coordinator, other.caseworker]) {
    expect((await hub.as(viewer, LIST)).data.sharingAgreements.totalCount).toBe(0);
    expect((await hub.as(viewer, ONE)).data).toEqual({ sharingAgreement: null, node: null });
  }
  expect((await hub.as(anonymous, LIST)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  expect((await hub.as(anonymous, `{ node(id: "${id}") { __typename } }`)).data.node).toBeNull();

  const found = async (filter: object) => (await hub.as(foreigner, LIST, { filter })).data.sharingAgreements;
  expect(await found({ statuses: ['ENDED'] })).toMatchObject({
    totalCount: 1,
    nodes: [{ id, status: 'ENDED', inForce: false }],
  });
  expect((await found({ statuses: ['AGREED'], giver: world.network.slug })).totalCount).toBe(1);
  expect((await found({ receiver: world.network.slug })).totalCount).toBe(0);
  const statements = await hub.statements(() => hub.as(foreigner, LIST));
  expect(statements.length).toBeLessThanOrEqual(8);
});

const FIND = `query ($input: ServiceMatchInput!, $service: ID!) {
  serviceMatches(input: $input) { totalCount nodes { service { id } sharedUnder { id } } }
  serviceMatch(service: $service, input: $input) { blockers blockerTexts sharedUnder { id } }
}`;

async function look(viewer: Viewer, world: World, more: object = {}) {
  const input = { category: 'placement', municipality: world.abroad.key, ...more };
  const { data, errors } = await hub.as(viewer, FIND, { input, service: world.service.id });
  if (errors) throw new Error(JSON.stringify(errors));
  return {
    found: data.serviceMatches.nodes.map((one: { sharedUnder: { id: string } | null }) => one.sharedUnder?.id ?? null),
    blockers: data.serviceMatch.blockers,
    under: data.serviceMatch.sharedUnder?.id ?? null,
  };
}

test('the finder finds what is shared today, and nothing else', async () => {
  const world = await hub.given();
  const { foreigner, caseworker, coordinator, foreignCoordinator, network, anker, brücke } = world;
  const nothing = { found: [], blockers: ['NOT_SHARED'], under: null };
  const there = { found: [null], blockers: [], under: null };
  const memberships = [...caseworker.memberships, ...foreigner.memberships];
  const inBoth: Viewer = { accountId: null, subject: 'both', displayName: 'both', memberships };
  expect(await look(foreigner, world)).toEqual(nothing);
  // Whoever names the network looks around in the directory, as everybody does who refers nobody.
  expect(await look(foreigner, world, { networks: [network.slug] })).toEqual(there);
  expect(await look(ANONYMOUS, world)).toEqual(there);
  expect(await look(caseworker, world)).toEqual(there);
  expect((await look(foreigner, world, { category: 'counselling' })).blockers).toEqual(['CATEGORY', 'NOT_SHARED']);

  const wish = (await propose(foreignCoordinator, offer(world))).sharingAgreement.id;
  expect(await look(foreigner, world)).toEqual(nothing);
  await end(foreignCoordinator, wish);
  const declined = (await propose(coordinator, offer(world))).sharingAgreement.id;
  await decline(foreignCoordinator, declined);
  for (const scope of [
    { partners: [brücke.id] },
    { categories: ['counselling', 'vocational-training'] },
    { partners: [brücke.id], categories: ['placement'] },
    { from: '2099-01-01' },
  ]) {
    const other = await shared(hub, world, scope);
    expect({ scope, ...(await look(foreigner, world)) }).toEqual({ scope, ...nothing });
    await end(coordinator, other);
  }
  // The other way round shares nothing with this side.
  const reverse = (
    await propose(foreignCoordinator, { ...offer(world), giver: world.elsewhere.slug, receiver: network.slug })
  ).sharingAgreement.id;
  await agree(coordinator, reverse);
  expect(await look(foreigner, world)).toEqual(nothing);

  for (const scope of [
    {},
    { partners: [anker.id] },
    { categories: ['placement'] },
    { partners: [anker.id, brücke.id], categories: ['job-coaching', 'rehabilitation'] },
  ]) {
    const id = await shared(hub, world, scope);
    expect({ scope, ...(await look(foreigner, world)) }).toEqual({ scope, found: [id], blockers: [], under: id });
    expect((await look(foreigner, world, { networks: [world.elsewhere.slug] })).found).toEqual([]);
    // Her own network finds it as its own.
    expect(await look(caseworker, world)).toEqual(there);
    expect(await look(inBoth, world)).toEqual(there);
    await end(coordinator, id);
    expect(await look(foreigner, world)).toEqual(nothing);
  }
  // One that is over by its last day, and two that overlap: the one that lasts longer is named.
  const over = await shared(hub, world);
  await hub.owner().execute(`update sharing_agreement set ends_on = '2026-02-01' where id = ?`, [over]);
  expect(await look(foreigner, world)).toEqual(nothing);
  await shared(hub, world, { until: '2099-01-01' });
  const longer = await shared(hub, world, { partners: [anker.id] });
  expect(await look(foreigner, world)).toMatchObject({ found: [longer], under: longer });
  const statements = await hub.statements(() => look(foreigner, world));
  expect(statements.length).toBeLessThanOrEqual(16);
});

test('a partner that was merged is shared as what it was merged into', async () => {
  const world = await hub.given();
  const { coordinator, foreigner, anker, network } = world;
  const twin = await directory(hub.owner()).partner(network, 'Anker e. V.');
  const id = await shared(hub, world, { partners: [twin.id] });
  expect((await look(foreigner, world)).found).toEqual([]);
  const { data } = await hub.as(
    coordinator,
    `mutation { partnerMerge(id: "${anker.id}", other: "${twin.id}") { userErrors { code message } } }`,
  );
  expect(data.partnerMerge.userErrors).toEqual([]);
  expect((await look(foreigner, world)).found).toEqual([id]);
  const READ = `{ sharingAgreement(id: "${id}") { allPartners partners { name } } }`;
  expect((await hub.as(foreigner, READ)).data.sharingAgreement).toEqual({
    allPartners: false,
    partners: [{ name: 'Anker' }],
  });
  // One that is published no more is not shared, and the agreement does not become one about all.
  await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [anker.id]);
  expect((await hub.as(foreigner, READ)).data.sharingAgreement).toEqual({ allPartners: false, partners: [] });
});

test('the rules: who decides, who ends, what is in force', () => {
  const { PROPOSED, AGREED, DECLINED, ENDED } = SharingStatus;
  const term = { status: AGREED, startsOn: '2026-01-01', endsOn: '2026-12-31' };
  expect(standingOf(term, '2026-12-31')).toBe(AGREED);
  expect(standingOf(term, '2027-01-01')).toBe(ENDED);
  expect(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map(day => isInForce(term, day))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isInForce({ ...term, endsOn: null }, '2099-01-01')).toBe(true);
  for (const status of [PROPOSED, DECLINED, ENDED]) expect(isInForce({ ...term, status }, '2026-06-01')).toBe(false);
  const sides = { giver: 'g', receiver: 'r', proposer: 'r' };
  expect(deciderOf(sides)).toBe('g');
  expect(deciderOf({ ...sides, proposer: 'g' })).toBe('r');
  expect(mayEndFor(sides, PROPOSED)).toEqual(['r']);
  expect(mayEndFor(sides, AGREED)).toEqual(['g', 'r']);
  expect(mayEndFor(sides, DECLINED)).toEqual([]);
});

test('the database keeps what must never be', async () => {
  const { network, elsewhere } = await hub.given();
  const insert = (columns: string, values: string, ...more: unknown[]) =>
    hub.owner().execute(
      `insert into sharing_agreement (network_id, receiver_id, proposer_id, starts_on, proposed_at${columns})
       values (?, ?, ?, '2026-01-01', now()${values})`,
      more.length > 0 ? more : [network.id, elsewhere.id, network.id],
    );
  await expect(insert('', '', network.id, network.id, network.id)).rejects.toThrow('sharing_agreement_two_networks');
  await expect(insert(', ends_on', `, '2025-12-31'`)).rejects.toThrow('sharing_agreement_period');
  await expect(insert(', status', `, 'AGREED'`)).rejects.toThrow('sharing_agreement_stands');
  await expect(insert(', status, agreed_at, closed_at', `, 'DECLINED', now(), now()`)).rejects.toThrow(
    'sharing_agreement_stands',
  );
  const third = (await hub.given()).network.id;
  await expect(insert('', '', network.id, elsewhere.id, third)).rejects.toThrow('sharing_agreement_proposer');
  await expect(hub.nobody().execute('delete from sharing_partner')).rejects.toThrow('permission denied');
});
