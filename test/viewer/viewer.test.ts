import { beforeAll, describe, expect, test } from 'vitest';
import { ANONYMOUS, Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { anonymous, auditor, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('viewer_fields');
const VIEWER = '{ viewer { id displayName memberships { role network { slug } partner { name } } } }';

async function world() {
  const at = directory(hub.owner());
  const network = await at.network('Nord');
  return { network, anker: await at.partner(network, 'Anker'), south: await at.network('Süd') };
}
let given!: Awaited<ReturnType<typeof world>>;
beforeAll(async () => {
  given = await world();
});

async function asSubject(subject: string, query = VIEWER) {
  const headers = { authorization: `Bearer ${subject}` };
  const answer = await hub.hub().app.inject({ method: 'POST', url: '/graphql', headers, payload: { query } });
  return answer.json() as { data: { viewer: object | null }; errors?: object[] };
}

test('nobody signed in is null', async () => {
  expect(await hub.as(anonymous, VIEWER)).toEqual({ data: { viewer: null } });
});

test('an editor has the partner and the network that keeps it', async () => {
  const { data } = await hub.as(editorOf(given.anker), VIEWER);
  expect(data.viewer).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    displayName: 'Editor',
    memberships: [{ role: 'PARTNER_EDITOR', network: { slug: given.network.slug }, partner: { name: 'Anker' } }],
  });
});

test('a role without a place has none', async () => {
  const { data } = await hub.as(auditor, VIEWER);
  expect(data.viewer.memberships).toEqual([{ role: 'AUDITOR', network: null, partner: null }]);
});

test('somebody may be several things in several networks', async () => {
  const { network, south, anker } = given;
  const roles: [Role, string | null, string | null][] = [
    [Role.CASEWORKER, network.id, null],
    [Role.CASEWORKER, south.id, null],
    [Role.COORDINATOR, south.id, null],
    [Role.PARTNER_EDITOR, network.id, anker.id],
  ];
  const memberships = roles.map(([role, networkId, partnerId]) => ({ role, networkId, partnerId }));
  const many: Viewer = { ...ANONYMOUS, subject: 'many', displayName: 'Viele', memberships };
  const { data } = await hub.as(many, VIEWER);
  expect(data.viewer.memberships).toHaveLength(4);
  expect(data.viewer.memberships).toEqual(
    expect.arrayContaining([
      { role: 'CASEWORKER', network: { slug: network.slug }, partner: null },
      { role: 'CASEWORKER', network: { slug: south.slug }, partner: null },
      { role: 'COORDINATOR', network: { slug: south.slug }, partner: null },
      { role: 'PARTNER_EDITOR', network: { slug: network.slug }, partner: { name: 'Anker' } },
    ]),
  );
  const sent = await hub.statements(() => hub.as(many, VIEWER));
  expect(sent).toHaveLength(3);
});

describe('a subject that nobody knows', () => {
  test('is signed in and has nothing', async () => {
    const { data, errors } = await asSubject('wer-bin-ich');
    expect(errors).toBeUndefined();
    expect(data.viewer).toEqual({ id: 'wer-bin-ich', displayName: 'wer-bin-ich', memberships: [] });
    expect(await hub.owner().execute(`select from account where subject = 'wer-bin-ich'`)).toEqual([]);
  });

  test.each(["' or true --", 'ä', '%'])('%j is no other', async subject => {
    await hub.as(auditor, VIEWER);
    expect((await asSubject(encodeURIComponent(subject))).data.viewer).toMatchObject({ memberships: [] });
  });
});

test('an account of another issuer with the same subject is somebody else', async () => {
  await hub.owner().execute(
    `with account as (insert into account (issuer, subject, display_name) values ('https://else', 'doppelt', 'Andere') returning id)
     insert into membership (account_id, role) select id, 'ADMIN' from account`,
  );
  expect((await asSubject('doppelt')).data.viewer).toMatchObject({ displayName: 'doppelt', memberships: [] });
});

test('a membership that is taken away is gone on the next request', async () => {
  const subject = await hub.enrol(editorOf(given.anker));
  expect((await asSubject(subject)).data.viewer).toMatchObject({ memberships: [{ role: 'PARTNER_EDITOR' }] });
  await hub
    .owner()
    .execute(`delete from membership where account_id = (select id from account where subject = ?)`, [subject]);
  expect((await asSubject(subject)).data.viewer).toMatchObject({ memberships: [] });
});
