import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { type Step, take, tryStep } from '../support/referral-steps.js';
import { CASE_TABLES, everyRow } from '../support/rows.js';
import { asRead, caseElsewhere, shared, sharingOf } from '../support/sharing.js';
import { READS, readingOf } from './reads.js';

const hub = testHub('walls_sharing');
const { propose, agree, end } = sharingOf(hub);

type World = Awaited<ReturnType<typeof hub.given>>;

/** Members of the giving network, each with a right of her own there; of them the partner alone is addressed. */
const GIVERS = ['caseworker', 'deputy', 'colleague', 'coordinator', 'stranger'] as const;
const OUTSIDERS = ['auditor', 'admin', 'unknown'] as const;

const DRAFT = `mutation ($input: ReferralDraftInput!) {
  answer: referralDraft(input: $input) { referral { id sharedUnder { id } network { slug } } userErrors { code path } } }`;
const OFFER = `mutation ($input: ReferralOfferInput!) {
  answer: referralOffer(input: $input) { referrals { id } userErrors { code path } } }`;
const CONSENT = `mutation ($input: ConsentRecordInput!) {
  answer: consentRecord(input: $input) { consent { id } userErrors { code path } } }`;

async function ask(viewer: Viewer, document: string, input: object) {
  const { data, errors } = await hub.as(viewer, document, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer;
}

const draft = (viewer: Viewer, clientCase: string, { service }: Pick<World, 'service'>) =>
  ask(viewer, DRAFT, { clientCase, service: service.id, basis: 'STATUTORY_TASK', note: 'Bitte bald.' });
const consent = (viewer: Viewer, clientCase: string, { service }: Pick<World, 'service'>) =>
  ask(viewer, CONSENT, { clientCase, service: service.id, givenOn: '2026-01-01', validUntil: '2099-01-01' });

/** The other network's case was referred to the shared service. */
async function sentAcross(scope?: object) {
  const world = await hub.given({ total: 3 });
  const agreement = await shared(hub, world, scope);
  const clientCase = await caseElsewhere(hub, world);
  const given = (await consent(world.foreigner, clientCase, world)).consent.id as string;
  const { referral, userErrors } = await draft(world.foreigner, clientCase, world);
  expect(userErrors).toEqual([]);
  await take(hub, world.foreigner, 'SEND', referral.id);
  const across = {
    ...world,
    clientCase: { id: clientCase },
    consent: { id: given },
    referral: { id: referral.id as string },
  };
  return { ...across, agreement, network: world.network };
}

/** Rows of that case and referral that hub_app gets as that viewer. */
async function rowsFor(em: EntityManager, clientCase: string, referral: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of CASE_TABLES) {
    const column =
      table === 'client_case' || table === 'referral'
        ? 'id'
        : /^referral/.test(table)
          ? 'referral_id'
          : 'client_case_id';
    const rows = await em.execute(`select 1 from ${table} where ${column} = ?`, [
      /^referral/.test(table) ? referral : clientCase,
    ]);
    if (rows.length > 0) counts[table] = rows.length;
  }
  return counts;
}

/** Another service of the same partner and kind, for the same district; its id. */
async function shareTwin({
  service,
  abroad,
  location,
}: Pick<World, 'service' | 'abroad' | 'location'>): Promise<string> {
  const [row] = await hub.owner().execute<{ id: string }[]>(
    `with made as (insert into service (partner_id, network_id, name, languages, delivery_modes, feedback_level)
       select partner_id, network_id, 'Zweite', languages, delivery_modes, feedback_level from service where id = ? returning id),
     kind as (insert into service_category (service_id, category_code) select id, 'job-coaching' from made),
     area as (insert into service_area (service_id, area_key) select id, left(?, 5) from made),
     place as (insert into service_location (service_id, location_id) select id, ? from made)
     insert into service_capacity (service_id, total, occupied_elsewhere, reserved, waitlisted) select id, 1, 0, 0, 0 from made
     returning service_id as id`,
    [service.id, abroad.key, location.id],
  );
  return row!.id;
}

test('without an agreement that covers it today there is no such service for another network', async () => {
  const world = await hub.given();
  const { foreigner, coordinator, foreignCoordinator, network, elsewhere, brücke, service } = world;
  const clientCase = await caseElsewhere(hub, world);
  const input = { giver: network.slug, receiver: elsewhere.slug, from: '2026-01-01' };
  const closed = async (why: string) => {
    const before = await everyRow(hub.owner());
    const missing = (...path: string[]) => [{ code: 'NOT_FOUND', path: ['input', ...path] }];
    expect({ why, ...(await draft(foreigner, clientCase, world)) }).toMatchObject({
      why,
      userErrors: missing('service'),
    });
    const services = [service.id, randomUUID()];
    const offered = await ask(foreigner, OFFER, { clientCase, services, basis: 'STATUTORY_TASK' });
    expect(offered.userErrors).toEqual(missing('services', '0'));
    expect((await consent(foreigner, clientCase, world)).userErrors).toEqual(missing('service'));
    expect(await everyRow(hub.owner())).toEqual(before);
  };
  await closed('nothing at all');
  const wish = (await propose(foreignCoordinator, input)).sharingAgreement.id;
  await closed('a wish of her own network');
  expect((await agree(foreignCoordinator, wish)).userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN' }]);
  await closed('her own coordination wanted to grant it');
  for (const scope of [{ partners: [brücke.id] }, { categories: ['counselling'] }, { from: '2099-01-01' }]) {
    await shared(hub, world, scope);
    await closed(JSON.stringify(scope));
  }
  await agree(coordinator, wish);
  await end(coordinator, wish);
  await closed('it was ended');
  // The reverse lets this network refer there, not the other one here.
  const reverse = await propose(coordinator, { ...input, giver: elsewhere.slug, receiver: network.slug });
  await agree(foreignCoordinator, reverse.sharingAgreement.id);
  await closed('it is shared the other way round');
});

test('what the client was referred to already she may agree to also when it is shared no more', async () => {
  const world = await sentAcross();
  const twin = { service: { ...world.service, id: await shareTwin(world) } };
  // She was not told of what was drafted only.
  expect((await draft(world.foreigner, world.clientCase.id, twin as World)).userErrors).toEqual([]);
  await end(world.coordinator, world.agreement);
  expect((await consent(world.foreigner, world.clientCase.id, world)).userErrors).toEqual([]);
  expect((await consent(world.foreigner, world.clientCase.id, twin as World)).userErrors).toEqual([
    { code: 'NOT_FOUND', path: ['input', 'service'] },
  ]);
});

test('of the network that shares exactly the addressed partner sees the referral, over HTTP and in SQL', async () => {
  const world = await sentAcross();
  const { foreigner, foreignCoordinator, partner, clientCase, referral, consent: given, agreement } = world;
  const ids = { case: clientCase.id, consent: given.id, referral: referral.id };
  const readBy = async (viewer: Viewer) => readingOf(await hub.as(viewer, READS, ids));
  const inSql = async (viewer: Viewer) =>
    rowsFor(hub.inDatabase(await asRead(hub, viewer)), clientCase.id, referral.id);

  expect(await readBy(foreigner)).toMatchObject({ clientCase: true, consent: true, referral: true });
  expect(await inSql(foreigner)).toMatchObject({
    client_case: 1,
    client_case_health: 1,
    consent: 1,
    referral: 1,
    referral_disclosure: 1,
  });
  expect(await readBy(foreignCoordinator)).toMatchObject({ clientCase: false, consent: false, referral: true });
  expect(await inSql(foreignCoordinator)).toEqual({ referral: 1, referral_event: 2 });

  expect(await readBy(partner)).toMatchObject({ clientCase: false, consent: false, referral: true });
  expect(await inSql(partner)).toEqual({ referral: 1, referral_disclosure: 1, referral_event: 2 });
  const SEEN = `{ referral(id: "${referral.id}") { note client { pseudonym } clientCase { id } network { slug } sharedUnder { id } } }`;
  expect((await hub.as(partner, SEEN)).data.referral).toMatchObject({
    note: 'Bitte bald.',
    client: { pseudonym: expect.any(String) },
    clientCase: null,
    network: { slug: world.elsewhere.slug },
    sharedUnder: { id: agreement },
  });
  const { data } = await hub.as(
    partner,
    '{ partnerInbox { new { count referrals { nodes { id } } } } referrals { nodes { id } } }',
  );
  expect(JSON.stringify(data.partnerInbox)).toContain(referral.id);

  // The world's own referral is not touched: its own people see it as before, the other network's nothing of it.
  for (const who of [...GIVERS, ...OUTSIDERS]) {
    const seen = await readBy(world[who]);
    expect({ who, ...seen, cases: 0, referrals: 0 }).toEqual({
      who,
      cases: 0,
      referrals: 0,
      clientCase: false,
      consent: false,
      referral: false,
      nodes: [],
    });
    expect([who, JSON.stringify((await hub.as(world[who], READS, ids)).data).includes(referral.id)]).toEqual([
      who,
      false,
    ]);
    expect([who, await inSql(world[who])]).toEqual([who, {}]);
    const { userErrors } = await tryStep(hub, world[who], 'CANCEL', referral.id).catch(() => ({ userErrors: null }));
    if (userErrors) expect(userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  }
  // What lies in the other network and was not sent to it stays out of the partner's sight as well.
  const other = await caseElsewhere(hub, world);
  const unsent = (await draft(foreigner, other, world)).referral.id as string;
  expect(await rowsFor(hub.inDatabase(await asRead(hub, partner)), other, unsent)).toEqual({});
  const stranger = hub.inDatabase(await asRead(hub, world.stranger));
  expect((await asRead(hub, world.stranger)).referredFrom).toEqual([world.elsewhere.id]);
  for (const table of CASE_TABLES)
    expect(await stranger.execute(`select 1 from ${table} where network_id = ?`, [world.elsewhere.id])).toEqual([]);
});

test('the partner takes every step, and what follows stays in the network of the case', async () => {
  const world = await sentAcross({ categories: ['placement'] });
  const { foreigner, foreignCoordinator, coordinator, partner, referral, service, elsewhere } = world;
  const did = (step: Step, said?: object) =>
    take(hub, step === 'ANSWER' ? foreigner : partner, step, referral.id, said);
  await did('ACKNOWLEDGE');
  await did('ASK');
  await did('ANSWER');
  const { data } = await hub.as(
    partner,
    `mutation { referralMessageSend(id: "${referral.id}", text: "Hallo") { userErrors { code } } }`,
  );
  expect(data.referralMessageSend.userErrors).toEqual([]);
  await did('ACCEPT');
  const places = async () =>
    (await hub.owner().execute('select reserved from service_capacity where service_id = ?', [service.id]))[0];
  expect(await places()).toEqual({ reserved: 1 });
  await did('SCHEDULE');
  const CALENDAR = '{ appointmentCalendar(from: "2099-01-01", until: "2099-01-31") }';
  expect((await hub.as(partner, CALENDAR)).data.appointmentCalendar).toContain('BEGIN:VEVENT');
  expect((await hub.as(world.stranger, CALENDAR)).data.appointmentCalendar).not.toContain('BEGIN:VEVENT');
  await did('START');
  // It was agreed for the past; what was sent goes on to its end.
  await end(coordinator, world.agreement);
  await did('HOLD', { keepPlace: false });
  await did('RESUME');
  expect((await did('COMPLETE', { outcome: 'EMPLOYED' })).status).toBe('COMPLETED');
  expect(await places()).toEqual({ reserved: 0 });
  const rows = await hub.owner().execute(
    `select network_id from referral_event where referral_id = ? union select network_id from referral_message where referral_id = ?
     union select network_id from referral_follow_up where referral_id = ? union select network_id from referral_appointment where referral_id = ?`,
    [referral.id, referral.id, referral.id, referral.id],
  );
  expect(rows).toEqual([{ network_id: elsewhere.id }]);
  // Begun anew it would need what is over.
  expect((await tryStep(hub, foreignCoordinator, 'REOPEN', referral.id)).userErrors).toMatchObject([
    { code: 'NOT_SHARED', path: ['id'] },
  ]);
  await shared(hub, world, { partners: [world.anker.id] });
  expect((await take(hub, foreignCoordinator, 'REOPEN', referral.id)).status).toBe('IN_PROGRESS');
});

test('an agreement that ends between draft and sending lets nothing out', async () => {
  const world = await hub.given({ total: 3 });
  const { foreigner, coordinator, partner } = world;
  const agreement = await shared(hub, world);
  const clientCase = await caseElsewhere(hub, world);
  const { id } = (await draft(foreigner, clientCase, world)).referral;
  await end(coordinator, agreement);
  const before = await everyRow(hub.owner());
  expect((await tryStep(hub, foreigner, 'SEND', id)).userErrors).toMatchObject([{ code: 'NOT_SHARED', path: ['id'] }]);
  expect(await everyRow(hub.owner())).toEqual(before);
  expect((await hub.as(partner, `{ referral(id: "${id}") { id } }`)).data.referral).toBeNull();
  // Another one covers it by now: it is sent under that.
  const next = await shared(hub, world, { categories: ['job-coaching'] });
  await take(hub, foreigner, 'SEND', id);
  expect(
    (await hub.as(foreigner, `{ referral(id: "${id}") { sharedUnder { id } } }`)).data.referral.sharedUnder.id,
  ).toBe(next);
  await take(hub, foreigner, 'CANCEL', id);

  // At the same time: it is sent before the end, or not at all.
  const { id: racing } = (await draft(foreigner, clientCase, world)).referral;
  const [sent, ended] = await Promise.all([tryStep(hub, foreigner, 'SEND', racing), end(coordinator, next)]);
  expect(ended.userErrors).toEqual([]);
  const [row] = await hub.owner().execute('select sent_at is not null as sent from referral where id = ?', [racing]);
  expect(row).toEqual({ sent: sent.userErrors.length === 0 });
  if (sent.userErrors.length > 0) expect(sent.userErrors).toMatchObject([{ code: 'NOT_SHARED' }]);
});

test('who looks elsewhere for a client is shown what is shared', async () => {
  const world = await sentAcross();
  const { foreigner, partner, service, elsewhere, abroad, coordinator, caseworker } = world;
  const ASK = `mutation ($input: AvailabilityAskInput!) { answer: availabilityAsk(input: $input) {
    availabilityQuestion { id requests { service { id } } } userErrors { code } } }`;
  const input = { network: elsewhere.slug, municipality: abroad.key, category: 'placement' };
  const asked = await ask(foreigner, ASK, input);
  expect(asked.availabilityQuestion.requests).toEqual([{ service: { id: service.id } }]);
  const REQUESTS = '{ availabilityRequests { nodes { id service { id } question { id } } } }';
  expect((await hub.as(partner, REQUESTS)).data.availabilityRequests.nodes).toMatchObject([
    { service: { id: service.id } },
  ]);
  for (const viewer of [world.stranger, coordinator, caseworker]) {
    const { data, errors } = await hub.as(viewer, REQUESTS);
    expect(data?.availabilityRequests?.nodes ?? errors).not.toMatchObject([{ id: expect.any(String) }]);
  }
  // Declined there, nothing else is left; another service of the kind that is shared is an alternative.
  const twin = await shareTwin(world);
  await take(hub, partner, 'DECLINE', world.referral.id);
  const ALTERNATIVES = `{ referral(id: "${world.referral.id}") { alternatives { matches { nodes { service { id } sharedUnder { id } } } } } }`;
  const { alternatives } = (await hub.as(foreigner, ALTERNATIVES)).data.referral;
  expect(alternatives[0].matches.nodes).toEqual([{ service: { id: twin }, sharedUnder: { id: world.agreement } }]);
  // What could not be had is counted where the client lives.
  const GAPS = 'query ($network: String!) { gaps(network: $network) { nodes { reason events } } }';
  expect((await hub.as(world.foreignCoordinator, GAPS, { network: elsewhere.slug })).data.gaps.nodes).toMatchObject([
    { reason: 'NO_CAPACITY', events: 1 },
  ]);
  expect((await hub.as(coordinator, GAPS, { network: world.network.slug })).data.gaps.nodes).toEqual([]);
});

test('in SQL nobody stores a referral to another network without its agreement', async () => {
  const world = await sentAcross();
  const { foreigner, caseworker, referral, service, clientCase, elsewhere, network, anker } = world;
  const insert = (viewer: Viewer, of: string, shared: string | null, giver: string | null) =>
    hub.inDatabase(viewer).execute(
      `insert into referral (network_id, client_case_id, service_id, partner_id, basis, feedback_level, shared_under_id, giver_network_id, revision)
       values (?, ?, ?, ?, 'STATUTORY_TASK', 'STATUS', ?, ?, 1)`,
      [of, clientCase.id, service.id, anker.id, shared, giver],
    );
  await expect(insert(foreigner, elsewhere.id, null, null)).rejects.toThrow('referral_service_same_network');
  await expect(insert(foreigner, elsewhere.id, null, network.id)).rejects.toThrow('referral_giver_shares');
  await expect(insert(foreigner, elsewhere.id, world.agreement, null)).rejects.toThrow('referral_giver_shares');
  await expect(insert(caseworker, network.id, null, null)).rejects.toThrow(
    /referral_case_same_network|row-level security/,
  );
  const third = await sentAcross();
  await expect(insert(foreigner, elsewhere.id, third.agreement, network.id)).rejects.toThrow(
    'referral_shared_under_same_network',
  );
  // Who edits the partner cannot draw it into her own network, nor read on where it is another's.
  const editor = hub.inDatabase(await asRead(hub, world.partner));
  await expect(
    editor.execute('update referral set network_id = ?, shared_under_id = null, giver_network_id = null where id = ?', [
      network.id,
      referral.id,
    ]),
  ).rejects.toThrow('foreign key');
  expect(await editor.execute('select 1 from referral where id = ?', [third.referral.id])).toEqual([]);
});

test('siblings, merges and rounded places hold across networks', async () => {
  const world = await sentAcross({ partners: [] });
  const { foreigner, coordinator, partner, stranger, anker, brücke, network, elsewhere, service } = world;
  // Offered here and there at once: the first that takes her cancels the other.
  const twin = await shareTwin(world);
  const clientCase = await caseElsewhere(hub, world);
  const offered = await ask(foreigner, OFFER, { clientCase, services: [service.id, twin], basis: 'STATUTORY_TASK' });
  expect(offered.userErrors).toEqual([]);
  const [one, other] = offered.referrals.map(({ id }: { id: string }) => id);
  await take(hub, partner, 'ACCEPT', one);
  expect((await hub.as(foreigner, `{ referral(id: "${other}") { status } }`)).data.referral.status).toBe('CANCELLED');

  // Who refers there and coordinates there as well sees discreet places as caseworkers do.
  await hub.owner().execute(`update service set feedback_level = 'RECEIVED_ONLY' where id = ?`, [service.id]);
  await hub.owner().execute('update service_capacity set total = 6 where service_id = ?', [service.id]);
  const PLACES = `{ service(id: "${service.id}") { capacity { free } } }`;
  const free = async (viewer: Viewer) => (await hub.as(viewer, PLACES)).data.service.capacity.free;
  const both = (name: string, memberships: Viewer['memberships']): Viewer => ({
    accountId: null,
    subject: name,
    displayName: name,
    memberships,
  });
  expect(await free(coordinator)).toBe(5);
  expect(await free(both('both', [...coordinator.memberships, ...foreigner.memberships]))).toBe(3);
  expect(await free(foreigner)).toBe(3);

  // What was sent to a partner is its successor's, whose editors read it from then on.
  const seen = async () => (await hub.as(stranger, `{ referral(id: "${world.referral.id}") { id } }`)).data.referral;
  await end(coordinator, world.agreement);
  expect(await seen()).toBeNull();
  const merge = `mutation { partnerMerge(id: "${brücke.id}", other: "${anker.id}") { userErrors { code message } } }`;
  expect((await hub.as(coordinator, merge)).data.partnerMerge.userErrors).toEqual([]);
  expect(await seen()).toEqual({ id: world.referral.id });
  expect((await asRead(hub, partner)).referredFrom).toEqual([elsewhere.id]);
  expect((await take(hub, stranger, 'ACKNOWLEDGE', world.referral.id)).status).toBe('RECEIVED');
  expect(network.id).not.toBe(elsewhere.id);
});

test('a page of referrals under several agreements costs the same statements, however many', async () => {
  const world = await hub.given({ total: 9 });
  const counts: number[] = [];
  for (const more of [1, 3]) {
    for (let i = 0; i < more; i++) {
      const agreement = await shared(hub, world);
      const { id } = (await draft(world.foreigner, await caseElsewhere(hub, world), world)).referral;
      await take(hub, world.foreigner, 'SEND', id);
      await end(world.coordinator, agreement);
    }
    const PAGE =
      '{ referrals { nodes { network { name } sharedUnder { id status giver { name } partners { name } categories { code } } } } }';
    let under!: Set<string>;
    const statements = await hub.statements(async () => {
      const { nodes } = (await hub.as(world.partner, PAGE)).data.referrals;
      under = new Set(nodes.flatMap((one: { sharedUnder: { id: string } | null }) => one.sharedUnder?.id ?? []));
    });
    expect(under.size).toBe(counts.length === 0 ? 1 : 4);
    counts.push(statements.length);
  }
  expect(counts[1]).toBe(counts[0]);
});

test('what stays with the office stays behind the wall of its network, whatever other policies allow', async () => {
  const { partner, stranger, clientCase, referral, elsewhere } = await sentAcross();
  const OF_THE_OFFICE = ['client_case', 'client_case_health', 'consent', 'referral_follow_up', 'gap'];
  const owner = hub.owner();
  for (const table of OF_THE_OFFICE) await owner.execute(`create policy careless on ${table} using (true)`);
  try {
    for (const viewer of [partner, stranger]) {
      const em = hub.inDatabase(await asRead(hub, viewer));
      for (const table of OF_THE_OFFICE)
        expect([table, await em.execute(`select 1 from ${table} where network_id = ?`, [elsewhere.id])]).toEqual([
          table,
          [],
        ]);
    }
    const em = hub.inDatabase(await asRead(hub, partner));
    expect(await rowsFor(em, clientCase.id, referral.id)).toEqual({
      referral: 1,
      referral_disclosure: 1,
      referral_event: 2,
    });
  } finally {
    for (const table of OF_THE_OFFICE) await owner.execute(`drop policy careless on ${table}`);
  }
});
