import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { agreeToAll, anotherService } from '../support/more-services.js';
import { documentOf, look, type Step, take, tryStep, variablesOf } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('sibling');

const START = new Date('2026-03-04T09:00:00.000Z');
beforeEach(() => hub.setNow(START));
afterAll(() => hub.setNow(undefined));

const { DRAFT } = ReferralStatus;
const { NONE, RECEIVED_ONLY, STATUS } = FeedbackLevel;
type World = Awaited<ReturnType<typeof hub.given>>;

const NOBODY = '00000000-0000-4000-8000-000000000000';

const OFFER = `mutation ($input: ReferralOfferInput!) { referralOffer(input: $input) {
  referrals { id status urgent note service { id } siblings { id } events { step to by } } userErrors { code path } } }`;
const DRAFT_IT = `mutation ($input: ReferralDraftInput!) { referralDraft(input: $input) {
  referral { id status siblings { id status } } userErrors { code path message } } }`;

async function offer(viewer: Viewer, input: object) {
  const { data, errors } = await hub.as(viewer, OFFER, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.referralOffer;
}

async function draft({ caseworker, clientCase }: World, input: object) {
  const all = { clientCase: clientCase.id, basis: 'CONSENT', ...input };
  const { data, errors } = await hub.as(caseworker, DRAFT_IT, { input: all });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.referralDraft;
}

const siblingsOf = async (viewer: Viewer, id: string): Promise<string[]> => {
  const { data } = await hub.as(viewer, `{ referral(id: "${id}") { siblings { id } } }`);
  return data.referral.siblings.map((one: { id: string }) => one.id);
};

/** A world with three services, and a client who agrees to all of them. */
async function world(wish: Parameters<typeof hub.given>[0] = {}) {
  const made = await hub.given({ status: DRAFT, ...wish });
  await agreeToAll(hub, made);
  const services = [
    made.service.id,
    await anotherService(hub, made, { of: 'brücke' }),
    await anotherService(hub, made),
  ] as const;
  return { ...made, services };
}

/** One case offered to all three; who accepts at each. */
async function offered(wish: Parameters<typeof hub.given>[0] = {}) {
  const made = await world(wish);
  const { referrals } = await offer(made.caseworker, {
    clientCase: made.clientCase.id,
    services: made.services,
    basis: 'CONSENT',
  });
  const ids = referrals.map((one: { id: string }) => one.id) as [string, string, string];
  return { ...made, ids, editors: [made.partner, made.stranger, made.partner] as const };
}

describe('an offer to several services', () => {
  test('refers on from what came to nothing, and from nothing else', async () => {
    const made = await world();
    const { caseworker, partner, clientCase, referral, services } = made;
    const input = { clientCase: clientCase.id, services: services.slice(1), basis: 'CONSENT', parent: referral.id };
    await take(hub, caseworker, 'SEND', referral.id);
    const before = await everyRow(hub.owner());
    expect((await offer(caseworker, input)).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['input', 'parent'] },
    ]);
    expect(await everyRow(hub.owner())).toEqual(before);
    await take(hub, partner, 'DECLINE', referral.id);
    const { referrals, userErrors } = await offer(caseworker, input);
    expect(userErrors).toEqual([]);
    const { data } = await hub.as(caseworker, `{ referral(id: "${referral.id}") { children { id parent { id } } } }`);
    const children = referrals.map(({ id }: { id: string }) => ({ id, parent: { id: referral.id } }));
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    expect(data.referral.children.sort(byId)).toEqual(children.sort(byId));
  });

  test('is sent to each, in the order named; only the caseworker knows of the others', async () => {
    const made = await world();
    const { caseworker, deputy, partner, stranger, coordinator, clientCase, services } = made;
    const { referrals, userErrors } = await offer(caseworker, {
      clientCase: clientCase.id,
      services: [...services].reverse(),
      basis: 'CONSENT',
      note: 'Eines davon genügt.',
      urgent: true,
    });
    expect(userErrors).toEqual([]);
    const ids = referrals.map((one: { id: string }) => one.id) as string[];
    for (const [i, one] of referrals.entries()) {
      expect(one).toMatchObject({
        status: 'SENT',
        urgent: true,
        note: 'Eines davon genügt.',
        service: { id: [...services].reverse()[i] },
        events: [
          { step: null, to: 'DRAFT', by: 'CASEWORKER' },
          { step: 'SEND', to: 'SENT', by: 'CASEWORKER' },
        ],
      });
      expect(one.siblings.map((other: { id: string }) => other.id).sort()).toEqual(
        ids.filter(id => id !== one.id).sort(),
      );
    }
    expect((await siblingsOf(deputy, ids[0]!)).sort()).toEqual([ids[1], ids[2]].sort());
    expect(await siblingsOf(coordinator, ids[0]!)).toEqual([]);
    expect(await siblingsOf(partner, ids[0]!)).toEqual([]);
    // Each partner under a pseudonym of its own.
    const [theirs, others] = [await look(hub, partner, ids[0]!), await look(hub, stranger, ids[1]!)];
    expect(theirs.client.pseudonym).not.toBe(others.client.pseudonym);
    expect(await look(hub, partner, ids[1]!)).toBeNull();
  });

  type Spoil = (made: Awaited<ReturnType<typeof world>>) => Promise<object | undefined>;
  const set =
    (column: string, value: unknown): Spoil =>
    async ({ services }) => {
      await hub.owner().execute(`update service set ${column} = ? where id = ?`, [value, services[2]]);
      return undefined;
    };

  test.each<[string, string, string[], Spoil]>([
    ['one tells nothing', 'INVALID_INPUT', ['2'], set('feedback_level', NONE)],
    ['one is closed', 'SERVICE_NOT_ACTIVE', ['2'], set('status', 'CLOSED')],
    ['one takes nobody for now', 'INTAKE_PAUSED', ['2'], set('intake_paused_until', '2026-03-04')],
    ['one is for others', 'NOT_ELIGIBLE', ['2'], set('minimum_age', 80)],
    [
      'one is not for the area',
      'OUT_OF_AREA',
      ['2'],
      async ({ services }) => {
        await hub.owner().execute('delete from service_area where service_id = ?', [services[2]]);
        return undefined;
      },
    ],
    [
      'the client did not agree to one',
      'BASIS_MISSING',
      ['1'],
      async ({ clientCase }) => {
        await hub
          .owner()
          .execute('delete from consent where client_case_id = ? and category_code is not null', [clientCase.id]);
        return undefined;
      },
    ],
    [
      'one has the client already',
      'DUPLICATE',
      ['1'],
      async made => {
        const { referral } = await draft(made, { service: made.services[1] });
        await take(hub, made.caseworker, 'SEND', referral.id);
        return undefined;
      },
    ],
    ['one is named twice', 'DUPLICATE', [], async ({ services }) => ({ services: [...services, services[0]] })],
    [
      'one is named twice, in other letters',
      'DUPLICATE',
      ['3'],
      async ({ services }) => ({ services: [...services, services[0].toUpperCase()] }),
    ],
    ['one is not there', 'NOT_FOUND', ['3'], async ({ services }) => ({ services: [...services, NOBODY] })],
    ['one is no id', 'NOT_FOUND', ['0'], async ({ services }) => ({ services: ['x', ...services] })],
    [
      'one is of another network',
      'NOT_FOUND',
      ['3'],
      async ({ services }) => ({ services: [...services, (await hub.given()).service.id] }),
    ],
    ['there is but one', 'INVALID_INPUT', [], async ({ services }) => ({ services: [services[0]] })],
    ['there is none', 'INVALID_INPUT', [], async () => ({ services: [] })],
    ['there are eleven', 'INVALID_INPUT', [], async () => ({ services: Array.from({ length: 11 }, (_, i) => `${i}`) })],
  ])('where %s, none is sent: %s', async (_case, code, at, spoil) => {
    const made = await world();
    const input = { clientCase: made.clientCase.id, services: made.services, basis: 'CONSENT', ...(await spoil(made)) };
    const before = await everyRow(hub.owner());
    const answer = await offer(made.caseworker, input);
    expect(answer).toEqual({ referrals: null, userErrors: [{ code, path: ['input', 'services', ...at] }] });
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('of a case that is closed, or not hers, is refused', async () => {
    const made = await world();
    const input = { clientCase: made.clientCase.id, services: made.services, basis: 'CONSENT' };
    const before = await everyRow(hub.owner());
    for (const viewer of [made.colleague, made.foreigner])
      expect((await offer(viewer, input)).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'clientCase'] }]);
    for (const viewer of [made.partner, made.coordinator])
      expect((await hub.as(viewer, OFFER, { input })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await everyRow(hub.owner())).toEqual(before);
    await hub.owner().execute(`update client_case set status = 'CLOSED' where id = ?`, [made.clientCase.id]);
    expect((await offer(made.caseworker, input)).userErrors).toEqual([
      { code: 'INVALID_INPUT', path: ['input', 'clientCase'] },
    ]);
  });
});

describe('the first acceptance', () => {
  const WAYS: Record<string, Step[]> = {
    SENT: [],
    RECEIVED: ['ACKNOWLEDGE'],
    NEEDS_INFO: ['ASK'],
    WAITLISTED: ['WAITLIST'],
  };

  test.each(Object.entries(WAYS))('cancels a sibling that is %s', async (status, way) => {
    const { caseworker, partner, stranger, coordinator, ids, services } = await offered();
    for (const step of way) await take(hub, stranger, step, ids[1]);
    await take(hub, partner, 'ACCEPT', ids[0]);
    const cancelled = { status: 'CANCELLED', waitingFor: null, waitingPosition: null, respondBy: null };
    const hers = await look(hub, caseworker, ids[1]);
    expect(hers).toMatchObject({
      ...cancelled,
      cancelReason: 'SIBLING_ACCEPTED',
      cancelText: null,
      attribution: 'SYSTEM',
    });
    expect(hers.events.at(-1)).toMatchObject({ step: 'CANCEL', from: status, to: 'CANCELLED', by: 'SYSTEM' });
    expect(await look(hub, coordinator, ids[1])).toMatchObject({
      ...cancelled,
      cancelReason: 'SIBLING_ACCEPTED',
      attribution: 'SYSTEM',
    });
    // Nor that it was the hub: that would tell why.
    expect((await look(hub, stranger, ids[1])).events.at(-1)).toMatchObject({ step: 'CANCEL', by: 'CASEWORKER' });
    // Its partner learns that it is over, not why, and reads nothing more.
    expect(await look(hub, stranger, ids[1])).toMatchObject({
      ...cancelled,
      cancelReason: null,
      attribution: null,
      client: null,
      note: null,
      questions: [],
      openSteps: [],
    });
    const rows = await hub
      .owner()
      .execute(
        'select service_id as id, reserved, waitlisted from service_capacity where service_id = any(?::uuid[]) order by reserved desc',
        [`{${services.join(',')}}`],
      );
    expect(rows.map(({ reserved, waitlisted }) => [reserved, waitlisted])).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(rows[0]?.id).toBe(services[0]);
    const [listed] = await hub
      .owner()
      .execute('select count(*)::int as count from service_waiting where service_id = ? and left_at is null', [
        services[1],
      ]);
    expect(listed).toEqual({ count: 0 });
  });

  test('cancels a draft of the group, which was never there for its partner', async () => {
    const made = await world();
    const first = (await draft(made, { service: made.services[0] })).referral.id;
    const second = (await draft(made, { service: made.services[1], siblingOf: first })).referral.id;
    await take(hub, made.caseworker, 'SEND', first);
    await take(hub, made.partner, 'ACCEPT', first);
    expect(await look(hub, made.caseworker, second)).toMatchObject({
      status: 'CANCELLED',
      cancelReason: 'SIBLING_ACCEPTED',
    });
    expect(await look(hub, made.stranger, second)).toBeNull();
  });

  test('leaves what had ended as it is', async () => {
    const { caseworker, partner, stranger, ids } = await offered();
    await take(hub, stranger, 'DECLINE', ids[1]);
    await take(hub, caseworker, 'CANCEL', ids[2]);
    const before = [await look(hub, caseworker, ids[1]), await look(hub, caseworker, ids[2])];
    await take(hub, partner, 'ACCEPT', ids[0]);
    expect([await look(hub, caseworker, ids[1]), await look(hub, caseworker, ids[2])]).toEqual(before);
  });

  test('from the waiting list cancels too, and leaves other groups alone', async () => {
    const [one, other] = [await offered(), await offered()];
    await take(hub, one.partner, 'WAITLIST', one.ids[0]);
    await take(hub, one.partner, 'ACCEPT', one.ids[0]);
    for (const id of one.ids.slice(1)) expect((await look(hub, one.caseworker, id)).status).toBe('CANCELLED');
    for (const id of other.ids) expect((await look(hub, other.caseworker, id)).status).toBe('SENT');
  });

  test('that is refused cancels nothing', async () => {
    const { caseworker, partner, ids } = await offered({ total: 0 });
    const before = await everyRow(hub.owner());
    expect((await tryStep(hub, partner, 'ACCEPT', ids[0])).userErrors).toMatchObject([{ code: 'NO_CAPACITY' }]);
    expect(await everyRow(hub.owner())).toEqual(before);
    expect((await look(hub, caseworker, ids[1])).status).toBe('SENT');
  });

  test('is not there when a sibling can’t be cancelled: all of it, or nothing', async () => {
    const { partner, ids } = await offered();
    await hub.owner().execute('delete from referral_disclosure where referral_id = ?', [ids[2]]); // a bug of tomorrow
    const before = await everyRow(hub.owner());
    await expect(tryStep(hub, partner, 'ACCEPT', ids[0])).rejects.toThrow('INTERNAL_SERVER_ERROR');
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('under secrecy shows at its siblings, as it shows itself', async () => {
    const { caseworker, partner, ids } = await offered({ level: RECEIVED_ONLY });
    await take(hub, partner, 'ACCEPT', ids[0]);
    expect((await look(hub, caseworker, ids[0])).status).toBe('ACCEPTED');
    expect(await look(hub, caseworker, ids[1])).toMatchObject({ status: 'CANCELLED', attribution: 'SYSTEM' });
    await take(hub, partner, 'ABORT', ids[0]);
    expect((await look(hub, caseworker, ids[0])).status).toBe('ACCEPTED');
  });

  test('frees a place on the list for who waits behind the sibling', async () => {
    const made = await offered({ referrals: 2 });
    const { caseworker, partner, stranger, ids, services, cases, network, categoryCode } = made;
    await hub.owner().execute(
      `insert into consent (network_id, client_case_id, category_code, given_on, valid_until, created_at, revision)
       values (?, ?, ?, '2020-01-01', '2099-01-01', now(), 1)`,
      [network.id, cases[1]!.id, categoryCode],
    );
    const { referral } = await draft({ ...made, clientCase: cases[1]! }, { service: services[1] });
    await take(hub, caseworker, 'SEND', referral.id);
    await take(hub, stranger, 'WAITLIST', ids[1]);
    hub.setNow(new Date(START.getTime() + 60_000));
    await take(hub, stranger, 'WAITLIST', referral.id);
    await take(hub, partner, 'ACCEPT', ids[0]);
    expect(await look(hub, caseworker, referral.id)).toMatchObject({
      waitingPosition: 1,
      notices: [{ kind: 'PLACE_FREE' }],
    });
  });
});

describe('two acceptances at once', () => {
  let address = '';
  beforeAll(async () => {
    const { app } = hub.hub();
    await app.listen({ host: '127.0.0.1', port: 0 });
    address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/graphql`;
  });

  /** Over a real socket: 'done', or the code of the refusal. */
  async function over(subject: string, query: string, variables: object): Promise<string> {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${subject}` },
      body: JSON.stringify({ query, variables }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the answer to any query
    const { data, errors } = (await response.json()) as { data: any; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    // biome-ignore lint/suspicious/noExplicitAny: the answer to any query
    return (Object.values(data)[0] as any).userErrors[0]?.code ?? 'done';
  }
  const accept = (subject: string, id: string): Promise<string> =>
    over(subject, documentOf('ACCEPT', 'id'), variablesOf('ACCEPT', id));

  const statusesOf = async (ids: readonly string[]): Promise<string[]> =>
    (
      await hub
        .owner()
        .execute<{ status: string }[]>('select status from referral where id = any(?::uuid[])', [`{${ids.join(',')}}`])
    )
      .map(row => row.status)
      .sort();

  test('of siblings: exactly one, and the others are cancelled', async () => {
    for (let i = 0; i < 8; i++) {
      const { ids, editors } = await offered();
      const subjects = await Promise.all(editors.map(one => hub.enrol(one)));
      const answers = await Promise.all(ids.map((id, n) => accept(subjects[n]!, id)));
      expect([...answers].sort()).toEqual(['STEP_NOT_OPEN', 'STEP_NOT_OPEN', 'done']);
      expect(await statusesOf(ids)).toEqual(['ACCEPTED', 'CANCELLED', 'CANCELLED']);
      const [accepted] = await hub
        .owner()
        .execute('select id from referral where id = any(?::uuid[]) and holds_place', [`{${ids.join(',')}}`]);
      expect(accepted?.id).toBe(ids[answers.indexOf('done')]);
    }
  });

  test('of a sibling while another is sent: nobody is left behind in the group', async () => {
    for (let i = 0; i < 6; i++) {
      const made = await world();
      const first = (await draft(made, { service: made.services[0] })).referral.id;
      await take(hub, made.caseworker, 'SEND', first);
      const second = (await draft(made, { service: made.services[1], siblingOf: first })).referral.id;
      const [hers, theirs] = [await hub.enrol(made.caseworker), await hub.enrol(made.partner)];
      const [sent, accepted] = await Promise.all([
        over(hers, documentOf('SEND', 'id'), variablesOf('SEND', second)),
        accept(theirs, first),
      ]);
      expect(accepted).toBe('done');
      expect(['done', 'STEP_NOT_OPEN']).toContain(sent);
      expect(await statusesOf([first, second])).toEqual(['ACCEPTED', 'CANCELLED']);
    }
  });

  test.each(['the acceptance', 'the draft'])(
    'of a sibling while another joins the group, %s first: it is cancelled too, or does not join',
    async first => {
      const { caseworker, partner, clientCase, services, ids } = await offered();
      const [fourth, theirs, hers] = [
        await anotherServiceOf(services[0]),
        await hub.enrol(partner),
        await hub.enrol(caseworker),
      ];
      const input = { clientCase: clientCase.id, service: fourth, basis: 'CONSENT', siblingOf: ids[1] };
      // Both need the sibling that the draft joins by.
      const rival = hub.owner();
      await rival.begin();
      await rival.execute('select from referral where id = ? for update', [ids[1]]);
      const attempts = [() => accept(theirs, ids[0]), () => over(hers, DRAFT_IT, { input })];
      const begun: Promise<string>[] = [];
      for (const attempt of first === 'the draft' ? attempts.reverse() : attempts) {
        begun.push(attempt());
        await waitersOf(hub, begun.length);
      }
      await rival.commit();
      const answers = await Promise.all(begun);
      expect(answers).toEqual(first === 'the draft' ? ['done', 'done'] : ['done', 'INVALID_INPUT']);
      const group = await hub
        .owner()
        .execute<{ status: string }[]>(
          'select status from referral where sibling_group = (select sibling_group from referral where id = ?)',
          [ids[0]],
        );
      expect(new Set(group.map(one => one.status).sort())).toEqual(new Set(['ACCEPTED', 'CANCELLED']));
    },
  );

  async function anotherServiceOf(like: string): Promise<string> {
    const [service] = await hub.owner().execute<[{ id: string }]>(
      `insert into service (partner_id, network_id, name, languages, delivery_modes, feedback_level, keeps_waiting_list, version)
       select partner_id, network_id, 'Viertes', languages, delivery_modes, feedback_level, true, 1 from service where id = ? returning id`,
      [like],
    );
    return service.id;
  }

  test('would be kept apart by the database alone', async () => {
    const { partner, ids } = await offered();
    await take(hub, partner, 'ACCEPT', ids[0]);
    for (const status of ['ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD']) {
      const second = hub.owner().execute('update referral set status = ? where id = ?', [status, ids[1]]);
      await expect(second).rejects.toThrow('referral_one_accepted_sibling');
    }
  });
});

describe('a draft beside another', () => {
  test('joins its group, and so does a third, by whichever of them', async () => {
    const made = await world();
    const first = (await draft(made, { service: made.services[0] })).referral.id;
    expect(await siblingsOf(made.caseworker, first)).toEqual([]);
    const second = (await draft(made, { service: made.services[1], siblingOf: first })).referral;
    expect(second.siblings).toEqual([{ id: first, status: 'DRAFT' }]);
    await take(hub, made.caseworker, 'SEND', first);
    const third = (await draft(made, { service: made.services[2], siblingOf: second.id })).referral;
    expect((await siblingsOf(made.caseworker, first)).sort()).toEqual([second.id, third.id].sort());
    // That it has company changes nothing that a side has read of it.
    expect((await look(hub, made.partner, first)).version).toBe(2);
  });

  test.each<[string, Step[]]>([
    ['accepted', ['ACCEPT']],
    ['running', ['ACCEPT', 'START']],
    ['declined', ['DECLINE']],
    ['cancelled', ['CANCEL']],
    ['completed', ['ACCEPT', 'START', 'COMPLETE']],
    ['an error', ['MARK_AS_ERROR']],
  ])('that is %s is too late', async (_case, way) => {
    const made = await world();
    const first = (await draft(made, { service: made.services[0] })).referral.id;
    for (const step of ['SEND', ...way] as Step[])
      await take(hub, ['SEND', 'CANCEL', 'MARK_AS_ERROR'].includes(step) ? made.caseworker : made.partner, step, first);
    const before = await everyRow(hub.owner());
    const { referral, userErrors } = await draft(made, { service: made.services[1], siblingOf: first });
    expect([referral, userErrors]).toMatchObject([null, [{ code: 'INVALID_INPUT', path: ['input', 'siblingOf'] }]]);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('that is of another case, or not there, is not found', async () => {
    const [made, other] = [await world(), await world()];
    const before = await everyRow(hub.owner());
    for (const siblingOf of [other.referral.id, NOBODY, 'x']) {
      const { userErrors } = await draft(made, { service: made.services[1], siblingOf });
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'siblingOf'] }]);
    }
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('of a service that tells nothing is refused, on either side, and says nothing of an end', async () => {
    const made = await world();
    const silent = await anotherService(hub, made, { level: NONE });
    const { userErrors } = await draft(made, { service: silent, siblingOf: made.referral.id });
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'service'] }]);

    const answers = [];
    for (const way of [[], ['DECLINE'], ['ACCEPT'], ['ACCEPT', 'START', 'COMPLETE']] as Step[][]) {
      const discreet = await world({ level: NONE });
      await take(hub, discreet.caseworker, 'SEND', discreet.referral.id);
      for (const step of way) await take(hub, discreet.partner, step, discreet.referral.id);
      const other = await anotherService(hub, discreet, { level: STATUS });
      answers.push(await draft(discreet, { service: other, siblingOf: discreet.referral.id }));
    }
    expect(answers[0]).toMatchObject({
      referral: null,
      userErrors: [{ code: 'INVALID_INPUT', path: ['input', 'siblingOf'] }],
    });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('is not sent once its service tells nothing, or a sibling was accepted', async () => {
    const made = await world();
    const first = (await draft(made, { service: made.services[0] })).referral.id;
    const second = (await draft(made, { service: made.services[1], siblingOf: first })).referral.id;
    const refusal = async () => {
      const before = await everyRow(hub.owner());
      const { userErrors } = await tryStep(hub, made.caseworker, 'SEND', second);
      expect(await everyRow(hub.owner())).toEqual(before);
      return userErrors[0]?.code;
    };
    const level = (value: FeedbackLevel) =>
      hub.owner().execute('update service set feedback_level = ? where id = ?', [value, made.services[1]]);
    await level(NONE);
    expect(await refusal()).toBe('INVALID_INPUT');
    await level(STATUS);
    await hub.owner().execute(`update referral set status = 'ACCEPTED' where id = ?`, [first]);
    expect(await refusal()).toBe('DUPLICATE');
  });
});
