import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Partner } from '../../src/partner/partner.entity.js';
import { Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { both, coordinatorOf, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';
import { proposalDoors } from './support.js';

const hub = testHub('proposal');
const NOW = new Date('2026-03-10T09:00:00Z');
const doors = proposalDoors(hub);

type World = Awaited<ReturnType<typeof hub.given>>;
let world!: World;
/** A partner that nobody edits. */
let orphan!: Partner;

beforeAll(() => hub.setNow(NOW));
beforeEach(async () => {
  world = await hub.given();
  orphan = await directory(hub.owner()).partner(world.network, 'Insel', { phone: '0241 1' });
  await hub.owner().execute(`update partner set phone = '0241 1' where id = ?`, [world.anker.id]);
});

const everybody = [
  'partner',
  'coordinator',
  'caseworker',
  'colleague',
  'stranger',
  'foreigner',
  'foreignCoordinator',
  'auditor',
  'admin',
] as const;

interface StoredPartner {
  name: string;
  phone: string | null;
  status: string;
  version: number;
}
const stored = async (id: string): Promise<StoredPartner> => {
  const query = 'select name, phone, status, version from partner where id = ?';
  return (await hub.owner().execute<StoredPartner[]>(query, [id]))[0]!;
};
const rows = () => hub.owner().execute('select * from proposal order by id');
const codes = (answer: { userErrors: { code: string; path: string[] }[] }) =>
  answer.userErrors.map(({ code, path }) => [code, ...path]);

describe('a correction', () => {
  test('is accepted by whoever keeps the record, in one step, and remembered', async () => {
    const { proposal } = await doors.correct(world.caseworker, world.anker.id, { phone: '0241 2' }, ' Neue Nummer. ');
    expect(proposal).toMatchObject({
      kind: 'CORRECTION',
      status: 'OPEN',
      recordKind: 'PARTNER',
      recordId: world.anker.id,
      reason: 'Neue Nummer.',
      proposedAs: 'CASEWORK',
      proposedBy: 'caseworker',
      changes: [{ field: 'phone', before: '0241 1', current: '0241 1', after: '0241 2' }],
    });
    expect((await stored(world.anker.id)).phone).toBe('0241 1');
    const accepted = await doors.accept(world.partner, proposal.id);
    expect(accepted).toMatchObject({ proposal: { status: 'ACCEPTED', decidedAt: NOW.toISOString() }, userErrors: [] });
    expect(await stored(world.anker.id)).toMatchObject({ phone: '0241 2', version: 2 });
    const revisions = await hub
      .owner()
      .execute('select origin, changes, account_id from revision where record_id = ?', [world.anker.id]);
    expect(revisions).toEqual([
      {
        origin: 'PROPOSAL',
        changes: { phone: { before: '0241 1', after: '0241 2' } },
        account_id: world.partner.accountId,
      },
    ]);
  });

  test('is rejected for a reason, and changes nothing', async () => {
    const { proposal } = await doors.correct(world.caseworker, world.anker.id, { phone: '0241 2' });
    expect(codes(await doors.reject(world.partner, proposal.id, 'Nein.'))).toEqual([['REASON_REQUIRED', 'reason']]);
    const { proposal: rejected } = await doors.reject(world.partner, proposal.id);
    expect(rejected).toMatchObject({ status: 'REJECTED', decision: 'Das stimmt so nicht mehr.' });
    expect(await stored(world.anker.id)).toMatchObject({ phone: '0241 1', version: 1 });
    // Whoever proposed it reads why, and not by whom.
    expect(await doors.read(world.caseworker, proposal.id)).toMatchObject({ decision: 'Das stimmt so nicht mehr.' });
    expect(codes(await doors.accept(world.partner, proposal.id))).toEqual([['STEP_NOT_OPEN', 'id']]);
  });

  const deciders: Record<string, [whose: 'anker' | 'orphan', who: readonly string[]]> = {
    'of a partner with editors': ['anker', ['partner']],
    'of a partner that nobody edits': ['orphan', ['coordinator']],
  };
  test.each(Object.entries(deciders))('%s is decided by whoever keeps it alone', async (_name, [whose, who]) => {
    const id = whose === 'anker' ? world.anker.id : orphan.id;
    const { proposal } = await doors.correct(world.caseworker, id, { phone: '0241 2' });
    const before = await rows();
    const sees = ['caseworker', 'coordinator', ...who];
    for (const one of everybody.filter(name => !who.includes(name)))
      for (const step of [doors.accept, doors.reject])
        expect([one, ...codes(await step(world[one], proposal.id))]).toEqual([
          one,
          [sees.includes(one) ? 'STEP_NOT_OPEN' : 'NOT_FOUND', 'id'],
        ]);
    expect(await rows()).toEqual(before);
    expect((await doors.accept(world[who[0] as 'partner'], proposal.id)).userErrors).toEqual([]);
  });

  test('is read by whoever proposed it, who edits the partner, who coordinates its network, and nobody else', async () => {
    const { proposal } = await doors.correct(world.foreigner, world.anker.id, { phone: '0241 2' });
    const readers = ['partner', 'coordinator', 'foreigner'];
    for (const one of everybody) {
      expect([one, await doors.listed(world[one])]).toEqual([one, readers.includes(one) ? [proposal.id] : []]);
      expect([one, (await doors.read(world[one], proposal.id)) !== null]).toEqual([one, readers.includes(one)]);
      const query =
        'query ($id: ID!) { partner(id: $id) { proposals { totalCount nodes { id } } pendingChanges { field } } }';
      const { partner } = (await hub.as(world[one], query, { id: world.anker.id })).data;
      expect([one, partner.proposals.totalCount, partner.pendingChanges]).toEqual([
        one,
        readers.includes(one) ? 1 : 0,
        ['partner', 'coordinator'].includes(one) ? [] : null,
      ]);
    }
    expect(await doors.read(world.anonymous, proposal.id)).toBeNull();
    const { errors } = await hub.as(world.anonymous, '{ proposals { totalCount } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test.each([
    ['caseworker', 'CASEWORK'],
    ['stranger', 'OTHER_PARTNER'],
    ['foreigner', 'OTHER'],
    ['coordinator', 'COORDINATION'],
    ['partner', 'PARTNER'],
  ] as const)('of %s tells the partner the side, and the coordination alone the name', async (who, side) => {
    const { proposal } = await doors.correct(world[who], world.anker.id, { phone: '0241 2' });
    expect(await doors.read(world.coordinator, proposal.id)).toMatchObject({ proposedAs: side, proposedBy: who });
    expect(await doors.read(world.partner, proposal.id)).toMatchObject({
      proposedAs: side,
      proposedBy: who === 'partner' ? 'partner' : null,
    });
  });

  test.each([
    [{}, ['INVALID_INPUT', 'input']],
    [{ phone: '0241 1' }, ['INVALID_INPUT', 'input']],
    [{ phone: 'auf Anfrage' }, ['INVALID_INPUT', 'input', 'phone']],
    [{ name: '' }, ['INVALID_INPUT', 'input', 'name']],
    [{ kinds: [] }, ['INVALID_INPUT', 'input', 'kinds']],
    [{ parent: '6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11' }, ['INVALID_INPUT', 'input', 'parent']],
  ])('that is none is refused: %j', async (input, fault) => {
    const before = await rows();
    expect(codes(await doors.correct(world.caseworker, world.anker.id, input))).toEqual([fault]);
    expect(await rows()).toEqual(before);
  });

  test('is not doubled by whoever may know of it, tells others nothing, and may come again once decided', async () => {
    const first = await doors.correct(world.caseworker, world.anker.id, { phone: '0241 2', email: null });
    for (const viewer of [world.caseworker, world.coordinator])
      expect(codes(await doors.correct(viewer, world.anker.id, { phone: '0241 2' }))).toEqual([['DUPLICATE', 'input']]);
    const second = await doors.correct(world.foreigner, world.anker.id, { phone: '0241 2' });
    expect(second.userErrors).toEqual([]);
    await doors.withdraw(world.foreigner, second.proposal.id);
    await doors.reject(world.partner, first.proposal.id);
    expect((await doors.correct(world.caseworker, world.anker.id, { phone: '0241 2' })).userErrors).toEqual([]);
  });

  test('is one of 20 that one account may have open, also of many at once', async () => {
    // Of several partners: those of one wait for each other anyway.
    const partners = [world.anker, world.brücke, orphan];
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        doors.correct(world.caseworker, partners[i % 3]!.id, { phone: `0241 10${i}` }),
      ),
    );
    const refused = answers.flatMap(codes);
    expect(refused).toEqual(Array.from({ length: 4 }, () => ['LIMIT_REACHED']));
    expect((await doors.correct(world.colleague, world.anker.id, { phone: '0241 99' })).userErrors).toEqual([]);
    const one = answers.find(({ proposal }) => proposal)!.proposal;
    await doors.withdraw(world.caseworker, one.id);
    expect((await doors.correct(world.caseworker, world.anker.id, { phone: '0241 98' })).userErrors).toEqual([]);
  });

  test('of another name waits for the coordination after the partner; what else it holds does not', async () => {
    const { proposal } = await doors.correct(world.caseworker, world.anker.id, { name: 'Anker e.V.', phone: '0241 2' });
    const accepted = await doors.accept(world.partner, proposal.id);
    expect(accepted.proposal).toMatchObject({
      id: proposal.id,
      kind: 'REVIEW',
      status: 'OPEN',
      changes: [{ field: 'name', before: 'Anker', current: 'Anker', after: 'Anker e.V.' }],
    });
    expect(await stored(world.anker.id)).toMatchObject({ name: 'Anker', phone: '0241 2' });
    for (const one of ['partner', 'caseworker'] as const)
      expect(codes(await doors.accept(world[one], proposal.id))).toEqual([['STEP_NOT_OPEN', 'id']]);
    expect((await doors.accept(world.coordinator, proposal.id)).proposal.status).toBe('ACCEPTED');
    expect(await stored(world.anker.id)).toMatchObject({ name: 'Anker e.V.', phone: '0241 2' });
  });

  test('of another name is done in one step where the coordination keeps the record, or edits too', async () => {
    const ofOrphan = await doors.correct(world.caseworker, orphan.id, { name: 'Insel gGmbH' });
    expect((await doors.accept(world.coordinator, ofOrphan.proposal.id)).proposal.status).toBe('ACCEPTED');
    expect((await stored(orphan.id)).name).toBe('Insel gGmbH');
    const ofAnker = await doors.correct(world.caseworker, world.anker.id, { name: 'Anker gGmbH' });
    const twoHats = both(editorOf(world.anker), coordinatorOf(world.network));
    expect((await doors.accept(twoHats, ofAnker.proposal.id)).proposal.status).toBe('ACCEPTED');
    expect((await stored(world.anker.id)).name).toBe('Anker gGmbH');
  });

  test('that is outdated is a conflict with both values, unless it is to be so all the same', async () => {
    const { proposal } = await doors.correct(world.caseworker, world.anker.id, {
      phone: '0241 2',
      email: 'a@b.example',
    });
    await doors.update(world.partner, world.anker.id, { phone: '0241 3' });
    const { userErrors } = await doors.accept(world.partner, proposal.id);
    expect(userErrors).toMatchObject([
      {
        code: 'VERSION_CONFLICT',
        path: ['id'],
        currentVersion: 2,
        conflicts: [{ field: 'phone', current: '0241 3', yours: '0241 2' }],
      },
    ]);
    expect((await doors.read(world.partner, proposal.id))?.changes).toEqual([
      { field: 'email', before: null, current: null, after: 'a@b.example' },
      { field: 'phone', before: '0241 1', current: '0241 3', after: '0241 2' },
    ]);
    expect(await stored(world.anker.id)).toMatchObject({ phone: '0241 3', version: 2 });
    expect((await doors.accept(world.partner, proposal.id, true)).userErrors).toEqual([]);
    expect(await stored(world.anker.id)).toMatchObject({ phone: '0241 2', version: 3 });
  });

  test('of what is so meanwhile changes nothing, not even the version', async () => {
    const { proposal } = await doors.correct(world.caseworker, world.anker.id, { phone: '0241 2' });
    await doors.update(world.partner, world.anker.id, { phone: '0241 2' });
    expect((await doors.accept(world.partner, proposal.id)).proposal.status).toBe('ACCEPTED');
    expect((await stored(world.anker.id)).version).toBe(2);
  });

  test('is taken back by whoever proposed it, while it is open', async () => {
    const { proposal } = await doors.correct(world.caseworker, world.anker.id, { phone: '0241 2' });
    for (const one of ['partner', 'coordinator'] as const)
      expect(codes(await doors.withdraw(world[one], proposal.id))).toEqual([['STEP_NOT_OPEN', 'id']]);
    expect(codes(await doors.withdraw(world.colleague, proposal.id))).toEqual([['NOT_FOUND', 'id']]);
    expect((await doors.withdraw(world.caseworker, proposal.id)).proposal.status).toBe('WITHDRAWN');
    expect(codes(await doors.accept(world.partner, proposal.id))).toEqual([['STEP_NOT_OPEN', 'id']]);
  });

  test('of a partner that is not published is for nobody who does not see it', async () => {
    await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [world.anker.id]);
    expect(codes(await doors.correct(world.caseworker, world.anker.id, { phone: '0241 2' }))).toEqual([
      ['NOT_FOUND', 'id'],
    ]);
  });

  test('of a partner that went unpublished tells its proposer nothing new', async () => {
    const { proposal } = await doors.correct(world.foreigner, world.anker.id, { phone: '0241 2' });
    await doors.update(world.partner, world.anker.id, { phone: '0241 3' });
    await doors.archive(world.coordinator, world.anker.id);
    expect(await doors.read(world.foreigner, proposal.id)).toMatchObject({
      partner: null,
      changes: [{ field: 'phone', before: '0241 1', current: null, after: '0241 2' }],
    });
    expect((await doors.read(world.partner, proposal.id))?.changes).toMatchObject([{ current: '0241 3' }]);
  });
});

describe('at once', () => {
  test('of accepting and rejecting one wins', async () => {
    for (let round = 0; round < 5; round++) {
      const { proposal } = await doors.correct(world.caseworker, world.anker.id, { phone: `0241 20${round}` });
      const answers = await Promise.all([
        doors.accept(world.partner, proposal.id, true),
        doors.reject(world.partner, proposal.id),
        doors.withdraw(world.caseworker, proposal.id),
      ]);
      const won = answers.filter(({ userErrors }) => userErrors.length === 0);
      expect(won).toHaveLength(1);
      expect(answers.flatMap(codes)).toEqual([
        ['STEP_NOT_OPEN', 'id'],
        ['STEP_NOT_OPEN', 'id'],
      ]);
      const query = 'select status from proposal where id = ?';
      const [row] = await hub.owner().execute<{ status: string }[]>(query, [proposal.id]);
      expect(won[0]!.proposal.status).toBe(row!.status);
      expect((await stored(world.anker.id)).phone === `0241 20${round}`).toBe(row!.status === 'ACCEPTED');
    }
  });

  test('what one person proposes waits for each other, so that the limit holds over all partners', async () => {
    const rival = hub.owner();
    await rival.begin();
    const lock = 'select pg_advisory_xact_lock(hashtextextended(?, 0))';
    await rival.execute(lock, [`proposal ${world.caseworker.accountId}`]);
    expect((await doors.correct(world.colleague, world.anker.id, { phone: '0241 3' })).userErrors).toEqual([]);
    const ours = doors.correct(world.caseworker, world.anker.id, { phone: '0241 2' });
    await waitersOf(hub, 1);
    await rival.commit();
    expect((await ours).userErrors).toEqual([]);
  });

  test('whoever waited for an edit finds the proposal outdated', async () => {
    const { proposal } = await doors.correct(world.caseworker, world.anker.id, { phone: '0241 2' });
    const rival = hub.owner();
    await rival.begin();
    await rival.execute(`update partner set phone = '0241 3', version = version + 1 where id = ?`, [world.anker.id]);
    const ours = doors.accept(world.partner, proposal.id);
    await waitersOf(hub, 1);
    await rival.commit();
    expect(codes(await ours)).toEqual([['VERSION_CONFLICT', 'id']]);
  });

  test('200 corrections by 20 people, half of them accepted: each is as it was decided, and nothing else', async () => {
    const people: Viewer[] = Array.from({ length: 20 }, (_, i) => ({
      accountId: null,
      subject: `p${i}`,
      displayName: `Person ${i}`,
      memberships: [
        { role: Role.CASEWORKER, networkId: i % 2 ? world.network.id : world.elsewhere.id, partnerId: null },
      ],
    }));
    // An account each: the test hub knows people without one by what they may do.
    for (const [i, person] of people.entries()) {
      const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
      people[i] = { ...person, accountId: id, subject: id };
    }
    const fields = ['phone', 'email', 'website', 'description'] as const;
    const saidOf = (field: string, n: number) =>
      ({
        phone: `0241 ${1000 + n}`,
        email: `n${n}@a.example`,
        website: `https://a.example/${n}`,
        description: `Text ${n}`,
      })[field];
    // Twenty at once, each ten times.
    const inTurn = async <T>(work: (n: number) => Promise<T>): Promise<T[]> =>
      (
        await Promise.all(
          people.map(async (_, i) => {
            const done: T[] = [];
            for (let n = i; n < 200; n += 20) done.push(await work(n));
            return done;
          }),
        )
      ).flat();
    const answers = await inTurn(n =>
      doors.correct(people[n % 20]!, world.anker.id, { [fields[n % 4]!]: saidOf(fields[n % 4]!, n) }),
    );
    expect(answers.flatMap(codes)).toEqual([]);
    const ids = answers.map(({ proposal }) => proposal.id);
    expect(new Set(ids).size).toBe(200);
    const decided = await inTurn(n =>
      n % 2 ? doors.accept(world.partner, ids[n]!, true) : doors.reject(world.partner, ids[n]!),
    );
    expect(decided.flatMap(codes)).toEqual([]);
    const counts = await hub
      .owner()
      .execute('select status, count(*)::int from proposal where partner_id = ? group by 1 order by 1', [
        world.anker.id,
      ]);
    expect(counts).toEqual([
      { status: 'ACCEPTED', count: 100 },
      { status: 'REJECTED', count: 100 },
    ]);
    expect((await stored(world.anker.id)).version).toBe(101);
  });
});
