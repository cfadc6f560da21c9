import { beforeAll, expect, test } from 'vitest';
import { Account, Membership } from '../../src/viewer/account.entity.js';
import { Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { type EditDoor, edit } from '../support/self-service.js';

const hub = testHub('keepers');

/** Two partners: of Anker there is an editor, of Waise none. */
async function build() {
  const kept = await hub.given();
  const at = directory(hub.owner());
  const waise = await at.partner(kept.network, 'Waise');
  const location = await at.location(waise, kept.home);
  const service = await at.service(waise, 'Verwaist', { categories: ['job-coaching'], languages: ['de'] });
  const owned = {
    anker: {
      partner: kept.anker.id,
      location: (await at.location(kept.anker, kept.home)).id,
      service: kept.service.id,
    },
  };
  return { ...kept, records: { ...owned, waise: { partner: waise.id, location: location.id, service: service.id } } };
}
let world!: Awaited<ReturnType<typeof build>>;
beforeAll(async () => {
  world = await build();
});

type Person =
  | 'partner'
  | 'stranger'
  | 'coordinator'
  | 'foreignCoordinator'
  | 'caseworker'
  | 'auditor'
  | 'unknown'
  | 'anonymous';
/** What each is told: of a partner with editors, and of one without. */
const CASES: [Person, withEditors: string, without: string][] = [
  ['partner', 'done', 'NOT_FOUND'],
  ['stranger', 'NOT_FOUND', 'NOT_FOUND'],
  ['coordinator', 'NOT_FOUND', 'done'],
  ['foreignCoordinator', 'NOT_FOUND', 'NOT_FOUND'],
  ['caseworker', 'FORBIDDEN', 'FORBIDDEN'],
  ['auditor', 'FORBIDDEN', 'FORBIDDEN'],
  ['unknown', 'FORBIDDEN', 'FORBIDDEN'],
  ['anonymous', 'UNAUTHENTICATED', 'UNAUTHENTICATED'],
];

let round = 0;
function variables(door: EditDoor, of: 'anker' | 'waise'): object {
  const { partner, location, service } = world.records[of];
  const name = `Runde ${++round}`;
  switch (door) {
    case 'partnerUpdate':
      return { id: partner, input: { name } };
    case 'partnerConfirm':
      return { id: partner };
    case 'locationCreate':
      return { partner, input: { name, city: 'Ort', municipality: world.home.key } };
    case 'serviceCreate':
      return { partner, input: { name, status: 'PAUSED', feedbackLevel: 'NONE' } };
    case 'locationUpdate':
      return { id: location, input: { name, status: 'ACTIVE' } };
    case 'locationArchive':
      return { id: location };
    case 'serviceUpdate':
      return { id: service, input: { name, status: 'ACTIVE' } };
    case 'serviceArchive':
      return { id: service };
    case 'servicePauseIntake':
      return { id: service, until: `2099-01-${String((round % 27) + 1).padStart(2, '0')}` };
  }
}

const DOORS: EditDoor[] = [
  'partnerUpdate',
  'partnerConfirm',
  'locationCreate',
  'locationUpdate',
  'locationArchive',
  'serviceCreate',
  'serviceUpdate',
  'serviceArchive',
  'servicePauseIntake',
];
const everything = async () => [
  await hub.owner().execute('select id, version, name, status, confirmed_at from partner order by id'),
  await hub.owner().execute('select id, version, name, status from location order by id'),
  await hub.owner().execute('select id, version, name, status, confirmed_at from service order by id'),
  await hub.owner().execute('select count(*) from revision'),
];

test.each(
  DOORS.flatMap(door => CASES.map(([who, withEditors, without]) => [door, who, withEditors, without] as const)),
)('%s by the %s: with editors %s, without %s', async (door, who, ...told) => {
  const viewer: Viewer = world[who];
  for (const [i, of] of (['anker', 'waise'] as const).entries()) {
    const before = await everything();
    const { thing, userErrors, code } = await edit(hub, viewer, door, variables(door, of));
    expect(code ?? userErrors[0]?.code ?? 'done').toBe(told[i]);
    if (told[i] === 'done') expect(thing.id).toBeTruthy();
    else expect(await everything()).toEqual(before);
  }
});

test.each(DOORS.filter(door => /Update|Archive|Pause/.test(door)))(
  '%s: a stranger learns nothing by a version or a wrong value',
  async door => {
    const wrong = { ...variables(door, 'anker'), expectedVersion: 99, input: { name: '' }, until: '1999-01-01' };
    const { id, input, until, expectedVersion } = wrong as Record<string, unknown>;
    const given = { id, expectedVersion, ...(/Update/.test(door) && { input }), ...(/Pause/.test(door) && { until }) };
    const { userErrors } = await edit(hub, world.stranger, door, given);
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'], currentVersion: null, conflicts: null }]);
  },
);

test('the first editor takes over from the coordination, with the next request', async () => {
  const rename = (viewer: Viewer) =>
    edit(hub, viewer, 'partnerUpdate', { id: world.records.waise.partner, input: { name: `Neu ${++round}` } });
  expect((await rename(world.coordinator)).userErrors).toEqual([]);
  const em = hub.owner();
  const account = em.create(Account, { issuer: 'urn:partnernetz:test', subject: 'erste', displayName: 'Erste' });
  em.create(Membership, {
    account,
    role: Role.PARTNER_EDITOR,
    network: world.network.id,
    partner: world.records.waise.partner,
  });
  await em.flush();
  expect((await rename(world.coordinator)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  await hub.owner().execute(`delete from membership where account_id = ?`, [account.id]);
  expect((await rename(world.coordinator)).userErrors).toEqual([]);
});

test('whether a partner has editors is asked only where it matters', async () => {
  const asked = async (viewer: Viewer, partner: string) => {
    const sent = await hub.statements(() => edit(hub, viewer, 'partnerConfirm', { id: partner }));
    return sent.filter(sql => /from membership m where m.role/.test(sql)).length;
  };
  const { anker, waise } = world.records;
  expect([
    await asked(world.partner, anker.partner),
    await asked(world.stranger, anker.partner),
    await asked(world.coordinator, waise.partner),
  ]).toEqual([0, 0, 1]);
});
