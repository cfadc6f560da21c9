import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testHub } from '../support/hub.js';
import { take } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';
import { askRegister, edit, register } from './register.js';

const hub = testHub('gap_access');
const NOW = new Date('2026-03-10T09:00:00.000Z');

beforeAll(() => hub.setNow(NOW));
afterAll(() => hub.setNow(undefined));

async function declined() {
  const world = await hub.given();
  await take(hub, world.partner, 'DECLINE', world.referral.id);
  const [gap] = await register(hub, world.coordinator, world.network);
  return { ...world, gap: gap as { id: string } };
}

type World = Awaited<ReturnType<typeof declined>>;

const node = (world: World, who: 'coordinator' | 'foreignCoordinator' | (typeof NOBODY_ELSE)[number][0]) =>
  hub.as(world[who], 'query ($id: ID!) { node(id: $id) { __typename id } }', { id: world.gap.id });

const NOBODY_ELSE = [
  ['caseworker', 'FORBIDDEN'],
  ['deputy', 'FORBIDDEN'],
  ['partner', 'FORBIDDEN'],
  ['stranger', 'FORBIDDEN'],
  ['foreigner', 'FORBIDDEN'],
  ['auditor', 'FORBIDDEN'],
  ['admin', 'FORBIDDEN'],
  ['unknown', 'FORBIDDEN'],
  ['anonymous', 'UNAUTHENTICATED'],
] as const;

test.each(NOBODY_ELSE)('the register is closed to the %s: %s', async (who, code) => {
  const world = await declined();
  const before = await everyRow(hub.owner());
  expect((await askRegister(hub, world[who], world.network)).errors).toMatchObject([{ extensions: { code } }]);
  const { errors } = await edit(hub, world[who], world.gap.id, { note: 'x' });
  expect(errors).toMatchObject([{ extensions: { code } }]);
  expect((await node(world, who)).data.node).toBeNull();
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('the register of another network is as if there were none', async () => {
  const world = await declined();
  const refusalOf = async (slug: string) => {
    const { data, errors } = await askRegister(hub, world.foreignCoordinator, { slug });
    const { requestId: _, ...extensions } = errors![0]!.extensions;
    return { data, message: errors![0]!.message, extensions };
  };
  const foreign = await refusalOf(world.network.slug);
  expect(foreign).toMatchObject({ data: null, extensions: { code: 'BAD_USER_INPUT', argument: 'network' } });
  expect(foreign).toEqual(await refusalOf('nowhere'));
  expect((await node(world, 'foreignCoordinator')).data.node).toBeNull();
  const before = await everyRow(hub.owner());
  for (const id of [world.gap.id, 'x', '00000000-0000-4000-8000-000000000000'])
    expect(await edit(hub, world.foreignCoordinator, id, { note: 'x' })).toMatchObject({
      gap: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['id'] }],
    });
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('without the policies the access file alone keeps the register closed', async () => {
  const world = await declined();
  await hub.owner().execute('alter table gap disable row level security');
  try {
    expect(await hub.nobody().execute('select id from gap where id = ?', [world.gap.id])).toHaveLength(1);
    for (const who of ['foreignCoordinator', 'caseworker', 'partner', 'auditor'] as const)
      expect((await node(world, who)).data.node).toBeNull();
    expect((await askRegister(hub, world.foreignCoordinator, world.network)).data).toBeNull();
    const { userErrors } = await edit(hub, world.foreignCoordinator, world.gap.id, { note: 'x' });
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  } finally {
    await hub.owner().execute('alter table gap enable row level security');
  }
});

test('the coordinator finds a gap by its id', async () => {
  const world = await declined();
  expect((await node(world, 'coordinator')).data.node).toEqual({ __typename: 'Gap', id: world.gap.id });
});

describe('an edit', () => {
  test('says what is done, and leaves the rest', async () => {
    const { coordinator, gap } = await declined();
    const note = 'Gespräch am 3. Mai.';
    const first = await edit(hub, coordinator, gap.id, { status: 'PLANNED', note }, 1);
    const planned = { status: 'PLANNED', note, version: 2, updatedAt: NOW.toISOString(), events: 1 };
    expect(first).toMatchObject({ gap: planned, userErrors: [] });
    const second = await edit(hub, coordinator, gap.id, { status: 'CLOSED' }, 2);
    expect(second.gap).toMatchObject({ ...planned, status: 'CLOSED', version: 3 });
    expect((await edit(hub, coordinator, gap.id, { note: '' })).gap).toMatchObject({ status: 'CLOSED', note: null });
    expect((await edit(hub, coordinator, gap.id, { note: 'ä'.repeat(1000) })).userErrors).toEqual([]);
    expect((await edit(hub, coordinator, gap.id, { note: null })).gap).toMatchObject({ note: null, version: 6 });
    expect((await edit(hub, coordinator, gap.id, {})).gap).toMatchObject({ version: 6 });
  });

  test('is not disturbed by events, nor disturbs them', async () => {
    const world = await hub.given({ referrals: 2 });
    const [first, second] = world.referrals;
    await take(hub, world.partner, 'DECLINE', first!.id);
    const [gap] = await register(hub, world.coordinator, world.network);
    await take(hub, world.partner, 'DECLINE', second!.id);
    expect((await edit(hub, world.coordinator, gap.id, { status: 'PLANNED' }, gap.version)).gap).toMatchObject({
      events: 2,
      version: 2,
    });
  });

  test.each([
    ['an old version', { note: 'x' }, 7, { code: 'VERSION_CONFLICT', path: ['expectedVersion'], currentVersion: 1 }],
    ['no status', { status: null }, 1, { code: 'INVALID_INPUT', path: ['input', 'status'], currentVersion: null }],
  ])('with %s is refused', async (_case, input, version, error) => {
    const { coordinator, gap } = await declined();
    const before = await everyRow(hub.owner());
    expect((await edit(hub, coordinator, gap.id, input, version)).userErrors).toEqual([error]);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('with a note of more than 1,000 characters is malformed', async () => {
    const { coordinator, gap } = await declined();
    const { errors } = await edit(hub, coordinator, gap.id, { note: 'x'.repeat(1001) });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'input.note' } }]);
  });
});
