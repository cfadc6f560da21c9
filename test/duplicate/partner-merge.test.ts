import { beforeAll, describe, expect, test } from 'vitest';
import { AtMerge, PARTNER_COLUMNS } from '../../src/duplicate/partner-merge.rules.js';
import { Location } from '../../src/location/location.entity.js';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { askedOf } from '../support/availability.js';
import { directory } from '../support/directory.js';
import { hangRows } from '../support/hanging-rows.js';
import { testHub } from '../support/hub.js';
import { take, tryStep } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';
import { staffRows } from '../support/staff-rows.js';
import { merge } from './support.js';

const hub = testHub('partner_merge');
const NOW = new Date('2026-03-10T09:00:00Z');
beforeAll(() => hub.setNow(NOW));

const rows = <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  hub.owner().execute<T[]>(text, values);

/** A world with one row in every table that names its partner Anker. */
async function fullWorld() {
  const world = await hub.given({ status: ReferralStatus.RECEIVED, total: 5 });
  await hangRows(hub.owner(), world, NOW);
  await staffRows(hub.owner(), world);
  await askedOf(hub.owner(), world, NOW);
  const member = await directory(hub.owner()).partner(world.network, 'Tochter');
  await rows('update partner set parent_id = ? where id = ?', world.anker.id, member.id);
  await rows(
    `insert into proposal (kind, network_id, partner_id, record_kind, record_id, changes, proposed_as, created_at)
     values ('CORRECTION', ?, ?, 'PARTNER', ?, '{}', 'OTHER', ?)`,
    world.network.id,
    world.anker.id,
    world.anker.id,
    NOW,
  );
  await rows(
    `insert into job_opening (partner_id, network_id, title, occupation, valid_until, languages, location_id)
     values (?, ?, 'Hilfe im Lager', '51', '2099-01-01', '{}', ?)`,
    world.anker.id,
    world.network.id,
    world.location.id,
  );
  await rows(
    `with made as (insert into consortium (network_id, name, umbrella_id, founded_on)
       values (?, 'Verbund', ?, '2018-01-01') returning id)
     insert into consortium_member (consortium_id, partner_id, role, member_from)
     select id, ?, 'LEAD', '2018-01-01' from made`,
    world.network.id,
    world.anker.id,
    world.anker.id,
  );
  await rows(
    `with made as (insert into action_plan (network_id, title, "from", "until")
       values (?, 'Plan', '2018-01-01', '2018-12-31') returning id, network_id)
     insert into plan_measure (plan_id, network_id, partner_id, position, field, title, owner, needs, starts_on, due_on,
       unit, baseline, target, indicator)
     select id, network_id, ?, 0, 'NETWORK', 'Netz', 'Koordination', '{}', '2018-01-01', '2018-12-31', 'COUNT', 0, 1, 'MANUAL' from made`,
    world.network.id,
    world.anker.id,
  );
  await rows(
    `insert into confirmation_link (partner_id, token_hash, groups, created_at, expires_at)
     values (?, gen_random_uuid()::text, '{PROFILE}', ?, '2099-01-01')`,
    world.anker.id,
    NOW,
  );
  await rows(
    `insert into record_reminder (kind, record_id, partner_id, since, months, due_at, at)
     select 'SERVICE', id, partner_id, coalesce(confirmed_at, created_at), 6, ?, ? from service where id = ?`,
    NOW,
    NOW,
    world.service.id,
  );
  return { ...world, member };
}

const partnerColumns = async (): Promise<string[]> =>
  (
    await rows<{ name: string }>(
      `select distinct conrelid::regclass || '.' || attname as name
       from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any(conkey)
       where contype = 'f' and (
         confrelid = 'partner'::regclass
           and confkey[array_position(conkey, attnum)] = (select attnum from pg_attribute a where a.attrelid = confrelid and a.attname = 'id')
         or confrelid <> 'partner'::regclass
           and confkey[array_position(conkey, attnum)] = (select attnum from pg_attribute a where a.attrelid = confrelid and a.attname = 'partner_id'))
       order by 1`,
    )
  ).map(row => row.name);

/** How many rows name the partner, by column. */
async function rowsNaming(id: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const name of Object.keys(PARTNER_COLUMNS)) {
    const [table, column] = name.split('.');
    const [row] = await rows<{ count: number }>(`select count(*)::int as count from ${table} where ${column} = ?`, id);
    found[name] = row!.count;
  }
  return found;
}

test('every key of the database that leads to a partner is known to the merge', async () => {
  expect(await partnerColumns()).toEqual(Object.keys(PARTNER_COLUMNS).sort());
});

test('every row that names the other names the survivor afterwards, or is looked up through it', async () => {
  const { coordinator, anker, brücke } = await fullWorld();
  const before = await rowsNaming(anker.id);
  for (const [column, how] of Object.entries(PARTNER_COLUMNS))
    if (how === AtMerge.MOVES) expect({ column, rows: before[column] }).toEqual({ column, rows: 1 });
  expect((await merge(hub, coordinator, brücke.id, anker.id)).userErrors).toEqual([]);
  const [of, to] = [await rowsNaming(anker.id), await rowsNaming(brücke.id)];
  for (const [column, how] of Object.entries(PARTNER_COLUMNS)) {
    if (how === AtMerge.MOVES) expect({ column, of: of[column], to: to[column] }).toEqual({ column, of: 0, to: 1 });
  }
  expect([of['partner.parent_id'], to['partner.parent_id']]).toEqual([0, 1]);
  expect(to['partner.merged_into_id']).toBe(1);
  expect(to['search_document.partner_id']).toBe(3); // itself, the service and the opening
  expect(of['membership.partner_id']).toBe(1); // the server may not write it
  // What was to be decided of the other is; a link to confirm it opens nothing.
  expect(await rows('select status from proposal where record_id = ?', anker.id)).toEqual([{ status: 'SUPERSEDED' }]);
  expect(
    await rows('select revoked_at is null as opens from confirmation_link where partner_id = ?', anker.id),
  ).toEqual([{ opens: false }]);
});

const SEEN = `query ($partner: ID!, $service: ID!, $referral: ID!, $location: ID!) {
  partner(id: $partner) { id name }
  node(id: $partner) { id __typename }
  service(id: $service) { id name partner { id } capacity { total free } locations { id } feedbackLevel version }
  referral(id: $referral) { id status partner { id } client { pseudonym needs { code } } messages { nodes { text } } }
  there: referrals(filter: { partner: $partner }) { nodes { id } }
  place: node(id: $location) { id }
}`;

describe('after a merge', () => {
  let world!: Awaited<ReturnType<typeof fullWorld>>;
  const seen = async (viewer: Viewer) => {
    const { anker, service, referral, location } = world;
    const variables = { partner: anker.id, service: service.id, referral: referral.id, location: location.id };
    return (await hub.as(viewer, SEEN, variables)).data;
  };
  let before!: Record<'partner' | 'caseworker' | 'stranger' | 'coordinator' | 'foreigner', unknown>;
  const VIEWERS = ['partner', 'caseworker', 'stranger', 'coordinator', 'foreigner'] as const;
  const look = async () =>
    Object.fromEntries(await Promise.all(VIEWERS.map(async one => [one, await seen(world[one])]))) as typeof before;

  beforeAll(async () => {
    world = await fullWorld();
    before = await look();
    await merge(hub, world.coordinator, world.brücke.id, world.anker.id);
  });

  test('the old id answers the survivor, and ids of services, locations and referrals what they answered', async () => {
    const { brücke } = world;
    const standing = JSON.parse(
      JSON.stringify(before).replaceAll(world.anker.id, brücke.id).replaceAll('"name":"Anker"', '"name":"Brücke"'),
    );
    const after = await look();
    for (const viewer of ['partner', 'caseworker', 'coordinator', 'foreigner'] as const)
      expect({ viewer, seen: after[viewer] }).toEqual({ viewer, seen: standing[viewer] });
    expect(after.partner).toMatchObject({ partner: { id: brücke.id }, referral: { client: { pseudonym: 'P-0' } } });
  });

  test('editors of both see what came to either; nobody else sees more than before', async () => {
    expect(before.stranger).toMatchObject({ referral: null, there: { nodes: [] } });
    expect((await look()).stranger).toMatchObject({
      referral: { id: world.referral.id, messages: { nodes: [{ text: 'Guten Tag.' }] } },
      there: { nodes: [{ id: world.referral.id }] },
    });
  });

  test('the policies let the editor of the other through, by themselves', async () => {
    const memberships = [
      { ...world.partner.memberships[0]!, partnerId: world.brücke.id }, // as `viewerOf` resolves it
    ];
    const inDatabase = async (viewer: Viewer) =>
      (
        await hub
          .inDatabase(viewer)
          .transactional(tx =>
            tx.execute(
              'select id from referral_disclosure d join referral r on r.id = d.referral_id where r.partner_id = ?',
              [world.brücke.id],
            ),
          )
      ).length;
    expect(await inDatabase({ ...world.partner, memberships })).toBe(1);
    expect(await inDatabase(world.partner)).toBe(0);
  });

  test('the editor of the other goes on as editor of the survivor: steps, places, record', async () => {
    const { data } = await hub.as(world.partner, '{ viewer { memberships { role partner { id } } } }');
    expect(data.viewer.memberships).toEqual([{ role: 'PARTNER_EDITOR', partner: { id: world.brücke.id } }]);
    expect((await take(hub, world.partner, 'ACCEPT', world.referral.id)).status).toBe('ACCEPTED');
    const { data: edited } = await hub.as(
      world.partner,
      'mutation ($id: ID!) { partnerUpdate(id: $id, input: { description: "Eins." }) { partner { id description } userErrors { code } } }',
      { id: world.anker.id },
    );
    expect(edited.partnerUpdate).toEqual({ partner: { id: world.brücke.id, description: 'Eins.' }, userErrors: [] });
    const [places] = await rows<{ reserved: number; holders: number }>(
      `select reserved, (select count(*)::int from referral r where r.service_id = c.service_id and r.holds_place) as holders
       from service_capacity c where service_id = ?`,
      world.service.id,
    );
    expect(places).toEqual({ reserved: 1, holders: 1 });
  });

  test('what nobody has confirmed for months is brought to mind of whoever keeps it since', async () => {
    const query = '{ partnerInbox { reminders { nodes { record { ... on Service { id } } partner { id } } } } }';
    for (const viewer of [world.stranger, world.partner]) {
      const { data } = await hub.as(viewer, query);
      const reminder = { record: { id: world.service.id }, partner: { id: world.brücke.id } };
      expect(data.partnerInbox.reminders.nodes).toEqual([reminder]);
    }
  });

  test('it is listed no more, and told to those who keep the survivor', async () => {
    const list =
      'query ($slug: String!) { partners(network: $slug, filter: { statuses: [ACTIVE, PENDING, ARCHIVED] }) { nodes { id } } }';
    const { data } = await hub.as(world.coordinator, list, { slug: world.network.slug });
    expect(JSON.stringify(data)).not.toContain(world.anker.id);
    const told = 'query ($id: ID!) { partner(id: $id) { mergedPartners { id name into by services locations } } }';
    const merged = [
      {
        id: world.anker.id,
        name: 'Anker',
        into: world.brücke.id,
        by: 'coordinator',
        services: [world.service.id],
        locations: [world.location.id],
      },
    ];
    for (const viewer of [world.coordinator, world.stranger, world.partner])
      expect((await hub.as(viewer, told, { id: world.brücke.id })).data.partner.mergedPartners).toEqual(merged);
    for (const viewer of [world.caseworker, world.foreignCoordinator, world.anonymous])
      expect((await hub.as(viewer, told, { id: world.brücke.id })).data.partner.mergedPartners).toEqual([]);
  });
});

describe('what the survivor becomes', () => {
  test('it takes the fields that are wished for, unites the contacts, and the rest is kept as history of both', async () => {
    const { coordinator, anker, brücke, network } = await hub.given();
    const contact = (name: string) => ({ name, responsibility: 'Beratung' });
    await rows(
      `update partner set phone = '0234 1', website = 'https://anker.example', email = 'a@anker.example', contacts = ?::jsonb where id = ?`,
      JSON.stringify([contact('Ada'), contact('Bo')]),
      anker.id,
    );
    await rows(
      `update partner set phone = '0234 2', email = 'b@bruecke.example', contacts = ?::jsonb where id = ?`,
      JSON.stringify([contact('Bo'), contact('Cem')]),
      brücke.id,
    );
    const { partner, userErrors } = await merge(hub, coordinator, brücke.id, anker.id, { take: ['phone', 'website'] });
    expect(userErrors).toEqual([]);
    expect(partner).toMatchObject({
      id: brücke.id,
      name: 'Brücke',
      phone: '0234 1',
      website: 'https://anker.example',
      email: 'b@bruecke.example',
      contacts: [contact('Bo'), contact('Cem'), contact('Ada')],
      mergedPartners: [
        {
          taken: [
            { field: 'phone', value: '0234 1' },
            { field: 'website', value: 'https://anker.example' },
          ],
          leftBehind: [
            { field: 'name', value: 'Anker' },
            { field: 'email', value: 'a@anker.example' },
          ],
        },
      ],
    });
    const revisions = await rows(
      `select record_id, origin, source, account_id, changes, network_id from revision where record_id in (?, ?) order by record_id = ?`,
      anker.id,
      brücke.id,
      anker.id,
    );
    expect(revisions).toMatchObject([
      {
        record_id: brücke.id,
        origin: 'MERGE',
        source: anker.id,
        account_id: coordinator.accountId,
        network_id: network.id,
        changes: { phone: { before: '0234 2', after: '0234 1' }, website: { before: null } },
      },
      {
        record_id: anker.id,
        origin: 'MERGE',
        source: brücke.id,
        changes: { status: { before: 'ACTIVE', after: 'ARCHIVED' } },
      },
    ]);
    const [left] = await rows<{ name: string; phone: string; status: string }>(
      'select name, phone, status from partner where id = ?',
      anker.id,
    );
    expect(left).toEqual({ name: 'Anker', phone: '0234 1', status: 'ARCHIVED' });
  });

  test('a chain of merges answers in one step, whichever id is asked for', async () => {
    const { coordinator, anker, brücke, network } = await hub.given();
    const third = await directory(hub.owner()).partner(network, 'Drei');
    await merge(hub, coordinator, brücke.id, anker.id);
    await merge(hub, coordinator, third.id, brücke.id);
    const into = await rows<{ id: string }>(
      'select merged_into_id as id from partner where id in (?, ?)',
      anker.id,
      brücke.id,
    );
    expect(into).toEqual([{ id: third.id }, { id: third.id }]);
    const { data } = await hub.as(
      coordinator,
      'query ($a: ID!, $b: ID!) { a: partner(id: $a) { id mergedPartners { id into } } b: node(id: $b) { id } }',
      {
        a: anker.id,
        b: brücke.id,
      },
    );
    expect(data.b).toEqual({ id: third.id });
    expect(data.a.id).toBe(third.id);
    expect(data.a.mergedPartners).toEqual(
      expect.arrayContaining([
        { id: anker.id, into: brücke.id },
        { id: brücke.id, into: third.id },
      ]),
    );
  });

  test('of two locations at one address one remains, with what either said; protected ones both stay', async () => {
    const { coordinator, anker, brücke, home, service, location } = await hub.given();
    const em = hub.owner();
    const at = (street: string, more: object = {}) =>
      em.create(Location, {
        partner: brücke,
        name: null,
        storedStreet: street,
        storedPostalCode: '52000',
        city: 'Heimstadt',
        municipality: home,
        latitude: null,
        longitude: null,
        ...more,
      });
    const same = at('HAFENWEG  1', { phone: '0234 77' });
    const shelter = at('Zuflucht 3', { addressProtected: true });
    const theirs = at('Zuflucht 3', { addressProtected: true, partner: anker });
    await em.flush();
    expect((await merge(hub, coordinator, brücke.id, anker.id)).userErrors).toEqual([]);
    const stored = await rows(
      'select id, status, latitude, phone, version from location where partner_id = ? order by id',
      brücke.id,
    );
    const by = (id: string) => stored.find(one => (one as { id: string }).id === id);
    expect(stored).toHaveLength(4);
    expect(by(same.id)).toMatchObject({ status: 'ACTIVE', latitude: 50.81, phone: '0234 77', version: 2 });
    expect(by(location.id)).toMatchObject({ status: 'ARCHIVED' });
    expect([by(shelter.id), by(theirs.id)]).toMatchObject([{ status: 'ACTIVE' }, { status: 'ACTIVE' }]);
    expect(await rows('select location_id as id from service_location where service_id = ?', service.id)).toEqual([
      { id: same.id },
    ]);
  });

  test('umbrellas and members find their new place, without a circle', async () => {
    const { coordinator, network, anker } = await hub.given();
    const at = directory(hub.owner());
    const [top, middle, below] = [
      await at.partner(network, 'Oben'),
      await at.partner(network, 'Mitte'),
      await at.partner(network, 'Unten'),
    ];
    // Unten belongs to Mitte, that to Anker, that to Oben; Anker is merged into Unten.
    await rows('update partner set parent_id = ? where id = ?', top.id, anker.id);
    await rows('update partner set parent_id = ? where id = ?', anker.id, middle.id);
    await rows('update partner set parent_id = ? where id = ?', middle.id, below.id);
    expect((await merge(hub, coordinator, below.id, anker.id)).partner.parent).toEqual({ id: top.id });
    expect(await rows('select id, parent_id as parent from partner where id in (?, ?)', middle.id, below.id)).toEqual(
      expect.arrayContaining([
        { id: middle.id, parent: below.id },
        { id: below.id, parent: top.id },
      ]),
    );
    expect((await merge(hub, coordinator, top.id, middle.id, { take: ['parent'] })).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['take', '0'] },
    ]);
  });

  test('a case that both were told of keeps both pseudonyms; one that the other knew keeps its own for what comes', async () => {
    const world = await hub.given({ status: ReferralStatus.DRAFT, total: 5 });
    const { caseworker, partner, stranger, coordinator, anker, brücke, referral, clientCase, network, home } = world;
    const first = await take(hub, caseworker, 'SEND', referral.id);
    const pseudonym = async (viewer: Viewer, id: string): Promise<string> =>
      (await hub.as(viewer, 'query ($id: ID!) { referral(id: $id) { client { pseudonym } } }', { id })).data.referral
        .client.pseudonym;
    const known = await pseudonym(partner, first.id);
    const more = await directory(hub.owner()).service(brücke, 'Kurs', {
      areas: [home.key.slice(0, 5)],
      capacity: { total: 5, reportedAt: NOW },
    });
    await merge(hub, coordinator, brücke.id, anker.id);
    const draft = async (service: string): Promise<string> =>
      (
        await hub.as(
          caseworker,
          `mutation ($case: ID!, $service: ID!) { referralDraft(input: { clientCase: $case, service: $service, basis: STATUTORY_TASK }) { referral { id } userErrors { code message } } }`,
          { case: clientCase.id, service },
        )
      ).data.referralDraft.referral.id;
    const second = await draft(more.id);
    await take(hub, caseworker, 'SEND', second);
    expect(await pseudonym(stranger, second)).toBe(known);
    expect(await pseudonym(partner, first.id)).toBe(known);
    // Another partner knows her by yet another name.
    const third = await directory(hub.owner()).partner(network, 'Drei');
    const elsewhere = await directory(hub.owner()).service(third, 'Kurs', {
      areas: [home.key.slice(0, 5)],
      capacity: { total: 5, reportedAt: NOW },
    });
    const [apart] = await rows<{ pseudonym: string }>(
      'select pseudonym from referral_disclosure where referral_id = ?',
      (await take(hub, caseworker, 'SEND', await draft(elsewhere.id))).id,
    );
    expect(apart!.pseudonym).toMatch(/^P-[0-9A-F]{10}$/);
    expect(apart!.pseudonym).not.toBe(known);
  });
});

describe('a merge is refused', () => {
  const nothingChanges = async (work: () => Promise<void>) => {
    const all = async () => [
      ...(await everyRow(hub.owner())),
      ...(
        await rows<{
          row: string;
        }>(`select to_jsonb(p)::text as row from partner p union all select to_jsonb(r)::text from revision r
         union all select to_jsonb(l)::text from location l union all select to_jsonb(s)::text from service s order by 1`)
      ).map(one => one.row),
    ];
    const before = await all();
    await work();
    expect(await all()).toEqual(before);
  };

  const refusal = async (viewer: Viewer, id: string, other: string, more: object = {}) =>
    (await merge(hub, viewer, id, other, more)).userErrors.map(({ code, path }) => [code, path.join('.')]);

  test('with oneself, with what is not there, across networks, with what cannot be taken, with what was merged', async () => {
    const { coordinator, foreignCoordinator, anker, brücke, elsewhere, network } = await hub.given();
    const at = directory(hub.owner());
    const abroad = await at.partner(elsewhere, 'Fern');
    const gone = await at.partner(network, 'Weg');
    const pending = await at.partner(network, 'Neu');
    await rows(`update partner set status = 'PENDING' where id = ?`, pending.id);
    await merge(hub, coordinator, brücke.id, gone.id);
    const both = {
      ...coordinator,
      accountId: null,
      subject: 'both',
      memberships: [...coordinator.memberships, ...foreignCoordinator.memberships],
    };
    await nothingChanges(async () => {
      expect(await refusal(coordinator, anker.id, anker.id)).toEqual([['INVALID_INPUT', 'other']]);
      expect(await refusal(coordinator, anker.id, 'x')).toEqual([['NOT_FOUND', 'other']]);
      expect(await refusal(coordinator, crypto.randomUUID(), anker.id)).toEqual([['NOT_FOUND', 'id']]);
      expect(await refusal(coordinator, anker.id, abroad.id)).toEqual([['NOT_FOUND', 'other']]);
      expect(await refusal(both, anker.id, abroad.id)).toEqual([['INVALID_INPUT', 'other']]);
      expect(await refusal(coordinator, anker.id, gone.id)).toEqual([['INVALID_INPUT', 'other']]);
      expect(await refusal(coordinator, gone.id, anker.id)).toEqual([['INVALID_INPUT', 'id']]);
      expect(await refusal(coordinator, brücke.id, gone.id)).toEqual([['INVALID_INPUT', 'other']]);
      expect(await refusal(coordinator, pending.id, anker.id)).toEqual([['INVALID_INPUT', 'id']]);
      expect(await refusal(coordinator, anker.id, brücke.id, { take: ['name', 'status'] })).toEqual([
        ['INVALID_INPUT', 'take.1'],
      ]);
      expect(await refusal(foreignCoordinator, anker.id, brücke.id)).toEqual([['NOT_FOUND', 'id']]);
    });
    expect((await merge(hub, coordinator, anker.id, pending.id)).userErrors).toEqual([]);
  });

  test('for stale versions of either, with the current one', async () => {
    const { coordinator, anker, brücke } = await hub.given();
    await nothingChanges(async () => {
      const stale = await merge(hub, coordinator, brücke.id, anker.id, { expectedVersion: 7 });
      expect(stale.userErrors).toMatchObject([
        { code: 'VERSION_CONFLICT', path: ['expectedVersion'], currentVersion: 1 },
      ]);
      const other = await merge(hub, coordinator, brücke.id, anker.id, { expectedVersion: 1, otherVersion: 7 });
      expect(other.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', path: ['otherVersion'], currentVersion: 1 }]);
    });
  });

  test('to everybody but the coordination', async () => {
    const { partner, caseworker, auditor, anonymous, anker, brücke } = await hub.given();
    for (const viewer of [partner, caseworker, auditor])
      await expect(merge(hub, viewer, anker.id, brücke.id)).rejects.toThrow('FORBIDDEN');
    await expect(merge(hub, anonymous, anker.id, brücke.id)).rejects.toThrow('UNAUTHENTICATED');
  });

  test('and what was merged cannot be published again, by anybody', async () => {
    const { coordinator, anker, brücke } = await hub.given();
    await merge(hub, coordinator, brücke.id, anker.id);
    await expect(rows(`update partner set status = 'ACTIVE' where id = ?`, anker.id)).rejects.toThrow(
      'partner_merged_is_out',
    );
  });
});

test('the preview tells the counts and the differences, and why it cannot be', async () => {
  const world = await fullWorld();
  const { coordinator, foreignCoordinator, anker, brücke } = world;
  const PREVIEW = `query ($id: ID!, $other: ID!) { mergePreview(id: $id, other: $other) {
    survivor { id } other { id } obstacle { code path } services jobOpenings locations equalLocations members contacts editors availabilityRequests
    referrals { status count } differences { field survivor other } } }`;
  const preview = async (viewer: Viewer, id: string, other: string) =>
    (await hub.as(viewer, PREVIEW, { id, other })).data.mergePreview;
  // A member that waits elsewhere, of which this coordination knows nothing.
  const waiting = await directory(hub.owner()).partner(world.elsewhere, 'Wartend', { parent: anker });
  await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [waiting.id]);
  expect(await preview(coordinator, brücke.id, anker.id)).toEqual({
    survivor: { id: brücke.id },
    other: { id: anker.id },
    obstacle: null,
    services: 1,
    jobOpenings: 1,
    locations: 1,
    equalLocations: 0,
    members: 1,
    contacts: 0,
    editors: 1,
    availabilityRequests: 1,
    referrals: [{ status: 'RECEIVED', count: 1 }],
    differences: [{ field: 'name', survivor: 'Brücke', other: 'Anker' }],
  });
  expect(await preview(coordinator, anker.id, anker.id)).toMatchObject({
    obstacle: { code: 'INVALID_INPUT', path: ['other'] },
  });
  expect(await preview(foreignCoordinator, brücke.id, anker.id)).toBeNull();
  expect((await tryStep(hub, world.partner, 'ACCEPT', world.referral.id)).userErrors).toEqual([]);
});
