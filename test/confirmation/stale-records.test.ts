import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { ago, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('stale_records');
const NOW = new Date('2026-03-10T09:00:00.000Z');

async function build() {
  const world = await hub.given();
  const at = directory(hub.owner());
  const old = await at.service(world.brücke, 'Alt', { confirmedAt: ago(NOW, 200), capacity: { reportedAt: NOW } });
  const older = await at.service(world.brücke, 'Älter', { confirmedAt: ago(NOW, 300) });
  await at.service(world.brücke, 'Frisch', { confirmedAt: ago(NOW, 1) });
  await at.service(world.brücke, 'Alternd', { confirmedAt: ago(NOW, 60) });
  await hub.owner().execute('update partner set confirmed_at = ? where id = ?', [ago(NOW, 100), world.brücke.id]);
  return { ...world, old, older };
}
let world!: Awaited<ReturnType<typeof build>>;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await build();
});

const NODES = `totalCount pageInfo { endCursor hasNextPage } nodes { kind confirmedAt freshness record { __typename ... on Partner { id } ... on Location { id } ... on Service { id } } partner { id name }
  groups { group freshness } reminder { months } openLink { id } }`;
const list = async (viewer: Viewer, args = '', slug = world.network.slug) => {
  const { data, errors } = await hub.as(viewer, `{ staleRecords(network: "${slug}"${args}) { ${NODES} } }`);
  return errors ? errors[0]!.extensions.code : data.staleRecords;
};
// biome-ignore lint/suspicious/noExplicitAny: the answer to a query
const ids = (found: any): string[] => found.nodes.map((one: any) => one.record.id);

test('what was never confirmed comes first, then the oldest; page by page as all at once', async () => {
  const all = await list(world.coordinator);
  expect(ids(all).slice(-3)).toEqual([world.older.id, world.old.id, world.brücke.id]);
  expect(new Set(ids(all).slice(0, -3))).toEqual(new Set([world.anker.id, world.location.id]));
  expect(all.totalCount).toBe(5);
  const paged: string[] = [];
  for (let after = ''; ; ) {
    const page = await list(world.coordinator, `, first: 2${after}`);
    paged.push(...ids(page));
    if (!page.pageInfo.hasNextPage) break;
    after = `, after: "${page.pageInfo.endCursor}"`;
  }
  expect(paged).toEqual(ids(all));
});

test('is told with what is stale of it, the last reminder and a link that is open', async () => {
  await hub.runClock();
  const { data } = await hub.as(
    world.coordinator,
    `mutation { confirmationLinkCreate(partner: "${world.brücke.id}") { link { id } } }`,
  );
  await hub.as(
    world.coordinator,
    `mutation { serviceConfirm(id: "${world.old.id}", groups: [TERMS]) { userErrors { code } } }`,
  );
  const found = await list(world.coordinator, ', kinds: [SERVICE], freshness: [STALE]');
  expect(found.totalCount).toBe(2);
  const [first, second] = found.nodes;
  expect(first).toMatchObject({ reminder: { months: 6 }, freshness: 'STALE', partner: { id: world.brücke.id } });
  expect(first.openLink).toEqual(data.confirmationLinkCreate.link);
  expect(first.groups).toHaveLength(5);
  expect(second.record.id).toBe(world.old.id);
});

test.each([
  ['kinds: [PARTNER]', 2],
  ['kinds: [SERVICE, LOCATION]', 3],
  ['freshness: [UNCONFIRMED]', 2],
  ['freshness: [AGING]', 1],
  ['freshness: [FRESH], kinds: [SERVICE]', 2],
] as [string, number][])('by %s there are %i', async (args, count) => {
  const found = await list(world.coordinator, `, ${args}`);
  expect([found.totalCount, found.nodes.length]).toEqual([count, count]);
});

test('is the coordination’s own', async () => {
  expect(await list(world.foreignCoordinator)).toBeNull();
  expect(await list(world.coordinator, '', world.elsewhere.slug)).toBeNull();
  expect(await list(world.coordinator, '', 'nirgends')).toBeNull();
  expect(await list(world.partner)).toBe('FORBIDDEN');
  expect(await list(world.anonymous)).toBe('UNAUTHENTICATED');
});

test('leaves out what is not shown', async () => {
  await hub.owner().execute(`update service set status = 'CLOSED' where id = ?`, [world.old.id]);
  await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [world.anker.id]);
  expect(ids(await list(world.coordinator))).toEqual([world.older.id, world.brücke.id]);
});

test('a page costs as many statements for many as for one', async () => {
  const sent = (first: number) => hub.statements(() => list(world.coordinator, `, first: ${first}`));
  const many = await sent(100);
  expect((await sent(2)).length).toBeLessThanOrEqual(many.length);
  expect(many.length).toBeLessThan(16);
});

test('the shares of a network are told to everybody, of all networks by one statement', async () => {
  const query = '{ networks { slug freshness { subject total bands { freshness count share } } } }';
  let networks: { slug: string; freshness: { subject: string; total: number; bands: object[] }[] }[] = [];
  const sent = await hub.statements(async () => {
    networks = (await hub.as(world.anonymous, query)).data.networks;
  });
  expect(sent).toHaveLength(2);
  const own = networks.find(one => one.slug === world.network.slug)!.freshness;
  const counts = (subject: string) => {
    const { total, bands } = own.find(one => one.subject === subject)!;
    const told = bands as { freshness: string; count: number; share: number }[];
    expect(told.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1);
    return [total, ...told.map(one => one.count)];
  };
  // All of them, then FRESH, AGING, STALE and UNCONFIRMED.
  expect(counts('PARTNERS')).toEqual([2, 0, 0, 1, 1]);
  expect(counts('LOCATIONS')).toEqual([1, 0, 0, 0, 1]);
  expect(counts('SERVICES')).toEqual([5, 2, 1, 2, 0]);
  expect(counts('PLACES')).toEqual([5, 2, 0, 0, 3]);
  const elsewhere = networks.find(one => one.slug === world.elsewhere.slug)!.freshness;
  expect(elsewhere[0]).toMatchObject({ total: 0, bands: [{ share: null }, {}, {}, {}] });
});
