import { beforeAll, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { take } from '../support/referral-steps.js';
import { merge } from './support.js';

const hub = testHub('merged_pseudonyms');
const NOW = new Date('2026-03-10T09:00:00Z');
beforeAll(() => hub.setNow(NOW));

/** Two clients, each referred to a service of Anker and to one of Brücke, which know each by a name of their own. */
async function build() {
  const world = await hub.given({ status: ReferralStatus.DRAFT, total: 9, referrals: 2 });
  const { brücke, anker, home, caseworker, cases } = world;
  const places = { areas: [home.key.slice(0, 5)], capacity: { total: 9, reportedAt: NOW } };
  const on = directory(hub.owner());
  const course = await on.service(brücke, 'Kurs', places);
  const more = {
    anker: await on.service(anker, 'Werkstatt', places),
    brücke: await on.service(brücke, 'Probe', places),
  };
  const sent = async (clientCase: string, service: string): Promise<string> => {
    const { data } = await hub.as(
      caseworker,
      `mutation ($case: ID!, $service: ID!) { referralDraft(input: { clientCase: $case, service: $service,
         basis: STATUTORY_TASK }) { referral { id } userErrors { code } } }`,
      { case: clientCase, service },
    );
    return (await take(hub, caseworker, 'SEND', data.referralDraft.referral.id)).id;
  };
  const known = { anker: [] as string[], brücke: [] as string[] };
  for (const [i, { id }] of cases.entries()) {
    known.anker.push((await take(hub, caseworker, 'SEND', world.referrals[i]!.id)).id);
    known.brücke.push(await sent(id, course.id));
  }
  return { ...world, more, sent, known };
}

const clientsOf = async (viewer: Viewer): Promise<Record<string, string>> => {
  const { data, errors } = await hub.as(viewer, '{ referrals(first: 50) { nodes { id client { pseudonym } } } }');
  expect(errors).toBeUndefined();
  const nodes: { id: string; client: { pseudonym: string } | null }[] = data.referrals.nodes;
  return Object.fromEntries(nodes.flatMap(({ id, client }) => (client ? [[id, client.pseudonym]] : [])));
};

test.each(['brücke', 'anker'] as const)(
  'where both knew the same clients, each referral keeps the name it told and %s goes on with its own',
  async stays => {
    const { partner, stranger, caseworker, coordinator, cases, more, sent, known, ...world } = await build();
    const goes = stays === 'brücke' ? 'anker' : 'brücke';
    const [atAnker, atBrücke] = [await clientsOf(partner), await clientsOf(stranger)];
    expect(Object.keys(atAnker).sort()).toEqual([...known.anker].sort());
    expect(Object.keys(atBrücke).sort()).toEqual([...known.brücke].sort());
    const before = { ...atAnker, ...atBrücke };
    // Four names of two clients: no two partners can compare.
    expect(new Set(Object.values(before)).size).toBe(4);
    expect((await merge(hub, coordinator, world[stays].id, world[goes].id)).userErrors).toEqual([]);

    for (const viewer of [partner, stranger]) expect(await clientsOf(viewer)).toEqual(before);
    const next = [await sent(cases[0]!.id, more[goes].id), await sent(cases[1]!.id, more[stays].id)];
    const told = Object.fromEntries(next.map((id, i) => [id, before[known[stays][i]!]]));
    for (const viewer of [partner, stranger]) expect(await clientsOf(viewer)).toEqual({ ...before, ...told });

    // Each name is still one client's alone, and the caseworker's own list knows none of them.
    const rows = await hub.owner().execute<{ names: number; pairs: number }[]>(
      `select count(distinct d.pseudonym)::int as names, count(distinct (d.pseudonym, r.client_case_id))::int as pairs
       from referral r join referral_disclosure d on d.referral_id = r.id where r.partner_id = ?`,
      [world[stays].id],
    );
    expect(rows).toEqual([{ names: 4, pairs: 4 }]);
    const { data } = await hub.as(caseworker, '{ referrals(first: 50) { nodes { clientCase { reference } } } }');
    const hers = data.referrals.nodes.map((one: { clientCase: { reference: string } }) => one.clientCase.reference);
    expect(new Set(hers).size).toBe(2);
    expect(hers.filter((one: string) => Object.values(before).includes(one))).toEqual([]);
  },
);
