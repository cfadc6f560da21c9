import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DisclosureBasis, ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { documentOf, look, type Step, take, tryStep, variablesOf, walk } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('referral_question');

// A Wednesday; Good Friday and Easter Monday follow.
const WEDNESDAY = new Date('2026-04-01T08:00:00.000Z');
beforeEach(() => hub.setNow(WEDNESDAY));
afterAll(() => hub.setNow(undefined));

const { DRAFT, NEEDS_INFO, RECEIVED, SENT } = ReferralStatus;

async function sent(wish: Parameters<typeof hub.given>[0] = {}) {
  hub.setNow(WEDNESDAY);
  const world = await hub.given({ status: DRAFT, ...wish });
  await take(hub, world.caseworker, 'SEND', world.referral.id);
  return world;
}

const askedAndAnswered = async (world: Awaited<ReturnType<typeof sent>>) => {
  await take(hub, world.partner, 'ASK', world.referral.id, { question: 'Gibt es einen Führerschein?' });
  await take(hub, world.caseworker, 'ANSWER', world.referral.id, { answer: 'Ja, Klasse B.' });
};

describe('the clock of the partner', () => {
  test('stands while a question waits, and goes on with the time that was left', async () => {
    const { caseworker, partner, coordinator, referral } = await sent();
    const { id } = referral;
    expect((await look(hub, partner, id)).respondBy).toBe('2026-04-08T08:00:00.000Z');
    hub.setNow(new Date('2026-04-02T12:00:00.000Z'));
    const asked = await take(hub, partner, 'ASK', id, { question: 'Gibt es einen Führerschein?' });
    expect(asked).toMatchObject({
      status: 'NEEDS_INFO',
      respondBy: '2026-04-20T12:00:00.000Z', // ten working days for the caseworker, over Easter
      waitingFor: 'CASEWORKER',
      openSteps: [],
      questions: [
        {
          text: 'Gibt es einen Führerschein?',
          askedAt: '2026-04-02T12:00:00.000Z',
          answer: null,
          answeredAt: null,
        },
      ],
    });
    const hers = await look(hub, caseworker, id);
    expect(hers).toMatchObject({ status: 'NEEDS_INFO', respondBy: asked.respondBy, questions: asked.questions });
    expect(hers.openSteps).toEqual(['ANSWER', 'CANCEL', 'MARK_AS_ERROR']);
    expect(await look(hub, coordinator, id)).toMatchObject({ status: 'NEEDS_INFO', questions: [] });

    // Thursday to Tuesday after Easter: one working day that it stood.
    hub.setNow(new Date('2026-04-07T09:00:00.000Z'));
    const answered = await take(hub, caseworker, 'ANSWER', id, { answer: 'Ja, Klasse B.' });
    expect(answered).toMatchObject({
      status: 'RECEIVED',
      respondBy: '2026-04-09T08:00:00.000Z',
      waitingFor: 'PARTNER',
      questions: [{ answer: 'Ja, Klasse B.', answeredAt: '2026-04-07T09:00:00.000Z' }],
    });
    expect(await look(hub, partner, id)).toMatchObject({
      status: 'RECEIVED',
      respondBy: '2026-04-09T08:00:00.000Z',
      questions: answered.questions,
      openSteps: ['ASK', 'ACCEPT', 'WAITLIST', 'DECLINE'],
    });
  });

  test('leaves one working day to who was late before the question', async () => {
    const { caseworker, partner, referral } = await sent();
    hub.setNow(new Date('2026-04-10T08:00:00.000Z'));
    await take(hub, partner, 'ASK', referral.id);
    hub.setNow(new Date('2026-04-10T09:00:00.000Z'));
    const { respondBy } = await take(hub, caseworker, 'ANSWER', referral.id);
    expect(respondBy).toBe('2026-04-13T09:00:00.000Z');
  });

  test('is that of the decision, once it was received', async () => {
    const { caseworker, partner, referral } = await sent();
    await take(hub, partner, 'ACKNOWLEDGE', referral.id);
    await take(hub, partner, 'ASK', referral.id);
    hub.setNow(new Date('2026-04-15T20:00:00.000Z')); // eight working days later
    const { respondBy } = await take(hub, caseworker, 'ANSWER', referral.id);
    expect(respondBy).toBe('2026-04-29T08:00:00.000Z'); // 17 April and eight working days
  });

  test('follows the limits of the network', async () => {
    const world = await sent();
    await hub
      .owner()
      .execute(`update network set referral_limits = '{"answerWorkingDays": 2}' where id = ?`, [world.network.id]);
    expect((await take(hub, world.partner, 'ASK', world.referral.id)).respondBy).toBe('2026-04-07T08:00:00.000Z');
  });

  test('the time between question and answer is part of the time to the first decision', async () => {
    const world = await sent();
    await take(hub, world.partner, 'ASK', world.referral.id);
    hub.setNow(new Date('2026-04-09T08:00:00.000Z'));
    await walk(hub, world, 'ANSWER', 'DECLINE');
    const answers = await hub
      .owner()
      .execute('select working_days, answers from service_answer where service_id = ?', [world.service.id]);
    expect(answers).toEqual([{ working_days: 4, answers: 1 }]);
  });
});

test('several questions, one after the other, are read in their order', async () => {
  const { caseworker, partner, referral } = await sent();
  for (const n of [1, 2, 3]) {
    hub.setNow(new Date(WEDNESDAY.getTime() + n * 60_000));
    await take(hub, partner, 'ASK', referral.id, { question: `Frage ${n}?` });
    await take(hub, caseworker, 'ANSWER', referral.id, { answer: `Antwort ${n}.` });
  }
  const { questions } = await look(hub, partner, referral.id);
  expect(questions.map(({ text, answer }: Record<string, string>) => [text, answer])).toEqual(
    [1, 2, 3].map(n => [`Frage ${n}?`, `Antwort ${n}.`]),
  );
});

test('a second question in the same millisecond is another one', async () => {
  const world = await sent();
  await walk(hub, world, 'ASK', 'ANSWER', 'ASK');
  expect((await look(hub, world.partner, world.referral.id)).questions).toHaveLength(2);
});

test('words are kept as they were written', async () => {
  const { caseworker, partner, referral } = await sent();
  const question = '  <b>Wann?</b>\n\tÄ😀  ';
  await take(hub, partner, 'ASK', referral.id, { question });
  await take(hub, caseworker, 'ANSWER', referral.id, { answer: "' or 1=1 --  " });
  expect((await look(hub, partner, referral.id)).questions).toMatchObject([
    { text: question, answer: "' or 1=1 --  " },
  ]);
});

test.each([
  [SENT, 'partner', 'ASK', { question: '' }, 'question'],
  [RECEIVED, 'partner', 'ASK', { question: ' \t\n ' }, 'question'],
  [NEEDS_INFO, 'caseworker', 'ANSWER', { answer: '   ' }, 'answer'],
] as const)(
  'at %s the %s says something: %s %j is refused, and nothing changes',
  async (status, who, step, said, path) => {
    const world = await hub.given({ status });
    const before = await everyRow(hub.owner());
    const { userErrors } = await tryStep(hub, world[who], step, world.referral.id, said);
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: [path] }]);
    expect(await everyRow(hub.owner())).toEqual(before);
  },
);

test.each([
  ['ASK', 'question', 'x'.repeat(2_001)],
  ['ASK', 'question', 'a\0b'],
  ['ANSWER', 'answer', 'x'.repeat(2_001)],
] as const)('%s with such a %s is no input at all', async (step, argument, text) => {
  const { partner, referral } = await hub.given();
  const { errors } = await hub.as(partner, documentOf(step), variablesOf(step, referral.id, { [argument]: text }));
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
});

test('where nothing is told, nothing can be asked', async () => {
  const { partner, referral } = await hub.given({ level: FeedbackLevel.NONE });
  const before = await everyRow(hub.owner());
  const { userErrors } = await tryStep(hub, partner, 'ASK', referral.id);
  expect(userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN', openSteps: ['ACKNOWLEDGE', 'ACCEPT', 'DECLINE'] }]);
  expect(await everyRow(hub.owner())).toEqual(before);
});

describe('who reads question and answer', () => {
  /** Over the API, and in SQL as hub_app. */
  async function reads(viewer: Viewer, id: string): Promise<[overTheApi: number, inSql: number]> {
    const seen = await look(hub, viewer, id);
    const rows = await hub.inDatabase(viewer).execute('select * from referral_question where referral_id = ?', [id]);
    return [seen?.questions.length ?? 0, rows.length];
  }

  test.each([FeedbackLevel.RECEIVED_ONLY, FeedbackLevel.STATUS_AND_OUTCOME])(
    'at level %s: the two sides, and nobody else',
    async level => {
      const world = await sent({ level });
      await askedAndAnswered(world);
      const { id } = world.referral;
      for (const who of ['caseworker', 'deputy', 'partner'] as const)
        expect(await reads(world[who], id)).toEqual([1, 1]);
      const others = ['coordinator', 'colleague', 'stranger', 'foreigner', 'foreignCoordinator', 'auditor'] as const;
      for (const who of others) expect([who, await reads(world[who], id)]).toEqual([who, [0, 0]]);
    },
  );

  test.each<[string, Step[], number]>([
    ['declined', ['DECLINE'], 0],
    ['cancelled', ['CANCEL'], 0],
    ['marked as an error', ['MARK_AS_ERROR'], 0],
    ['completed, for some days', ['ACCEPT', 'START', 'COMPLETE'], 1],
    ['aborted, for some days', ['ACCEPT', 'ABORT'], 1],
    ['marked as an error after its end', ['ACCEPT', 'START', 'COMPLETE', 'MARK_AS_ERROR'], 0],
  ])('the partner no longer, once it is %s', async (_case, way, rest) => {
    const world = await sent();
    await askedAndAnswered(world);
    await walk(hub, world, ...way);
    const { caseworker, partner, referral } = world;
    expect(await reads(partner, referral.id)).toEqual([rest, rest]);
    expect(await reads(caseworker, referral.id)).toEqual([1, 1]);
    hub.setNow(new Date('2026-04-15T08:00:00.000Z'));
    expect(await reads(partner, referral.id)).toEqual([0, 0]);
  });

  test('the partner no longer, once the consent has ended, also before the clock has seen it', async () => {
    const world = await sent();
    const { partner, caseworker, referral } = world;
    await askedAndAnswered(world);
    hub.setNow(new Date('2027-04-01T22:00:00.000Z'));
    expect(await reads(partner, referral.id)).toEqual([0, 0]);
    const before = await everyRow(hub.owner());
    // Nor is anything more asked about a client of whom nothing may be told.
    const { userErrors } = await tryStep(hub, partner, 'ASK', referral.id);
    expect(userErrors).toMatchObject([{ code: 'BASIS_MISSING', path: ['id'] }]);
    expect(await everyRow(hub.owner())).toEqual(before);
    expect(await reads(caseworker, referral.id)).toEqual([1, 1]);
  });

  test('on the statutory task it lasts as long as the referral', async () => {
    const world = await sent({ basis: DisclosureBasis.STATUTORY_TASK });
    await askedAndAnswered(world);
    hub.setNow(new Date('2028-04-01T22:00:00.000Z'));
    expect(await reads(world.partner, world.referral.id)).toEqual([1, 1]);
    await take(hub, world.partner, 'ASK', world.referral.id);
  });
});
