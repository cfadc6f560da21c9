import { beforeEach, describe, expect, test } from 'vitest';
import { withClient } from '../../src/database/client.js';
import { migrate } from '../../src/database/migrate.js';
import { DisclosureBasis, ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { neighbour } from '../availability/support.js';
import { catalogOf } from '../house/catalog.js';
import { testHub } from '../support/hub.js';
import { documentOf, look, type Step, take, tryStep, variablesOf } from '../support/referral-steps.js';
import { waitersOf } from '../support/waiters.js';
import { ask, DECISION, inputFor, NOW, record, require, type World } from './support.js';

const hub = testHub('funding_decisions');
const { DRAFT, SENT } = ReferralStatus;

beforeEach(() => hub.setNow(NOW));

const OF_REFERRAL = `query ($id: ID!) { referral(id: $id) { fundingDecisions { ${DECISION} } } }`;
const OF_CASE = `query ($id: ID!) { clientCase(id: $id) { fundingDecisions { ${DECISION} } } }`;
const NODE = `query ($id: ID!) { node(id: $id) { ... on FundingDecision { ${DECISION} } } }`;

const told = async (world: World, who: keyof World & ('caseworker' | 'partner' | 'coordinator' | 'deputy')) =>
  (await hub.as(world[who], OF_REFERRAL, { id: world.referral.id })).data.referral?.fundingDecisions;

const refusalOf = async (world: World) => (await tryStep(hub, world.caseworker, 'SEND', world.referral.id)).userErrors;
const messageOf = async (world: World) => {
  const { data } = await hub.as(
    world.caseworker,
    'mutation ($id: ID!) { referralSend(id: $id) { userErrors { code message path } } }',
    { id: world.referral.id },
  );
  return data.referralSend.userErrors[0];
};

describe('a service that takes nobody without an instrument', () => {
  test('is not sent to without a decision; with one it is, and both sides read it', async () => {
    const world = await hub.given({ status: DRAFT });
    await require(hub, world, 'sgb2-16d');
    expect(await messageOf(world)).toEqual({
      code: 'DECISION_MISSING',
      path: ['id'],
      message:
        'Das Angebot nimmt nur mit „Arbeitsgelegenheit“ auf, und eine heute gültige Entscheidung dafür fehlt. Vorher entscheidet das Amt (Zuweisung).',
    });
    await record(hub, world, { decidedOn: '2026-05-01', validFrom: '2026-05-01', validUntil: '2026-06-09' });
    expect(await refusalOf(world)).toMatchObject([{ code: 'DECISION_MISSING' }]);
    const decision = await record(hub, world);
    expect(decision).toMatchObject({ referralId: null, clientCase: { id: world.clientCase.id } });
    await take(hub, world.caseworker, 'SEND', world.referral.id);
    const [own] = await told(world, 'caseworker');
    expect(own).toMatchObject({ id: decision.id, referralId: world.referral.id, monthsUsedBefore: 0 });
    const [partners] = await told(world, 'partner');
    expect(partners).toMatchObject({
      id: decision.id,
      form: 'ASSIGNMENT',
      validUntil: '2026-12-31',
      durationMonths: 6,
      monthsUsedBefore: null,
      clientCase: null,
      checks: [],
    });
    expect(await told(world, 'coordinator')).toEqual([]);
    expect((await hub.as(world.coordinator, NODE, { id: decision.id })).data.node).toBeNull();
    for (const who of ['colleague', 'foreigner', 'stranger', 'admin', 'anonymous'] as const)
      expect((await hub.as(world[who], NODE, { id: decision.id })).data.node).toBeNull();
    // With the referral the partner's access ends.
    await take(hub, world.partner, 'DECLINE', world.referral.id);
    expect(await told(world, 'partner')).toEqual([]);
    expect((await told(world, 'deputy'))?.length).toBe(1);
  });

  test('counts the months of what was sent before, whenever it begins, and of two at once sends one', async () => {
    const world = await hub.given({ status: DRAFT });
    const [near, far] = [await neighbour(hub, world, 'Garten'), await neighbour(hub, world, 'Holz')];
    for (const service of [world.service, near, far]) await require(hub, { ...world, service }, 'sgb2-16d');
    const referrals = [world.referral.id, await draftOf(world, near), await draftOf(world, far)];
    const days = ['2026-06-01', '2026-06-01', '2026-05-20'];
    const checks = [];
    for (const [i, referral] of referrals.entries()) {
      hub.setNow(new Date(NOW.getTime() + i * 60_000));
      const [validFrom, monthsUsedBefore] = [days[i], i === 0 ? 0 : null];
      const own = { decidedOn: validFrom, validFrom, durationMonths: 13, monthsUsedBefore, referral };
      checks.push((await record(hub, world, own)).checks[1].text);
    }
    expect(checks).toEqual([
      'Erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (0 genutzt, 13 geplant)',
      'Nicht erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (13 genutzt, 13 geplant)',
      'Nicht erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (13 genutzt, 13 geplant)',
    ]);
    const tried = await Promise.all(referrals.map(id => tryStep(hub, world.caseworker, 'SEND', id)));
    expect(tried.map(one => one.userErrors.map((error: { code: string }) => error.code))).toEqual([
      [],
      ['NOT_ELIGIBLE'],
      ['NOT_ELIGIBLE'],
    ]);
    // What comes to nothing gives its months back to those after it, as soon as it cannot be used any more.
    await take(hub, world.partner, 'DECLINE', referrals[0]!);
    expect((await tryStep(hub, world.caseworker, 'SEND', referrals[1]!)).userErrors).toMatchObject([
      { code: 'NOT_ELIGIBLE' },
    ]);
    const { data } = await hub.as(world.caseworker, OF_CASE, { id: world.clientCase.id });
    const first = data.clientCase.fundingDecisions.find(
      (one: { referralId: string }) => one.referralId === referrals[0],
    );
    await ask(hub, world.caseworker, 'withdraw', { id: first.id, on: '2026-06-10' });
    await Promise.all([referrals[1]!, referrals[2]!].map(id => tryStep(hub, world.caseworker, 'SEND', id)));
    const statuses = await hub
      .owner()
      .execute<{ status: string }[]>('select status from referral where client_case_id = ? and sent_at is not null', [
        world.clientCase.id,
      ]);
    expect(statuses.map(one => one.status).sort()).toEqual(['DECLINED', 'SENT']);
  });

  test('refuses by the text of the rule that is not met', async () => {
    const world = await hub.given({ status: DRAFT });
    await require(hub, world, 'sgb2-16d');
    const { id, checks } = await record(hub, world, { monthsUsedBefore: 19 });
    expect(checks).toContainEqual({
      rule: { kind: 'DURATION_IN_WINDOW' },
      state: 'NOT_MET',
      text: 'Nicht erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (19 genutzt, 6 geplant)',
    });
    expect(await messageOf(world)).toEqual({
      code: 'NOT_ELIGIBLE',
      path: ['id'],
      message:
        'Eine Regel von „Arbeitsgelegenheit“ ist nicht erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (19 genutzt, 6 geplant).',
    });
    expect((await ask(hub, world.caseworker, 'withdraw', { id, on: '2026-06-05' })).userErrors).toEqual([]);
    expect(await refusalOf(world)).toMatchObject([{ code: 'DECISION_MISSING' }]);
    // Earlier decisions of the case count by themselves, as long as they lie in the window.
    await record(hub, world, {
      decidedOn: '2019-01-01',
      validFrom: '2019-01-01',
      validUntil: '2020-12-31',
      durationMonths: 24,
      monthsUsedBefore: null,
    });
    await record(hub, world, {
      decidedOn: '2024-01-01',
      validFrom: '2024-01-01',
      validUntil: '2025-07-31',
      durationMonths: 18,
      monthsUsedBefore: null,
    });
    const last = await record(hub, world, { monthsUsedBefore: null });
    expect(last.checks[1].text).toBe('Erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (18 genutzt, 6 geplant)');
    await take(hub, world.caseworker, 'SEND', world.referral.id);
    expect(await told(world, 'caseworker')).toMatchObject([{ id: last.id }]);
  });

  test('holds the approval, the region and the form against the rules', async () => {
    const voucher = { instrument: 'sgb3-45', form: 'VOUCHER', durationMonths: null, monthsUsedBefore: null };
    const refused = async (offer: object, own: object) => {
      const world = await hub.given({ status: DRAFT });
      await require(hub, world, { instrument: 'sgb3-45', ...offer });
      await record(hub, world, { ...voucher, ...own });
      return refusalOf(world);
    };
    const world = await hub.given({ status: DRAFT });
    const approved = { approvedProvider: true, approvedMeasure: true };
    expect(await refused({ approvedProvider: false }, {})).toMatchObject([{ code: 'NOT_ELIGIBLE' }]);
    expect(await refused({ approvedMeasure: false }, {})).toMatchObject([{ code: 'NOT_ELIGIBLE' }]);
    expect(await refused(approved, { form: 'APPROVAL' })).toMatchObject([{ code: 'NOT_ELIGIBLE' }]);
    expect(await refused(approved, { validUntil: null })).toMatchObject([{ code: 'NOT_ELIGIBLE' }]);
    expect(await refused(approved, { regions: [world.abroad.key] })).toMatchObject([{ code: 'NOT_ELIGIBLE' }]);
    expect(await refused(approved, { category: 'counselling' })).toMatchObject([{ code: 'DECISION_MISSING' }]);
    expect(await refused({ ...approved, validTo: '2026-06-09' }, {})).toEqual([]); // not required any more
    expect(await refused(approved, { category: 'placement' })).toEqual([]);
  });

  test('several instruments go with one referral where their rules allow it', async () => {
    const coached = { instrument: 'sgb2-16k', form: 'ASSIGNMENT', durationMonths: 12, monthsUsedBefore: null };
    const employed = {
      instrument: 'sgb2-16i',
      form: 'APPROVAL',
      durationMonths: 60,
      monthsUsedBefore: null,
      benefitMonths: 72,
    };
    const world = await hub.given({ status: DRAFT });
    await require(hub, world, 'sgb2-16i', 'sgb2-16k', { instrument: 'sgb2-16e', required: false });
    await record(hub, world, employed);
    expect(await refusalOf(world)).toMatchObject([{ code: 'DECISION_MISSING' }]);
    await record(hub, world, coached);
    // What else is decided for the referral has to go with them.
    const other = await record(hub, world, {
      ...employed,
      instrument: 'sgb2-16e',
      durationMonths: 24,
      unemployedMonths: 36,
      referral: world.referral.id,
    });
    expect(await messageOf(world)).toMatchObject({
      code: 'NOT_ELIGIBLE',
      message:
        'Eine Regel von „Teilhabe am Arbeitsmarkt“ ist nicht erfüllt: Nicht zugleich mit: Eingliederung von Langzeitarbeitslosen.',
    });
    const elsewhere = await draftOf(world);
    expect((await ask(hub, world.caseworker, 'detach', { id: other.id, expectedVersion: 9 })).userErrors).toMatchObject(
      [{ code: 'VERSION_CONFLICT' }],
    );
    expect((await ask(hub, world.caseworker, 'detach', { id: other.id })).thing.referralId).toBeNull();
    expect((await ask(hub, world.caseworker, 'detach', { id: other.id })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['id'] },
    ]);
    expect(
      (await ask(hub, world.caseworker, 'attach', { id: other.id, referral: elsewhere, expectedVersion: 9 }))
        .userErrors,
    ).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    expect((await ask(hub, world.caseworker, 'attach', { id: other.id, referral: elsewhere })).userErrors).toEqual([]);
    await take(hub, world.caseworker, 'SEND', world.referral.id);
    const codes = (await told(world, 'partner')).map((one: { instrument: { code: string } }) => one.instrument.code);
    expect(codes.sort()).toEqual(['sgb2-16i', 'sgb2-16k']);
  });
});

/** Another draft of the world's case, to the same service or another. */
async function draftOf(
  { caseworker, clientCase, service: same }: World,
  service: { id: string } = same,
): Promise<string> {
  const { data } = await hub.as(
    caseworker,
    `mutation ($input: ReferralDraftInput!) { referralDraft(input: $input) { referral { id } } }`,
    {
      input: { clientCase: clientCase.id, service: service.id, basis: service === same ? 'CONSENT' : 'STATUTORY_TASK' },
    },
  );
  return data.referralDraft.referral.id;
}

/** The referral that a decision is for. */
const holderOf = async ({ caseworker }: World, id: string) =>
  (await hub.as(caseworker, NODE, { id })).data.node.referralId;

/** One decision; the case was offered with it to two services, and is a draft for a third. */
async function offered() {
  const world = await hub.given({ total: 5 });
  const services = [world.service, await neighbour(hub, world, 'Garten'), await neighbour(hub, world, 'Holz')];
  for (const service of services) await require(hub, { ...world, service }, 'sgb2-16d');
  const { clientCase } = await openCase(world);
  const { id: decision } = await record(hub, world, { clientCase });
  const { data } = await hub.as(
    world.caseworker,
    `mutation ($offer: ReferralOfferInput!, $draft: ReferralDraftInput!) {
      referralOffer(input: $offer) { referrals { id } } referralDraft(input: $draft) { referral { id } } }`,
    {
      offer: { clientCase, services: services.slice(0, 2).map(one => one.id), basis: 'STATUTORY_TASK' },
      draft: { clientCase, service: services[2]!.id, basis: 'STATUTORY_TASK' },
    },
  );
  const [first, second]: string[] = data.referralOffer.referrals.map((one: { id: string }) => one.id);
  const third: string = data.referralDraft.referral.id;
  const code = async (who: 'caseworker' | 'coordinator' | 'stranger', step: Step, id: string): Promise<string> =>
    (await tryStep(hub, world[who], step, id)).userErrors[0]?.code ?? 'done';
  return { world, services, first: first!, second: second!, third, decision, code };
}

/** A case without referrals. */
async function openCase({ caseworker, network, home }: World): Promise<{ clientCase: string }> {
  const { data } = await hub.as(
    caseworker,
    `mutation ($input: ClientCaseOpenInput!) { clientCaseOpen(input: $input) { clientCase { id } } }`,
    { input: { network: network.slug, municipality: home.key } },
  );
  return { clientCase: data.clientCaseOpen.clientCase.id };
}

describe('what goes with a referral', () => {
  const coached = { instrument: 'sgb2-16k', form: 'ASSIGNMENT', durationMonths: 12, monthsUsedBefore: null };
  const employed = { instrument: 'sgb2-16i', form: 'APPROVAL', durationMonths: 60, benefitMonths: 72 };
  const subsidised = { instrument: 'sgb2-16e', form: 'APPROVAL', durationMonths: 24, unemployedMonths: 36 };
  const optional = (instrument: string) => ({ instrument, required: false });

  test('is nothing that is withdrawn or over, and nothing that the service does not take', async () => {
    const world = await hub.given({ status: DRAFT });
    const referral = world.referral.id;
    await require(hub, world, 'sgb2-16i', optional('sgb2-16k'), optional('sgb2-16e'));
    await record(hub, world, { ...employed, referral });
    const withdrawn = await record(hub, world, { ...coached, referral });
    const { thing } = await ask(hub, world.caseworker, 'withdraw', { id: withdrawn.id, on: '2026-06-10' });
    expect(thing.referralId).toBeNull();
    expect((await ask(hub, world.caseworker, 'attach', { id: withdrawn.id, referral })).userErrors).toEqual([
      expect.objectContaining({
        code: 'NOT_ELIGIBLE',
        path: ['referral'],
        message: 'Die Entscheidung zu „Ganzheitliche Betreuung“ gilt nicht mehr.',
      }),
    ]);
    const over = await record(hub, world, { ...subsidised, referral, validUntil: '2026-06-11' });
    // What begins later goes along, and what the service has stopped taking stops it.
    const coming = await record(hub, world, { ...coached, referral, validFrom: '2026-06-20' });
    expect((await messageOf(world)).message).toContain('Nicht zugleich mit: Eingliederung');
    hub.setNow(new Date('2026-06-12T10:00:00Z'));
    await require(hub, world, 'sgb2-16i');
    expect(await messageOf(world)).toEqual({
      code: 'NOT_ELIGIBLE',
      path: ['id'],
      message: 'Das Angebot nimmt heute nicht mit „Ganzheitliche Betreuung“ auf.',
    });
    await require(hub, world, 'sgb2-16i', optional('sgb2-16k'));
    await take(hub, world.caseworker, 'SEND', referral);
    const sent = (await told(world, 'partner')).map((one: { id: string }) => one.id);
    expect(sent).toHaveLength(2);
    expect(sent).toContain(coming.id);
    expect((await hub.as(world.caseworker, NODE, { id: over.id })).data.node.referralId).toBeNull();
  });

  test('holds the rules when it is added to one that was sent', async () => {
    const world = await hub.given({ status: DRAFT });
    const referral = world.referral.id;
    await require(hub, world, 'sgb2-16i', optional('sgb2-16k'), optional('sgb2-16e'));
    await record(hub, world, employed);
    await take(hub, world.caseworker, 'SEND', referral);
    const refusedFor = async (own: object) => {
      const { id } = await record(hub, world, own);
      const { userErrors } = await ask(hub, world.caseworker, 'attach', { id, referral });
      expect(userErrors).toMatchObject([{ code: 'NOT_ELIGIBLE', path: ['referral'] }]);
      return userErrors[0].message;
    };
    expect(await refusedFor(subsidised)).toContain('Nicht zugleich mit: Teilhabe am Arbeitsmarkt');
    expect(await refusedFor({ ...coached, form: 'APPROVAL' })).toContain('(Zuweisung) (Bewilligung)');
    expect(await refusedFor({ ...coached, instrument: 'sgb9-61', form: 'APPROVAL' })).toContain('nimmt heute nicht');
    expect(await told(world, 'partner')).toHaveLength(1);
    await record(hub, world, { ...coached, referral });
    expect(await told(world, 'partner')).toHaveLength(2);
  });

  test('rests on rules: without any on the day of the decision nothing is sent, and the finder says so', async () => {
    const world = await hub.given({ status: DRAFT, needs: ['severe-disability'] });
    await require(hub, world, 'sgb9-61');
    await record(hub, world, { instrument: 'sgb9-61', form: 'APPROVAL' });
    await hub
      .owner()
      .execute(`update instrument_version set valid_to = '2026-05-31' where instrument_code = 'sgb9-61'`);
    expect(await messageOf(world)).toEqual({
      code: 'NOT_ELIGIBLE',
      path: ['id'],
      message: 'Für „Budget für Arbeit“ gab es am Tag der Entscheidung, dem 01.06.2026, keine Regeln.',
    });
    const { data } = await hub.as(
      world.anonymous,
      `query ($service: ID!, $input: ServiceMatchInput!) {
        serviceMatch(service: $service, input: $input) { blockers instruments { accepted source } } }`,
      {
        service: world.service.id,
        input: {
          networks: [world.network.slug],
          category: world.categoryCode,
          municipality: world.home.key,
          instruments: [{ instrument: 'sgb9-61' }],
        },
      },
    );
    expect(data.serviceMatch).toEqual({ blockers: ['INSTRUMENT'], instruments: [{ accepted: false, source: null }] });
    await hub.owner().execute(`update instrument_version set valid_to = null where instrument_code = 'sgb9-61'`);
    await take(hub, world.caseworker, 'SEND', world.referral.id);
  });
});

describe('a decision', () => {
  test('on a sensitive instrument is told on the basis of a consent only', async () => {
    const order = {
      instrument: 'sgb9-192',
      form: 'ORDER',
      orderType: 'Sicherung eines Arbeitsverhältnisses',
      weeklyHours: 3,
      durationMonths: 6,
    };
    for (const [basis, count] of [
      [DisclosureBasis.CONSENT, 1],
      [DisclosureBasis.STATUTORY_TASK, 0],
    ] as const) {
      const world = await hub.given({ status: DRAFT, basis, needs: ['severe-disability'] });
      await require(hub, world, 'sgb9-192');
      await record(hub, world, order);
      await take(hub, world.caseworker, 'SEND', world.referral.id);
      expect(await told(world, 'partner')).toHaveLength(count);
      expect(await told(world, 'caseworker')).toHaveLength(1);
      if (count === 1) {
        await hub.as(world.caseworker, 'mutation ($id: ID!) { consentRevoke(id: $id) { userErrors { code } } }', {
          id: world.consent.id,
        });
        expect(await told(world, 'partner')).toEqual([]);
      }
    }
    const world = await hub.given({ status: DRAFT, needs: ['severe-disability'] });
    await require(hub, world, 'sgb9-192');
    await record(hub, world, { ...order, weeklyHours: null });
    expect(await refusalOf(world)).toMatchObject([{ code: 'NOT_ELIGIBLE' }]);
  });

  test('belongs to one referral, until that comes to nothing', async () => {
    const world = await hub.given({ status: SENT });
    await require(hub, world, 'sgb2-16d');
    const decision = await record(hub, world, { referral: world.referral.id });
    expect((await ask(hub, world.caseworker, 'detach', { id: decision.id })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['id'] },
    ]);
    expect(await told(world, 'partner')).toHaveLength(1);
    const next = await draftOf(world);
    const attach = () => ask(hub, world.caseworker, 'attach', { id: decision.id, referral: next });
    expect((await attach()).userErrors).toMatchObject([{ code: 'DUPLICATE', path: ['referral'] }]);
    await take(hub, world.partner, 'DECLINE', world.referral.id);
    expect((await attach()).thing.referralId).toBe(next);
    expect(await told(world, 'caseworker')).toEqual([]);
    expect(
      (await ask(hub, world.caseworker, 'attach', { id: decision.id, referral: world.referral.id })).userErrors,
    ).toMatchObject([{ code: 'INVALID_INPUT', path: ['referral'] }]);
  });

  test('goes with an offer to several services, and then with the one that takes the client on', async () => {
    const world = await hub.given();
    const other = await neighbour(hub, world, 'Nachbarn');
    await require(hub, world, 'sgb2-16d');
    await require(hub, { ...world, service: other }, 'sgb2-16d');
    const { clientCase } = await openCase(world);
    const decision = await record(hub, world, { clientCase });
    const services = [world.service.id, other.id];
    const { data } = await hub.as(
      world.caseworker,
      `mutation ($input: ReferralOfferInput!) { referralOffer(input: $input) { referrals { id fundingDecisions { id } } userErrors { code message } } }`,
      { input: { clientCase, services, basis: 'STATUTORY_TASK' } },
    );
    expect(data.referralOffer.userErrors).toEqual([]);
    const [first, second] = data.referralOffer.referrals;
    expect([first.fundingDecisions, second.fundingDecisions]).toEqual([[{ id: decision.id }], []]);
    const seen = async (who: 'partner' | 'stranger', id: string) =>
      (await hub.as(world[who], OF_REFERRAL, { id })).data.referral.fundingDecisions.length;
    expect([await seen('partner', first.id), await seen('stranger', second.id)]).toEqual([1, 0]);
    await take(hub, world.stranger, 'ACCEPT', second.id);
    expect([await seen('partner', first.id), await seen('stranger', second.id)]).toEqual([0, 1]);
  });

  test('goes with all of an offer: no third referral has it between a decline and an acceptance', async () => {
    const { world, services, first, second, third, decision, code } = await offered();
    await take(hub, world.partner, 'DECLINE', first);
    const attach = async (referral: string) =>
      (await ask(hub, world.caseworker, 'attach', { id: decision, referral })).userErrors;
    expect(await attach(third)).toMatchObject([{ code: 'DUPLICATE', path: ['referral'] }]);
    expect(await code('caseworker', 'SEND', third)).toBe('DECISION_MISSING');
    // To a draft of the same offer it does not go either: the open one rests on it.
    const { clientCase } = await look(hub, world.caseworker, second);
    const { data } = await hub.as(
      world.caseworker,
      'mutation ($input: ReferralDraftInput!) { referralDraft(input: $input) { referral { id } } }',
      { input: { clientCase: clientCase.id, service: services[2]!.id, basis: 'STATUTORY_TASK', siblingOf: second } },
    );
    expect(await attach(data.referralDraft.referral.id)).toMatchObject([{ code: 'DUPLICATE' }]);
    const both = await Promise.all([code('stranger', 'ACCEPT', second), code('caseworker', 'SEND', third)]);
    expect(both).toEqual(['done', 'DECISION_MISSING']);
    expect(await holderOf(world, decision)).toBe(second);
  });

  test('is asked for again when what it went with is reopened', async () => {
    const { world, first, second, third, decision, code } = await offered();
    await take(hub, world.partner, 'DECLINE', first);
    for (const step of ['ACCEPT', 'START', 'ABORT'] as const) await take(hub, world.stranger, step, second);
    // A draft has used nothing: it comes back from there.
    expect((await ask(hub, world.caseworker, 'attach', { id: decision, referral: third })).userErrors).toEqual([]);
    await take(hub, world.coordinator, 'REOPEN', second);
    expect(await holderOf(world, decision)).toBe(second);
    expect(await code('caseworker', 'SEND', third)).toBe('DECISION_MISSING');
    await take(hub, world.stranger, 'ABORT', second);
    await take(hub, world.caseworker, 'SEND', third);
    const before = await look(hub, world.coordinator, second);
    const { data } = await hub.as(
      world.coordinator,
      'mutation ($id: ID!) { referralReopen(id: $id) { userErrors { code path message } } }',
      { id: second },
    );
    expect(data.referralReopen.userErrors).toEqual([
      {
        code: 'DECISION_MISSING',
        path: ['id'],
        message: 'Die Förderentscheidung dafür gehört inzwischen zu einer anderen Vermittlung; bitte neu vermitteln.',
      },
    ]);
    expect(await look(hub, world.coordinator, second)).toEqual(before);
    expect(await holderOf(world, decision)).toBe(third);
    // What comes to nothing gives it back.
    await take(hub, world.stranger, 'DECLINE', third);
    await take(hub, world.coordinator, 'REOPEN', second);
    expect(await holderOf(world, decision)).toBe(second);
    expect((await hub.as(world.stranger, OF_REFERRAL, { id: second })).data.referral.fundingDecisions).toHaveLength(1);
  });

  test.each([
    ['SEND', 'REOPEN'],
    ['REOPEN', 'SEND'],
  ] as const)('is had by one of two at once: %s before %s', async (...steps) => {
    const { world, first, second, third, decision, code } = await offered();
    await take(hub, world.partner, 'DECLINE', first);
    for (const step of ['ACCEPT', 'START', 'ABORT'] as const) await take(hub, world.stranger, step, second);
    const ask = { SEND: () => code('caseworker', 'SEND', third), REOPEN: () => code('coordinator', 'REOPEN', second) };
    const rival = hub.owner();
    await rival.begin();
    await rival.execute(
      'select from client_case where id = (select client_case_id from referral where id = ?) for update',
      [second],
    );
    const answers: Promise<string>[] = [];
    for (const [i, step] of steps.entries()) {
      answers.push(ask[step]());
      await waitersOf(hub, i + 1);
    }
    await rival.commit();
    expect((await Promise.all(answers)).sort()).toEqual(['DECISION_MISSING', 'done']);
    const holder = await holderOf(world, decision);
    const going = await hub
      .owner()
      .execute<{ id: string }[]>(`select id from referral where id = any(?) and status in ('SENT', 'IN_PROGRESS')`, [
        `{${second},${third}}`,
      ]);
    expect(going).toEqual([{ id: holder }]);
  });

  test('of what ended early counts up to that end, and in full where nobody knows it', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 11, total: 12 });
    await require(hub, world, 'sgb2-16d');
    const step = async (who: 'caseworker' | 'partner' | 'coordinator', name: Step, id: string): Promise<string> =>
      (await hub.as(world[who], documentOf(name, 'id'), variablesOf(name, id))).data.answer.userErrors[0]?.code ??
      'done';
    const checked = [];
    const early =
      'Erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (3 genutzt, 18 geplant; was vorzeitig endete, zählt bis zu seinem Ende)';
    const full = 'Nicht erfüllt: Höchstens 24 Monate innerhalb von 60 Monaten (12 genutzt, 18 geplant)';
    const { STATUS, RECEIVED_ONLY, NONE } = FeedbackLevel;
    const ways: [level: FeedbackLevel, way: Step[], expected: string][] = [
      [STATUS, ['ACCEPT', 'START', 'ABORT'], early],
      [STATUS, ['ACCEPT', 'START', 'COMPLETE'], early],
      [STATUS, ['ACCEPT', 'START', 'CANCEL'], early],
      // It can be used still.
      [STATUS, ['ACCEPT', 'ABORT'], full],
      [STATUS, ['ACCEPT', 'CANCEL'], full],
      [RECEIVED_ONLY, ['ACKNOWLEDGE', 'CANCEL'], full],
      // The end is not told.
      [RECEIVED_ONLY, ['ACCEPT', 'START', 'ABORT'], full],
      // Nor is the beginning.
      [RECEIVED_ONLY, ['ACCEPT', 'START', 'CANCEL'], early],
      [RECEIVED_ONLY, ['ACCEPT', 'CANCEL'], early],
      [NONE, ['ACCEPT', 'START', 'CANCEL'], early],
      [NONE, ['ACKNOWLEDGE', 'CANCEL'], early],
    ];
    for (const [i, [level, way]] of ways.entries()) {
      const [clientCase, id] = [world.cases[i]!.id, world.referrals[i]!.id];
      hub.setNow(NOW);
      await hub.owner().execute('update service set feedback_level = ? where id = ?', [level, world.service.id]);
      const { id: first } = await record(hub, world, { clientCase, validUntil: null, durationMonths: 12 });
      for (const name of ['SEND', ...way] as Step[]) {
        if (name === way.at(-1)) hub.setNow(new Date('2026-08-31T20:00:00Z')); // of that day in Berlin too
        expect(await step(name === 'SEND' || name === 'CANCEL' ? 'caseworker' : 'partner', name, id)).toBe('done');
      }
      const own = {
        clientCase,
        decidedOn: '2026-08-01',
        validFrom: '2026-09-01',
        durationMonths: 18,
        validUntil: null,
      };
      const { id: next, checks } = await record(hub, world, own);
      checked.push([first, next, checks[1].text]);
    }
    expect(checked.map(([, , text], i) => [...ways[i]!.slice(0, 2), text])).toEqual(ways);
    await hub.owner().execute('update service set feedback_level = ? where id = ?', [STATUS, world.service.id]);
    // So it does when it is set aside for another; reopened it would count in full again, beside what was sent meanwhile.
    const [first, next] = checked[0]!;
    await ask(hub, world.caseworker, 'attach', { id: first, referral: await draftOf(world) });
    expect((await hub.as(world.caseworker, NODE, { id: next })).data.node.checks[1].text).toBe(early);
    const again = await draftOf(world);
    hub.setNow(new Date('2026-09-01T10:00:00Z'));
    expect((await ask(hub, world.caseworker, 'attach', { id: next, referral: again })).userErrors).toEqual([]);
    expect(await step('caseworker', 'SEND', again)).toBe('done');
    expect(await step('coordinator', 'REOPEN', world.referral.id)).toBe('NOT_ELIGIBLE');
    expect(await step('partner', 'DECLINE', again)).toBe('done');
    await ask(hub, world.caseworker, 'withdraw', { id: next, on: '2026-09-01' });
    expect(await step('coordinator', 'REOPEN', world.referral.id)).toBe('done');
    expect(await holderOf(world, first)).toBe(world.referral.id);
  });

  test('is recorded by caseworkers on the case alone, and refused at the fault; nothing is written then', async () => {
    const world = await hub.given();
    const other = await hub.given();
    await require(hub, world, 'sgb2-16d');
    const count = async () =>
      (await hub.owner().execute<{ n: number }[]>('select count(*)::int as n from funding_decision'))[0]!.n;
    const before = await count();
    for (const who of ['colleague', 'foreigner'] as const)
      expect((await ask(hub, world[who], 'record', { input: inputFor(world) })).userErrors).toMatchObject([
        { code: 'NOT_FOUND', path: ['input', 'clientCase'] },
      ]);
    for (const who of ['partner', 'coordinator'] as const)
      await expect(ask(hub, world[who], 'record', { input: inputFor(world) })).rejects.toThrow('FORBIDDEN');
    const tries: [object, string, string][] = [
      [{ decidedOn: '2026-06-11' }, 'INVALID_INPUT', 'decidedOn'],
      [{ decidedOn: '1999-01-01' }, 'INVALID_INPUT', 'decidedOn'],
      [{ validUntil: '2026-05-31' }, 'INVALID_INPUT', 'validUntil'],
      [{ durationMonths: 0 }, 'INVALID_INPUT', 'durationMonths'],
      [{ weeklyHours: 61 }, 'INVALID_INPUT', 'weeklyHours'],
      [{ monthsUsedBefore: -1 }, 'INVALID_INPUT', 'monthsUsedBefore'],
      [{ instrument: 'nothing' }, 'INVALID_INPUT', 'instrument'],
      [{ decidedOn: '2012-03-31' }, 'INVALID_INPUT', 'decidedOn'],
      [{ instrument: 'sgb2-16i', decidedOn: '2018-12-31' }, 'INVALID_INPUT', 'decidedOn'],
      [{ instrument: 'sgb9-61', referral: world.referral.id }, 'NOT_ELIGIBLE', 'referral'],
      [{ category: 'counselling', referral: world.referral.id }, 'NOT_ELIGIBLE', 'referral'],
      [{ validUntil: '2026-06-09', referral: world.referral.id }, 'NOT_ELIGIBLE', 'referral'],
      [{ durationMonths: 25, referral: world.referral.id }, 'NOT_ELIGIBLE', 'referral'],
      [{ category: 'nothing' }, 'INVALID_INPUT', 'category'],
      [{ regions: ['99999999'] }, 'INVALID_INPUT', 'regions'],
      [{ referral: other.referral.id }, 'NOT_FOUND', 'referral'],
    ];
    for (const [own, code, field] of tries)
      expect((await ask(hub, world.caseworker, 'record', { input: inputFor(world, own) })).userErrors).toMatchObject([
        { code, path: ['input', field] },
      ]);
    expect(await count()).toBe(before);
    const { id } = await record(hub, world);
    for (const who of ['colleague', 'foreigner'] as const)
      expect((await ask(hub, world[who], 'withdraw', { id, on: '2026-07-01' })).userErrors).toMatchObject([
        { code: 'NOT_FOUND' },
      ]);
    expect((await ask(hub, world.caseworker, 'withdraw', { id, on: '2026-05-31' })).userErrors).toMatchObject([
      { path: ['on'] },
    ]);
  });

  test('is withdrawn from a day that can be corrected, and once it has come, to one that has', async () => {
    const world = await hub.given({ status: DRAFT });
    await require(hub, world, 'sgb2-16d');
    const { id, version } = await record(hub, world, { referral: world.referral.id });
    const correct = (own: object, who: 'caseworker' | 'deputy' | 'colleague' | 'foreigner' = 'caseworker') =>
      ask(hub, world[who], 'correct', { id, on: '2026-06-03', ...own });
    expect((await correct({})).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
    const { thing } = await ask(hub, world.caseworker, 'withdraw', { id, on: '2026-07-01' });
    expect(thing).toMatchObject({ withdrawnOn: '2026-07-01', referralId: world.referral.id, version: version + 1 });
    for (const [own, code, field] of [
      [{ on: '2026-05-31' }, 'INVALID_INPUT', 'on'],
      [{ expectedVersion: version }, 'VERSION_CONFLICT', 'expectedVersion'],
      [{ id: world.referral.id }, 'NOT_FOUND', 'id'],
    ] as const)
      expect((await correct(own)).userErrors).toMatchObject([{ code, path: [field] }]);
    for (const who of ['colleague', 'foreigner'] as const)
      expect((await correct({}, who)).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
    for (const who of ['partner', 'coordinator'] as const)
      await expect(ask(hub, world[who], 'correct', { id, on: '2026-06-03' })).rejects.toThrow('FORBIDDEN');
    expect((await hub.as(world.caseworker, NODE, { id })).data.node).toEqual(thing);
    // What was announced is put off, and the draft keeps it.
    expect((await correct({ on: '2026-08-01' })).thing).toMatchObject({
      withdrawnOn: '2026-08-01',
      referralId: world.referral.id,
    });
    // Now that it has come, the draft lets go of it.
    expect((await correct({ expectedVersion: version + 2 }, 'deputy')).thing).toMatchObject({
      withdrawnOn: '2026-06-03',
      referralId: null,
      version: version + 3,
    });
    expect((await correct({ on: '2026-06-10' })).thing.withdrawnOn).toBe('2026-06-10');
    expect((await correct({ on: '2026-06-11' })).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['on'] }]);
  });

  test('of twenty is read with its rules by as many statements as one of one', async () => {
    const world = await hub.given();
    await require(hub, world, 'sgb2-16d');
    const read = async () => {
      const sent = await hub.statements(async () => {
        const { errors } = await hub.as(world.caseworker, OF_CASE, { id: world.clientCase.id });
        expect(errors).toBeUndefined();
      });
      return sent.filter(one => /^select /.test(one)).length;
    };
    await record(hub, world, { referral: world.referral.id });
    const one = await read();
    for (let i = 0; i < 19; i++)
      await record(hub, world, { durationMonths: 1, referral: i % 2 ? world.referral.id : null });
    expect(await read()).toBe(one);
  });
});

test('changed law is changed rows: the same client is taken the day the rules change, and not by a decision of before', async () => {
  const world = await hub.given({ status: DRAFT, birthYear: 2003 });
  await require(hub, world, 'sgb2-16i');
  const approval = {
    instrument: 'sgb2-16i',
    form: 'APPROVAL',
    durationMonths: 60,
    benefitMonths: 80,
    validUntil: '2031-05-31',
  };
  await record(hub, world, approval);
  expect((await messageOf(world)).message).toContain('Mindestens 25 Jahre alt (23 Jahre)');
  const { data } = await hub.as(world.anonymous, '{ instrument(code: "sgb2-16i") { version { id } } }');
  const change = (query: string, variables: object) => hub.as(world.admin, query, variables);
  await change('mutation ($id: ID!) { instrumentVersionEnd(id: $id, on: "2026-06-30") { userErrors { code } } }', {
    id: data.instrument.version.id,
  });
  const { data: added } = await change(
    'mutation ($input: InstrumentVersionInput!) { instrumentVersionAdd(instrument: "sgb2-16i", input: $input) { userErrors { code } } }',
    {
      input: {
        validFrom: '2026-07-01',
        source: 'ein Änderungsgesetz',
        rules: [
          { kind: 'DECISION_NEEDED', form: 'APPROVAL' },
          { kind: 'MINIMUM_AGE', years: 18 },
        ],
      },
    },
  );
  expect(added.instrumentVersionAdd.userErrors).toEqual([]);
  hub.setNow(new Date('2026-07-01T10:00:00Z'));
  expect((await messageOf(world)).message).toContain('Mindestens 25 Jahre alt (23 Jahre)');
  await record(hub, world, { ...approval, decidedOn: '2026-07-01', validFrom: '2026-07-01' });
  await take(hub, world.caseworker, 'SEND', world.referral.id);
});

test('a database of before is migrated by its owner, and what had been decided knows what it went with', async () => {
  const [world, draft] = [await hub.given({ status: SENT }), await hub.given({ status: DRAFT })];
  for (const one of [world, draft]) await require(hub, one, 'sgb2-16d');
  const { id: sent } = await record(hub, world, { referral: world.referral.id });
  const { id: unsent } = await record(hub, draft, { referral: draft.referral.id });
  const { superuser, owner } = hub.database();
  await withClient(superuser, async client => {
    const wentWith = async () => {
      const { rows } = await client.query('select id, went_with from funding_decision where id = any($1)', [
        [sent, unsent],
      ]);
      return new Map(rows.map(row => [row.id, row.went_with]));
    };
    const [catalog, before] = [await catalogOf(client), await wentWith()];
    expect(before.get(sent)).toEqual([world.referral.id]);
    await client.query(`
      alter table funding_decision drop column went_with;
      alter table programme_network drop column entered_on, drop column part_until;
      drop table team_staff;
      delete from search_document where partner_id is null;
      alter table search_document drop column publication_id, alter column partner_id set not null;
      delete from mikro_orm_migrations where name like 'Migration2026112222%'`);
    expect(await migrate(owner, 'hub_app')).toHaveLength(4);
    expect(await wentWith()).toEqual(before);
    expect(await catalogOf(client)).toEqual(catalog);
  });
});
