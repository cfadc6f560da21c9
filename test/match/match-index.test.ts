import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { DEFAULT_WEIGHTS, type Question } from '../../src/match/match.rules.js';
import { countMatches, matchesAfter, rankedMatches } from '../../src/match/match-page.query.js';
import type { CheckedInquiry } from '../../src/match/match-question.query.js';
import type { Network } from '../../src/network/network.entity.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { daysAgo, ESCHWEILER, NOW } from './candidate.js';
import { anonymous, caseworkerOf, coordinatorOf, editorOf, emptied, type ServiceWish } from './finder-world.js';

const hub = testHub('match_index');
const HOME = { latitude: 50.8, longitude: 6.2 };
const MANY = 45;
/** Of the world; a failure names it. */
const SEED = Number(process.env.MATCH_WORLD ?? Math.floor(Math.random() * 1e9));

const LANGUAGES = ['de', 'uk', 'uk-UA', 'UK', 'ar', 'ukx', 'en-GB', 'gsg'];
const NEEDS = ['debt', 'refugee', 'addiction', 'migration'];
const FEATURES = ['LIFT', 'QUIET_ROOM', 'SIGN_LANGUAGE', 'STEP_FREE_ENTRANCE'];
const AREAS = ['05', '05334', ESCHWEILER, '05978', '05334002'];
const ROOTS = ['counselling', 'debt-counselling', 'insolvency-counselling'];

/** Numbers from a stream: the same world for the same seed, with many values that stand on borders. */
const streamOf = (seed: number) => {
  let state = seed | 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x7fffffff) * below) % below;
  };
  const pick = <T>(from: readonly T[]): T => from[next(from.length)]!;
  const some = <T>(from: readonly T[]): T[] => from.filter(() => next(3) === 0);
  return { next, pick, some };
};
type Stream = ReturnType<typeof streamOf>;

/** Distances of nothing, of the border of a maximum, beyond all score; east and west equally far. */
const siteOf = ({ pick, next, some }: Stream) => ({
  latitude: HOME.latitude + pick([0, 0, 0, 0.1, 0.01, -0.01, 2, 30, next(100) / 1000]),
  longitude: HOME.longitude + pick([0, 0, 0, 0.125, -0.125, 3, next(100) / 1000]),
  features: Object.fromEntries(some(FEATURES).map(one => [one, pick(['YES', 'NO', 'UNKNOWN'])])) as never,
  isProtected: next(6) === 0,
});

const criterionOf = ({ pick, some }: Stream) => ({
  effect: pick(['REQUIRES', 'EXCLUDES']) as never,
  needs: pick([some(NEEDS), null]),
  text: 'so',
});

function wishOf(stream: Stream): ServiceWish {
  const { next, pick, some } = stream;
  const maybe = <T>(value: T): T | undefined => (next(3) === 0 ? value : undefined);
  return {
    categories: pick([
      ['counselling'],
      ['debt-counselling'],
      ['insolvency-counselling'],
      ['counselling', 'insolvency-counselling'],
      ['childcare'],
    ]),
    areaKeys: [...some(AREAS), pick(AREAS)].filter((one, i, all) => all.indexOf(one) === i),
    sites: Array.from({ length: pick([0, 1, 1, 1, 2, 3]) }, () => siteOf(stream)),
    needs: some(NEEDS),
    status: pick(['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'PAUSED'] as never[]),
    intakePausedUntil: pick([undefined, undefined, '2026-06-09', '2026-06-10', '2026-07-01', '9999-12-31']),
    languages: some(LANGUAGES),
    interpretation: next(4) === 0,
    deliveryModes: pick([['ON_SITE'], ['ON_SITE'], ['ONLINE'], ['PHONE', 'OUTREACH']] as never[]),
    minimumAge: maybe(pick([0, 18, 25])),
    maximumAge: maybe(pick([25, 27, 99])),
    criteria: Array.from({ length: pick([0, 0, 1, 2]) }, () => criterionOf(stream)),
    feedbackLevel: pick(['NONE', 'RECEIVED_ONLY', 'STATUS', 'STATUS_AND_OUTCOME'] as never[]),
    confirmedAt: pick([undefined, NOW, daysAgo(180), daysAgo(7.3), daysAgo(-2), daysAgo(20_000)]),
    capacity: {
      total: pick([null, 0, 1, 2, 3, 10]),
      reserved: pick([0, 0, 1, 4]),
      occupiedElsewhere: pick([0, 1]),
      reportedWaiting: pick([null, null, 0, 7]),
      waitlisted: pick([0, 0, 2]),
      expectedWaitDays: pick([null, null, 0, 21, 100_000]),
      reportedAt: pick([null, NOW, daysAgo(14), daysAgo(28), daysAgo(3.7), daysAgo(-1), daysAgo(20_000)]),
    },
    accepted: Object.fromEntries(
      some(['2026-06-10', '2026-06-01', '2026-05-31', '2026-03-13', '2026-03-12', '2026-03-02']).map(day => [
        day,
        next(5),
      ]),
    ),
    answers: some([
      ['2026-06-10', 2, 1],
      ['2026-06-10', 4, 2],
      ['2026-05-01', 9, 1],
      ['2025-05-01', 0, 3],
      ['2026-06-02', 14, 2],
      ['2026-07-01', 1, 9],
    ] as [string, number, number][]),
  };
}

const subtrees = new Map<string, CheckedInquiry['subtree']>();
let viewers: Viewer[];
let networks: Network[];

beforeAll(async () => {
  hub.setNow(NOW);
  const em = hub.owner();
  const world = await emptied(em);
  const home = await world.municipality(ESCHWEILER, HOME);
  networks = [await world.network([home]), await world.network([home])];
  const stream = streamOf(SEED);
  const services = [];
  for (let i = 0; i < MANY; i += 1) services.push(await world.service(networks[i % 2]!, wishOf(stream)));
  await hardTerms(services.map(({ id }) => id));
  for (const root of ROOTS)
    subtrees.set(
      root,
      await em.execute(
        `with recursive below (code, level) as (select ?::text, 0
         union all select c.code, level + 1 from below join category c on c.parent_code = below.code) select * from below`,
        [root],
      ),
    );
  const partner = await services[0]!.partner.loadOrFail();
  viewers = [anonymous, caseworkerOf(networks[0]!), coordinatorOf(networks[1]!), editorOf(partner)];
});

/** What the world has no words for: places rounded still, acceptances taken back, programmes, instruments, sharing. */
async function hardTerms(ids: readonly string[]): Promise<void> {
  const em = hub.owner();
  const every = (nth: number, at: number) => `{${ids.filter((_, i) => i % nth === at).join(',')}}`;
  await em.execute('update service set places_rounded_since = now() where id = any(?::uuid[])', [every(9, 1)]);
  await em.execute(`update service_acceptance set taken_back = 1, taken_back_in = '2026-06-01' where accepted > 1`);
  await em.execute(`update service_answer set taken_back = 1, taken_back_in = '2026-05-01' where answers > 1`);
  await em.execute(
    'update partner set status = ? where id in (select partner_id from service where id = any(?::uuid[]))',
    ['ARCHIVED', every(17, 3)],
  );
  await em.execute(
    `update service set instruments = '[{"instrument": "sgb3-45", "required": true}, {"instrument": "sgb2-16d", "required": false}]' where id = any(?::uuid[])`,
    [every(8, 2)],
  );
  await em.execute(
    `with made as (
       insert into programme (slug, network_id, title, starts_on, ends_on, published)
       values ('probe', ?, 'Probe', '2026-01-01', '2026-12-31', true) returning id
     ), rounds as (
       insert into programme_round (programme_id, number, starts_on, intake_from, intake_until, places, entered_on)
       select id, n, '2026-01-01', ('2026-0' || n || '-11')::date, '2026-08-31', 9, '2026-01-01' from made, unnest(array[5, 6]) n
       returning id, number)
     insert into programme_round_service (round_id, service_id)
     select r.id, s.id from rounds r, unnest(?::uuid[], ?::uuid[]) as s (early, late), lateral (
       values (case r.number when 5 then s.early else s.late end)) one (id), service s2 where s2.id = one.id`.replaceAll(
      's.id',
      'one.id',
    ),
    [networks[0]!.id, every(7, 4), every(6, 5)],
  );
  await em.execute(
    `insert into sharing_agreement (network_id, receiver_id, proposer_id, starts_on, proposed_at, agreed_at, status)
     values (?, ?, ?, '2026-01-01', now(), now(), 'AGREED')`,
    [networks[1]!.id, networks[0]!.id, networks[0]!.id],
  );
}

/** Mostly nothing is asked for: questions that nothing fits compare nothing. */
const subsets = (from: readonly string[]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.subarray([...from], { minLength: 1, maxLength: 2 }));
const weight = fc.constantFrom(0, 0.1, 0.25, 0.2, 1, 3, 1e-5);
const asked = fc.record({
  viewer: fc.nat(3),
  size: fc.constantFrom(1, 2, 3, 7, 100),
  root: fc.constantFrom(ROOTS[0]!, ...ROOTS),
  weights: fc.option(
    fc.record(
      Object.fromEntries(Object.keys(DEFAULT_WEIGHTS).map(one => [one, weight])) as Record<
        keyof typeof DEFAULT_WEIGHTS,
        typeof weight
      >,
    ),
    { nil: DEFAULT_WEIGHTS },
  ),
  networks: fc.constantFrom('all', 'one', 'shared'),
  later: fc.constantFrom(0, 1, 86_400_000, 25 * 86_400_000),
  question: fc.record({
    municipality: fc.constantFrom(ESCHWEILER, '05334000'),
    from: fc.constantFrom(
      HOME,
      { latitude: 50.81, longitude: 6.2 },
      { latitude: -90, longitude: 180 },
      { latitude: 1e-200, longitude: 0 },
    ),
    languages: subsets(LANGUAGES),
    needs: subsets(NEEDS),
    accessibility: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, subsets(FEATURES)),
    preferredAccessibility: subsets(FEATURES),
    age: fc.constantFrom(null, null, null, 17, 25, 130),
    maximumDistanceKm: fc.constantFrom(null, null, null, null, 0, 1, 8.791, 11.119, 1e308),
    requireFreePlace: fc.constantFrom(false, false, true),
    funding: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      { asked: [], unemployedMonths: 3, benefitMonths: null },
      {
        asked: [{ instrument: 'sgb3-45', monthsUsed: null, durationMonths: null }],
        unemployedMonths: 0,
        benefitMonths: null,
      },
    ),
  }),
});

test('by the index the same services come in the same order as by the rules alone, however pages are cut', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      asked,
      async ({ viewer, size, root, weights, networks: where, later, question: { funding, ...question } }) => {
        const ids = networks.map(({ id }) => id);
        const inquiry: CheckedInquiry = {
          question: { ...question, ...(funding && { funding }) } as Question,
          category: root,
          subtree: subtrees.get(root)!,
          networks: where === 'all' ? null : ids.slice(0, 1),
          sharedWith: where === 'shared' ? ids.slice(0, 1) : [],
          weights,
          fingerprint: `${size}${where}`,
        };
        const moment = new Date(NOW.getTime() + later);
        const ctx = hub.hub().contextOf(viewers[viewer]!);
        const all = await rankedMatches(ctx, inquiry, moment);
        const one = await pages(ctx, inquiry, moment, size);
        expect(one, `MATCH_WORLD=${SEED}`).toEqual(
          all.map(({ match, rank }) => [rank.bucket, match.service, match.score]),
        );
        expect(await countMatches(ctx, inquiry, moment)).toBe(all.length);
        found += all.length;
      },
    ),
    { numRuns: 50 },
  );
  expect(found).toBeGreaterThan(0);
});

async function pages(ctx: Parameters<typeof matchesAfter>[0], inquiry: CheckedInquiry, moment: Date, size: number) {
  const seen: [number, string, number][] = [];
  for (let after: Parameters<typeof matchesAfter>[3] = null; ; ) {
    const page = await matchesAfter(ctx, inquiry, moment, after, size + 1);
    const shown = page.slice(0, size);
    seen.push(...shown.map(({ match, rank }) => [rank.bucket, match.service, match.score] as [number, string, number]));
    if (page.length <= size) return seen;
    after = shown.at(-1)!.rank;
  }
}
