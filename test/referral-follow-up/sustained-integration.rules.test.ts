import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type FollowUpFigures,
  type ShownFigures,
  shownFigures,
  summedFigures,
} from '../../src/referral-follow-up/sustained-integration.rules.js';

const figuresOf = (
  due: number,
  recorded: number,
  stillEmployed: number,
  subjectToSocialInsurance: number,
  unsubsidised: number,
): FollowUpFigures => ({ due, recorded, stillEmployed, subjectToSocialInsurance, unsubsidised });

describe('the figures of several periods', () => {
  const shown = (...figures: Parameters<typeof figuresOf>) => shownFigures(figuresOf(...figures), 5);

  const whole = shown(40, 30, 20, 15, 10);
  const none = { due: null, recorded: null, stillEmployed: null, subjectToSocialInsurance: null, unsubsidised: null };

  test('are summed over those of which all may be told: all counts are of the same people', () => {
    const partly = shown(12, 10, 10, 5, 5); // all are in work, so how many is not told
    expect(partly).toMatchObject({ recorded: 10, stillEmployed: null });
    const two = { due: 80, recorded: 60, stillEmployed: 40, subjectToSocialInsurance: 30, unsubsidised: 20, rate: 0.5 };
    expect(summedFigures([whole, whole, partly])).toEqual(two);
    expect(summedFigures([whole, partly])).toEqual(whole);
    expect(summedFigures([partly, partly])).toEqual({ ...none, rate: null });
  });

  test('of one are what may be told of it, whatever few there are beside', () => {
    const partly = shown(12, 10, 10, 5, 5);
    const few = shown(3, 3, 1, 1, 1);
    expect(summedFigures([partly])).toEqual(partly);
    expect(summedFigures([few, partly, few])).toEqual(partly);
    expect(summedFigures([few])).toEqual({ ...none, rate: null });
    expect(summedFigures([])).toEqual({ ...none, rate: null });
  });

  test('with one more period differ by all that may be told of it, or by nothing of it', () => {
    const figures = fc
      .tuple(fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(30))
      .map(([a, b, c, d, e]) => shown(a + b + c + d, b + c + d, c + d, d, Math.min(e, c + d)));
    fc.assert(
      fc.property(fc.array(figures, { maxLength: 6 }), figures, (others, one) => {
        const [without, withIt] = [
          summedFigures([whole, whole, ...others]),
          summedFigures([whole, whole, ...others, one]),
        ];
        const isWhole = Object.values(one).every(figure => figure !== null);
        for (const name of Object.keys(none) as (keyof typeof none)[])
          expect(withIt[name]! - without[name]!).toBe(isWhole ? one[name] : 0);
      }),
    );
  });
});

describe('the figures that are told', () => {
  test.each<[figures: FollowUpFigures, shown: Omit<ShownFigures, 'due' | 'recorded'>]>([
    [figuresOf(40, 30, 20, 15, 10), { stillEmployed: 20, subjectToSocialInsurance: 15, unsubsidised: 10, rate: 0.5 }],
    // Few are in work, or few are not: neither is told.
    [
      figuresOf(40, 30, 4, 4, 4),
      { stillEmployed: null, subjectToSocialInsurance: null, unsubsidised: null, rate: null },
    ],
    [
      figuresOf(40, 30, 0, 0, 0),
      { stillEmployed: null, subjectToSocialInsurance: null, unsubsidised: null, rate: null },
    ],
    [
      figuresOf(40, 30, 26, 15, 26),
      { stillEmployed: null, subjectToSocialInsurance: 15, unsubsidised: null, rate: 0.5 },
    ],
    [
      figuresOf(40, 30, 30, 25, 30),
      { stillEmployed: null, subjectToSocialInsurance: 25, unsubsidised: null, rate: 25 / 30 },
    ],
    // Of those in work nearly all are insured: how many are not could be counted.
    [
      figuresOf(40, 30, 20, 18, 15),
      { stillEmployed: 20, subjectToSocialInsurance: null, unsubsidised: 15, rate: null },
    ],
    [
      figuresOf(40, 9, 5, 5, 5),
      { stillEmployed: null, subjectToSocialInsurance: null, unsubsidised: null, rate: null },
    ],
    [figuresOf(40, 10, 5, 5, 0), { stillEmployed: 5, subjectToSocialInsurance: null, unsubsidised: null, rate: null }],
  ])('%o', (figures, shown) => {
    expect(shownFigures(figures, 5)).toEqual({ due: figures.due, recorded: figures.recorded, ...shown });
  });

  test('begin with five', () => {
    expect(shownFigures(figuresOf(4, 4, 4, 4, 4), 5)).toMatchObject({ due: null, recorded: null, stillEmployed: null });
    expect(shownFigures(figuresOf(5, 4, 0, 0, 0), 5)).toMatchObject({ due: 5, recorded: null });
    expect(shownFigures(figuresOf(5, 5, 0, 0, 0), 5)).toMatchObject({ due: 5, recorded: 5, stillEmployed: null });
  });
});

/** Every group of clients that somebody could want to count. */
const CELLS: Readonly<Record<string, (one: FollowUpFigures) => number>> = {
  due: one => one.due,
  recorded: one => one.recorded,
  'in work': one => one.stillEmployed,
  'out of work': one => one.recorded - one.stillEmployed,
  insured: one => one.subjectToSocialInsurance,
  'in work, not insured': one => one.stillEmployed - one.subjectToSocialInsurance,
  'out of work or not insured': one => one.recorded - one.subjectToSocialInsurance,
  unsubsidised: one => one.unsubsidised,
  'in work, subsidised': one => one.stillEmployed - one.unsubsidised,
  'out of work or subsidised': one => one.recorded - one.unsubsidised,
};

/** Everything that can be, up to so many; `due` and `recorded` alike, since nothing is computed of the one by the other. */
function* everyFigures(most: number): Generator<FollowUpFigures> {
  for (let recorded = 0; recorded <= most; recorded++)
    for (let still = 0; still <= recorded; still++)
      for (let insured = 0; insured <= still; insured++)
        for (let unsubsidised = 0; unsubsidised <= still; unsubsidised++)
          yield figuresOf(recorded, recorded, still, insured, unsubsidised);
}

test.each([2, 3, 5])('who knows the rules too is never sure of a count below %i', smallest => {
  const most = 4 * smallest;
  const possible = new Map<string, Map<string, Set<number>>>();
  let tables = 0;
  for (const figures of everyFigures(most)) {
    tables += 1;
    const told = JSON.stringify(shownFigures(figures, smallest));
    const cells = possible.get(told) ?? new Map(Object.keys(CELLS).map(cell => [cell, new Set<number>()]));
    possible.set(told, cells);
    for (const [cell, count] of Object.entries(CELLS)) cells.get(cell)!.add(count(figures));
  }
  expect(tables).toBeGreaterThan(smallest ** 4);
  expect(possible.size).toBeGreaterThan(smallest);
  const certain = [...possible].flatMap(([told, cells]) =>
    [...cells].flatMap(([cell, counts]) =>
      counts.size === 1 && [...counts][0]! < smallest ? [`${told}: ${cell} = ${[...counts][0]}`] : [],
    ),
  );
  expect(certain).toEqual([]);
});

const figures = fc
  .record({
    due: fc.nat(2000),
    parts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ due, parts: [a, b, c, d] }) => {
    const part = (whole: number, share: number | undefined) => Math.round(whole * (share ?? 0));
    const recorded = part(due, a);
    const still = part(recorded, b);
    return figuresOf(due, recorded, still, part(still, c), part(still, d));
  });

test('what is told is true, at least the smallest cell, and leaves as much', () => {
  fc.assert(
    fc.property(figures, fc.integer({ min: 1, max: 20 }), (one, smallest) => {
      const { rate, ...shown } = shownFigures(one, smallest);
      for (const [name, count] of Object.entries(shown)) {
        if (count === null) continue;
        expect(count).toBe(one[name as keyof FollowUpFigures]);
        expect(count).toBeGreaterThanOrEqual(smallest);
      }
      const { recorded, stillEmployed: still, subjectToSocialInsurance: insured, unsubsidised } = shown;
      for (const [whole, part] of [
        [recorded, still],
        [recorded, insured],
        [recorded, unsubsidised],
        [still, insured],
        [still, unsubsidised],
      ] as const)
        if (whole !== null && part !== null) expect(whole - part).toBeGreaterThanOrEqual(smallest);
      expect(rate).toBe(recorded !== null && insured !== null ? insured / recorded : null);
    }),
    { numRuns: 2000 },
  );
});
