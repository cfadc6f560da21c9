import { expect, test } from 'vitest';
import type { Candidate, Question } from '../../src/match/match.rules.js';
import { DEFAULT_WEIGHTS } from '../../src/match/match.rules.js';
import { matchService } from '../../src/match/match-score.rules.js';
import { DeliveryMode, ServiceStatus } from '../../src/service/service.rules.js';
import { type Criterion, CriterionEffect } from '../../src/service/service-terms.rules.js';
import { candidate, NOW, question, siteAt } from './candidate.js';

const { REQUIRES, EXCLUDES } = CriterionEffect;
const requires = (...needs: string[]): Criterion => ({ effect: REQUIRES, needs });
const excludes = (...needs: string[]): Criterion => ({ effect: EXCLUDES, needs });

type Row = [string, Partial<Candidate>, Partial<Question>, string[]];

test.each<Row>([
  ['a service that fits', {}, {}, []],
  ['another category', { levelsBelow: null }, {}, ['CATEGORY']],
  ['a child of the category', { levelsBelow: 3 }, {}, []],
  ['another area', { inArea: false }, {}, ['OUT_OF_AREA']],
  ['a free place is needed, none is free', { freePlaces: 0 }, { requireFreePlace: true }, ['NO_FREE_PLACE']],
  ['a free place is needed, one is free', { freePlaces: 1 }, { requireFreePlace: true }, []],
  ['a free place is needed, unknown is not free', { freePlaces: null }, { requireFreePlace: true }, ['NO_FREE_PLACE']],
  ['no free place is needed', { freePlaces: 0 }, {}, []],
  ['paused until some day', { intakePausedUntil: '2026-07-01' }, {}, ['INTAKE_PAUSED']],
  ['paused until today', { intakePausedUntil: '2026-06-10' }, {}, ['INTAKE_PAUSED']],
  ['paused until yesterday', { intakePausedUntil: '2026-06-09' }, {}, []],
  ['a paused service', { status: ServiceStatus.PAUSED }, {}, ['INACTIVE']],
  ['a closed service', { status: ServiceStatus.CLOSED }, {}, ['INACTIVE']],
  ['another language', { languages: ['de', 'en'] }, { languages: ['uk'] }, ['LANGUAGE']],
  ['an interpreter', { interpretation: true }, { languages: ['uk'] }, []],
  ['one of two languages', { languages: ['ar'] }, { languages: ['uk', 'ar'] }, []],
  ['no lift', { sites: [siteAt(1, { LIFT: 'NO' })] }, { accessibility: ['LIFT'] }, ['ACCESSIBILITY']],
  ['a lift that nobody assessed', { sites: [siteAt(1)] }, { accessibility: ['LIFT'] }, ['ACCESSIBILITY']],
  [
    'a lift, but no toilet',
    { sites: [siteAt(1, { LIFT: 'YES' })] },
    { accessibility: ['LIFT', 'ACCESSIBLE_TOILET'] },
    ['ACCESSIBILITY'],
  ],
  [
    'each at another site',
    { sites: [siteAt(1, { LIFT: 'YES' }), siteAt(2, { QUIET_ROOM: 'YES' })] },
    { accessibility: ['LIFT', 'QUIET_ROOM'] },
    ['ACCESSIBILITY'],
  ],
  ['a lift', { sites: [siteAt(1, { LIFT: 'YES' })] }, { accessibility: ['LIFT'] }, []],
  ['no site', { sites: [] }, { accessibility: ['LIFT'] }, ['ACCESSIBILITY']],
  [
    'no site, online',
    { sites: [], deliveryModes: [DeliveryMode.ONLINE] },
    { accessibility: ['LIFT'] },
    ['ACCESSIBILITY'],
  ],
  ['no lift, only preferred', { sites: [siteAt(1, { LIFT: 'NO' })] }, { preferredAccessibility: ['LIFT'] }, []],
  ['too young', { minimumAge: 18 }, { age: 17 }, ['AGE']],
  ['just old enough', { minimumAge: 18 }, { age: 18 }, []],
  ['just young enough', { maximumAge: 24 }, { age: 24 }, []],
  ['too old', { maximumAge: 24 }, { age: 25 }, ['AGE']],
  ['an age that is not given', { minimumAge: 18, maximumAge: 24 }, {}, []],
  ['any age', {}, { age: 0 }, []],
  ['a need is left out', { criteria: [excludes('addiction')] }, { needs: ['debt', 'addiction'] }, ['NOT_ELIGIBLE']],
  ['another need is left out', { criteria: [excludes('addiction')] }, { needs: ['debt'] }, []],
  ['one of two needs is required', { criteria: [requires('refugee', 'debt')] }, { needs: ['debt'] }, []],
  ['neither need is there', { criteria: [requires('refugee', 'debt')] }, { needs: ['autism'] }, ['NOT_ELIGIBLE']],
  ['two are required', { criteria: [requires('refugee'), requires('debt')] }, { needs: ['debt'] }, ['NOT_ELIGIBLE']],
  ['no need was told', { criteria: [requires('refugee'), excludes('debt')] }, {}, []],
  ['in words only', { criteria: [{ effect: REQUIRES, text: 'Niveau A1' }] }, { needs: ['debt'] }, []],
  ['too far', { sites: [siteAt(10.1)] }, { maximumDistanceKm: 10 }, ['TOO_FAR']],
  ['near enough', { sites: [siteAt(9.9)] }, { maximumDistanceKm: 10 }, []],
  ['nobody knows how far', { sites: [] }, { maximumDistanceKm: 10 }, ['TOO_FAR']],
  ['far, but online', { sites: [siteAt(90)], deliveryModes: [DeliveryMode.ONLINE] }, { maximumDistanceKm: 10 }, []],
  ['no site, but outreach', { sites: [], deliveryModes: [DeliveryMode.OUTREACH] }, { maximumDistanceKm: 10 }, []],
  ['no site, by telephone', { sites: [], deliveryModes: [DeliveryMode.PHONE] }, { maximumDistanceKm: 10 }, ['TOO_FAR']],
])('%s', (_case, own, asked, expected) => {
  expect(matchService(candidate(own), question(asked), DEFAULT_WEIGHTS, NOW).blockers).toEqual(expected);
});

test('everything that is wrong is told, not only the first', () => {
  const nothingFits = candidate({
    levelsBelow: null,
    inArea: false,
    freePlaces: 0,
    intakePausedUntil: '2027-01-01',
    status: ServiceStatus.CLOSED,
    sites: [siteAt(100)],
    maximumAge: 24,
    criteria: [requires('refugee')],
  });
  const everything = question({
    languages: ['uk'],
    accessibility: ['LIFT'],
    age: 60,
    needs: ['debt'],
    maximumDistanceKm: 5,
    requireFreePlace: true,
  });
  expect(matchService(nothingFits, everything, DEFAULT_WEIGHTS, NOW).blockers).toEqual([
    'CATEGORY',
    'OUT_OF_AREA',
    'NO_FREE_PLACE',
    'INTAKE_PAUSED',
    'INACTIVE',
    'LANGUAGE',
    'ACCESSIBILITY',
    'AGE',
    'NOT_ELIGIBLE',
    'TOO_FAR',
  ]);
});
