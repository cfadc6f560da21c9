import type { Random } from '../../src/demo/random.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { caseworkerIn, coordinatorOf, directory, editorOf } from '../support/directory.js';
import type { TestHub } from '../support/hub.js';
import type { Answer } from './client.js';

/** Somebody with a way of working: how likely a look at her list is on a day, and an act on what waits there. */
export interface Person {
  name: string;
  ask(query: string, variables: object): Promise<Answer['body']>;
  looks: number;
  acts: number;
}

export interface Caseworker extends Person {
  cases: readonly { id: string; consents: readonly string[] }[];
}

export interface District {
  network: string;
  services: readonly { id: string; level: FeedbackLevel }[];
  partners: readonly Person[];
  caseworkers: readonly Caseworker[];
  coordinators: readonly Person[];
}

const PROMPT = { looks: 0.9, acts: 0.7 };
const LAZY = { looks: 0.2, acts: 0.3 };
const NEVER = { looks: 0, acts: 0 };

/** In turn, so that each kind is there however few they are. */
const MANNERS = [PROMPT, PROMPT, LAZY, PROMPT, NEVER] as const;

const { NONE, RECEIVED_ONLY, STATUS, STATUS_AND_OUTCOME } = FeedbackLevel;
const LEVELS = [STATUS_AND_OUTCOME, STATUS_AND_OUTCOME, STATUS, RECEIVED_ONLY, STATUS_AND_OUTCOME, NONE];

interface Size {
  referrals: number;
  days: number;
}

/** A network with people of every kind, and cases enough for so many referrals. Many consents end in those days. */
export async function aDistrict(hub: TestHub, random: Random, { referrals, days }: Size): Promise<District> {
  const build = directory(hub.owner());
  const home = await build.municipality('05999001', 'Heimstadt');
  const network = await build.network('Heimstadt', home);
  const clients = Math.ceil(referrals * 0.6);
  const person = async (role: Viewer, kind: string, i: number, manner = MANNERS[i % MANNERS.length]!) => {
    const name = `${kind} ${i}`;
    const account = await enrol(hub, role, name);
    return { name, account, ask: asking(hub, account), ...manner };
  };

  const partners: Person[] = [];
  const services: { id: string; level: FeedbackLevel }[] = [];
  for (let i = 0; i < Math.max(5, Math.ceil(referrals / 130)); i++) {
    const partner = await build.partner(network, `Träger ${i}`);
    for (const part of [0, 1]) {
      const level = LEVELS[(2 * i + part) % LEVELS.length]!;
      const service = await build.service(partner, `Angebot ${i}-${part}`, {
        categories: ['job-coaching'],
        areas: [home.districtKey],
        feedbackLevel: level,
        keepsWaitingList: random.chance(0.7),
        capacity: { total: random.chance(0.1) ? null : random.int(2, 14), reportedAt: hub.now() },
      });
      services.push({ id: service.id, level });
    }
    partners.push(await person(editorOf(partner), 'Träger', i));
  }
  const caseworkers: Caseworker[] = [];
  const offices = Math.max(5, Math.ceil(referrals / 170));
  for (let i = 0; i < offices; i++) {
    const worker = await person(caseworkerIn(network), 'Fachkraft', i);
    const cases = await casesOf(hub, worker.account, network.id, { count: Math.ceil(clients / offices), days });
    caseworkers.push({ ...worker, cases });
  }
  const coordinators = [
    await person(coordinatorOf(network), 'Koordination', 0, PROMPT),
    await person(coordinatorOf(network), 'Koordination', 1, LAZY),
  ];
  return { network: network.id, services, partners, caseworkers, coordinators };
}

/** With an account of one's own; its id is also what one signs in by. */
async function enrol(hub: TestHub, role: Viewer, name: string): Promise<string> {
  const [row] = await hub.owner().execute<[{ id: string }]>('select gen_random_uuid() as id');
  return hub.enrol({ ...role, accountId: row.id, displayName: name });
}

/** Without sockets: they would be idle for longer than the hub keeps them. */
const asking =
  (hub: TestHub, account: string): Person['ask'] =>
  async (query, variables) => {
    const { body } = await hub.hub().app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${account}` },
      payload: { query, variables },
    });
    return JSON.parse(body);
  };

/** Made in SQL: each with a consent for the category of 20 days or more, every third with another. */
async function casesOf(
  hub: TestHub,
  account: string,
  network: string,
  { count, days }: { count: number; days: number },
): Promise<Caseworker['cases']> {
  const rows = await hub.owner().execute<{ id: string; consents: string[] }[]>(
    `with cases as (
       insert into client_case (network_id, reference, municipality_key, languages, birth_year, assigned_to_id, created_at, version)
       select ?, left(?, 8) || '-' || n, '05999001', '{de}', 1990, ?, ?, 1 from generate_series(1, ?) n
       returning id, network_id),
     health as (
       insert into client_case_health (client_case_id, network_id, needs, accessibility, revision)
       select id, network_id, '{}', '{}', 1 from cases),
     numbered as (select id, network_id, row_number() over () as n from cases),
     consents as (
       insert into consent (network_id, client_case_id, category_code, given_on, valid_until, created_at, revision)
       select network_id, id, 'job-coaching', ?::date - 1, ?::date + 20 + (n * 211 + again * 97)::int % ?, ?, 1
       from numbered, generate_series(0, 1) again where again = 0 or n % 3 = 0
       returning id, client_case_id)
     select client_case_id as id, array_agg(id) as consents from consents group by 1`,
    [network, account, account, hub.now(), count, hub.now(), hub.now(), Math.ceil(days * 1.5), hub.now()],
  );
  return rows;
}
