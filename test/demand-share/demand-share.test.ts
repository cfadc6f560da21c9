import { beforeAll, describe, expect, test } from 'vitest';
import { testHub } from '../support/hub.js';

const hub = testHub('demand_share');
let world: Awaited<ReturnType<typeof hub.given>>;
beforeAll(async () => {
  world = await hub.given();
});

const SHARE = {
  code: 'refugees',
  nameDe: 'Geflüchtete',
  nameEn: 'Refugees',
  share: 0.125,
  source: 'BA',
  asOf: '2026-06-30',
};
const RECORD = `mutation ($input: DemandShareInput!, $version: Int) {
  demandShareRecord(input: $input, expectedVersion: $version) {
    demandShare { code name share isFloor needs { code } source asOf version } userErrors { code path currentVersion } } }`;
const record = async (input: object, version: number | null = null, viewer = world.admin) =>
  (await hub.as(viewer, RECORD, { input, version })).data.demandShareRecord;
const known = async () =>
  (await hub.as(world.anonymous, '{ demandShares { code name(language: "en") share isFloor source asOf } }')).data
    .demandShares;

test('anybody knows that at least three in ten live with a disability or a serious impairment, and who says so', async () => {
  expect(await known()).toContainEqual({
    code: 'disability-or-health',
    name: 'People with a disability or a serious health impairment',
    share: 0.3,
    isFloor: true,
    source: expect.stringContaining('IAB'),
    asOf: '2013-01-01',
  });
});

describe('a share', () => {
  test('is written by those who administer the hub, and replaced by its code', async () => {
    const first = await record({ ...SHARE, needs: ['refugee', 'refugee'] });
    expect(first.demandShare).toMatchObject({
      name: 'Geflüchtete',
      isFloor: false,
      needs: [{ code: 'refugee' }],
      version: 1,
    });
    const second = await record({ ...SHARE, share: 0.25 }, 1);
    expect(second.demandShare).toMatchObject({ share: 0.25, needs: [], version: 2 });
    expect((await record(SHARE, 1)).userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 2 }]);
    expect((await known()).filter((one: { code: string }) => one.code === 'refugees')).toMatchObject([{ share: 0.25 }]);
  });

  test('of two that are written at once under a new code, both are told, and one is there', async () => {
    const answers = await Promise.all([0.1, 0.2, 0.3].map(share => record({ ...SHARE, code: 'at-once', share })));
    expect(answers.map(({ demandShare }) => demandShare.version).sort()).toEqual([1, 2, 3]);
  });

  test.each([
    ['code', { code: 'Groß' }],
    ['nameDe', { nameDe: ' ' }],
    ['nameEn', { nameEn: '' }],
    ['share', { share: 0 }],
    ['share', { share: 1.01 }],
    ['share', { share: -0.1 }],
    ['needs', { needs: ['nonsense'] }],
    ['source', { source: '' }],
    ['asOf', { asOf: '2999-01-01' }],
  ])('is refused for its %s: %j', async (field, wrong) => {
    const before = await known();
    expect(await record({ ...SHARE, ...wrong })).toMatchObject({
      demandShare: null,
      userErrors: [{ code: 'INVALID_INPUT', path: ['input', field] }],
    });
    expect(await known()).toEqual(before);
  });

  test('is nobody else’s to write', async () => {
    for (const who of ['coordinator', 'caseworker', 'partner', 'auditor', 'anonymous'] as const) {
      const { errors } = await hub.as(world[who], RECORD, { input: { ...SHARE, code: 'mine' } });
      expect(errors?.[0]?.extensions.code).toBe(who === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
    }
    expect((await known()).map((one: { code: string }) => one.code)).not.toContain('mine');
  });
});

describe('demand', () => {
  const ESTIMATED = `query ($slug: String!, $share: ID!) { network(slug: $slug) {
    estimatedDemand(share: $share) { recipients people uncounted share { share } } } }`;

  test('of a network is the share of those who are counted there', async () => {
    const ask = { slug: world.network.slug, share: 'disability-or-health' };
    expect((await hub.as(world.anonymous, ESTIMATED, ask)).data.network.estimatedDemand).toEqual({
      recipients: 1_000,
      people: 300,
      uncounted: 0,
      share: { share: 0.3 },
    });
    await hub.owner().execute('update municipality set recipients = null where key = ?', [world.home.key]);
    expect((await hub.as(world.anonymous, ESTIMATED, ask)).data.network.estimatedDemand).toMatchObject({
      recipients: null,
      people: null,
      uncounted: 1,
    });
    await hub.owner().execute('update municipality set recipients = 1000 where key = ?', [world.home.key]);
    const { errors } = await hub.as(world.anonymous, ESTIMATED, { ...ask, share: 'nobody' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'share' } }]);
  });

  test('of all networks is counted by one statement', async () => {
    const { length } = await hub.statements(() =>
      hub.as(world.anonymous, '{ networks { estimatedDemand(share: "disability-or-health") { people } } }'),
    );
    await hub.given();
    const more = await hub.statements(() =>
      hub.as(world.anonymous, '{ networks { estimatedDemand(share: "disability-or-health") { people } } }'),
    );
    expect(more.length).toBe(length);
  });

  test('is what coverage is measured by, where it is asked for', async () => {
    const COVERAGE = `query ($share: ID, $slug: String!) {
      coverage(input: { networks: [$slug], category: "placement", demandShare: $share }) { rows { demand places placesPer1000 } } }`;
    const rows = async (share: string | null) =>
      (await hub.as(world.anonymous, COVERAGE, { share, slug: world.network.slug })).data.coverage.rows;
    const [[all], [some]] = [await rows(null), await rows('disability-or-health')];
    expect(all).toMatchObject({ demand: 1_000, places: 1, placesPer1000: 1 });
    expect(some).toMatchObject({ demand: 300, places: 1, placesPer1000: expect.closeTo(1000 / 300, 9) });
  });
});
