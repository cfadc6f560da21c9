import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DisclosureBasis, ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel, ServiceStatus } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { documentOf, look, type Step, take, tryStep, variablesOf } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('referral_send');

// In Berlin it is the second of April already, 00:30.
const NIGHT = new Date('2026-04-01T22:30:00.000Z');

beforeAll(() => hub.setNow(NIGHT));
afterAll(() => hub.setNow(undefined));

const { DRAFT, SENT } = ReferralStatus;
const { CONSENT, STATUTORY_TASK } = DisclosureBasis;
type World = Awaited<ReturnType<typeof hub.given>>;
type Rewrite = (world: World) => Promise<unknown>;

const update =
  (text: string, ...values: unknown[]): Rewrite =>
  world =>
    hub.owner().execute(
      text,
      values.map(one => (typeof one === 'function' ? one(world) : one)),
    );
const consentId = ({ consent }: World) => consent.id;
const serviceId = ({ service }: World) => service.id;
const caseId = ({ clientCase }: World) => clientCase.id;

const consent = (set: string, ...values: unknown[]) =>
  update(`update consent set ${set} where id = ?`, ...values, consentId);
const forCategory = (code: string) => consent('service_id = null, category_code = ?', code);
const withService = (set: string, ...values: unknown[]) =>
  update(`update service set ${set} where id = ?`, ...values, serviceId);
const anotherService: Rewrite = async ({ network, anker, service, consent }) => {
  const em = hub.owner();
  const [other] = await em.execute<{ id: string }[]>(
    `insert into service (partner_id, network_id, name, languages, delivery_modes, feedback_level, keeps_waiting_list, version)
     values (?, ?, 'Anderes', '{de}', '{ON_SITE}', 'STATUS', true, 1) returning id`,
    [anker.id, network.id],
  );
  expect(other!.id).not.toBe(service.id);
  await em.execute('update consent set service_id = ? where id = ?', [other!.id, consent.id]);
};

describe('the basis', () => {
  test.each<[string, boolean, Rewrite]>([
    ['a consent for this service', true, async () => {}],
    ['its last day', true, consent(`valid_until = '2026-04-02'`)],
    ['its first day', true, consent(`given_on = '2026-04-02'`)],
    ['one for its category', true, forCategory('job-coaching')],
    ['one for the category above', true, forCategory('placement')],
    ['one that ended yesterday', false, consent(`valid_until = '2026-04-01'`)],
    ['one that begins tomorrow', false, consent(`given_on = '2026-04-03'`)],
    ['one that was revoked', false, consent('revoked_at = now()')],
    ['one for another service of the partner', false, anotherService],
    ['one for another category', false, forCategory('debt-counselling')],
    ['one for a sibling category', false, forCategory('employment')],
    ['none', false, update('delete from consent where id = ?', consentId)],
  ])('%s: may it be sent? %s', async (_case, holds, rewrite) => {
    const world = await hub.given({ status: DRAFT });
    await rewrite(world);
    const before = await everyRow(hub.owner());
    const { referral, userErrors } = await tryStep(hub, world.caseworker, 'SEND', world.referral.id);
    if (holds) expect(referral).toMatchObject({ status: 'SENT', basis: 'CONSENT' });
    else {
      expect(userErrors).toMatchObject([{ code: 'BASIS_MISSING', path: ['id'] }]);
      expect(await everyRow(hub.owner())).toEqual(before);
    }
  });

  test('a consent for a category below is none for a service above', async () => {
    const world = await hub.given({ status: DRAFT, category: 'counselling' });
    await forCategory('debt-counselling')(world);
    const { userErrors } = await tryStep(hub, world.caseworker, 'SEND', world.referral.id);
    expect(userErrors).toMatchObject([{ code: 'BASIS_MISSING' }]);
  });

  test('of several consents for its kind it rests on the one that holds longest', async () => {
    const { caseworker, referral, clientCase, network, consent } = await hub.given({ status: DRAFT });
    await hub
      .owner()
      .execute(`update consent set service_id = null, category_code = 'job-coaching' where id = ?`, [consent.id]);
    const [longer] = await hub.owner().execute<{ id: string }[]>(
      `insert into consent (network_id, client_case_id, category_code, given_on, valid_until, created_at, revision)
       values (?, ?, 'placement', '2026-01-01', '2030-12-31', now(), 1) returning id`,
      [network.id, clientCase.id],
    );
    await take(hub, caseworker, 'SEND', referral.id);
    const [sent] = await hub.owner().execute('select consent_id from referral where id = ?', [referral.id]);
    expect(sent).toEqual({ consent_id: longer!.id });
  });

  test("somebody else's consent is no basis", async () => {
    const { caseworker, referrals, consents } = await hub.given({ status: DRAFT, referrals: 2 });
    await hub.owner().execute('delete from consent where id = ?', [consents[0]!.id]);
    const { userErrors } = await tryStep(hub, caseworker, 'SEND', referrals[0]!.id);
    expect(userErrors).toMatchObject([{ code: 'BASIS_MISSING' }]);
  });

  test('the statutory task needs no consent, tells nothing sensitive, and no revocation touches it', async () => {
    const needs = ['addiction', 'long-term-unemployed', 'mental-illness', 'single-parent'];
    const world = await hub.given({ status: DRAFT, basis: STATUTORY_TASK, needs });
    const { caseworker, partner, consent, referral } = world;
    await take(hub, caseworker, 'SEND', referral.id);
    const [sent] = await hub.owner().execute('select consent_id from referral where id = ?', [referral.id]);
    expect(sent).toEqual({ consent_id: null });
    const read = await look(hub, partner, referral.id);
    expect(read.client.needs.map((need: { code: string }) => need.code).sort()).toEqual([
      'long-term-unemployed',
      'single-parent',
    ]);
    const [row] = await hub
      .inDatabase(partner)
      .execute('select needs from referral_disclosure where referral_id = ?', [referral.id]);
    expect([...row!.needs].sort()).toEqual(['long-term-unemployed', 'single-parent']);
    await hub.as(caseworker, `mutation { consentRevoke(id: "${consent.id}") { userErrors { code } } }`);
    expect(await look(hub, partner, referral.id)).toEqual(read);
  });
});

describe('the service', () => {
  test.each<[string, string | null, Rewrite]>([
    ['one that is paused', 'SERVICE_NOT_ACTIVE', withService(`status = '${ServiceStatus.PAUSED}'`)],
    ['one that is closed', 'SERVICE_NOT_ACTIVE', withService(`status = '${ServiceStatus.CLOSED}'`)],
    ['an intake paused until today', 'INTAKE_PAUSED', withService(`intake_paused_until = '2026-04-02'`)],
    ['an intake paused until yesterday', null, withService(`intake_paused_until = '2026-04-01'`)],
    [
      'an area elsewhere',
      'OUT_OF_AREA',
      update(`update service_area set area_key = '99999' where service_id = ?`, serviceId),
    ],
    ['no area', 'OUT_OF_AREA', update('delete from service_area where service_id = ?', serviceId)],
    [
      'the whole state',
      null,
      update('update service_area set area_key = left(area_key, 2) where service_id = ?', serviceId),
    ],
    [
      'the one municipality',
      null,
      update(`update service_area set area_key = area_key || '001' where service_id = ?`, serviceId),
    ],
    [
      'the municipality beside it',
      'OUT_OF_AREA',
      update(`update service_area set area_key = area_key || '002' where service_id = ?`, serviceId),
    ],
    // Born in 1990: in 2026 the client is 35 or 36.
    ['from 36', null, withService('minimum_age = 36')],
    ['from 37', 'NOT_ELIGIBLE', withService('minimum_age = 37')],
    ['up to 35', null, withService('maximum_age = 35')],
    ['up to 34', 'NOT_ELIGIBLE', withService('maximum_age = 34')],
    ['no place', null, update('update service_capacity set total = 0 where service_id = ?', serviceId)],
  ])('%s: %s', async (_case, code, rewrite) => {
    const world = await hub.given({ status: DRAFT });
    await rewrite(world);
    const before = await everyRow(hub.owner());
    const { userErrors } = await tryStep(hub, world.caseworker, 'SEND', world.referral.id);
    expect(userErrors.map(one => [one.code, one.path])).toEqual(code ? [[code, ['id']]] : []);
    if (code) expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('an age that is not known fits', async () => {
    const { caseworker, partner, referral } = await hub.given({
      status: DRAFT,
      birthYear: null,
      service: { minimumAge: 18, maximumAge: 20 },
    });
    await take(hub, caseworker, 'SEND', referral.id);
    expect((await look(hub, partner, referral.id)).client.age).toBeNull();
  });
});

test('why a step is not open is said where people can read it, and to whoever may know', async () => {
  const why = async (viewer: Viewer, step: Step, id: string): Promise<string> => {
    const document = documentOf(step).replace('userErrors {', 'userErrors { message');
    const { data, errors } = await hub.as(viewer, document, variablesOf(step, id));
    expect(errors).toBeUndefined();
    return data.answer.userErrors[0].message;
  };
  const said = (text: string) => `Dieser Schritt ist hier nicht möglich. ${text}.`;
  const world = await hub.given({ status: DRAFT, level: FeedbackLevel.NONE });
  const { caseworker, partner, coordinator, referral } = world;
  await take(hub, caseworker, 'SEND', referral.id);
  expect(await why(partner, 'ASK', referral.id)).toBe(said('Das Angebot gibt keine Rückmeldung'));
  await take(hub, partner, 'DECLINE', referral.id);
  await update(`update client_case set status = 'CLOSED' where id = ?`, caseId)(world);
  expect(await why(caseworker, 'SEND', referral.id)).toBe(said('Stand der Vermittlung: gesendet'));
  expect(await why(coordinator, 'ABORT', referral.id)).toBe(said('Stand der Vermittlung: abgelehnt'));
  expect(await why(partner, 'ACCEPT', referral.id)).toBe(said('Stand der Vermittlung: abgelehnt'));
});

test('a closed case is not referred', async () => {
  const world = await hub.given({ status: DRAFT });
  await update(`update client_case set status = 'CLOSED' where id = ?`, caseId)(world);
  const before = await everyRow(hub.owner());
  const { userErrors } = await tryStep(hub, world.caseworker, 'SEND', world.referral.id);
  const open = ['CANCEL', 'MARK_AS_ERROR'];
  expect(userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN', path: ['id'], openSteps: open }]);
  expect((await look(hub, world.caseworker, world.referral.id)).openSteps).toEqual(open);
  const draft = await hub.as(world.caseworker, DRAFT_IT, {
    input: { clientCase: world.clientCase.id, service: world.service.id, basis: CONSENT },
  });
  expect(draft.data.referralDraft.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'clientCase'] }]);
  expect(await everyRow(hub.owner())).toEqual(before);
});

const DRAFT_IT = `mutation ($input: ReferralDraftInput!) {
  referralDraft(input: $input) {
    referral { id status version note basis openSteps respondBy createdAt updatedAt events { step from to by } }
    userErrors { code path }
  }
}`;

test('a draft is made for the caseworker alone', async () => {
  const { caseworker, partner, coordinator, clientCase, service } = await hub.given();
  const input = { clientCase: clientCase.id, service: service.id, basis: CONSENT, note: 'Bitte morgens.' };
  const { referral } = (await hub.as(caseworker, DRAFT_IT, { input })).data.referralDraft;
  expect(referral).toEqual({
    id: referral.id,
    status: 'DRAFT',
    version: 1,
    note: 'Bitte morgens.',
    basis: 'CONSENT',
    openSteps: ['SEND', 'CANCEL', 'MARK_AS_ERROR'],
    respondBy: null,
    createdAt: NIGHT.toISOString(),
    updatedAt: NIGHT.toISOString(),
    events: [{ step: null, from: null, to: 'DRAFT', by: 'CASEWORKER' }],
  });
  for (const viewer of [partner, coordinator]) expect(await look(hub, viewer, referral.id)).toBeNull();
});

test.each([
  '',
  '  \t\n ',
  ' am Rand ',
  '\uFEFFmit Marke',
  'e\u0301 und é',
  '😀'.repeat(2_000),
  "'; drop table referral; --",
  '=1+1',
  '\u202Eumgekehrt',
  '<script>alert(1)</script>',
  '{"a":[null]}\\u0000 %s {x} \\',
])('a note is stored and told as it was written: %j', async note => {
  const { caseworker, partner, clientCase, service } = await hub.given({ status: ReferralStatus.DECLINED });
  const input = { clientCase: clientCase.id, service: service.id, basis: CONSENT, note };
  const { referral } = (await hub.as(caseworker, DRAFT_IT, { input })).data.referralDraft;
  expect(referral.note).toBe(note);
  await take(hub, caseworker, 'SEND', referral.id);
  expect((await look(hub, partner, referral.id)).note).toBe(note);
});

test('a draft refuses what is not there', async () => {
  const world = await hub.given();
  const abroad = await hub.given();
  const NOBODY = '00000000-0000-4000-8000-000000000000';
  const before = await everyRow(hub.owner());
  for (const [said, field] of [
    [{ clientCase: NOBODY }, 'clientCase'],
    [{ clientCase: 'x' }, 'clientCase'],
    [{ clientCase: abroad.clientCase.id }, 'clientCase'],
    [{ service: NOBODY }, 'service'],
    [{ service: 'x' }, 'service'],
    [{ service: abroad.service.id }, 'service'],
  ] as const) {
    const input = { clientCase: world.clientCase.id, service: world.service.id, basis: CONSENT, ...said };
    const { data } = await hub.as(world.caseworker, DRAFT_IT, { input });
    expect(data.referralDraft).toEqual({ referral: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', field] }] });
  }
  for (const [said, argument] of [
    [{ basis: 'FANCY' }, 'input.basis'],
    [{ note: 'x'.repeat(2_001) }, 'input.note'],
    [{ note: 'a\0b' }, 'input.note'],
  ] as const) {
    const input = { clientCase: world.clientCase.id, service: world.service.id, basis: CONSENT, ...said };
    const { errors } = await hub.as(world.caseworker, DRAFT_IT, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  }
  expect(await everyRow(hub.owner())).toEqual(before);
});

describe('a second one to the same service', () => {
  const draftAgain = async ({ caseworker, clientCase, service }: World): Promise<string> => {
    const input = { clientCase: clientCase.id, service: service.id, basis: CONSENT };
    return (await hub.as(caseworker, DRAFT_IT, { input })).data.referralDraft.referral.id;
  };

  test.each([
    'SENT',
    'RECEIVED',
    'NEEDS_INFO',
    'WAITLISTED',
    'ACCEPTED',
    'SCHEDULED',
    'IN_PROGRESS',
    'ON_HOLD',
  ] as const)('is refused while one is %s', async status => {
    const world = await hub.given({ status: ReferralStatus[status] });
    const { userErrors } = await tryStep(hub, world.caseworker, 'SEND', await draftAgain(world));
    expect(userErrors).toMatchObject([{ code: 'DUPLICATE', path: ['id'] }]);
  });

  test.each([
    'COMPLETED',
    'DECLINED',
    'CANCELLED',
    'EXPIRED',
    'ABORTED',
    'REVOKED',
    'ENTERED_IN_ERROR',
    'DRAFT',
  ] as const)('may be sent once one is %s', async status => {
    const world = await hub.given({ status: ReferralStatus[status] });
    await take(hub, world.caseworker, 'SEND', await draftAgain(world));
  });

  test('of another case may be sent', async () => {
    const { caseworker, referrals } = await hub.given({ status: DRAFT, referrals: 2 });
    for (const { id } of referrals) await take(hub, caseworker, 'SEND', id);
  });

  test('is judged by what the caseworker sees', async () => {
    const world = await hub.given({ status: SENT, level: FeedbackLevel.NONE });
    await take(hub, world.partner, 'DECLINE', world.referral.id);
    const second = await draftAgain(world);
    expect((await tryStep(hub, world.caseworker, 'SEND', second)).userErrors).toMatchObject([{ code: 'DUPLICATE' }]);
    await take(hub, world.caseworker, 'CANCEL', world.referral.id);
    await take(hub, world.caseworker, 'SEND', second);
  });
});

describe('the snapshot', () => {
  test('stays as it was sent, whatever becomes of the case and the service', async () => {
    const world = await hub.given({ status: DRAFT });
    const { caseworker, partner, clientCase, referral, service } = world;
    await take(hub, caseworker, 'SEND', referral.id);
    const before = await look(hub, partner, referral.id);
    await hub.as(
      caseworker,
      `mutation ($id: ID!) { clientCaseUpdate(id: $id, input: { needs: ["debt"], languages: ["de"], birthYear: 1960 }) { userErrors { code } } }`,
      { id: clientCase.id },
    );
    await hub.owner().execute(`update service set feedback_level = 'NONE' where id = ?`, [service.id]);
    expect(await look(hub, partner, referral.id)).toEqual(before);
    await take(hub, partner, 'ACKNOWLEDGE', referral.id);
    expect((await look(hub, caseworker, referral.id)).status).toBe('RECEIVED');
  });

  test('is taken at the sending, not at the draft, and so is the feedback level', async () => {
    const world = await hub.given({ status: DRAFT });
    const { caseworker, partner, clientCase, referral, service } = world;
    await hub.as(
      caseworker,
      `mutation ($id: ID!) { clientCaseUpdate(id: $id, input: { needs: ["debt"], languages: ["de", "ar"] }) { userErrors { code } } }`,
      { id: clientCase.id },
    );
    await hub.owner().execute(`update service set feedback_level = 'NONE' where id = ?`, [service.id]);
    await take(hub, caseworker, 'SEND', referral.id);
    const { client } = await look(hub, partner, referral.id);
    expect(client).toMatchObject({ needs: [{ code: 'debt' }], languages: ['de', 'ar'] });
    await take(hub, partner, 'ACKNOWLEDGE', referral.id);
    expect((await look(hub, caseworker, referral.id)).status).toBe('SENT');
  });

  test('has one pseudonym per partner, which tells nothing of the case', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 2 });
    const { caseworker, partner, stranger, referrals, cases, brücke, network, clientCase } = world;
    const [first, other] = referrals.map(one => one.id) as [string, string];
    await take(hub, caseworker, 'SEND', first);
    await take(hub, caseworker, 'SEND', other);
    const pseudonym = async (viewer: typeof partner, id: string): Promise<string> =>
      (await look(hub, viewer, id)).client.pseudonym;
    const atAnker = await pseudonym(partner, first);
    expect(await pseudonym(partner, other)).not.toBe(atAnker);

    // The same case again to the same partner: the same name.
    await take(hub, partner, 'DECLINE', first);
    const draft = async (service: string) => {
      const input = { clientCase: clientCase.id, service, basis: STATUTORY_TASK };
      return (await hub.as(caseworker, DRAFT_IT, { input })).data.referralDraft.referral.id as string;
    };
    const again = await draft(world.service.id);
    await take(hub, caseworker, 'SEND', again);
    expect(await pseudonym(partner, again)).toBe(atAnker);

    // And to another partner: another name.
    const [service] = await hub.owner().execute<{ id: string }[]>(
      `insert into service (partner_id, network_id, name, languages, delivery_modes, feedback_level, keeps_waiting_list, version)
       values (?, ?, 'Brückenkurs', '{de}', '{ON_SITE}', 'STATUS', true, 1) returning id`,
      [brücke.id, network.id],
    );
    await hub
      .owner()
      .execute('insert into service_area (service_id, area_key) values (?, ?)', [service!.id, world.home.districtKey]);
    await hub.owner().execute('insert into service_capacity (service_id) values (?)', [service!.id]);
    const elsewhere = await draft(service!.id);
    await take(hub, caseworker, 'SEND', elsewhere);
    const atBrücke = await pseudonym(stranger, elsewhere);
    expect(atBrücke).not.toBe(atAnker);
    for (const name of [atAnker, atBrücke]) {
      expect(name).toMatch(/^P-[0-9A-F]{10}$/);
      for (const one of cases) expect(name).not.toContain(one.reference);
    }
  });
});

describe('criteria', () => {
  const withCriteria = (...criteria: object[]) => withService('criteria = ?::jsonb', JSON.stringify(criteria));
  const requires = (...needs: string[]) => ({ effect: 'REQUIRES', needs });
  const excludes = (...needs: string[]) => ({ effect: 'EXCLUDES', needs });

  test.each<[string, string[], Rewrite, string | null]>([
    ['a required need is there', ['debt'], withCriteria(requires('refugee', 'debt')), null],
    [
      'it is not',
      ['autism'],
      withCriteria(requires('refugee', 'debt')),
      'Das Angebot setzt voraus: Fluchterfahrung oder Überschuldung.',
    ],
    [
      'a need is left out',
      ['debt', 'addiction'],
      withCriteria(requires('debt'), excludes('addiction')),
      'Das Angebot schließt aus: Suchterkrankung.',
    ],
    ['another one is', ['debt'], withCriteria(excludes('addiction')), null],
    ['nobody knows', [], withCriteria(requires('refugee'), excludes('debt')), null],
    ['in words only', ['debt'], withCriteria({ effect: 'EXCLUDES', text: 'akute Krise' }), null],
    [
      'both',
      ['debt'],
      withCriteria({ ...excludes('debt'), text: 'ab 50.000 Euro' }),
      'Das Angebot schließt aus: Überschuldung (ab 50.000 Euro).',
    ],
  ])('%s', async (_case, needs, rewrite, message) => {
    for (const basis of [CONSENT, STATUTORY_TASK]) {
      const world = await hub.given({ status: DRAFT, basis, needs });
      await rewrite(world);
      const before = await everyRow(hub.owner());
      const { referral, userErrors } = await tryStep(hub, world.caseworker, 'SEND', world.referral.id);
      if (message === null) expect([referral?.status, userErrors]).toEqual(['SENT', []]);
      else {
        expect(userErrors).toMatchObject([{ code: 'NOT_ELIGIBLE', path: ['id'] }]);
        expect(await everyRow(hub.owner())).toEqual(before);
        const answer = `mutation ($id: ID!) { referralSend(id: $id) { userErrors { message } } }`;
        const { data } = await hub.as(world.caseworker, answer, { id: world.referral.id });
        expect(data.referralSend.userErrors).toEqual([{ message }]);
      }
    }
  });
});
