import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { changeRecords, createRecords, type Provenance } from '../../src/record/record.actions.js';
import { type JsonValue, Origin, type RecordDocument, RecordName } from '../../src/record/record.rules.js';
import { RECORD_KINDS } from '../../src/record/record-kinds.rules.js';
import { createServices } from '../../src/service/service-record.actions.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const { PARTNER, LOCATION, SERVICE } = RecordName;
const hub = testHub('as_of');
const START = new Date('2026-01-05T08:00:00.000Z');
const at = (step: number) => new Date(START.getTime() + step * 3_600_000);

const GROUPS = 'confirmedAt freshness confirmations { group confirmedAt freshness }';
const OF_LOCATION = `id name status street postalCode city municipality { key name } position { latitude longitude } directions
  phone accessibility { feature state assessedOn } openingHours { rules { opens closes } } version updatedAt ${GROUPS}`;
const OF_SERVICE = `id name description status intakePausedUntil categories { code name } needs { code } languages interpretation
  deliveryModes minimumAge maximumAge criteria { effect needs { code } text }
  costs { amountCents currency unit free description } requiredDocuments { name url } howToApply
  keepsWaitingList feedbackLevel serviceArea { key name } contacts { name responsibility phone }
  email phone website version updatedAt locations { ${OF_LOCATION} } ${GROUPS}`;
const OF_PARTNER = `id name alternateName status kinds parent { id name } description email phone website network { slug }
  contacts { name responsibility department } version updatedAt ${GROUPS}`;
const all = (when: string) => `query ($p: ID!, $s: ID!, $l: ID!, $u: ID!${when && ', $asOf: DateTime'}) {
  partner(id: $p${when}) { ${OF_PARTNER} locations { ${OF_LOCATION} }
    services(first: 3) { totalCount nodes { ${OF_SERVICE} partner { name version } } } }
  service(id: $s${when}) { ${OF_SERVICE} partner { ${OF_PARTNER} } }
  location(id: $l${when}) { ${OF_LOCATION} }
  umbrella: partner(id: $u${when}) { members { totalCount nodes { name version } } } }`;

async function build() {
  hub.setNow(at(-100));
  const world = await hub.given();
  const on = directory(hub.owner());
  const umbrella = await on.partner(world.network, 'Verband');
  const other = await on.location(world.anker, world.abroad, { name: 'Zweigstelle' });
  // Made long before, not by the clock of this machine.
  for (const table of ['partner', 'location', 'service'])
    await hub.owner().execute(`update ${table} set created_at = ?, updated_at = ?`, [at(-100), at(-100)]);
  return { ...world, umbrella, other };
}
let world!: Awaited<ReturnType<typeof build>>;
beforeAll(async () => {
  world = await build();
});

const variables = () => ({ p: world.anker.id, s: world.service.id, l: world.location.id, u: world.umbrella.id });
async function answer(asOf?: Date, viewer: Viewer = world.anonymous) {
  const query = all(asOf ? ', asOf: $asOf' : '');
  const { data, errors } = await hub.as(viewer, query, { ...variables(), ...(asOf && { asOf: asOf.toISOString() }) });
  expect(errors).toBeUndefined();
  return data;
}
const by = (): Provenance => ({ origin: Origin.EDIT, at: hub.now(), account: null });
const change = (name: RecordName, id: string, wanted: RecordDocument) =>
  hub.owner().transactional(tx => changeRecords(tx, RECORD_KINDS[name], [{ id, wanted }], by()));

/** What it throws is the same each time. */
function dice(seed: number) {
  let state = seed;
  return (sides: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

/** What may happen to the records; each kind of field is among it. */
function deeds(roll: (sides: number) => number): (() => Promise<unknown>)[] {
  const pick = <T>(items: readonly T[]): T => items[roll(items.length)]!;
  const some = <T>(items: readonly T[]): T[] => items.filter(() => roll(2) === 0);
  const { anker, service, location, other, umbrella, home, abroad } = world;
  const partner = (wanted: RecordDocument) => () => change(PARTNER, anker.id, wanted);
  const offer = (wanted: RecordDocument) => () => change(SERVICE, service.id, wanted);
  const place = (wanted: RecordDocument) => () => change(LOCATION, location.id, wanted);
  const confirm = (door: string, id: string, groups = '') =>
    hub.as(world.partner, `mutation { a: ${door}(id: "${id}"${groups}) { userErrors { code } } }`);
  const rule = { frequency: 'WEEKLY', interval: 1, days: [{ day: 'MONDAY' }], opens: '09:00', closes: '12:00' };
  return [
    partner({ name: `Anker ${roll(99)}`, alternateName: pick([null, 'AK']) }),
    partner({ kinds: ['EMPLOYER', ...some(['TRAINING_PROVIDER'])], description: pick([null, 'Neu.']) }),
    partner({ parent: pick([null, umbrella.id]) }),
    partner({ contacts: some(['Sekretariat', 'Leitung']).map(responsibility => ({ responsibility, name: null })) }),
    offer({
      name: `Beratung ${roll(99)}`,
      minimumAge: pick([null, 16]),
      intakePausedUntil: pick([null, '2026-02-28']),
    }),
    offer({ categories: some(['job-coaching', 'debt-counselling']), needs: some(['debt', 'addiction']) }),
    offer({ languages: some(['de', 'uk', 'gsg']), interpretation: roll(2) === 0, deliveryModes: some(['PHONE']) }),
    offer({ serviceArea: some(['05', home.key, abroad.key]), locations: some([location.id, other.id]) }),
    offer({
      costs: some([{ amountCents: 500, currency: 'EUR', free: false, unit: 'HOUR' }]),
      email: pick([null, 'a@b.de']),
    }),
    offer({
      criteria: some<JsonValue>([
        { effect: 'REQUIRES', needs: ['debt'] },
        { effect: 'EXCLUDES', text: 'Hunde' },
      ]),
    }),
    offer({ status: pick(['ACTIVE', 'PAUSED', 'CLOSED']), requiredDocuments: some([{ name: 'Ausweis' }]) }),
    place({ street: `Weg ${roll(99)}`, city: pick(['Heim', 'Fern']), municipality: pick([home.key, abroad.key]) }),
    place({ latitude: 50 + roll(99) / 100, phone: pick([null, '0241 1']), name: pick([null, 'Haus', 'Äpfelhof']) }),
    place({ accessibility: some([{ feature: 'LIFT', state: 'YES', assessedOn: '2026-01-02' }]) }),
    place({ openingHours: pick([[], { rules: [rule] }]) as RecordDocument[string] }),
    () => change(LOCATION, other.id, { status: pick(['ACTIVE', 'ARCHIVED']) }),
    () => change(PARTNER, umbrella.id, { name: `Verband ${roll(99)}` }),
    () => confirm('serviceConfirm', service.id, pick(['', ', groups: [OFFER]', ', groups: [TERMS, PLACE, HOURS]'])),
    () => confirm('partnerConfirm', anker.id),
    () => {
      const document = { name: `Kurs ${roll(99)}`, feedbackLevel: 'STATUS', categories: ['language-course'] };
      const made = { partner: anker.id, network: world.network.id, document };
      return hub.owner().transactional(tx => createServices(tx, [made], by()));
    },
  ];
}

test.each([1, 2, 3])('what was shown at each of many moments is told of that moment, sequence %i', async seed => {
  const roll = dice(seed * 7_919);
  const from = seed * 200;
  const told: { when: Date; shown: unknown }[] = [];
  for (let step = 0; step < 40; step++) {
    hub.setNow(at(from + step));
    for (let more = roll(2); more >= 0; more--) {
      const known = deeds(roll);
      await known[roll(known.length)]!();
    }
    hub.setNow(new Date(at(from + step).getTime() + 1_000));
    told.push({ when: hub.now(), shown: await answer() });
  }
  hub.setNow(at(from + 150));
  for (const { when, shown } of told) expect(await answer(when), when.toISOString()).toEqual(shown);
});

describe('a moment', () => {
  test('before a record was made tells nothing of it', async () => {
    hub.setNow(at(1_000));
    const id = randomUUID();
    const made = { id, network: world.network.id, document: { name: 'Neu', kinds: ['EMPLOYER'] } };
    await hub.owner().transactional(tx => createRecords(tx, RECORD_KINDS.PARTNER, [made], by()));
    hub.setNow(at(1_001));
    const then = async (when: Date) =>
      (await hub.as(world.anonymous, `{ partner(id: "${id}", asOf: "${when.toISOString()}") { name } }`)).data.partner;
    expect(await then(new Date(at(1_000).getTime() - 1))).toBeNull();
    expect(await then(at(1_000))).toEqual({ name: 'Neu' });
  });

  test('that is yet to come is refused', async () => {
    const when = new Date(hub.now().getTime() + 1).toISOString();
    const { errors } = await hub.as(world.anonymous, `{ partner(id: "${world.anker.id}", asOf: "${when}") { name } }`);
    expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'asOf' });
  });

  test('tells no places', async () => {
    const of = (asOf: string) => `service(id: "${world.service.id}"${asOf}) { capacity { free } }`;
    const past = `, asOf: "${hub.now().toISOString()}"`;
    const { data } = await hub.as(world.anonymous, `{ today: ${of('')} past: ${of(past)} }`);
    expect(data).toMatchObject({ today: { capacity: { free: expect.any(Number) } }, past: { capacity: null } });
  });

  test('and today are told side by side', async () => {
    hub.setNow(at(1_100));
    await change(PARTNER, world.anker.id, { name: 'Vorher' });
    hub.setNow(at(1_101));
    await change(PARTNER, world.anker.id, { name: 'Nachher' });
    const of = (asOf: string) =>
      `partner(id: "${world.anker.id}"${asOf}) { name services { nodes { partner { name } } } }`;
    const past = `, asOf: "${at(1_100).toISOString()}"`;
    const { data } = await hub.as(world.anonymous, `{ a: ${of('')} b: ${of(past)} c: ${of('')} }`);
    expect([data.a.name, data.b.name, data.c.name]).toEqual(['Nachher', 'Vorher', 'Nachher']);
    for (const { partner } of data.b.services.nodes) expect(partner.name).toBe('Vorher');
  });

  test('at which a partner was not published, or that of one that is so no more, is for those who keep it', async () => {
    const seen = async (viewer: Viewer, when: Date) => {
      const asOf = `asOf: "${when.toISOString()}"`;
      const query = `{ partner(id: "${world.brücke.id}", ${asOf}) { name } }`;
      return (await hub.as(viewer, query)).data.partner !== null;
    };
    hub.setNow(at(1_200));
    await change(PARTNER, world.brücke.id, { status: 'ARCHIVED' });
    hub.setNow(at(1_300));
    await change(PARTNER, world.brücke.id, { status: 'ACTIVE' });
    expect([await seen(world.anonymous, at(1_250)), await seen(world.coordinator, at(1_250))]).toEqual([false, true]);
    expect(await seen(world.anonymous, at(1_199))).toBe(true);
    hub.setNow(at(1_400));
    await change(PARTNER, world.brücke.id, { status: 'ARCHIVED' });
    expect([await seen(world.anonymous, at(1_199)), await seen(world.coordinator, at(1_199))]).toEqual([false, true]);
  });
});

describe('a protected address', () => {
  const ADDRESS = 'street postalCode directions position { latitude }';
  const NOTHING = { street: null, postalCode: null, directions: null, position: null };
  const through = async (when: Date) => {
    const asOf = `asOf: "${when.toISOString()}"`;
    const { data } = await hub.as(
      world.partner,
      `{ location(id: "${world.location.id}", ${asOf}) { ${ADDRESS} }
         partner(id: "${world.anker.id}", ${asOf}) { locations { id ${ADDRESS} } } }`,
    );
    const { id: _, ...ofPartner } = data.partner.locations.find((one: { id: string }) => one.id === world.location.id);
    expect(ofPartner).toEqual(data.location);
    return data.location;
  };

  test('comes not out of the past, of which it was not protected then; what was open again since does', async () => {
    hub.setNow(at(2_000));
    await change(LOCATION, world.location.id, {
      street: 'Offener Weg 1',
      directions: 'Links',
      addressProtected: false,
    });
    hub.setNow(at(2_010));
    await change(LOCATION, world.location.id, { addressProtected: true });
    hub.setNow(at(2_015));
    expect(await through(at(2_005))).toEqual(NOTHING);
    hub.setNow(at(2_020));
    await change(LOCATION, world.location.id, { addressProtected: false, street: 'Neuer Weg 2', directions: null });
    hub.setNow(at(2_030));
    expect(await through(at(2_005))).toEqual(NOTHING);
    expect(await through(at(2_012))).toEqual(NOTHING);
    expect(await through(at(2_025))).toMatchObject({ street: 'Neuer Weg 2' });
  });
});

test('a partner of the past, with all that hangs on it, costs as many statements for many services as for few', async () => {
  const on = directory(hub.owner());
  const more = async (many: number) => {
    const wish = { categories: ['job-coaching'], needs: ['debt'], areas: ['05'], locations: [world.location] };
    for (let i = 0; i < many; i++) await on.service(world.anker, `Angebot ${i}`, wish);
    await hub.owner().execute('update service set created_at = ? where created_at > ?', [at(0), hub.now()]);
  };
  const query = `query ($p: ID!, $asOf: DateTime) { partner(id: $p, asOf: $asOf) { ${OF_PARTNER} locations { ${OF_LOCATION} }
    services(first: 20) { totalCount nodes { ${OF_SERVICE} partner { name } } } } }`;
  const asked = { p: world.anker.id, asOf: hub.now().toISOString() };
  const sent = () => hub.statements(() => hub.as(world.anonymous, query, asked));
  // Two branches of the document ask the same loader at once or one after the other, as it happens: one statement or two.
  const form = (statement: string) => statement.replace(/ \[took .*\]$/, '').replaceAll(/\(\?(, \?)*\)/g, '(?)');
  const forms = (statements: string[]) => [...new Set(statements.map(form))].sort();
  await more(3);
  const few = await sent();
  await more(10);
  const many = await sent();
  expect(forms(many)).toEqual(forms(few));
  expect(Math.max(few.length, many.length)).toBeLessThan(20);
});

test('one that was merged is told as it was, and since then as the one that stands for it', async () => {
  const { umbrella: foreign, anker } = world;
  hub.setNow(at(3_000));
  await change(PARTNER, foreign.id, { name: 'Der Zwilling' });
  hub.setNow(at(3_010));
  await change(PARTNER, foreign.id, { status: 'ARCHIVED' });
  await hub.owner().execute('update partner set merged_into_id = ? where id = ?', [anker.id, foreign.id]);
  await hub.owner().execute(
    `insert into partner_merge (network_id, survivor_id, other_id, at, taken, left_behind, services, locations)
     values (?, ?, ?, ?, '{}', '{}', '{}', '{}')`,
    [world.network.id, anker.id, foreign.id, hub.now()],
  );
  hub.setNow(at(3_020));
  const named = async (when: Date) => {
    const query = `{ partner(id: "${foreign.id}", asOf: "${when.toISOString()}") { id name } }`;
    return (await hub.as(world.anonymous, query)).data.partner;
  };
  expect(await named(at(3_005))).toEqual({ id: foreign.id, name: 'Der Zwilling' });
  expect((await named(at(3_015))).id).toBe(anker.id);
});
