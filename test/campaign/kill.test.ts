import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, ormConnection } from '../../src/database/client.js';
import { findPostmaster } from '../../src/database/postmaster.js';
import { Random } from '../../src/demo/random.js';
import { entities } from '../../src/entities.js';
import { addDays, berlinDay } from '../../src/shared/calendar.rules.js';
import { superuserUrl, temporaryDir } from '../support/data-dir.js';
import { build, hubCommand, type RunningHub, startHub } from '../support/program.js';
import { documentOf, type Step, variablesOf } from '../support/referral-steps.js';
import { UNBALANCED } from './balance.js';
import { PATIENCE, sized, tell } from './campaign.js';
import { type Answer, Client } from './client.js';

/**
 * The real program is killed again and again while clients draft referrals and take steps, each with a key, and ask
 * again with the same key until they get an answer. What was answered must be there, once, and nothing else.
 */
const KILLS = sized(3, 50);
const CLIENTS = 12;
const PLACES = 25;
const SEED = process.env.CAMPAIGN_SEED ?? '1';
/** Milliseconds from one start to the next kill. */
const LIVES = { from: 200, to: 2_000 };
const RETRY_MS = 50;

const random = new Random(`kill ${SEED}`);
let dir: string;
let settings: Record<string, string>;
let owner: MikroORM;
let program: RunningHub;
let service: string;
let cases: string[];
let tokens: { caseworker: string; partner: string };

beforeAll(async () => {
  dir = await temporaryDir();
  const DATA_DIR = join(dir, 'data');
  await build();
  settings = { DATA_DIR, PORT: String(await freePort()), LOG_LEVEL: 'fatal' };
  program = await startHub(settings);
  const [caseworker, partner] = await Promise.all(
    ['caseworker-aachen', 'partner-aachen'].map(async one =>
      (await hubCommand({ DATA_DIR }, 'token', one)).stdout.trim(),
    ),
  );
  tokens = { caseworker: caseworker!, partner: partner! };
  const { port } = (await findPostmaster(join(DATA_DIR, 'postgres')))!;
  const address = `postgresql://postgres@127.0.0.1:${port}/?sslmode=disable`;
  owner = await MikroORM.init({ ...ormConnection(await superuserUrl(DATA_DIR, address, 'partnernetz')), entities });
  const rows = <T extends object>(text: string, values: unknown[] = []) => owner.em.fork().execute<T[]>(text, values);
  [{ id: service }] = (await rows<{ id: string }>(SERVICE, [PLACES])) as [{ id: string }];
  cases = (await rows<{ id: string }>(CASES, [CLIENTS])).map(row => row.id);
}, PATIENCE);
afterAll(async () => {
  await owner?.close(true);
  await program?.end();
  await rm(dir, { recursive: true, force: true });
});

/** What somebody did, and what she was told in the end. */
interface Told {
  key: string;
  step: Step | 'DRAFT';
  referral: string;
  code: string;
}

const told: Told[] = [];
const figures = { 'cut off': 0, 'answered again': 0 };

test(
  `killed ${KILLS} times under load: nothing that was acknowledged is lost, nothing doubled`,
  async () => {
    const begin = performance.now();
    let ending = false;
    const load = cases.map(clientCase => lifeAfterLife(clientCase, () => ending));
    for (let kill = 0; kill < KILLS; kill++) {
      await Promise.race([sleep(random.within([LIVES.from, LIVES.to])), Promise.all(load)]);
      await program.end('SIGKILL');
      program = await startHub(settings);
    }
    ending = true;
    await Promise.all(load);
    tell(`${KILLS} kills`, { seconds: (performance.now() - begin) / 1000, acknowledged: told.length, ...figures });

    const stories = await storiesOf();
    const drafts = told.filter(one => one.step === 'DRAFT');
    expect(new Set(drafts.map(one => one.code))).toEqual(new Set(['done']));
    expect(stories.map(one => one.note).sort()).toEqual(drafts.map(one => one.key).sort());
    expect(new Set(stories.map(one => one.id))).toEqual(new Set(drafts.map(one => one.referral)));
    for (const { id, events } of stories) {
      const steps = told.filter(one => one.referral === id && one.code === 'done' && one.step !== 'DRAFT');
      expect(events.map(one => one.step)).toEqual([null, ...steps.map(one => one.step)]);
      for (const [i, { number, from }] of events.entries()) {
        expect(number).toBe(i);
        expect(from).toBe(events[i - 1]?.to ?? null);
      }
    }
    const accepted = told.filter(one => one.step === 'ACCEPT' && one.code === 'done').length;
    expect(await owner.em.fork().execute(COUNTED, [service, service])).toEqual([{ accepted, answered: accepted }]);
    expect(await owner.em.fork().execute(UNBALANCED)).toEqual([]);
    expect(figures['cut off']).toBeGreaterThanOrEqual(KILLS);
  },
  PATIENCE,
);

/** Referrals of one case, one after the other, from the draft to some end. */
async function lifeAfterLife(clientCase: string, ending: () => boolean): Promise<void> {
  const theirs = new Client(program.url, tokens.partner);
  const hers = new Client(program.url, tokens.caseworker);
  while (!ending()) {
    const id = await draft(hers, clientCase);
    const take = (client: Client, step: Step, said?: object) => act(client, step, id, said);
    await take(hers, 'SEND');
    await take(theirs, 'ACKNOWLEDGE');
    if ((await take(theirs, 'ACCEPT')) === 'done') {
      for (let i = random.int(1, 4); i > 0; i--) await take(theirs, 'SCHEDULE');
      await take(theirs, 'START');
      for (let i = random.int(0, 3); i > 0; i--) {
        const resumeOn = berlinDay(addDays(new Date(), 14));
        await take(theirs, 'HOLD', { resumeOn, keepPlace: true });
        await take(theirs, 'RESUME');
      }
      if (random.chance(0.8)) await take(theirs, 'COMPLETE');
    }
    await take(hers, 'CANCEL'); // refused where it has ended
  }
  theirs.close();
  hers.close();
}

async function draft(client: Client, clientCase: string): Promise<string> {
  const key = randomUUID();
  const { referral, userErrors } = await answered(client, key, DRAFT, {
    input: { clientCase, service, basis: 'STATUTORY_TASK', note: key },
  });
  told.push({ key, step: 'DRAFT', referral: referral?.id, code: userErrors[0]?.code ?? 'done' });
  return referral.id;
}

async function act(client: Client, step: Step, id: string, said: object = {}): Promise<string> {
  const key = randomUUID();
  const { userErrors } = await answered(client, key, documentOf(step, 'id status'), variablesOf(step, id, said));
  const code = userErrors[0]?.code ?? 'done';
  told.push({ key, step, referral: id, code });
  return code;
}

/** Asks with the same key until there is an answer. */
async function answered(
  client: Client,
  key: string,
  query: string,
  variables: object,
): Promise<Answer['body']['data']> {
  for (;;) {
    const answer = await client.ask(query, variables, { 'idempotency-key': key }).catch(error => {
      if (codeOf(error) !== 'ECONNREFUSED') figures['cut off'] += 1;
      return null;
    });
    const code = answer?.body.errors?.[0]?.extensions.code;
    if (answer && !code) {
      if (answer.headers['idempotency-replayed'] === 'true') figures['answered again'] += 1;
      return answer.body.data.answer;
    }
    if (code && !NOT_YET.includes(code)) throw new Error(JSON.stringify(answer?.body.errors));
    await sleep(RETRY_MS);
  }
}

const NOT_YET = ['SERVICE_UNAVAILABLE', 'IDEMPOTENCY_IN_PROGRESS'];

const DRAFT = `mutation ($input: ReferralDraftInput!) {
  answer: referralDraft(input: $input) { referral { id } userErrors { code } } }`;

/** A service of its own for the partner of the demo world whose editor we know. */
const SERVICE = `
  with partner as (
    select p.* from partner p join membership m on m.partner_id = p.id join account a on a.id = m.account_id
    where a.subject = 'partner-aachen'),
  service as (
    insert into service (partner_id, network_id, name, languages, delivery_modes, feedback_level, keeps_waiting_list, version)
    select id, network_id, 'Unter Last', '{de}', '{ON_SITE}', 'STATUS_AND_OUTCOME', false, 1 from partner returning id),
  capacity as (insert into service_capacity (service_id, total) select id, ? from service),
  area as (insert into service_area (service_id, area_key) select id, '05334' from service)
  select id from service`;

/** Cases of the caseworker whom we know. */
const CASES = `
  with cases as (
    insert into client_case (network_id, reference, municipality_key, languages, assigned_to_id, version)
    select m.network_id, 'LAST-' || n, '05334002', '{de}', a.id, 1
    from account a join membership m on m.account_id = a.id, generate_series(1, ?) n
    where a.subject = 'caseworker-aachen' returning id, network_id),
  health as (
    insert into client_case_health (client_case_id, network_id, needs, accessibility, revision)
    select id, network_id, '{}', '{}', 1 from cases)
  select id from cases`;

const COUNTED = `select
  (select coalesce(sum(accepted), 0)::int from service_acceptance where service_id = ?) as accepted,
  (select coalesce(sum(answers), 0)::int from service_answer where service_id = ?) as answered`;

interface Story {
  id: string;
  note: string;
  events: { number: number; step: string | null; from: string | null; to: string | null }[];
}

const storiesOf = (): Promise<Story[]> =>
  owner.em.fork().execute<Story[]>(
    `select r.id, d.note,
       (select jsonb_agg(jsonb_build_object('number', e.number, 'step', e.step, 'from', e.from_status, 'to', e.to_status)
          order by e.number) from referral_event e where e.referral_id = r.id) as events
     from referral r join referral_disclosure d on d.referral_id = r.id where r.service_id = ?`,
    [service],
  );

/** The same one for every start: clients know the address. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
