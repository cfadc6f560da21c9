import { beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('confirmation_link');
const NOW = new Date('2026-03-10T09:00:00.000Z');
const ENDS = new Date('2026-03-17T09:00:00.000Z');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given();
});

const LINK = 'link { id groups createdAt expiresAt usedAt revokedAt } path';
const ERRORS = 'userErrors { code path message }';
const CREATE = `mutation ($partner: ID!, $groups: [FieldGroup!]) {
  answer: confirmationLinkCreate(partner: $partner, groups: $groups) { ${LINK} ${ERRORS} } }`;
const REDEEM = `mutation ($token: String!) {
  answer: confirmationLinkRedeem(token: $token) { partner { id name confirmedAt } ${ERRORS} } }`;
const REVOKE = `mutation ($id: ID!) { answer: confirmationLinkRevoke(id: $id) { link { revokedAt } ${ERRORS} } }`;

const create = async (viewer: Viewer = world.partner, groups: string[] | null = null, partner = world.anker.id) => {
  const { data, errors } = await hub.as(viewer, CREATE, { partner, groups });
  if (errors) return { code: errors[0]!.extensions.code };
  const { link, path, userErrors } = data.answer;
  return { code: userErrors[0]?.code ?? 'done', link, path, token: path?.split('/').at(-1) as string };
};
const redeem = async (token: string, viewer: Viewer = world.anonymous) =>
  (await hub.as(viewer, REDEEM, { token })).data.answer;
const revoke = async (id: string, viewer: Viewer = world.partner) => {
  const { data, errors } = await hub.as(viewer, REVOKE, { id });
  return errors?.[0]?.extensions.code ?? data.answer.userErrors[0]?.code ?? 'done';
};
const stored = () => hub.owner().execute<Record<string, unknown>[]>('select * from confirmation_link order by id');
/** By links of this test's partner. */
const confirmations = () =>
  hub
    .owner()
    .execute(
      `select c.* from confirmation c join confirmation_link l on l.id = c.link_id where l.partner_id = ? order by c.id`,
      [world.anker.id],
    );

const REFUSED = {
  partner: null,
  userErrors: [{ code: 'NOT_FOUND', path: ['token'], message: 'Dieser Link gilt nicht, oder nicht mehr.' }],
};

describe('a link', () => {
  test('confirms once, without sign-in, and what it is for alone', async () => {
    const { token, path, link } = await create(world.partner, ['PROFILE', 'HOURS']);
    expect(path).toMatch(/^\/bestaetigen\/[\w-]{43}$/);
    expect(link).toMatchObject({ groups: ['PROFILE', 'HOURS'], expiresAt: ENDS.toISOString(), usedAt: null });
    hub.setNow(new Date(NOW.getTime() + 60_000));
    expect(await redeem(token!)).toMatchObject({ partner: { id: world.anker.id, confirmedAt: null }, userErrors: [] });
    const rows = await hub.owner().execute<{ kind: string; groups: string[]; account_id: unknown; link_id: string }[]>(
      `select kind, to_jsonb(groups) as groups, account_id, link_id from confirmation
       where link_id is not null order by kind`,
    );
    expect(rows).toEqual([
      { kind: 'LOCATION', groups: ['HOURS'], account_id: null, link_id: link.id },
      { kind: 'PARTNER', groups: ['PROFILE'], account_id: null, link_id: link.id },
      { kind: 'SERVICE', groups: ['HOURS'], account_id: null, link_id: link.id },
    ]);
    const before = await confirmations();
    expect(await redeem(token!)).toEqual(REFUSED);
    expect(await confirmations()).toEqual(before);
  });

  test('holds for seven days, to the millisecond', async () => {
    const [one, other] = [await create(), await create()];
    hub.setNow(ENDS);
    expect(await redeem(one.token!)).toEqual(REFUSED);
    hub.setNow(new Date(ENDS.getTime() - 1));
    expect((await redeem(other.token!)).userErrors).toEqual([]);
  });

  test('ends at the same hour of Berlin, an hour sooner over the change to summer time', async () => {
    hub.setNow(new Date('2026-03-27T09:00:00Z'));
    expect((await create()).link.expiresAt).toBe('2026-04-03T08:00:00.000Z');
  });

  test('that was taken back confirms nothing, whoever did it', async () => {
    for (const who of [world.partner, world.coordinator]) {
      const { token, link } = await create();
      expect(await revoke(link.id, who)).toBe('done');
      expect(await redeem(token!)).toEqual(REFUSED);
    }
    expect(await confirmations()).toEqual([]);
  });

  test('that was used is not taken back any more', async () => {
    const { token, link } = await create();
    await redeem(token!);
    expect(await revoke(link.id)).toBe('NOT_FOUND');
    expect((await stored()).find(one => one.id === link.id)).toMatchObject({ revoked_at: null });
  });

  test('asked by twenty at once confirms once', async () => {
    const { token } = await create();
    const told = await Promise.all(Array.from({ length: 20 }, () => redeem(token!)));
    expect(told.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(told.filter(({ userErrors }) => userErrors[0]?.code === 'NOT_FOUND')).toHaveLength(19);
    expect(await confirmations()).toHaveLength(3);
  });

  test('of a partner that is not published any more confirms nothing, and none is made', async () => {
    const { token } = await create();
    await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [world.anker.id]);
    expect(await redeem(token!)).toEqual(REFUSED);
    expect((await create()).code).toBe('INVALID_INPUT');
  });

  test('for another purpose opens nothing here', async () => {
    const { token } = await create();
    const em = hub.owner();
    await em.execute('alter table confirmation_link drop constraint confirmation_link_purpose_check');
    await em.execute(`update confirmation_link set purpose = 'OTHER'`);
    expect(await redeem(token!)).toEqual(REFUSED);
    await em.execute('delete from confirmation_link');
    await em.execute(
      `alter table confirmation_link add constraint confirmation_link_purpose_check check (purpose in ('CONFIRM'))`,
    );
  });
});

test.each([
  ['nothing', ''],
  ['another token', 'A'.repeat(43)],
  ['a hash', 'f'.repeat(64)],
  ['a long text', 'A'.repeat(5_000)],
  ['odd characters', `${'A'.repeat(42)}'`],
])('%s opens nothing', async (_, token) => {
  const { data, errors } = await hub.as(world.anonymous, REDEEM, { token });
  if (token.length > 4_000) expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  else expect(data.answer).toEqual(REFUSED);
});

test('no token is kept, not even with an Idempotency-Key, and a repetition tells none', async () => {
  const ask = () =>
    hub.ask(world.partner, { query: CREATE, variables: { partner: world.anker.id } }, { 'idempotency-key': 'link' });
  const first = (await ask()).answer.data.answer;
  const token = first.path.split('/').at(-1);
  const second = (await ask()).answer.data.answer;
  expect(second).toMatchObject({ link: { id: first.link.id }, path: null });
  const kept = await hub.owner().execute(
    `select to_jsonb(l)::text as text from confirmation_link l
     union all select to_jsonb(k)::text from idempotency_key k`,
  );
  expect(kept).toHaveLength((await stored()).length + 1);
  for (const { text } of kept) expect(text).not.toContain(token);
  expect((await redeem(token!)).userErrors).toEqual([]);
});

test.each([
  ['partner', 'done'],
  ['coordinator', 'done'],
  ['stranger', 'NOT_FOUND'],
  ['foreignCoordinator', 'NOT_FOUND'],
  ['caseworker', 'FORBIDDEN'],
  ['auditor', 'FORBIDDEN'],
  ['anonymous', 'UNAUTHENTICATED'],
] as const)('made, seen and taken back by the %s: %s', async (who, code) => {
  const { link } = await create();
  const before = await stored();
  expect((await create(world[who])).code).toBe(code);
  if (code !== 'done') expect(await stored()).toEqual(before);
  const { data } = await hub.as(world[who], `{ partner(id: "${world.anker.id}") { confirmationLinks { id } } }`);
  expect(data.partner.confirmationLinks === null).toBe(code !== 'done');
  expect(await revoke(link.id, world[who])).toBe(code);
  expect((await stored()).find(one => one.id === link.id)!.revoked_at === null).toBe(code !== 'done');
});

test('of one partner twenty are open at most; those that ended do not count', async () => {
  const made = [];
  for (let i = 0; i < 20; i++) made.push(await create());
  expect((await create()).code).toBe('INVALID_INPUT');
  await redeem(made[0]!.token!);
  expect((await create()).code).toBe('done');
  expect((await create()).code).toBe('INVALID_INPUT');
  hub.setNow(ENDS);
  expect((await create()).code).toBe('done');
});

test.each([[[]], [['SHOES']]])('none is made for %s', async groups => {
  const told = await create(world.partner, groups);
  expect(told.code).toBe(groups.length ? 'BAD_USER_INPUT' : 'INVALID_INPUT');
  expect((await stored()).filter(one => one.partner_id === world.anker.id)).toEqual([]);
});

test('what a link confirms may be a whole house: as many statements for thirty services as for one', async () => {
  const sent = async () => {
    const { token } = await create();
    return (await hub.statements(() => redeem(token!))).length;
  };
  const few = await sent();
  const at = directory(hub.owner());
  for (let i = 0; i < 30; i++) await at.service(world.anker, `Kurs ${i}`);
  expect(await sent()).toBe(few);
});
