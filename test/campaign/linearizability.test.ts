import type { AddressInfo } from 'node:net';
import type { QueryResult } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../src/demo/random.js';
import { addDays, berlinDay } from '../../src/shared/calendar.rules.js';
import { copiesOf } from '../support/copies.js';
import { testHub } from '../support/hub.js';
import { documentOf, variablesOf } from '../support/referral-steps.js';
import { PATIENCE, sized, tell } from './campaign.js';
import { Client } from './client.js';
import { linearize, type Operation } from './linearizability.js';
import { type Ask, isOpenFor, oneService, type Places, type Reading, type Step, type Told } from './places.js';

/** Histories of one service, over HTTP, against what one request after the other would have done. */
const HISTORIES = sized(8, 200);
const OPERATIONS = 60;
const CLIENTS = 6;
const REFERRALS = 9;
const SEED = process.env.CAMPAIGN_SEED ?? '1';
/** Histories within which a seeded bug must have shown. */
const FOUND_WITHIN = 20;

describe('the checker', () => {
  const counter = oneService({ total: 1, occupiedElsewhere: 0, referrals: ['sent', 'sent'] });
  const accept = (referral: number): Ask => ({ do: 'ACCEPT', referral, reason: true });
  const read: Ask = { do: 'READ' };
  const reading = (reserved: number): Told => ({ total: 1, occupiedElsewhere: 0, reserved, waiting: 0 });
  const operation = (invoked: number, returned: number, input: Ask, output: Told): Operation<Ask, Told> => ({
    input,
    output,
    invoked,
    returned,
  });

  test.each<[string, Operation<Ask, Told>[]]>([
    ['what was told late', [operation(0, 9, accept(0), 'done'), operation(1, 2, read, reading(1))]],
    ['what had not begun', [operation(0, 9, accept(0), 'done'), operation(1, 2, read, reading(0))]],
    ['the faster one', [operation(0, 9, accept(0), 'NO_CAPACITY'), operation(1, 2, accept(1), 'done')]],
  ])('lets pass: %s', (_, history) => {
    expect(linearize(history, counter)).toMatchObject({ linearizable: true });
  });

  test.each<[string, Operation<Ask, Told>[]]>([
    ['two on one place', [operation(0, 9, accept(0), 'done'), operation(1, 2, accept(1), 'done')]],
    ['a read of before', [operation(0, 1, accept(0), 'done'), operation(2, 3, read, reading(0))]],
    ['a read of after', [operation(0, 1, read, reading(1)), operation(2, 3, accept(0), 'done')]],
    [
      'two reads that saw it happen and not happen',
      [operation(0, 9, accept(0), 'done'), operation(1, 2, read, reading(1)), operation(3, 4, read, reading(0))],
    ],
    ['a refusal without a cause', [operation(0, 1, accept(0), 'NO_CAPACITY'), operation(2, 3, accept(1), 'done')]],
  ])('refuses %s', (_, history) => {
    expect(linearize(history, counter)).toMatchObject({ linearizable: false });
  });

  test('lets pass whatever happened at one moment between asking and being told', () => {
    const start: Places = { total: 2, occupiedElsewhere: 0, referrals: ['sent', 'sent', 'sent', 'sent'] };
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (seed, length, overlap) => {
          const random = new Random(`${seed}`);
          const spec = oneService(start);
          let state = start;
          const history = Array.from({ length }, (_, moment) => {
            const input = anyAsk(random, state);
            const { state: next, output } = spec.step(state, input);
            state = next;
            const [before, after] = [random.between(0, overlap), random.between(0, overlap)];
            return operation(moment - before, moment + after, input, output);
          });
          expect(linearize(history, spec).linearizable).toBe(true);
        },
      ),
    );
  });
});

const hub = testHub('campaign_linearizability', { orm: {} });

/** Whatever answers: the hub, or the hub with a bug. */
type System = (ask: Ask) => Promise<Told>;

interface Setting {
  system: System;
  service: string;
  ids: readonly string[];
}

let address = '';
const clients = new Map<string, Client>();
beforeAll(async () => {
  const { app } = hub.hub();
  await app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const client of clients.values()) client.close();
});

test(
  `${HISTORIES} histories of ${OPERATIONS} operations by ${CLIENTS} clients are linearizable`,
  async () => {
    const begin = performance.now();
    const told = new Map<string, number>();
    for (let i = 0; i < HISTORIES; i++) {
      const { history, verdict } = await run(new Random(`${SEED} ${i}`), ({ system }) => system);
      if (!verdict.linearizable)
        throw new Error(`History ${i} is not linearizable:\n${inWords(history, verdict.order)}`);
      for (const { output } of history) {
        const kind = typeof output === 'string' ? output : 'read';
        told.set(kind, (told.get(kind) ?? 0) + 1);
      }
    }
    const seconds = (performance.now() - begin) / 1000;
    tell(`${HISTORIES} histories × ${OPERATIONS} operations × ${CLIENTS} clients`, {
      seconds,
      ...Object.fromEntries(told),
    });
    // Enough of everything to be worth checking.
    expect([...told.keys()]).toEqual(
      expect.arrayContaining(['done', 'read', 'NO_CAPACITY', 'REASON_REQUIRED', 'STEP_NOT_OPEN']),
    );
  },
  PATIENCE,
);

test.each<[string, (setting: Setting, random: Random) => System]>([
  ['a place that is looked for first and taken later', overbooking],
  ['a place that is not given back', lostRelease],
  ['a look at what was', staleRead],
])(
  'the checker finds %s',
  async (bug, wrapped) => {
    for (let i = 1; i <= FOUND_WITHIN; i++) {
      const random = new Random(`${SEED} ${bug} ${i}`);
      const { verdict } = await run(random, setting => wrapped(setting, random));
      if (verdict.linearizable) continue;
      tell(`found ${bug}`, { 'in history': i });
      return;
    }
    expect.fail(`Not found in ${FOUND_WITHIN} histories.`);
  },
  PATIENCE,
);

/** One history: the clients take turns as it comes, each with one question at a time. */
async function run(random: Random, systemOf: (setting: Setting) => System) {
  const { start, ...setting } = await aService(random);
  const system = systemOf(setting);
  const spec = oneService(start);
  // What seems to stand how, for questions that have a chance; the answers alone decide what is right.
  let guess = start;
  const history: Operation<Ask, Told>[] = [];
  const ask = async (input: Ask): Promise<void> => {
    const invoked = performance.now();
    const output = await system(input);
    history.push({ input, output, invoked, returned: performance.now() });
    if (output === 'done') guess = spec.step({ ...guess, total: null }, input).state;
  };
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (let i = 0; i < OPERATIONS / CLIENTS; i++) await ask(anyAsk(random, guess));
    }),
  );
  await ask({ do: 'READ' });
  return { history, verdict: linearize(history, spec) };
}

async function aService(random: Random): Promise<Setting & { start: Places }> {
  const total = random.int(1, 4);
  const world = await hub.given({ total });
  const { service, partner, caseworker, coordinator, referral } = world;
  await copiesOf(hub.owner(), referral.id, REFERRALS - 1);
  const rows = await hub
    .owner()
    .execute<{ id: string }[]>('select id from referral where service_id = ?', [service.id]);
  const ids = rows.map(row => row.id);
  const as = async (viewer: typeof partner): Promise<Client> => {
    const subject = await hub.enrol(viewer);
    const client = new Client(address, subject, CLIENTS);
    clients.set(subject, client);
    return client;
  };
  const [theirs, hers, coordination] = await Promise.all([as(partner), as(caseworker), as(coordinator)]);
  const resumeOn = berlinDay(addDays(hub.now(), 14));

  const told = async (client: Client, query: string, variables: object): Promise<Told> => {
    const { body } = await client.ask(query, variables);
    if (body.errors) return body.errors[0]!.extensions.code;
    const { userErrors, capacity } = body.data.answer;
    if (!capacity) return userErrors[0]?.code ?? 'done';
    const { total, occupiedElsewhere, reserved, waiting } = capacity;
    return { total, occupiedElsewhere, reserved, waiting: waiting ?? 0 };
  };
  const system: System = ask => {
    if (ask.do === 'READ') return told(theirs, READ, { id: service.id });
    if (ask.do === 'REPORT') return told(theirs, REPORT, { id: service.id, ...ask });
    const said = {
      ...(ask.do === 'ACCEPT' && ask.reason && { outOfOrderReason: 'So ist es ausgemacht.' }),
      ...(ask.do === 'HOLD' && { keepPlace: ask.keepPlace, resumeOn }),
    };
    const client = ask.do === 'CANCEL' ? hers : ask.do === 'REOPEN' ? coordination : theirs;
    return told(client, documentOf(ask.do, 'id'), variablesOf(ask.do, ids[ask.referral]!, said));
  };
  return { system, service: service.id, ids, start: { total, occupiedElsewhere: 0, referrals: ids.map(() => 'sent') } };
}

const READ = `query ($id: ID!) { answer: service(id: $id) {
  capacity { total occupiedElsewhere reserved waiting } } }`;
const REPORT = `mutation ($id: ID!, $total: Int, $occupiedElsewhere: Int) {
  answer: serviceCapacityReport(id: $id, input: { total: $total, occupiedElsewhere: $occupiedElsewhere }) {
    userErrors { code } } }`;

/** Mostly something that seems to be open. */
function anyAsk(random: Random, places: Places): Ask {
  const careful = random.chance(0.85);
  for (;;) {
    const kind = random.weighted(KINDS);
    if (kind === 'READ') return { do: kind };
    if (kind === 'REPORT') {
      const total = random.chance(0.1) ? null : random.int(0, 5);
      return { do: kind, total, occupiedElsewhere: random.int(0, 1) };
    }
    const asks = places.referrals.map((_, referral) => stepOn(random, kind, referral));
    const fitting = asks.filter(
      ask => (kind !== 'WAITLIST' || mayWait(ask.referral)) && (!careful || isOpenFor(ask, places)),
    );
    if (fitting.length > 0) return random.pick(fitting);
  }
}

function stepOn(random: Random, kind: Step['do'], referral: number): Step {
  if (kind === 'ACCEPT') return { do: kind, referral, reason: mayWait(referral) || random.chance(0.6) };
  return kind === 'HOLD' ? { do: kind, referral, keepPlace: random.chance(0.3) } : { do: kind, referral };
}

/** Whether who waits needs a reason depends on who waits longer, which is another matter: these always have one. */
const mayWait = (referral: number): boolean => referral % 3 === 0;

const KINDS: readonly (readonly [Ask['do'], number])[] = [
  ['READ', 3],
  ['REPORT', 1],
  ['ACCEPT', 5],
  ['WAITLIST', 2],
  ['START', 3],
  ['HOLD', 2],
  ['RESUME', 2],
  ['COMPLETE', 3],
  ['ABORT', 1],
  ['REOPEN', 3],
  ['CANCEL', 0.5],
];

/** Check, then act: between the two, somebody else is faster. */
function overbooking({ system, ids }: Setting): System {
  return async ask => {
    if (ask.do !== 'ACCEPT' || !ask.reason) return system(ask);
    const read = (await system({ do: 'READ' })) as Reading;
    if (read.total === null || read.reserved + read.occupiedElsewhere >= read.total) return system(ask);
    const { affectedRows } = await hub.owner().execute<QueryResult>(TAKE, [ids[ask.referral]], 'run');
    return affectedRows === 1 ? 'done' : system(ask);
  };
}

const TAKE = `with taken as (
    update referral set status = 'ACCEPTED', seen_status = 'ACCEPTED', holds_place = true, revision = revision + 1
    where id = ? and status = 'SENT' returning service_id)
  update service_capacity c set reserved = reserved + 1 from taken where c.service_id = taken.service_id`;

/** What ends well keeps its place. */
function lostRelease({ system, service }: Setting): System {
  return async ask => {
    const told = await system(ask);
    if (ask.do === 'COMPLETE' && told === 'done')
      await hub.owner().execute('update service_capacity set reserved = reserved + 1 where service_id = ?', [service]);
    return told;
  };
}

/** A cache that nobody clears: two of three looks show what the one before them saw. */
function staleRead({ system }: Setting): System {
  let looks = 0;
  let seen: Told | undefined;
  return async ask => {
    if (ask.do !== 'READ') return system(ask);
    if (seen === undefined || looks++ % 3 === 0) seen = await system(ask);
    return seen;
  };
}

/** What a history did, as far as an order explains it, and what nothing explains. */
function inWords(history: readonly Operation<Ask, Told>[], order: readonly Operation<Ask, Told>[]): string {
  const line = ({ input, output, invoked, returned }: Operation<Ask, Told>) =>
    `${invoked.toFixed(1)}–${returned.toFixed(1)} ms ${JSON.stringify(input)} → ${JSON.stringify(output)}`;
  const left = history.filter(
    one => !order.some(other => other.invoked === one.invoked && other.returned === one.returned),
  );
  return [...order.map(line), 'then none of:', ...left.map(line)].join('\n');
}
