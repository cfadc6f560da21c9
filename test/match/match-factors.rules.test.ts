import { describe, expect, test } from 'vitest';
import { type Candidate, MatchFactor, type Question } from '../../src/match/match.rules.js';
import { factsOf, medianWorkingDays } from '../../src/match/match-factors.rules.js';
import { reachOf } from '../../src/match/match-site.rules.js';
import { DeliveryMode } from '../../src/service/service.rules.js';
import { BOCHUM, candidate, daysAgo, NOW, question, siteAt } from './candidate.js';

/** The value of one factor; undefined where the question does not ask for it. */
function factorValue(factor: MatchFactor, own: Partial<Candidate>, asked: Partial<Question> = {}): number | undefined {
  const [service, what] = [candidate(own), question(asked)];
  return factsOf(service, what, reachOf(service, what), NOW).find(fact => fact.factor === factor)?.value;
}

const cases = (factor: MatchFactor, rows: [string, Partial<Candidate>, Partial<Question>, number | undefined][]) =>
  describe(factor, () => {
    test.each(rows)('%s', (_case, own, asked, expected) => {
      const value = factorValue(factor, own, asked);
      if (expected === undefined) expect(value).toBeUndefined();
      else expect(value).toBeCloseTo(expected, 9);
    });
  });

cases(MatchFactor.CATEGORY, [
  ['the asked category', { levelsBelow: 0 }, {}, 1],
  ['a child', { levelsBelow: 1 }, {}, 0.8],
  ['a grandchild', { levelsBelow: 2 }, {}, 0.64],
  ['elsewhere in the tree', { levelsBelow: null }, {}, 0],
]);

const online = { deliveryModes: [DeliveryMode.ON_SITE, DeliveryMode.ONLINE] };
const outreach = { deliveryModes: [DeliveryMode.OUTREACH] };
const phone = { deliveryModes: [DeliveryMode.PHONE] };
cases(MatchFactor.DISTANCE, [
  ['next door', { sites: [siteAt(0)] }, {}, 1],
  ['one sigma away in a Kreis', { sites: [siteAt(15)] }, {}, Math.exp(-0.5)],
  ['one sigma away in a kreisfreie Stadt', { sites: [siteAt(8)] }, { municipality: BOCHUM }, Math.exp(-0.5)],
  ['two sigma away', { sites: [siteAt(30)] }, {}, Math.exp(-2)],
  ['the nearest of several sites', { sites: [siteAt(30), siteAt(15), siteAt(40)] }, {}, Math.exp(-0.5)],
  ['no site', { sites: [] }, {}, 0.5],
  ['no site, by telephone', { sites: [], ...phone }, {}, 0.5],
  ['online, however far', { sites: [siteAt(300)], ...online }, {}, 1],
  ['outreach without a site', { sites: [], ...outreach }, {}, 1],
]);

cases(MatchFactor.CAPACITY, [
  ['nothing was reported', { freePlaces: null, reportedAt: null }, {}, 0.5],
  ['places are not counted', { freePlaces: null, reportedAt: NOW }, {}, 0.5],
  ['two free, reported now', { freePlaces: 2, reportedAt: NOW }, {}, 1],
  ['many free are no better than two', { freePlaces: 40, reportedAt: NOW }, {}, 1],
  ['one free, reported now', { freePlaces: 1, reportedAt: NOW }, {}, 0.5],
  ['full, reported now', { freePlaces: 0, reportedAt: NOW }, {}, 0],
  ['two free, a fortnight ago', { freePlaces: 2, reportedAt: daysAgo(14) }, {}, 0.75],
  ['full, a fortnight ago', { freePlaces: 0, reportedAt: daysAgo(14) }, {}, 0.25],
  ['two free, half a day ago', { freePlaces: 2, reportedAt: daysAgo(0.5) }, {}, 0.5 + 2 ** (-0.5 / 14) / 2],
  ['two free, ten years ago: unknown, never free', { freePlaces: 2, reportedAt: daysAgo(3650) }, {}, 0.5],
  ['two free, by a clock that runs ahead', { freePlaces: 2, reportedAt: daysAgo(-1) }, {}, 1],
]);

cases(MatchFactor.WAIT, [
  ['nothing known', {}, {}, 0.5],
  ['reported: none', { expectedWaitDays: 0 }, {}, 1],
  ['reported: three weeks', { expectedWaitDays: 21 }, {}, Math.exp(-1)],
  [
    'what is reported counts before the estimate',
    { expectedWaitDays: 21, waiting: 0, acceptedIn90Days: 9 },
    {},
    Math.exp(-1),
  ],
  ['7 wait, one accepted every 3 days', { waiting: 7, acceptedIn90Days: 30 }, {}, Math.exp(-1)],
  ['nobody waits', { waiting: 0, acceptedIn90Days: 1 }, {}, 1],
  ['7 wait, nobody accepted', { waiting: 7, acceptedIn90Days: 0 }, {}, 0.5],
  ['nobody waits, nobody accepted', { waiting: 0, acceptedIn90Days: 0 }, {}, 0.5],
  ['some accepted, but the queue was never reported', { waiting: null, acceptedIn90Days: 30 }, {}, 0.5],
]);

cases(MatchFactor.LANGUAGE, [
  ['not asked', { languages: ['uk'] }, {}, undefined],
  ['spoken', { languages: ['de', 'uk'] }, { languages: ['uk'] }, 1],
  ['the best of the asked', { languages: ['de'], interpretation: true }, { languages: ['uk', 'de'] }, 1],
  ['a regional form is spoken', { languages: ['uk-UA'] }, { languages: ['uk'] }, 1],
  ['a longer word is another language', { languages: ['ukx'] }, { languages: ['uk'] }, 0],
  ['a regional form is asked', { languages: ['uk'] }, { languages: ['uk-UA'] }, 0],
  ['whatever the case', { languages: ['UK-ua'] }, { languages: ['uk'] }, 1],
  ['through an interpreter', { languages: ['de'], interpretation: true }, { languages: ['uk'] }, 0.7],
  ['not at all', { languages: ['de'] }, { languages: ['uk'] }, 0],
]);

const preferred = { preferredAccessibility: ['LIFT', 'QUIET_ROOM'] };
cases(MatchFactor.ACCESSIBILITY, [
  ['not asked', { sites: [siteAt(1, { LIFT: 'YES' })] }, {}, undefined],
  ['required is not preferred', { sites: [siteAt(1, { LIFT: 'YES' })] }, { accessibility: ['LIFT'] }, undefined],
  ['all there', { sites: [siteAt(1, { LIFT: 'YES', QUIET_ROOM: 'YES' })] }, preferred, 1],
  ['one there, one not', { sites: [siteAt(1, { LIFT: 'YES', QUIET_ROOM: 'NO' })] }, preferred, 0.5],
  ['one there, one unknown', { sites: [siteAt(1, { LIFT: 'YES', QUIET_ROOM: 'UNKNOWN' })] }, preferred, 0.75],
  ['nothing assessed', { sites: [siteAt(1)] }, preferred, 0.5],
  ['none there', { sites: [siteAt(1, { LIFT: 'NO', QUIET_ROOM: 'NO' })] }, preferred, 0],
  ['no site', { sites: [] }, preferred, 0.5],
]);

cases(MatchFactor.NEEDS, [
  ['not asked', { needs: ['debt'] }, {}, undefined],
  ['made for all', { needs: ['debt', 'addiction', 'refugee'] }, { needs: ['debt', 'addiction'] }, 1],
  ['made for one of two', { needs: ['debt'] }, { needs: ['debt', 'addiction'] }, 0.5],
  ['made for others', { needs: ['refugee'] }, { needs: ['debt'] }, 0],
  ['made for none in particular', { needs: [] }, { needs: ['debt'] }, 0.5],
]);

cases(MatchFactor.FRESHNESS, [
  ['never confirmed', { confirmedAt: null }, {}, 0],
  ['now', { confirmedAt: NOW }, {}, 1],
  ['180 days ago', { confirmedAt: daysAgo(180) }, {}, 0.5],
  ['a day and a half ago', { confirmedAt: daysAgo(1.5) }, {}, 2 ** (-1.5 / 180)],
]);

cases(MatchFactor.RESPONSE, [
  ['never asked', { answers: [] }, {}, 0.5],
  ['on the same day', { answers: [{ workingDays: 0, answers: 3 }] }, {}, 1],
  ['median of 2', { answers: [2, 9, 1].map(workingDays => ({ workingDays, answers: 1 })) }, {}, 0.8],
  ['ten and more', { answers: [{ workingDays: 25, answers: 1 }] }, {}, 0],
]);

test.each([
  [[], null],
  [[[4, 1]], 4],
  [
    [
      [4, 1],
      [2, 1],
    ],
    3,
  ],
  [
    [
      [9, 1],
      [1, 2],
      [3, 1],
    ],
    2,
  ],
  [
    [
      [1, 100],
      [50, 99],
    ],
    1,
  ],
  [
    [
      [1, 100],
      [50, 100],
    ],
    25.5,
  ],
  [[[3, 0]], null],
] as const)('the median of %j (days, answers) is %s', (counts, expected) => {
  expect(medianWorkingDays(counts.map(([workingDays, answers]) => ({ workingDays, answers })))).toBe(expected);
});
