import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_WEIGHTS, type MatchBlocker, type Question } from '../../src/match/match.rules.js';
import {
  type Alternative,
  alternativesOf,
  type Neighbour,
  type Relaxation,
  type WideCandidate,
} from '../../src/match/match-alternatives.rules.js';
import { matchService } from '../../src/match/match-score.rules.js';
import { DeliveryMode } from '../../src/service/service.rules.js';
import { candidate, NOW, question, siteAt } from './candidate.js';

const NEAR: Neighbour = { key: '05334032', name: 'Würselen', distanceKm: 6.2 };
const FARTHER: Neighbour = { key: '05334004', name: 'Alsdorf', distanceKm: 9 };

const wide = (own: Partial<WideCandidate> = {}): WideCandidate => ({
  ...candidate(own),
  levelsBelowRoot: own.levelsBelow === null ? 1 : 0,
  areaKeys: [],
  keepsWaitingList: false,
  ...own,
});

const find = (candidates: WideCandidate[], asked: Partial<Question> = {}, neighbours = [NEAR, FARTHER]) =>
  alternativesOf(candidates, { question: question(asked), neighbours, now: NOW });

/** `RELAXATION municipality, …: services`. */
const told = (alternatives: readonly Alternative[]): string[] =>
  alternatives.map(({ relaxed, found }) => {
    const names = relaxed.map(one => `${one.relaxation}${one.neighbour ? ` ${one.neighbour.name}` : ''}`);
    return `${names.join(', ')}: ${found.map(one => one.service).join(' ')}`;
  });

describe('one service', () => {
  test.each<[string, Partial<WideCandidate>, Partial<Question>, string[]]>([
    ['that fits', {}, {}, [': service']],
    ['of a wider category', { levelsBelow: null }, {}, ['CATEGORY: service']],
    ['of no such category', { levelsBelow: null, levelsBelowRoot: null }, {}, []],
    [
      'in the neighbourhood',
      { inArea: false, areaKeys: ['05334032'] },
      {},
      ['NEIGHBOURING_MUNICIPALITY Würselen: service'],
    ],
    [
      'in the farther neighbourhood',
      { inArea: false, areaKeys: ['05334004'] },
      {},
      ['NEIGHBOURING_MUNICIPALITY Alsdorf: service'],
    ],
    ['of another district', { inArea: false, areaKeys: [] }, {}, []],
    [
      'that is full, with a list',
      { freePlaces: 0, keepsWaitingList: true },
      { requireFreePlace: true },
      ['WAITING_LIST: service'],
    ],
    ['that is full', { freePlaces: 0 }, { requireFreePlace: true }, []],
    ['that does not count', { freePlaces: null }, { requireFreePlace: true }, ['PLACES_UNKNOWN: service']],
    [
      'that does not count, with a list',
      { keepsWaitingList: true },
      { requireFreePlace: true },
      ['WAITING_LIST: service'],
    ],
    ['paused for 60 days', { intakePausedUntil: '2026-08-08' }, {}, ['LATER: service']],
    ['paused for longer', { intakePausedUntil: '2026-08-09' }, {}, []],
    ['that is closed', { status: 'CLOSED' as WideCandidate['status'] }, {}, []],
    ['that speaks German alone', {}, { languages: ['uk'] }, ['INTERPRETER: service']],
    ['for older people', { minimumAge: 50 }, { age: 30 }, []],
    ['for one of two ages', { minimumAge: 30 }, { age: 30, otherAge: 29 }, [': service']],
    ['for none of two ages', { minimumAge: 31 }, { age: 30, otherAge: 29 }, []],
    ['that is far', { sites: [siteAt(12)] }, { maximumDistanceKm: 10 }, ['DISTANCE: service']],
    ['that is nobody knows where', { sites: [] }, { maximumDistanceKm: 10 }, ['DISTANCE: service']],
    ['with a lift that nobody has looked at', {}, { accessibility: ['LIFT'] }, ['ACCESSIBILITY_UNKNOWN: service']],
    ['without a lift', { sites: [siteAt(1, { LIFT: 'NO' })] }, { accessibility: ['LIFT'] }, []],
    ['without a site', { sites: [] }, { accessibility: ['LIFT'] }, ['ACCESSIBILITY_UNKNOWN: service']],
    [
      'with two faults',
      { inArea: false, areaKeys: ['05334032'], levelsBelow: null },
      {},
      ['CATEGORY, NEIGHBOURING_MUNICIPALITY Würselen: service'],
    ],
    ['with two faults, of which one stays', { inArea: false, levelsBelow: null }, {}, []],
    ['with three faults', { levelsBelow: null, sites: [siteAt(12)] }, { languages: ['uk'], maximumDistanceKm: 1 }, []],
  ])('%s', (_case, own, asked, expected) => {
    expect(told(find([wide(own)], asked))).toEqual(expected);
  });

  test('is measured at a site that may be accessible', () => {
    const sites = [siteAt(1, { LIFT: 'NO' }), siteAt(3, { LIFT: 'UNKNOWN' })];
    const [alternative] = find([wide({ sites })], { accessibility: ['LIFT'] });
    expect(alternative).toMatchObject({ found: [{ sites: [{ id: 'site-3' }] }], nearestKm: expect.closeTo(3) });
    expect(find([wide({ sites })], { accessibility: ['LIFT'], maximumDistanceKm: 2 })).toEqual([]);
  });
});

describe('of several', () => {
  test('two things are relaxed only where one does not suffice', () => {
    const two = wide({ service: 'two', levelsBelow: null, languages: [] });
    const one = wide({ service: 'one', levelsBelow: null, languages: ['uk'] });
    const none = wide({ service: 'none', languages: ['uk'] });
    expect(told(find([two], { languages: ['uk'] }))).toEqual(['CATEGORY, INTERPRETER: two']);
    expect(told(find([two, one], { languages: ['uk'] }))).toEqual(['CATEGORY: one']);
    expect(told(find([two, none], { languages: ['uk'] }))).toEqual([': none']);
    expect(told(find([two, one, none], { languages: ['uk'] }))).toEqual([': none', 'CATEGORY: one']);
  });

  test('the nearest comes first, what comes to the client before all; of equals the gentler', () => {
    const far = wide({ service: 'far', levelsBelow: null, sites: [siteAt(9)] });
    const near = wide({ service: 'near', languages: ['ar'], sites: [siteAt(2)] });
    const online = wide({ service: 'online', intakePausedUntil: '2026-06-20', deliveryModes: [DeliveryMode.ONLINE] });
    const nowhere = wide({ service: 'nowhere', inArea: false, areaKeys: ['05334032'], sites: [] });
    const asked = { languages: ['de'] };
    expect(told(find([nowhere, far, near, online], asked))).toEqual([
      'LATER: online',
      'INTERPRETER: near',
      'CATEGORY: far',
      'NEIGHBOURING_MUNICIPALITY Würselen: nowhere',
    ]);
    const equals = [wide({ service: 'a', levelsBelow: null }), wide({ service: 'b', languages: [] })];
    expect(told(find(equals, asked))).toEqual(['INTERPRETER: b', 'CATEGORY: a']);
  });

  test('a farther neighbour is told only if it has something more', () => {
    const both = wide({ service: 'both', inArea: false, areaKeys: ['05334032', '05334004'] });
    const farther = wide({ service: 'farther', inArea: false, areaKeys: ['05334004'], sites: [siteAt(0.5)] });
    expect(told(find([both]))).toEqual(['NEIGHBOURING_MUNICIPALITY Würselen: both']);
    expect(told(find([both, farther]))).toEqual([
      'NEIGHBOURING_MUNICIPALITY Alsdorf: both farther',
      'NEIGHBOURING_MUNICIPALITY Würselen: both',
    ]);
  });
});

const LIFTS: Readonly<Record<Relaxation, MatchBlocker>> = {
  PLACES_UNKNOWN: 'NO_FREE_PLACE',
  WAITING_LIST: 'NO_FREE_PLACE',
  LATER: 'INTAKE_PAUSED',
  INTERPRETER: 'LANGUAGE',
  ACCESSIBILITY_UNKNOWN: 'ACCESSIBILITY',
  DISTANCE: 'TOO_FAR',
  NEIGHBOURING_MUNICIPALITY: 'OUT_OF_AREA',
  CATEGORY: 'CATEGORY',
} as Record<Relaxation, MatchBlocker>;

describe('whatever there is', () => {
  const state = fc.constantFrom('YES', 'NO', 'UNKNOWN', undefined);
  const site = fc
    .record({ km: fc.integer({ min: 0, max: 30 }), LIFT: state, QUIET_ROOM: state })
    .map(({ km, ...features }) => siteAt(km, features));
  const ageOrNone = fc.option(fc.integer({ min: 15, max: 70 }), { nil: null });
  const someone: fc.Arbitrary<WideCandidate> = fc
    .record({
      levelsBelow: fc.option(fc.constantFrom(0, 1), { nil: null }),
      inArea: fc.boolean(),
      areaKeys: fc.subarray(['05334032', '05334004', '05358']),
      freePlaces: fc.option(fc.constantFrom(0, 1), { nil: null }),
      keepsWaitingList: fc.boolean(),
      intakePausedUntil: fc.option(fc.constantFrom('2026-06-09', '2026-07-01', '2027-01-01'), { nil: null }),
      languages: fc.subarray(['de', 'uk', 'ar']),
      interpretation: fc.boolean(),
      minimumAge: ageOrNone,
      sites: fc.uniqueArray(site, { maxLength: 3, selector: one => one.id }),
      deliveryModes: fc.subarray(Object.values(DeliveryMode), { minLength: 1 }),
    })
    .map(wide);
  const asked: fc.Arbitrary<Partial<Question>> = fc.record({
    languages: fc.subarray(['uk', 'ar']),
    accessibility: fc.subarray(['LIFT', 'QUIET_ROOM']),
    age: ageOrNone,
    maximumDistanceKm: fc.option(fc.integer({ min: 1, max: 20 }), { nil: null }),
    requireFreePlace: fc.boolean(),
  });
  const world = fc
    .array(someone, { maxLength: 12 })
    .map(all => all.map((one, i) => ({ ...one, service: `service-${i}` })));
  const blockersOf = (one: WideCandidate, own: Partial<Question>): string[] =>
    matchService(one, question(own), DEFAULT_WEIGHTS, NOW).blockers;

  test('what is found is blocked in the original question by exactly what was lifted', () => {
    fc.assert(
      fc.property(world, asked, (candidates, own) => {
        for (const { relaxed, found } of find(candidates, own)) {
          const lifted = relaxed.map(({ relaxation }) => LIFTS[relaxation]).sort();
          expect(new Set(lifted).size).toBe(relaxed.length);
          for (const one of found) {
            const original = candidates.find(({ service }) => service === one.service)!;
            expect(blockersOf(original, own).sort()).toEqual(lifted);
            expect(blockersOf(one, own).sort()).toEqual(lifted);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('nothing is relaxed needlessly, nothing found is told twice, and the least comes first', () => {
    fc.assert(
      fc.property(world, asked, (candidates, own) => {
        const alternatives = find(candidates, own);
        const sizes = alternatives.map(({ relaxed }) => relaxed.length);
        expect([...sizes].sort()).toEqual(sizes);
        if (sizes.some(size => size < 2)) expect(Math.max(...sizes)).toBeLessThan(2);
        expect(alternatives.every(({ found }) => found.length > 0)).toBe(true);
        expect(new Set(told(alternatives)).size).toBe(alternatives.length);
        for (const size of [0, 1, 2]) {
          const ways = alternatives.filter(({ relaxed }) => relaxed.length === size).map(one => one.nearestKm);
          expect([...ways].sort((a, b) => a - b)).toEqual(ways);
        }
        const fitting = candidates.filter(one => blockersOf(one, own).length === 0).map(one => one.service);
        expect(
          alternatives
            .filter(({ relaxed }) => relaxed.length === 0)
            .flatMap(({ found }) => found.map(one => one.service)),
        ).toEqual(fitting);
      }),
      { numRuns: 500 },
    );
  });

  test('who is kept out by one thing that can be lifted is found', () => {
    const liftable = Object.values(LIFTS).filter(
      one => !['OUT_OF_AREA', 'NO_FREE_PLACE', 'INTAKE_PAUSED', 'ACCESSIBILITY'].includes(one),
    );
    fc.assert(
      fc.property(world, asked, (candidates, own) => {
        const found = new Set(find(candidates, own).flatMap(one => one.found.map(({ service }) => service)));
        for (const one of candidates) {
          const [blocker, ...more] = blockersOf(one, own);
          if (more.length === 0 && liftable.some(other => other === blocker)) expect(found).toContain(one.service);
        }
      }),
      { numRuns: 500 },
    );
  });
});
