import { afterAll, beforeAll, expect, test } from 'vitest';
import { copiesOf } from '../support/copies.js';
import { testHub } from '../support/hub.js';
import { build, type RunningHub, startHub } from '../support/program.js';
import { Provider, type Signer, signer } from '../support/provider.js';
import { documentOf, variablesOf } from '../support/referral-steps.js';
import { PATIENCE, percentile, shared, sized, tell } from './campaign.js';
import { Client } from './client.js';

/**
 * Many accept at once what few places are there for, over HTTP and GraphQL, with real tokens, at the real program: one
 * process, or two on one database.
 */
const ATTEMPTS = sized(400, 10_000);
const PLACES = sized(20, 100);
const CLIENTS = 64;
const LONGEST_S = 60;

const given = testHub('campaign_capacity');
const provider = new Provider();
let key: Signer;
let programs: RunningHub[] = [];

beforeAll(async () => {
  key = await signer();
  provider.keys = [key.jwk];
  await provider.open();
  await build();
  const settings = {
    DATABASE_URL: given.database().hubApp,
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: 'partnernetz',
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
  };
  programs = await Promise.all([startHub(settings), startHub(settings)]);
}, PATIENCE);
afterAll(async () => {
  const outcomes = await Promise.all(programs.map(one => one.end()));
  await provider.goAway();
  expect(outcomes).toMatchObject(programs.map(() => ({ code: 0, stderr: '' })));
});

test.each([1, 2])(
  `${ATTEMPTS} attempts on ${PLACES} places by ${CLIENTS} clients of %i hubs: so many are accepted, and told so`,
  async hubs => {
    const { referral, service, anker, network } = await given.given({ total: PLACES + 3, occupiedElsewhere: 3 });
    await copiesOf(given.owner(), referral.id, ATTEMPTS - 1);
    const attempts = await ids('select id from referral where service_id = ?', service.id);
    expect(attempts.size).toBe(ATTEMPTS);
    const subjects = await editors(anker.id, network.id);
    const clients = await Promise.all(
      subjects.map(async (subject, i) => new Client(programs[i % hubs]!.url, await tokenOf(subject))),
    );

    const told = new Map<string, string>();
    const milliseconds: number[] = [];
    const accept = documentOf('ACCEPT', 'id status');
    const begin = performance.now();
    await shared(attempts, clients, async (client, id) => {
      const asked = performance.now();
      const { status, body } = await client.ask(accept, variablesOf('ACCEPT', id));
      milliseconds.push(performance.now() - asked);
      const { referral: accepted, userErrors = [] } = body.data?.answer ?? {};
      told.set(id, accepted?.status ?? userErrors[0]?.code ?? `${status} ${body.errors?.[0]?.extensions.code}`);
    });
    const seconds = (performance.now() - begin) / 1000;
    for (const client of clients) client.close();
    tell(`${ATTEMPTS} attempts on ${PLACES} places, ${hubs} hubs`, {
      seconds,
      'requests/s': ATTEMPTS / seconds,
      'p50 ms': percentile(milliseconds, 50),
      'p99 ms': percentile(milliseconds, 99),
    });

    expect(told.size).toBe(ATTEMPTS);
    const accepted = new Set([...told].filter(([, answer]) => answer === 'ACCEPTED').map(([id]) => id));
    expect(accepted.size).toBe(PLACES);
    expect(new Set(told.values())).toEqual(new Set(['ACCEPTED', 'NO_CAPACITY']));
    expect(
      await ids(`select id from referral where service_id = ? and status = 'ACCEPTED' and holds_place`, service.id),
    ).toEqual(accepted);
    expect(await ids(STEPPED, service.id)).toEqual(accepted);
    expect(await ids(UNTOUCHED, service.id)).toEqual(new Set([...attempts].filter(id => !accepted.has(id))));
    expect(await countersOf(service.id)).toEqual({ reserved: PLACES, accepted: PLACES, answered: PLACES });
    expect(seconds).toBeLessThan(LONGEST_S);
  },
  PATIENCE,
);

const ids = async (text: string, service: string): Promise<Set<string>> =>
  new Set((await given.owner().execute<{ id: string }[]>(text, [service])).map(row => row.id));

const STEPPED = `select r.id from referral r join referral_event e on e.referral_id = r.id
  where r.service_id = ? and e.step = 'ACCEPT'`;

const UNTOUCHED = `select id from referral r where service_id = ? and status = 'SENT' and not holds_place
  and version = 1 and revision = 1 and not exists (select from referral_event e where e.referral_id = r.id)`;

async function countersOf(service: string) {
  const [row] = await given.owner().execute(
    `select reserved,
       (select sum(accepted)::int from service_acceptance a where a.service_id = c.service_id) as accepted,
       (select sum(answers)::int from service_answer a where a.service_id = c.service_id) as answered
     from service_capacity c where service_id = ?`,
    [service],
  );
  return row;
}

/** One editor of the partner for each client; what they sign in by. */
async function editors(partner: string, network: string): Promise<string[]> {
  const rows = await given.owner().execute<{ subject: string }[]>(
    `with accounts as (
       insert into account (issuer, subject, display_name)
       select ?, gen_random_uuid(), 'Anker ' || n from generate_series(1, ?) n returning id, subject),
     members as (
       insert into membership (account_id, role, network_id, partner_id)
       select id, 'PARTNER_EDITOR', ?, ? from accounts)
     select subject from accounts`,
    [provider.issuer, CLIENTS, network, partner],
  );
  return rows.map(row => row.subject);
}

const tokenOf = (subject: string): Promise<string> => provider.tokenOf(subject, key);
