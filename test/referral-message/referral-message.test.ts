import { afterEach, describe, expect, test } from 'vitest';
import { OPEN, ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { look, REFERRAL_FIELDS, type Step, take } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('referral_message');

const START = new Date('2026-03-04T09:00:00.000Z');
const later = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);
const DAY = 24 * 60;

afterEach(() => hub.setNow(undefined));

const { DRAFT, SENT, NEEDS_INFO, WAITLISTED } = ReferralStatus;
const { NONE, RECEIVED_ONLY, STATUS, STATUS_AND_OUTCOME } = FeedbackLevel;

const MESSAGE = 'id by text sentAt unread';
const SEND = `mutation ($id: ID!, $text: String!) {
  answer: referralMessageSend(id: $id, text: $text) { message { ${MESSAGE} } userErrors { code path openSteps } } }`;
const READ = `mutation ($id: ID!) {
  answer: referralMessagesRead(id: $id) { referral { unreadMessages } userErrors { code path } } }`;
const LIST = `query ($id: ID!, $first: Int, $after: String) { referral(id: $id) {
  unreadMessages
  messages(first: $first, after: $after) { nodes { ${MESSAGE} } pageInfo { hasNextPage endCursor } totalCount } } }`;

async function say(viewer: Viewer, id: string, text = 'Guten Tag.') {
  const { data, errors } = await hub.as(viewer, SEND, { id, text });
  if (errors) throw new Error(String(errors[0]?.extensions.code));
  return data.answer;
}

/** `canMessage` says it before. */
async function refusalOf(viewer: Viewer, id: string, text?: string): Promise<string | undefined> {
  const { data } = await hub.as(viewer, 'query ($id: ID!) { referral(id: $id) { canMessage } }', { id });
  const code = (await say(viewer, id, text)).userErrors[0]?.code;
  if (code !== 'INVALID_INPUT') expect(data.referral?.canMessage ?? false).toBe(code === undefined);
  return code;
}

async function markRead(viewer: Viewer, id: string) {
  const { data, errors } = await hub.as(viewer, READ, { id });
  if (errors) throw new Error(String(errors[0]?.extensions.code));
  return data.answer;
}

async function talk(viewer: Viewer, id: string, page: object = {}) {
  const { data, errors } = await hub.as(viewer, LIST, { id, ...page });
  if (errors) throw new Error(JSON.stringify(errors));
  const { unreadMessages, messages } = data.referral;
  return {
    unread: unreadMessages as number,
    texts: messages.nodes.map((one: { text: string }) => one.text) as string[],
    ...messages,
  };
}

const NOTHING = { unread: 0, texts: [], totalCount: 0 };

describe('the two sides', () => {
  test('write to each other, newest first; what is unread counts per side, not per person', async () => {
    const { caseworker, deputy, partner, referral } = await hub.given();
    const { id } = referral;
    hub.setNow(later(1));
    expect(await say(caseworker, id, 'Können Sie diese Woche noch?')).toMatchObject({
      message: {
        by: 'CASEWORKER',
        text: 'Können Sie diese Woche noch?',
        sentAt: later(1).toISOString(),
        unread: false,
      },
      userErrors: [],
    });
    hub.setNow(later(2));
    await say(deputy, id, 'Sonst nächste.');
    hub.setNow(later(3));
    await say(partner, id, 'Am Donnerstag.');
    expect((await talk(partner, id)).nodes.map(({ id: _, ...rest }: { id: string }) => rest)).toEqual([
      { by: 'PARTNER', text: 'Am Donnerstag.', sentAt: later(3).toISOString(), unread: false },
      { by: 'CASEWORKER', text: 'Sonst nächste.', sentAt: later(2).toISOString(), unread: true },
      { by: 'CASEWORKER', text: 'Können Sie diese Woche noch?', sentAt: later(1).toISOString(), unread: true },
    ]);
    const unread = async () => [
      (await talk(caseworker, id)).unread,
      (await talk(deputy, id)).unread,
      (await talk(partner, id)).unread,
    ];
    expect(await unread()).toEqual([1, 1, 2]);
    expect(await markRead(deputy, id)).toEqual({ referral: { unreadMessages: 0 }, userErrors: [] });
    expect(await unread()).toEqual([0, 0, 2]);
    await markRead(partner, id);
    await say(caseworker, id, 'Gut.');
    expect(await unread()).toEqual([0, 0, 1]);
  });

  test('are not told whether the other has read', async () => {
    const { caseworker, partner, referral } = await hub.given();
    await say(caseworker, referral.id);
    await say(partner, referral.id);
    const before = [await talk(caseworker, referral.id), await look(hub, caseworker, referral.id)];
    await markRead(partner, referral.id);
    await markRead(partner, referral.id);
    expect([await talk(caseworker, referral.id), await look(hub, caseworker, referral.id)]).toEqual(before);
  });

  test('move neither version nor time of the referral, nor its events', async () => {
    const { caseworker, partner, coordinator, referral } = await hub.given();
    const everybody = async () =>
      Promise.all([caseworker, partner, coordinator].map(viewer => look(hub, viewer, referral.id)));
    const before = await everybody();
    hub.setNow(later(5));
    await say(caseworker, referral.id);
    await say(partner, referral.id);
    await markRead(caseworker, referral.id);
    expect(await everybody()).toEqual(before);
    const columns = 'select revision, version, seen_version, updated_at from referral where id = ?';
    const [row] = await hub.owner().execute(columns, [referral.id]);
    expect(row).toMatchObject({ revision: 1, version: 1, seen_version: 1 });
  });

  test('write to a page of exactly what there is, in the same millisecond or not', async () => {
    hub.setNow(START);
    const { caseworker, partner, referral } = await hub.given();
    for (let i = 0; i < 7; i++) await say(i % 2 ? caseworker : partner, referral.id, `Nr. ${i}`);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await talk(caseworker, referral.id, { first: 3, after });
      expect(page.totalCount).toBe(7);
      seen.push(...page.texts);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    const other = await hub.as(caseworker, '{ referrals { pageInfo { endCursor } } }');
    const { errors } = await hub.as(caseworker, LIST, {
      id: referral.id,
      after: other.data.referrals.pageInfo.endCursor,
    });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });
});

describe('texts', () => {
  test('are kept as they came', async () => {
    const { caseworker, referral } = await hub.given();
    for (const text of [
      '  eingerückt\n\n',
      "'; drop table referral; --",
      '<b>ÄÖÜß</b>',
      '👩‍🦽'.repeat(400),
      'x'.repeat(2000),
    ])
      expect((await say(caseworker, referral.id, text)).message.text).toBe(text);
  });

  test.each([
    ['', 'INVALID_INPUT'],
    [' \n\t\u00a0', 'INVALID_INPUT'],
  ])('%j says nothing', async (text, code) => {
    const { caseworker, referral } = await hub.given();
    const before = await everyRow(hub.owner());
    expect((await say(caseworker, referral.id, text)).userErrors).toMatchObject([{ code, path: ['text'] }]);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('that are too long are malformed', async () => {
    const { caseworker, referral } = await hub.given();
    await expect(say(caseworker, referral.id, 'x'.repeat(2001))).rejects.toThrow('BAD_USER_INPUT');
    expect(await talk(caseworker, referral.id)).toMatchObject(NOTHING);
  });
});

/** Where the partner has not decided. */
const UNDECIDED: readonly ReferralStatus[] = [SENT, ReferralStatus.RECEIVED, NEEDS_INFO, WAITLISTED];

/** At which statuses, those that happened, the partner may write. */
const PARTNER_WRITES: Record<FeedbackLevel, readonly ReferralStatus[]> = {
  NONE: [],
  RECEIVED_ONLY: UNDECIDED,
  STATUS: OPEN,
  STATUS_AND_OUTCOME: OPEN,
};

describe.each(Object.values(FeedbackLevel))('at level %s', level => {
  const statuses = Object.values(ReferralStatus).filter(
    status => !(level === NONE && (status === NEEDS_INFO || status === WAITLISTED)),
  );

  test.each(statuses)('who writes while it is %s', async status => {
    const { caseworker, partner, referral } = await hub.given({ level, status });
    const before = await everyRow(hub.owner());
    const seen = (await look(hub, caseworker, referral.id)).status;
    const refused = { byCaseworker: await refusalOf(caseworker, referral.id), byPartner: undefined as unknown };
    if (refused.byCaseworker) expect(await everyRow(hub.owner())).toEqual(before);
    const between = await everyRow(hub.owner());
    refused.byPartner = await refusalOf(partner, referral.id);
    if (refused.byPartner) expect(await everyRow(hub.owner())).toEqual(between);
    expect(refused).toEqual({
      byCaseworker: OPEN.includes(seen) ? undefined : 'STEP_NOT_OPEN',
      byPartner: PARTNER_WRITES[level].includes(status) ? undefined : status === DRAFT ? 'NOT_FOUND' : 'STEP_NOT_OPEN',
    });
  });
});

test('a refusal tells what is open instead', async () => {
  const { partner, referral } = await hub.given({ level: NONE });
  const { userErrors } = await say(partner, referral.id);
  expect(userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN', path: ['id'] }]);
  expect([...userErrors[0].openSteps]).toEqual((await look(hub, partner, referral.id)).openSteps);
});

describe('after an end that the caseworker does not see', () => {
  const HIDDEN: [FeedbackLevel, Step[]][] = [
    [NONE, ['DECLINE']],
    [NONE, ['ACCEPT', 'START', 'COMPLETE']],
    [RECEIVED_ONLY, ['ACKNOWLEDGE', 'ACCEPT', 'START', 'COMPLETE']],
  ];

  async function world(level: FeedbackLevel, steps: readonly Step[]) {
    hub.setNow(START);
    const made = await hub.given({ status: DRAFT, level, total: 2 });
    await take(hub, made.caseworker, 'SEND', made.referral.id);
    await say(made.caseworker, made.referral.id, 'Vorher.');
    for (const step of steps) await take(hub, made.partner, step, made.referral.id);
    return made;
  }

  /** All that the caseworker can tell of writing, but for ids and the world's own names. */
  async function writing({ caseworker, referral }: Awaited<ReturnType<typeof world>>) {
    hub.setNow(later(1));
    const { message, userErrors } = await say(caseworker, referral.id, 'Nachher.');
    const { id: _, ...told } = message;
    const { unread, texts, totalCount } = await talk(caseworker, referral.id);
    const { status, version, updatedAt, openSteps } = await look(hub, caseworker, referral.id);
    return { told, userErrors, unread, texts, totalCount, status, version, updatedAt, openSteps };
  }

  test.each(HIDDEN)('%s, %j: she writes as if it went on, and nobody reads it', async (level, steps) => {
    const ended = await world(level, steps);
    const running = await world(level, level === NONE ? [] : ['ACKNOWLEDGE', 'ACCEPT']);
    const { partner, referral } = ended;
    const before = await talk(partner, referral.id);
    expect(await writing(ended)).toEqual(await writing(running));
    expect(await talk(partner, referral.id)).toEqual(before);
    const inSql = await hub
      .inDatabase(partner)
      .execute(`select text from referral_message where referral_id = ? and text = 'Nachher.'`, [referral.id]);
    expect(inSql).toEqual([]);
    await markRead(partner, referral.id);
    const rows = `select text from referral_message where referral_id = ? and read_at is null`;
    expect(await hub.owner().execute(rows, [referral.id])).toContainEqual({ text: 'Nachher.' });
    expect((await talk(running.partner, running.referral.id)).texts).toEqual(['Nachher.', 'Vorher.']);
  });

  test.each<[FeedbackLevel, Step]>([
    [NONE, 'COMPLETE'],
    [RECEIVED_ONLY, 'COMPLETE'],
    [RECEIVED_ONLY, 'ABORT'],
  ])('%s, %s: what she wrote meanwhile is delivered where it is reopened', async (level, end) => {
    const { caseworker, coordinator, partner, referral } = await world(level, ['ACCEPT', 'START', end]);
    hub.setNow(later(1));
    await say(caseworker, referral.id, 'Nachher.');
    const before = [await talk(caseworker, referral.id), await look(hub, caseworker, referral.id)];
    await take(hub, coordinator, 'REOPEN', referral.id);
    expect([await talk(caseworker, referral.id), await look(hub, caseworker, referral.id)]).toEqual(before);
    expect(await talk(partner, referral.id)).toMatchObject({ unread: 2, texts: ['Nachher.', 'Vorher.'] });
    expect(await talk(coordinator, referral.id)).toMatchObject(NOTHING);
    await markRead(partner, referral.id);
    expect(await talk(partner, referral.id)).toMatchObject({ unread: 0 });
  });
});

describe('the partner reads and writes', () => {
  async function sent(wish: Parameters<typeof hub.given>[0] = {}) {
    hub.setNow(START);
    const world = await hub.given({ status: DRAFT, ...wish });
    await take(hub, world.caseworker, 'SEND', world.referral.id);
    await say(world.caseworker, world.referral.id);
    return world;
  }

  const rowsInSql = async (viewer: Viewer, id: string): Promise<number> =>
    (await hub.inDatabase(viewer).execute('select id from referral_message where referral_id = ?', [id])).length;

  test.each<[string, Step[], 'partner' | 'caseworker']>([
    ['declined', ['DECLINE'], 'partner'],
    ['cancelled', ['ACCEPT', 'CANCEL'], 'caseworker'],
  ])('nothing any more once it is %s, while the caseworker reads on', async (_case, steps, last) => {
    const world = await sent();
    const { caseworker, partner, referral } = world;
    for (const step of steps.slice(0, -1)) await take(hub, partner, step, referral.id);
    expect(await talk(partner, referral.id)).toMatchObject({ unread: 1, totalCount: 1 });
    await take(hub, world[last], steps.at(-1)!, referral.id);
    expect(await talk(partner, referral.id)).toMatchObject(NOTHING);
    expect(await rowsInSql(partner, referral.id)).toBe(0);
    expect(await refusalOf(partner, referral.id)).toBe('STEP_NOT_OPEN');
    expect((await markRead(partner, referral.id)).userErrors).toEqual([]);
    const read = 'select id from referral_message where referral_id = ? and read_at is not null';
    expect(await hub.owner().execute(read, [referral.id])).toEqual([]);
    expect(await talk(caseworker, referral.id)).toMatchObject({ totalCount: 1 });
  });

  test('for 14 days after a completion, but writes no more', async () => {
    const { partner, referral } = await sent();
    for (const step of ['ACCEPT', 'START', 'COMPLETE'] as const) await take(hub, partner, step, referral.id);
    hub.setNow(later(14 * DAY - 1));
    expect(await talk(partner, referral.id)).toMatchObject({ unread: 1, totalCount: 1 });
    expect(await refusalOf(partner, referral.id)).toBe('STEP_NOT_OPEN');
    hub.setNow(later(14 * DAY));
    expect(await talk(partner, referral.id)).toMatchObject(NOTHING);
    expect(await rowsInSql(partner, referral.id)).toBe(0);
  });

  test('until the consent ends, though nobody has noticed yet', async () => {
    const { caseworker, partner, referral } = await sent();
    hub.setNow(new Date('2027-03-04T22:59:59.000Z'));
    expect(await refusalOf(partner, referral.id)).toBeUndefined();
    hub.setNow(new Date('2027-03-04T23:00:00.000Z'));
    expect(await talk(partner, referral.id)).toMatchObject(NOTHING);
    expect(await refusalOf(partner, referral.id)).toBe('STEP_NOT_OPEN');
    expect(await talk(caseworker, referral.id)).toMatchObject({ unread: 1, totalCount: 2 });
  });

  test('nothing at all after a revocation', async () => {
    const { caseworker, partner, referral, consent } = await sent();
    await hub.as(caseworker, `mutation { consentRevoke(id: "${consent.id}") { userErrors { code } } }`);
    expect(await talk(partner, referral.id)).toMatchObject(NOTHING);
    expect(await refusalOf(partner, referral.id)).toBe('STEP_NOT_OPEN');
    expect(await refusalOf(caseworker, referral.id)).toBe('STEP_NOT_OPEN');
  });
});

test('a message sent twice under one key is one, and is told again as long as it may be read', async () => {
  const { caseworker, partner, referral } = await hub.given();
  const send = async () =>
    (
      await hub.ask(
        partner,
        { query: SEND, variables: { id: referral.id, text: 'Ja.' } },
        { 'idempotency-key': 'one-message' },
      )
    ).answer;
  const first = await send();
  expect(first.data.answer.message).toMatchObject({ by: 'PARTNER', text: 'Ja.' });
  expect(await send()).toEqual(first);
  expect(await talk(caseworker, referral.id)).toMatchObject({ totalCount: 1 });
  await take(hub, caseworker, 'CANCEL', referral.id);
  expect(await send()).toEqual({ data: { answer: { message: null, userErrors: [] } } });
});

describe('who is on neither side', () => {
  const both = (one: Viewer, other: Viewer): Viewer => ({
    ...one,
    memberships: [...one.memberships, ...other.memberships],
  });

  test.each([
    ['colleague', 'NOT_FOUND'],
    ['foreigner', 'NOT_FOUND'],
    ['stranger', 'NOT_FOUND'],
    ['coordinator', 'FORBIDDEN'],
    ['foreignCoordinator', 'FORBIDDEN'],
    ['auditor', 'FORBIDDEN'],
    ['anonymous', 'UNAUTHENTICATED'],
  ] as const)('the %s writes nothing and marks nothing: %s', async (who, code) => {
    const { [who]: viewer, caseworker, referral } = await hub.given();
    await say(caseworker, referral.id);
    const before = await everyRow(hub.owner());
    if (code === 'NOT_FOUND') {
      expect((await say(viewer, referral.id)).userErrors).toMatchObject([{ code, path: ['id'] }]);
      expect(await say(viewer, referral.id)).toEqual(await say(viewer, '00000000-0000-4000-8000-000000000000'));
      expect((await markRead(viewer, referral.id)).userErrors).toMatchObject([{ code, path: ['id'] }]);
    } else {
      await expect(say(viewer, referral.id)).rejects.toThrow(code);
      await expect(markRead(viewer, referral.id)).rejects.toThrow(code);
    }
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('the coordinator reads none of it, not even as a caseworker of other cases', async () => {
    const { colleague, coordinator, caseworker, referral } = await hub.given();
    await say(caseworker, referral.id);
    for (const viewer of [coordinator, both(colleague, coordinator)]) {
      expect(await talk(viewer, referral.id)).toMatchObject(NOTHING);
      expect(await hub.inDatabase(viewer).execute('select id from referral_message')).toEqual([]);
    }
    const { userErrors } = await say(both(colleague, coordinator), referral.id);
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
  });

  test('who is on both sides writes as the partner', async () => {
    const { caseworker, deputy, partner, referral } = await hub.given({ level: STATUS });
    const viewer = both(caseworker, partner);
    await say(deputy, referral.id, 'Von der einen Seite.');
    expect(await talk(viewer, referral.id)).toMatchObject({ unread: 1 });
    expect((await say(viewer, referral.id, 'Von der anderen.')).message).toMatchObject({
      by: 'PARTNER',
      unread: false,
    });
    expect(await talk(deputy, referral.id)).toMatchObject({
      unread: 1,
      texts: ['Von der anderen.', 'Von der einen Seite.'],
    });
  });
});

test('a page of referrals reads its messages by the same number of statements, however long', async () => {
  const PAGE = `{ referrals { nodes { id unreadMessages messages(first: 5) { nodes { ${MESSAGE} } totalCount } } } }`;
  for (const who of ['caseworker', 'partner', 'coordinator'] as const) {
    const counts = [];
    for (const referrals of [2, 20]) {
      const world = await hub.given({ status: SENT, level: STATUS_AND_OUTCOME, referrals });
      for (const { id } of world.referrals.slice(0, 5)) await say(world.caseworker, id);
      await hub.enrol(world[who]);
      const sent = await hub.statements(async () => {
        const { data, errors } = await hub.as(world[who], PAGE);
        expect(errors).toBeUndefined();
        expect(data.referrals.nodes).toHaveLength(referrals);
      });
      counts.push(sent.filter(one => /^(select|with) (?!set_config)/.test(one)).length);
    }
    expect(counts[1]).toBe(counts[0]);
    console.log(`20 referrals with their messages, for the ${who}: ${counts[1]} statements`);
    expect(counts[1]).toBeLessThanOrEqual({ caseworker: 7, partner: 6, coordinator: 3 }[who]);
  }
});

test('the fields of a referral are all there beside its messages', async () => {
  const { caseworker, referral } = await hub.given();
  const { data, errors } = await hub.as(
    caseworker,
    `{ node(id: "${referral.id}") { ... on Referral { ${REFERRAL_FIELDS} unreadMessages messages { nodes { id } } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data.node).toMatchObject({ unreadMessages: 0, messages: { nodes: [] } });
});
