import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_WEIGHTS, MatchFactor, weightsOf } from '../../src/match/match.rules.js';
import { matchService } from '../../src/match/match-score.rules.js';
import { DeliveryMode } from '../../src/service/service.rules.js';
import { candidate, daysAgo, NOW, question, siteAt } from './candidate.js';

test('a worked example with all nine factors', () => {
  const service = candidate({
    levelsBelow: 1,
    sites: [siteAt(15, { LIFT: 'YES' })],
    languages: ['de'],
    interpretation: true,
    needs: ['debt'],
    freePlaces: 1,
    reportedAt: daysAgo(14),
    expectedWaitDays: 21,
    confirmedAt: daysAgo(180),
    answers: [{ workingDays: 3, answers: 1 }],
  });
  const asked = question({
    languages: ['uk'],
    preferredAccessibility: ['LIFT', 'QUIET_ROOM'],
    needs: ['debt', 'addiction'],
  });
  const { score, reasons, distanceKm, site } = matchService(service, asked, DEFAULT_WEIGHTS, NOW);
  expect(reasons.map(({ factor }) => factor)).toEqual(Object.values(MatchFactor));
  expect(reasons.map(({ weight }) => weight)).toEqual([0.25, 0.2, 0.2, 0.1, 0.08, 0.07, 0.02, 0.05, 0.03]);
  // .25·.8 + .2·e^-½ + .2·.5 + .1·e^-1 + .08·.7 + .07·.75 + .02·.5 + .05·.5 + .03·.7
  expect(score).toBeCloseTo(0.6225941, 6);
  expect(distanceKm).toBeCloseTo(15, 9);
  expect(site).toBe('site-15');
});

test('factors that nobody asks for drop out of both sums', () => {
  const best = candidate({
    sites: [siteAt(0)],
    freePlaces: 2,
    reportedAt: NOW,
    expectedWaitDays: 0,
    confirmedAt: NOW,
    answers: [{ workingDays: 0, answers: 1 }],
  });
  const { score, reasons } = matchService(best, question(), DEFAULT_WEIGHTS, NOW);
  expect(score).toBeCloseTo(1, 12);
  expect(reasons.map(({ factor }) => factor)).toEqual([
    'CATEGORY',
    'DISTANCE',
    'CAPACITY',
    'WAIT',
    'FRESHNESS',
    'RESPONSE',
  ]);
});

test('the weights of a network count where they are numbers, and the default ones elsewhere', () => {
  const own = { CATEGORY: 1, DISTANCE: 0, WAIT: -1, CAPACITY: '5', RESPONSE: Number.NaN, LUCK: 3 };
  expect(weightsOf(own)).toEqual({ ...DEFAULT_WEIGHTS, CATEGORY: 1, DISTANCE: 0 });
  expect(weightsOf(null)).toEqual(DEFAULT_WEIGHTS);
});

test('a network that weighs nothing gets no score, not a division by zero', () => {
  const nothing = weightsOf(Object.fromEntries(Object.values(MatchFactor).map(factor => [factor, 0])));
  expect(matchService(candidate(), question(), nothing, NOW).score).toBe(0);
});

test('a site with everything that is required is measured, though another one is nearer', () => {
  const service = candidate({ sites: [siteAt(1), siteAt(7, { LIFT: 'YES' }), siteAt(9, { LIFT: 'YES' })] });
  expect(matchService(service, question({ accessibility: ['LIFT'] }), DEFAULT_WEIGHTS, NOW)).toMatchObject({
    site: 'site-7',
    distanceKm: expect.closeTo(7, 9),
    blockers: [],
  });
});

test('where no site has it, the nearest one is measured', () => {
  const service = candidate({ sites: [siteAt(3), siteAt(1, { LIFT: 'NO' })] });
  expect(matchService(service, question({ accessibility: ['LIFT'] }), DEFAULT_WEIGHTS, NOW)).toMatchObject({
    site: 'site-1',
    distanceKm: expect.closeTo(1, 9),
    blockers: ['ACCESSIBILITY'],
  });
});

test('two sites at the same distance: always the same one', () => {
  const [a, b] = [siteAt(1, {}, 'a'), siteAt(1, {}, 'b')];
  for (const sites of [
    [a, b],
    [b, a],
  ])
    expect(matchService(candidate({ sites }), question(), DEFAULT_WEIGHTS, NOW).site).toBe('a');
});

test('an online service has a distance only if it has a site', () => {
  const online = { deliveryModes: [DeliveryMode.ONLINE] };
  const distances = [[siteAt(4)], []].map(
    sites => matchService(candidate({ ...online, sites }), question(), DEFAULT_WEIGHTS, NOW).distanceKm,
  );
  expect(distances).toEqual([expect.closeTo(4, 9), null]);
});

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const anyCandidate = fc
  .record({
    levelsBelow: maybe(fc.nat(4)),
    sites: fc.array(
      fc.double({ min: 0, max: 60, noNaN: true }).map(km => siteAt(km)),
      { maxLength: 3 },
    ),
    deliveryModes: fc.subarray(Object.values(DeliveryMode)),
    languages: fc.subarray(['de', 'uk', 'ar-SY']),
    interpretation: fc.boolean(),
    needs: fc.subarray(['debt', 'addiction']),
    freePlaces: maybe(fc.nat(20)),
    reportedAt: maybe(fc.integer({ min: -2, max: 900 }).map(daysAgo)),
    waiting: maybe(fc.nat(50)),
    expectedWaitDays: maybe(fc.nat(400)),
    acceptedIn90Days: fc.nat(40),
    answers: fc.array(fc.record({ workingDays: fc.nat(40), answers: fc.nat(5) })),
    confirmedAt: maybe(fc.integer({ min: -2, max: 2000 }).map(daysAgo)),
  })
  .map(candidate);
const anyQuestion = fc
  .record({
    languages: fc.subarray(['uk', 'ar']),
    needs: fc.subarray(['debt', 'refugee']),
    preferredAccessibility: fc.subarray(['LIFT', 'QUIET_ROOM']),
    maximumDistanceKm: maybe(fc.nat(50)),
  })
  .map(question);
const anyWeights = fc
  .array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 9, maxLength: 9 })
  .map(list => weightsOf(Object.fromEntries(Object.values(MatchFactor).map((factor, i) => [factor, list[i]]))));

test('score and values are always from 0 to 1', () => {
  fc.assert(
    fc.property(anyCandidate, anyQuestion, anyWeights, (service, asked, weights) => {
      const { score, reasons } = matchService(service, asked, weights, NOW);
      for (const value of [score, ...reasons.map(reason => reason.value)]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('to know less of a service never makes it better than the best that could be known', () => {
  fc.assert(
    fc.property(anyCandidate, anyQuestion, (service, asked) => {
      const known = { ...service, freePlaces: 9, reportedAt: NOW, expectedWaitDays: 0, confirmedAt: NOW };
      const [more, less] = [known, service].map(one => matchService(one, asked, DEFAULT_WEIGHTS, NOW).score);
      expect(more).toBeGreaterThanOrEqual(less!);
    }),
  );
});
