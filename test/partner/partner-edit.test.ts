import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { Partner } from '../../src/partner/partner.entity.js';
import { Service } from '../../src/service/service.entity.js';
import { ServiceStatus } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { ago, anonymous, auditor, caseworkerIn, directory, editorOf, keeperOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { edit } from '../support/self-service.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('partner_edit');
const NOW = new Date('2026-03-10T09:00:00.123Z');
const BEFORE = ago(NOW, 10);

let network!: Network;
let anker!: Partner;
let brücke!: Partner;
let editor!: Viewer;

beforeAll(async () => {
  hub.setNow(NOW);
  network = await directory(hub.owner()).network('Nord');
});
beforeEach(async () => {
  const at = directory(hub.owner());
  anker = await at.partner(network, 'Anker', {
    description: 'Alt.',
    email: 'alt@anker.example',
    phone: '0241 123',
    website: 'https://alt.example',
    updatedAt: BEFORE,
  });
  brücke = await at.partner(network, 'Brücke');
  // Who coordinates too changes the name at once: what waits for review is tested on its own.
  editor = keeperOf(anker);
});

const FIELDS = 'name description email phone website version updatedAt confirmedAt freshness';
const ERRORS = 'userErrors { code message path currentVersion openSteps conflicts { field current yours } }';
const UPDATE = `mutation ($id: ID!, $input: PartnerUpdateInput!, $expectedVersion: Int) {
  partnerUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { partner { ${FIELDS} } ${ERRORS} }
}`;
const CONFIRM = `mutation ($id: ID!) {
  partnerConfirm(id: $id) { partner { ${FIELDS} services { nodes { confirmedAt freshness version updatedAt } } } ${ERRORS} }
}`;

const update = (input: object, variables: object = {}, viewer = editor) =>
  hub.as(viewer, UPDATE, { id: anker.id, input, ...variables });
const rows = () => hub.owner().execute('select * from partner order by id');

describe('partnerUpdate', () => {
  test.each([
    ['name', 'Anker & Söhne'],
    ['description', 'Neu.\n\nZweiter Absatz – mit „Zeichen“.'],
    ['description', null],
    ['description', 'ä'.repeat(4_000)],
    ['name', 'N'.repeat(200)],
    ['email', 'neu@anker.example'],
    ['email', null],
    ['phone', '+49 (241) 123-45/6'],
    ['phone', null],
    ['website', 'http://neu.example/pfad?x=1#y'],
    ['website', 'https://xn--brcke-kva.example'],
    ['website', 'https://brücke.example/über-uns'],
    ['website', null],
  ])('changes the %s alone', async (field, value) => {
    const { data } = await update({ [field]: value });
    const old = { name: 'Anker', description: 'Alt.', email: 'alt@anker.example', phone: '0241 123' };
    const rest = { website: 'https://alt.example', version: 2, updatedAt: NOW.toISOString(), confirmedAt: null };
    const partner = { ...old, ...rest, freshness: 'UNCONFIRMED', [field]: value };
    expect(data.partnerUpdate).toEqual({ partner, userErrors: [] });
    const stored = await hub.owner().findOneOrFail(Partner, anker.id);
    expect(stored).toMatchObject({ [field]: value, version: 2, updatedAt: NOW });
  });

  test('changes all fields at once, and is found by its new words at once', async () => {
    const input = { name: 'Zirkuszelt', description: 'Akrobatik', email: null, phone: null, website: null };
    expect((await update(input, { expectedVersion: 1 })).data.partnerUpdate.partner).toMatchObject(input);
    for (const query of ['Zirkuszelt', 'Akrobatik']) {
      const list = 'query ($query: String) { partners(filter: { query: $query }) { nodes { id } } }';
      expect((await hub.as(anonymous, list, { query })).data.partners.nodes).toEqual([{ id: anker.id }]);
    }
  });

  test('nothing given changes nothing, not even the version', async () => {
    const before = await rows();
    const { data } = await update({});
    expect(data.partnerUpdate).toMatchObject({ partner: { version: 1, updatedAt: BEFORE.toISOString() } });
    expect(await rows()).toEqual(before);
  });

  test('nothing empties a contact, and a description stays as it was written', async () => {
    const { data } = await update({ description: ' \n Viel Platz. ', email: '', phone: '', website: '' });
    const empty = { email: null, phone: null, website: null };
    expect(data.partnerUpdate.partner).toMatchObject({ description: ' \n Viel Platz. ', ...empty });
  });

  test('the id may be written in capitals', async () => {
    const { data } = await update({ name: 'Laut' }, { id: anker.id.toUpperCase() });
    expect(data.partnerUpdate).toMatchObject({ partner: { name: 'Laut' }, userErrors: [] });
  });

  test.each([
    ['name', null],
    ['name', ''],
    ['name', ' \t\n '],
    ['name', 'A'],
    ['name', ' Anker'],
    ['email', 'post@anker.example '],
    ['phone', ' '],
    ['name', '\u200b\u200b\u200b'],
    ['name', '…!?'],
    ['email', 'anker.example'],
    ['email', 'post@anker'],
    ['email', 'a b@anker.example'],
    ['email', 'post@anker.example, chef@anker.example'],
    ['email', '<post@anker.example>'],
    ['email', 'post@anker.example\nBcc: alle@anker.example'],
    ['email', '@anker.example'],
    ['email', 'post\u202e@anker.example'],
    ['email', 'post@an\u200bker.example'],
    ['phone', 'auf Anfrage'],
    ['phone', '12'],
    ['phone', '0241\n123'],
    ['phone', '+'],
    ['phone', '+49+241'],
    ['phone', '0241 123;ext=4'],
    ['phone', '٠١٢٣٤'],
    ['phone', '0'.repeat(60)],
    ['website', 'anker.example'],
    ['website', 'www.anker.example'],
    ['website', '//anker.example'],
    ['website', 'https:anker.example'],
    ['website', 'https:\\\\anker.example'],
    ['website', 'javascript:alert(1)'],
    ['website', ' JavaScript:alert(1)//https://anker.example'],
    ['website', 'java\nscript:alert(1)'],
    ['website', 'data:text/html,<script>alert(1)</script>'],
    ['website', 'ftp://anker.example'],
    ['website', 'file:///etc/passwd'],
    ['website', 'https://'],
    ['website', 'https://localhost'],
    ['website', 'https://anker.example/\u202efdp.exe'],
    ['website', 'https://anker.example/ein pfad'],
    ['website', 'https://anker\n.example'],
    ['website', 'https://sparkasse.example@boese.example'],
    ['website', 'https://anker.example/"onmouseover="alert(1)'],
  ])('refuses the %s %j, and nothing changes', async (field, value) => {
    const before = await rows();
    const { data, errors } = await update({ description: 'Neu', [field]: value });
    expect(errors).toBeUndefined();
    expect(data.partnerUpdate).toMatchObject({
      partner: null,
      userErrors: [{ code: 'INVALID_INPUT', path: ['input', field], currentVersion: null, openSteps: null }],
    });
    if (value && value.length > 10) expect(data.partnerUpdate.userErrors[0].message).not.toContain(value.trim());
    expect(await rows()).toEqual(before);
  });

  test.each([
    ['input.name', { name: 'x'.repeat(201) }],
    ['input.name', { name: 'x'.repeat(10_000) }],
    ['input.description', { description: 'x'.repeat(4_001) }],
    ['input.email', { email: `${'x'.repeat(200)}@anker.example` }],
    ['input.website', { website: `https://anker.example/${'x'.repeat(500)}` }],
    ['input.name', { name: 'An\0ker' }],
    ['input.description', { description: '\0' }],
    ['input.name', { name: 'An\ud800ker' }],
    ['input.description', { description: '\udc00\ud800' }],
    ['input.name', { name: 12 }],
    ['input.name', { name: ['Anker'] }],
    ['input', { titel: 'Anker' }],
    ['input', { version: 7 }],
  ])('%s is malformed', async (argument, input) => {
    const before = await rows();
    const { errors } = await update(input);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
    expect(await rows()).toEqual(before);
  });

  test('200 emojis are 200 characters', async () => {
    const name = `Anker ${'😀'.repeat(194)}`;
    expect((await update({ name })).data.partnerUpdate.partner.name).toBe(name);
    expect((await update({ name: `${name}😀` })).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('versions', () => {
  test('the right one is taken, and goes up', async () => {
    expect((await update({ name: 'Eins' }, { expectedVersion: 1 })).data.partnerUpdate.partner.version).toBe(2);
    expect((await update({ name: 'Zwei' }, { expectedVersion: 2 })).data.partnerUpdate.partner.version).toBe(3);
    expect((await update({ name: 'Drei' }, { expectedVersion: null })).data.partnerUpdate.partner.version).toBe(4);
  });

  test.each([0, 2, -1, 2_147_483_647])('%i is a conflict, and nothing changes', async expectedVersion => {
    const before = await rows();
    const { data } = await update({ name: 'Neu' }, { expectedVersion });
    expect(data.partnerUpdate).toMatchObject({
      partner: null,
      userErrors: [{ code: 'VERSION_CONFLICT', path: ['expectedVersion'], currentVersion: 1 }],
    });
    expect(await rows()).toEqual(before);
  });

  test('of parallel edits of one version one wins', async () => {
    const names = ['Eins', 'Zwei', 'Drei', 'Vier', 'Fünf', 'Sechs'];
    const answers = await Promise.all(names.map(name => update({ name }, { expectedVersion: 1 })));
    const won = answers.flatMap(({ data }) => data.partnerUpdate.partner ?? []);
    const lost = answers.flatMap(({ data }) => data.partnerUpdate.userErrors);
    expect(won).toHaveLength(1);
    expect(lost).toHaveLength(names.length - 1);
    for (const one of lost) expect(one).toMatchObject({ code: 'VERSION_CONFLICT', currentVersion: 2 });
    expect(await hub.owner().findOneOrFail(Partner, anker.id)).toMatchObject({ name: won[0].name, version: 2 });
  });

  test('who waited for the other edit sees its version', async () => {
    const rival = hub.owner();
    await rival.begin();
    await rival.execute('update partner set name = ?, version = version + 1 where id = ?', ['Rivale', anker.id]);
    const ours = update({ name: 'Unser' }, { expectedVersion: 1 });
    await waitersOf(hub, 1);
    await rival.commit();
    expect((await ours).data.partnerUpdate.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 2 }]);
    expect(await hub.owner().findOneOrFail(Partner, anker.id)).toMatchObject({ name: 'Rivale', version: 2 });
  });

  test('parallel edits of different fields without a version are all kept', async () => {
    const inputs = [{ name: 'Neu' }, { email: 'neu@anker.example' }, { phone: '0241 999' }, { description: 'Neu.' }];
    await Promise.all(inputs.map(input => update(input)));
    const kept = await hub.owner().findOneOrFail(Partner, anker.id);
    expect(kept).toMatchObject({ ...Object.assign({}, ...inputs), website: 'https://alt.example', version: 5 });
  });
});

describe('what a partner is', () => {
  const change = (input: object, of = anker) => edit(hub, keeperOf(of), 'partnerUpdate', { id: of.id, input });

  test('short name, kinds, umbrella and contacts come back as they were said, and are emptied', async () => {
    const contact = { name: null, department: null, email: 'a@anker.example', phone: null, languages: ['de'] };
    const said = {
      alternateName: 'AK',
      kinds: ['EMPLOYER', 'TRAINING_PROVIDER'],
      contacts: [{ ...contact, responsibility: 'Aufnahme' }],
    };
    const { thing, userErrors } = await change({ ...said, parent: brücke.id.toUpperCase() });
    expect(userErrors).toEqual([]);
    expect(thing).toMatchObject({ ...said, parent: { id: brücke.id }, status: 'ACTIVE', version: 2 });
    const emptied = await change({ alternateName: '', parent: null, contacts: null });
    expect(emptied.thing).toMatchObject({ alternateName: null, parent: null, contacts: [], kinds: said.kinds });
  });

  test.each<[string, object]>([
    ['kinds', { kinds: [] }],
    ['kinds', { kinds: null }],
    ['alternateName', { alternateName: 'A\u202eB' }],
    ['parent', { parent: '6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11' }],
    ['parent', { parent: 'x' }],
    ['contacts.0.phone', { contacts: [{ responsibility: 'Aufnahme', phone: 'x' }] }],
    ['contacts', { contacts: Array.from({ length: 21 }, () => ({ responsibility: 'Aufnahme' })) }],
  ])('refuses the %s of %j, and nothing changes', async (path, input) => {
    const before = await rows();
    const { userErrors } = await change({ description: 'Neu', ...input });
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', ...path.split('.')] }]);
    expect(await rows()).toEqual(before);
  });

  test('no umbrella is its own, not over others either, nor one that takes part no longer', async () => {
    const refused = [{ code: 'INVALID_INPUT', path: ['input', 'parent'] }];
    expect((await change({ parent: anker.id })).userErrors).toMatchObject(refused);
    const third = await directory(hub.owner()).partner(network, 'Dritter', { parent: brücke });
    expect((await change({ parent: third.id })).userErrors).toEqual([]);
    expect((await change({ parent: anker.id }, brücke)).userErrors).toMatchObject(refused);
    await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [third.id]);
    expect((await change({ parent: null })).userErrors).toEqual([]);
    expect((await change({ parent: third.id })).userErrors).toMatchObject(refused);
  });

  test('of two who become each other’s umbrella at once one is refused', async () => {
    for (let i = 0; i < 5; i++) {
      const answers = await Promise.all([change({ parent: brücke.id }), change({ parent: anker.id }, brücke)]);
      expect(answers.flatMap(one => one.userErrors)).toHaveLength(1);
      await hub.owner().execute('update partner set parent_id = null');
    }
  });

  test('all that is wrong is told at once, also to whoever asks again by the same key', async () => {
    const query = `mutation ($id: ID!) { partnerUpdate(id: $id, input: { name: "", email: "x", phone: "y" }) { userErrors { code path } } }`;
    const ask = () =>
      hub.ask(editor, { query, variables: { id: anker.id } }, { 'idempotency-key': `faults-${anker.id}` });
    const told = ['name', 'email', 'phone'].map(field => ({ code: 'INVALID_INPUT', path: ['input', field] }));
    for (const { answer } of [await ask(), await ask()]) expect(answer.data.partnerUpdate.userErrors).toEqual(told);
  });

  test('a stale edit is told both values', async () => {
    await change({ kinds: ['EMPLOYER'] });
    const { data } = await update({ name: 'Anker', kinds: ['HEALTH_FACILITY'] }, { expectedVersion: 1 });
    expect(data.partnerUpdate.userErrors[0].conflicts).toEqual([
      { field: 'kinds', current: ['EMPLOYER'], yours: ['HEALTH_FACILITY'] },
    ]);
  });
});

describe('partnerConfirm', () => {
  test('dates the partner and its services, and edits nothing', async () => {
    const at = directory(hub.owner());
    const own = { updatedAt: BEFORE, confirmedAt: ago(NOW, 100) };
    await at.service(anker, 'Angebot', own);
    await at.service(anker, 'Pause', { ...own, status: ServiceStatus.PAUSED });
    const foreign = await at.service(brücke, 'Fremd', own);
    const { data } = await hub.as(editor, CONFIRM, { id: anker.id });
    const edited = { version: 1, updatedAt: BEFORE.toISOString() };
    const confirmed = { confirmedAt: NOW.toISOString(), freshness: 'FRESH', ...edited };
    expect(data.partnerConfirm).toMatchObject({
      partner: { ...confirmed, name: 'Anker', services: { nodes: [confirmed, confirmed] } },
      userErrors: [],
    });
    expect(await hub.owner().findOneOrFail(Service, foreign.id)).toMatchObject({ confirmedAt: ago(NOW, 100) });
    expect(await hub.owner().findOneOrFail(Partner, brücke.id)).toMatchObject({ confirmedAt: null });
    // Whoever has read version 1 can still edit it.
    expect((await update({ name: 'Danach' }, { expectedVersion: 1 })).data.partnerUpdate.userErrors).toEqual([]);
  });

  test('beside edits and reports nothing is lost, and nobody waits for ever', async () => {
    const service = await directory(hub.owner()).service(anker, 'Gefragt');
    const report = `mutation ($id: ID!) { serviceCapacityReport(id: $id, input: { total: 7 }) { userErrors { code } } }`;
    const pause = `mutation ($id: ID!) { servicePauseIntake(id: $id, until: "2026-12-24") { userErrors { code } } }`;
    const rounds = Array.from({ length: 5 }, (_, i) => [
      hub.as(editor, CONFIRM, { id: anker.id }),
      update({ description: `Runde ${i}` }),
      hub.as(editor, report, { id: service.id }),
      hub.as(editor, pause, { id: service.id }),
    ]);
    for (const { data, errors } of await Promise.all(rounds.flat())) {
      expect(errors).toBeUndefined();
      expect(Object.values(data)).toMatchObject([{ userErrors: [] }]);
    }
    expect(await hub.owner().findOneOrFail(Partner, anker.id)).toMatchObject({ version: 6, confirmedAt: NOW });
    const kept = await hub.owner().findOneOrFail(Service, service.id);
    expect(kept).toMatchObject({ intakePausedUntil: '2026-12-24', confirmedAt: NOW });
  });

  test('an edit confirms nothing', async () => {
    await hub.as(editor, CONFIRM, { id: anker.id });
    hub.setNow(ago(NOW, -40));
    const { data } = await update({ name: 'Später' });
    hub.setNow(NOW);
    expect(data.partnerUpdate.partner).toMatchObject({ confirmedAt: NOW.toISOString(), freshness: 'AGING' });
  });
});

describe('who may', () => {
  const doors = [
    ['partnerUpdate', UPDATE],
    ['partnerConfirm', CONFIRM],
  ] as const;
  const ask = (viewer: Viewer, query: string, id: string) => hub.as(viewer, query, { id, input: { name: 'Gekapert' } });

  test.each(doors)('%s: of a stranger, or of none, is NOT_FOUND', async (door, query) => {
    const before = await rows();
    const unknown = '6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11';
    for (const [viewer, id] of [
      [editorOf(brücke), anker.id],
      [editor, unknown],
      [editor, 'x'],
      [editor, ''],
      [editor, network.id],
      [editor, `${anker.id} `],
    ] as const) {
      const { data, errors } = await ask(viewer, query, id);
      expect(errors).toBeUndefined();
      expect(data[door]).toMatchObject({ partner: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
    }
    expect(await rows()).toEqual(before);
  });

  test.each(doors)('%s: other roles are FORBIDDEN, nobody is UNAUTHENTICATED', async (_door, query) => {
    const before = await rows();
    for (const viewer of [caseworkerIn(network), auditor]) {
      const { errors } = await ask(viewer, query, anker.id);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    const { errors } = await ask(anonymous, query, anker.id);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await rows()).toEqual(before);
  });

  test.each(doors)('%s: a subject that nobody knows is FORBIDDEN', async (_door, query) => {
    const answer = await hub.hub().app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: 'Bearer nobody-knows-me' },
      payload: { query, variables: { id: anker.id, input: { name: 'Gekapert' } } },
    });
    expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(await hub.owner().findOneOrFail(Partner, anker.id)).toMatchObject({ name: 'Anker', version: 1 });
  });

  test('who lost the membership is a stranger from the next request on', async () => {
    const own = editorOf(anker);
    expect((await update({ email: null }, {}, own)).data.partnerUpdate.userErrors).toEqual([]);
    const subject = await hub.enrol(own);
    await hub.owner().execute('delete from membership where partner_id = ?', [anker.id]);
    const answer = await hub.hub().app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${subject}` },
      payload: { query: UPDATE, variables: { id: anker.id, input: { phone: null } } },
    });
    expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });
});

test('one refused field of a mutation leaves the others standing', async () => {
  const query = `mutation ($id: ID!) {
    good: partnerUpdate(id: $id, input: { name: "Gut" }) { partner { name version } userErrors { code } }
    bad: partnerUpdate(id: $id, input: { email: "x" }) { partner { name version } userErrors { code } }
    last: partnerUpdate(id: $id, input: { phone: "0241 5" }) { partner { name phone version } userErrors { code } }
  }`;
  const { data } = await hub.as(editor, query, { id: anker.id });
  expect(data).toEqual({
    good: { partner: { name: 'Gut', version: 2 }, userErrors: [] },
    bad: { partner: null, userErrors: [{ code: 'INVALID_INPUT' }] },
    last: { partner: { name: 'Gut', phone: '0241 5', version: 3 }, userErrors: [] },
  });
});
