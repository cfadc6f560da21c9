import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { PartnerStatus } from '../../src/partner/partner.rules.js';
import { both, coordinatorOf, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { proposalDoors } from './support.js';

const hub = testHub('review');
const NOW = new Date('2026-03-10T09:00:00Z');
const doors = proposalDoors(hub);
const { PENDING, ACTIVE, ARCHIVED, NOT_ADMITTED } = PartnerStatus;

type World = Awaited<ReturnType<typeof hub.given>>;
let world!: World;

beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given();
});

interface Row {
  name: string;
  phone: string | null;
  kinds: string[];
  status: string;
  version: number;
}
const stored = async (id: string): Promise<Row> =>
  (await hub.owner().execute<Row[]>('select name, phone, kinds, status, version from partner where id = ?', [id]))[0]!;
const proposals = (id: string) =>
  hub
    .owner()
    .execute<{ id: string; kind: string; status: string; changes: Record<string, { after: unknown }> }[]>(
      'select id, kind, status, changes from proposal where partner_id = ? order by created_at, status',
      [id],
    );
const codes = (answer: { userErrors: { code: string; path: string[] }[] }) =>
  answer.userErrors.map(({ code, path }) => [code, ...path]);
const everybody = [
  'partner',
  'coordinator',
  'caseworker',
  'stranger',
  'foreigner',
  'foreignCoordinator',
  'auditor',
  'admin',
] as const;

/** Days after the test's moment. */
const later = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

/** Who finds it by its id, whatever the door. */
async function readersOf(id: string): Promise<string[]> {
  const query = 'query ($id: ID!) { partner(id: $id) { id } node(id: $id) { id } }';
  const seen: string[] = [];
  for (const one of everybody) {
    const { partner, node } = (await hub.as(world[one], query, { id })).data;
    expect(partner).toEqual(node);
    if (partner) seen.push(one);
  }
  return seen;
}

describe('an edit by the partner', () => {
  test('stores at once what is not reviewed, and shows its editors what waits', async () => {
    const answer = await doors.update(world.partner, world.anker.id, {
      name: 'Anker gGmbH',
      kinds: ['EMPLOYER', 'COUNSELLING_CENTRE'],
      phone: '0241 2',
    });
    expect(answer).toMatchObject({
      userErrors: [],
      partner: {
        name: 'Anker',
        phone: '0241 2',
        version: 2,
        pendingChanges: [
          { field: 'name', before: 'Anker', current: 'Anker', after: 'Anker gGmbH' },
          { field: 'kinds', before: ['COUNSELLING_CENTRE'], after: ['COUNSELLING_CENTRE', 'EMPLOYER'] },
        ],
      },
    });
    expect(await stored(world.anker.id)).toMatchObject({ name: 'Anker', phone: '0241 2' });
  });

  test('of what is reviewed alone leaves the record, its version too', async () => {
    const { partner } = await doors.update(world.partner, world.anker.id, { name: 'Anker gGmbH' }, 1);
    expect(partner.version).toBe(1);
    expect(codes(await doors.update(world.partner, world.anker.id, { name: 'Anker AG' }, 2))).toEqual([
      ['VERSION_CONFLICT', 'expectedVersion'],
    ]);
    expect(await proposals(world.anker.id)).toMatchObject([{ changes: { name: { after: 'Anker gGmbH' } } }]);
  });

  test('replaces what waits, keeps what it does not speak of, and drops what is as before', async () => {
    await doors.update(world.partner, world.anker.id, { name: 'Eins', kinds: ['EMPLOYER'] });
    await doors.update(world.partner, world.anker.id, { name: 'Zwei' });
    expect(await proposals(world.anker.id)).toMatchObject([
      { kind: 'REVIEW', status: 'OPEN', changes: { name: { after: 'Zwei' }, kinds: { after: ['EMPLOYER'] } } },
      { kind: 'REVIEW', status: 'SUPERSEDED', changes: { name: { after: 'Eins' } } },
    ]);
    const same = await doors.update(world.partner, world.anker.id, { name: 'Zwei' });
    expect(same.userErrors).toEqual([]);
    expect(await proposals(world.anker.id)).toHaveLength(2);
    await doors.update(world.partner, world.anker.id, { name: 'Anker', kinds: ['COUNSELLING_CENTRE'] });
    expect((await proposals(world.anker.id)).map(({ status }) => status)).toEqual(['SUPERSEDED', 'SUPERSEDED']);
  });

  test('is decided by the coordination of its network and by nobody else', async () => {
    await doors.update(world.partner, world.anker.id, { name: 'Anker gGmbH', kinds: ['EMPLOYER'] });
    const [{ id } = { id: '' }] = await proposals(world.anker.id);
    for (const one of everybody.filter(name => name !== 'coordinator'))
      for (const step of [doors.accept, doors.reject])
        expect([one, ...codes(await step(world[one], id))]).toEqual([
          one,
          [one === 'partner' ? 'STEP_NOT_OPEN' : 'NOT_FOUND', 'id'],
        ]);
    expect((await stored(world.anker.id)).name).toBe('Anker');
    expect((await doors.accept(world.coordinator, id)).proposal.status).toBe('ACCEPTED');
    expect(await stored(world.anker.id)).toMatchObject({ name: 'Anker gGmbH', kinds: ['EMPLOYER'], version: 2 });
  });

  test('is at once where she who edits coordinates too', async () => {
    const twoHats = both(editorOf(world.anker), coordinatorOf(world.network));
    const { partner } = await doors.update(twoHats, world.anker.id, { name: 'Anker gGmbH' });
    expect(partner).toMatchObject({ name: 'Anker gGmbH', version: 2, pendingChanges: [] });
    expect(await proposals(world.anker.id)).toEqual([]);
  });

  test('is taken back by the partner', async () => {
    await doors.update(world.partner, world.anker.id, { name: 'Anker gGmbH' });
    const [{ id } = { id: '' }] = await proposals(world.anker.id);
    expect(codes(await doors.withdraw(world.coordinator, id))).toEqual([['STEP_NOT_OPEN', 'id']]);
    expect((await doors.withdraw(world.partner, id)).proposal.status).toBe('WITHDRAWN');
  });

  test('of two at once both are in the one review', async () => {
    await Promise.all([
      doors.update(world.partner, world.anker.id, { name: 'Anker gGmbH' }),
      doors.update(world.partner, world.anker.id, { kinds: ['EMPLOYER'] }),
    ]);
    const open = (await proposals(world.anker.id)).filter(({ status }) => status === 'OPEN');
    expect(open.map(({ changes }) => Object.keys(changes).sort())).toEqual([['kinds', 'name']]);
  });

  test('takes a correction in that the partner has accepted, so that there is one review', async () => {
    await doors.update(world.partner, world.anker.id, { kinds: ['EMPLOYER'] });
    const { proposal } = await doors.correct(world.caseworker, world.anker.id, { name: 'Anker gGmbH' });
    await doors.accept(world.partner, proposal.id);
    const all = await proposals(world.anker.id);
    expect(all.map(({ kind, status }) => [kind, status])).toEqual([
      ['REVIEW', 'OPEN'],
      ['REVIEW', 'SUPERSEDED'],
    ]);
    expect(all[0]).toMatchObject({
      id: proposal.id,
      changes: { name: { after: 'Anker gGmbH' }, kinds: { after: ['EMPLOYER'] } },
    });
  });

  test('to two umbrellas in a circle is refused when the second is accepted', async () => {
    await doors.update(world.partner, world.anker.id, { parent: world.brücke.id });
    await doors.update(world.stranger, world.brücke.id, { parent: world.anker.id });
    const [one] = await proposals(world.anker.id);
    const [other] = await proposals(world.brücke.id);
    const answers = await Promise.all([one, other].map(proposal => doors.accept(world.coordinator, proposal!.id)));
    expect(answers.flatMap(codes)).toEqual([['INVALID_INPUT', 'input', 'parent']]);
  });
});

describe('a new partner', () => {
  const INPUT = { name: 'Leuchtturm e.V.', kinds: ['COUNSELLING_CENTRE'], phone: '0241 7' };

  test('waits, is seen by the coordination alone, and is published by one step', async () => {
    const { partner } = await doors.register(world.caseworker, world.network.slug, INPUT);
    expect(partner).toMatchObject({
      status: PENDING,
      proposals: { nodes: [{ kind: 'NEW_PARTNER', status: 'OPEN', proposedAs: 'CASEWORK' }] },
    });
    const query = 'query ($id: ID!) { partner(id: $id) { id } }';
    const seen: string[] = [];
    for (const one of everybody) if ((await hub.as(world[one], query, { id: partner.id })).data.partner) seen.push(one);
    expect(seen).toEqual(['coordinator']);
    const [{ id } = { id: '' }] = await proposals(partner.id);
    // She who registered it follows it without the partner itself.
    expect(await doors.read(world.caseworker, id)).toMatchObject({
      partner: null,
      changes: [
        { field: 'name', before: null, current: null, after: INPUT.name },
        { field: 'kinds', before: [], after: INPUT.kinds },
        { field: 'phone', after: INPUT.phone },
      ],
    });
    expect(codes(await doors.accept(world.caseworker, id))).toEqual([['STEP_NOT_OPEN', 'id']]);
    expect(codes(await doors.accept(world.foreignCoordinator, id))).toEqual([['NOT_FOUND', 'id']]);
    expect(codes(await doors.archive(world.coordinator, partner.id))).toEqual([['STEP_NOT_OPEN', 'id']]);
    expect((await doors.accept(world.coordinator, id)).proposal).toMatchObject({
      status: 'ACCEPTED',
      partner: { status: ACTIVE },
    });
    expect((await hub.as(world.anonymous, query, { id: partner.id })).data.partner).toEqual({ id: partner.id });
  });

  test.each([
    ['rejected', (id: string) => doors.reject(world.coordinator, id)],
    ['withdrawn', (id: string) => doors.withdraw(world.caseworker, id)],
  ] as const)('that is %s is put aside, read by the coordination alone, and can still be taken in', async (_, step) => {
    const { partner, proposal } = await doors.register(world.caseworker, world.network.slug, INPUT);
    hub.setNow(later(1));
    expect((await step(proposal.id)).userErrors).toEqual([]);
    expect((await stored(partner.id)).status).toBe(NOT_ADMITTED);
    expect(await readersOf(partner.id)).toEqual(['coordinator']);
    // To be archived makes it no more public than it was.
    expect((await doors.archive(world.coordinator, partner.id)).userErrors).toEqual([]);
    expect((await stored(partner.id)).status).toBe(NOT_ADMITTED);
    // She who registered it goes on reading what she said.
    expect(await doors.read(world.caseworker, proposal.id)).toMatchObject({
      partner: null,
      changes: [{ after: INPUT.name }, { after: INPUT.kinds }, { after: INPUT.phone }],
    });
    await doors.update(world.coordinator, partner.id, { phone: '0241 8' });

    hub.setNow(later(2));
    expect((await doors.reactivate(world.coordinator, partner.id)).userErrors).toEqual([]);
    expect((await stored(partner.id)).status).toBe(ACTIVE);
    expect(await readersOf(partner.id)).toEqual([...everybody]);
    // Nobody else learns what it was before.
    const past = 'query ($id: ID!, $asOf: DateTime!) { partner(id: $id, asOf: $asOf) { phone } }';
    const history = 'query ($id: ID!) { partner(id: $id) { history { nodes { version } } } }';
    const told = await Promise.all(
      [world.caseworker, world.coordinator].map(async viewer => ({
        past: (await hub.as(viewer, past, { id: partner.id, asOf: later(1) })).data.partner,
        changes: (await hub.as(viewer, history, { id: partner.id })).data.partner.history.nodes.length,
      })),
    );
    expect(told).toEqual([
      { past: null, changes: 1 },
      { past: { phone: '0241 8' }, changes: 4 },
    ]);
    // What was published once, stays with those who refer to it.
    await doors.archive(world.coordinator, partner.id);
    expect((await stored(partner.id)).status).toBe(ARCHIVED);
    expect(await readersOf(partner.id)).toEqual(['coordinator', 'caseworker']);
  });

  test('that becomes part of another one is read by nobody in its own name', async () => {
    const { partner } = await doors.register(world.caseworker, world.network.slug, INPUT);
    await hub.owner().execute('update partner set created_at = ? where id = ?', [later(-9), world.anker.id]);
    const create =
      'mutation ($partner: ID!, $input: ServiceInput!) { serviceCreate(partner: $partner, input: $input) { service { id } userErrors { code path } } }';
    const input = {
      name: 'Boje',
      categories: [world.categoryCode],
      languages: ['de'],
      feedbackLevel: 'STATUS',
      serviceArea: [world.home.key],
    };
    const { serviceCreate } = (await hub.as(world.coordinator, create, { partner: partner.id, input })).data;
    expect(serviceCreate.userErrors).toEqual([]);
    hub.setNow(later(1));
    const merge = 'mutation ($id: ID!, $other: ID!) { partnerMerge(id: $id, other: $other) { userErrors { code } } }';
    const { data } = await hub.as(world.coordinator, merge, { id: world.anker.id, other: partner.id });
    expect(data.partnerMerge.userErrors).toEqual([]);
    expect((await stored(partner.id)).status).toBe(NOT_ADMITTED);
    hub.setNow(later(2));
    const past = 'query ($id: ID!, $asOf: DateTime) { partner(id: $id, asOf: $asOf) { name } }';
    for (const asOf of [NOW, later(1), null]) {
      const answer = await hub.as(world.caseworker, past, { id: partner.id, asOf });
      expect(answer.data.partner).toEqual(asOf === NOW ? null : { name: 'Anker' });
    }
    // Nor what was written of its services while it waited.
    const history = 'query ($id: ID!) { service(id: $id) { history { nodes { version } } } }';
    for (const viewer of [world.caseworker, world.coordinator]) {
      const { service } = (await hub.as(viewer, history, { id: serviceCreate.service.id })).data;
      expect(service.history.nodes.length > 0).toBe(viewer === world.coordinator);
    }
    expect((await doors.update(world.partner, partner.id, { phone: '0241 9' })).userErrors).toEqual([]);
    expect((await stored(world.anker.id)).phone).toBe('0241 9');
  });

  test('is told to whoever registers it as she said it, and in a repetition as far as she may see it', async () => {
    const query = `mutation ($network: String!, $input: PartnerUpdateInput!) {
      partnerRegister(network: $network, input: $input) { partner { id phone status } proposal { id status } } }`;
    const variables = { network: world.network.slug, input: INPUT };
    const ask = async () =>
      (await hub.ask(world.caseworker, { query, variables }, { 'idempotency-key': 'registration' })).answer.data
        .partnerRegister;
    const first = await ask();
    expect(first).toMatchObject({ partner: { phone: INPUT.phone, status: PENDING }, proposal: { status: 'OPEN' } });
    await doors.update(world.coordinator, first.partner.id, { phone: '0241 8' });
    // As if the answer had been lost, and not kept.
    await hub.owner().execute(`update idempotency_key set answer = null where key = 'registration'`);
    expect(await ask()).toEqual({ partner: null, proposal: first.proposal });
    await doors.accept(world.coordinator, first.proposal.id);
    await hub.owner().execute(`update idempotency_key set answer = null where key = 'registration'`);
    expect((await ask()).partner).toEqual({ id: first.partner.id, phone: '0241 8', status: ACTIVE });
  });

  test('does not tell that another of the same name waits, but to those who know', async () => {
    const register = async (who: 'caseworker' | 'stranger' | 'coordinator') =>
      codes(await doors.register(world[who], world.network.slug, INPUT));
    expect(await register('caseworker')).toEqual([]);
    expect(await register('stranger')).toEqual([]);
    const duplicate = [['DUPLICATE', 'input', 'name']];
    for (const who of ['caseworker', 'stranger', 'coordinator'] as const)
      expect(await register(who)).toEqual(duplicate);
  });

  test('of one name by two at once is one', async () => {
    const second = { ...world.coordinator, accountId: randomUUID() };
    const register = (i: number) =>
      doors.register([world.coordinator, second][i % 2]!, world.network.slug, { ...INPUT, name: 'Boje' });
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => register(i)));
    expect(answers.map(codes).sort()).toEqual([
      [],
      ...Array.from({ length: 5 }, () => [['DUPLICATE', 'input', 'name']]),
    ]);
  });

  test('by the coordination of the network is published at once, of another it waits', async () => {
    const { partner } = await doors.register(world.coordinator, world.network.slug, INPUT);
    expect(partner).toMatchObject({ status: ACTIVE, proposals: { nodes: [] } });
    const other = await doors.register(world.foreignCoordinator, world.network.slug, { ...INPUT, name: 'Boje' });
    expect(other.partner).toMatchObject({ status: PENDING, proposals: { nodes: [{ proposedAs: 'OTHER' }] } });
  });

  test.each([
    [{ name: 'Boje' }, ['INVALID_INPUT', 'input', 'kinds']],
    [{ kinds: ['EMPLOYER'] }, ['INVALID_INPUT', 'input', 'name']],
    [{ name: 'Boje', kinds: ['EMPLOYER'], email: 'x' }, ['INVALID_INPUT', 'input', 'email']],
    [{ name: 'anker', kinds: ['EMPLOYER'] }, ['DUPLICATE', 'input', 'name']],
    [{ name: 'Bruecke', kinds: ['EMPLOYER'] }, ['DUPLICATE', 'input', 'name']],
  ])('is refused where it is none, or there already: %j', async (input, fault) => {
    const before = await hub.owner().execute('select count(*) from partner');
    expect(codes(await doors.register(world.caseworker, world.network.slug, input))).toEqual([fault]);
    expect(await hub.owner().execute('select count(*) from partner')).toEqual(before);
    expect(codes(await doors.register(world.caseworker, 'nirgends', INPUT))).toEqual([['NOT_FOUND', 'network']]);
  });

  test('of the same name is another one where somebody says so, or it is in another network', async () => {
    const input = { name: 'Anker', kinds: ['EMPLOYER'] };
    expect((await doors.register(world.caseworker, world.elsewhere.slug, input)).userErrors).toEqual([]);
    expect((await doors.register(world.caseworker, world.network.slug, input, true)).userErrors).toEqual([]);
  });

  test('of one person is one of 20 that wait', async () => {
    const answers = await Promise.all(
      Array.from({ length: 22 }, (_, i) =>
        doors.register(world.caseworker, world.network.slug, { ...INPUT, name: `Boje ${i}` }),
      ),
    );
    expect(answers.flatMap(codes)).toEqual([['LIMIT_REACHED'], ['LIMIT_REACHED']]);
    const [{ count } = { count: 0 }] = await hub
      .owner()
      .execute<{ count: number }[]>(`select count(*)::int from partner where network_id = ? and status = 'PENDING'`, [
        world.network.id,
      ]);
    expect(count).toBe(20);
  });
});

describe('archiving', () => {
  test('is for the coordination of the network', async () => {
    for (const one of everybody.filter(name => name !== 'coordinator')) {
      const query = 'mutation ($id: ID!) { partnerArchive(id: $id) { userErrors { code } } }';
      const { data, errors } = await hub.as(world[one], query, { id: world.anker.id });
      if (one === 'foreignCoordinator') expect(data.partnerArchive.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
      else expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    expect((await stored(world.anker.id)).status).toBe(ACTIVE);
    expect((await doors.archive(world.coordinator, world.anker.id)).partner.status).toBe(ARCHIVED);
    expect(await stored(world.anker.id)).toMatchObject({ status: ARCHIVED, version: 2 });
    // Once more is as once.
    expect((await doors.archive(world.coordinator, world.anker.id)).userErrors).toEqual([]);
    expect((await stored(world.anker.id)).version).toBe(2);
    expect((await doors.reactivate(world.coordinator, world.anker.id)).partner.status).toBe(ACTIVE);
  });
});

describe('the inboxes', () => {
  const PARTNER = '{ inbox: partnerInbox { proposals { count proposals { totalCount nodes { id kind } } } } }';
  const COORDINATOR = '{ inbox: coordinatorInbox { proposals { count proposals { totalCount nodes { id kind } } } } }';
  const inboxOf = async (who: keyof World, query: string) => {
    const { data, errors } = await hub.as(world[who] as never, query);
    expect(errors).toBeUndefined();
    const { count, proposals: list } = data.inbox.proposals;
    expect([list.totalCount, list.nodes.length]).toEqual([count, count]);
    return list.nodes.map((one: { kind: string }) => one.kind).sort();
  };

  test('hold what each has to decide, and nothing of others', async () => {
    const orphan = await directory(hub.owner()).partner(world.network, 'Insel');
    await doors.correct(world.caseworker, world.anker.id, { phone: '0241 2' });
    await doors.correct(world.caseworker, orphan.id, { phone: '0241 2' });
    await doors.update(world.partner, world.anker.id, { name: 'Anker gGmbH' });
    await doors.register(world.caseworker, world.network.slug, { name: 'Leuchtturm', kinds: ['EMPLOYER'] });
    expect(await inboxOf('partner', PARTNER)).toEqual(['CORRECTION']);
    expect(await inboxOf('stranger', PARTNER)).toEqual([]);
    expect(await inboxOf('coordinator', COORDINATOR)).toEqual(['CORRECTION', 'NEW_PARTNER', 'REVIEW']);
    expect(await inboxOf('foreignCoordinator', COORDINATOR)).toEqual([]);
    for (const { id } of await proposals(world.anker.id)) {
      await doors.reject(world.partner, id);
      await doors.reject(world.coordinator, id);
    }
    expect(await inboxOf('partner', PARTNER)).toEqual([]);
    expect(await inboxOf('coordinator', COORDINATOR)).toEqual(['CORRECTION', 'NEW_PARTNER']);
  });
});

describe('the diff', () => {
  const DIFF = `query ($id: ID!, $language: LanguageTag) { node(id: $id) { ... on Proposal { changes {
    field label(language: $language) beforeText(language: $language) currentText(language: $language)
    afterText(language: $language) } } } }`;
  const diff = async (id: string, language: string) =>
    (await hub.as(world.coordinator, DIFF, { id, language })).data.node.changes;

  test('tells in words, German or English', async () => {
    const at = directory(hub.owner());
    const verband = await at.partner(world.network, 'Verband');
    await doors.update(world.partner, world.anker.id, {
      name: 'Anker gGmbH',
      kinds: ['COUNSELLING_CENTRE', 'TRAINING_PROVIDER'],
      parent: verband.id,
    });
    const [{ id } = { id: '' }] = await proposals(world.anker.id);
    expect(await diff(id, 'de')).toEqual([
      { field: 'name', label: 'Name', beforeText: 'Anker', currentText: 'Anker', afterText: 'Anker gGmbH' },
      {
        field: 'kinds',
        label: 'Arten',
        beforeText: 'Beratungsstelle',
        currentText: 'Beratungsstelle',
        afterText: 'Beratungsstelle, Bildungsträger',
      },
      { field: 'parent', label: 'Dachverband', beforeText: null, currentText: null, afterText: 'Verband' },
    ]);
    expect(await diff(id, 'en')).toMatchObject([
      { label: 'Name' },
      { label: 'Kinds', afterText: 'counselling centre, training provider' },
      { label: 'Umbrella', afterText: 'Verband' },
    ]);
  });
});
