import { describe, expect, test } from 'vitest';
import {
  lastMonthsEnd,
  lastTold,
  MOST_CENTS_OF_MONTH,
  MOST_MINUTES_OF_MONTH,
  MOST_MONTHS,
  MOST_PLACES,
  MOST_ROUNDS,
  NOTHING_TOLD,
  perPlace,
  ROUND_FIGURES,
  type RoundCounts,
  sumTold,
  type ToldCounts,
  toldCounts,
} from '../../src/programme/programme.rules.js';

const counts = (
  participants: number,
  completed = 0,
  aborted = 0,
  employed = 0,
  sustained = 0,
  started = completed,
): RoundCounts => ({
  participants,
  started,
  completed,
  aborted,
  employed,
  sustained,
});

test('money for each place is whole cents and what is left over, exactly', () => {
  expect(perPlace(100_000, 3)).toEqual({ cents: 33_333, remainder: 1 });
  expect(perPlace(9_007_199_254_740_991, 7)).toEqual({ cents: 1_286_742_750_677_284, remainder: 3 });
  expect(perPlace(5, 0)).toBeNull();
  for (const whole of [0, 1, 99, 12_345_678_901])
    for (const places of [1, 7, 475]) {
      const { cents, remainder } = perPlace(whole, places)!;
      expect(cents * places + remainder).toBe(whole);
      expect(remainder).toBeLessThan(places);
    }
});

test('no sum over the largest programme passes what numbers hold exactly', () => {
  for (const most of [MOST_CENTS_OF_MONTH, MOST_MINUTES_OF_MONTH, MOST_PLACES])
    expect(most * MOST_MONTHS * MOST_ROUNDS).toBeLessThan(Number.MAX_SAFE_INTEGER);
});

test('figures are as of the end of the month before', () => {
  expect(lastMonthsEnd('2026-03-01')).toBe('2026-02-28');
  expect(lastMonthsEnd('2024-03-31')).toBe('2024-02-29');
  expect(lastMonthsEnd('2026-01-15')).toBe('2025-12-31');
});

describe('what is told of a round', () => {
  test('is all of it where nothing is small', () => {
    expect(toldCounts(counts(120, 80, 25, 40, 20, 110), null)).toEqual(counts(120, 80, 25, 40, 20, 110));
    expect(toldCounts(counts(12), null)).toEqual(counts(12));
  });

  test('is nothing where fewer than five took part, not even that nobody did', () => {
    for (let participants = 0; participants < 5; participants++)
      expect(toldCounts(counts(participants, 0, participants), null)).toEqual(NOTHING_TOLD);
    expect(toldCounts(counts(0), counts(5))).toEqual(NOTHING_TOLD);
    expect(toldCounts(counts(4), counts(6)).participants).toBe(6);
  });

  /** All sums and differences of told figures that are about a group of people. */
  function peopleIn(told: ToldCounts): number[] {
    const groups: (number | null)[][] = [
      ...ROUND_FIGURES.map(name => [told[name]]),
      ...(['started', 'completed', 'aborted', 'employed', 'sustained'] as const).map(name => [
        told.participants,
        told[name],
      ]),
      [told.participants, told.completed, told.aborted],
      [told.started, told.completed],
      [told.completed, told.employed],
      [told.employed, told.sustained],
      [told.completed, told.sustained],
    ];
    return groups
      .filter(group => group.every(one => one !== null))
      .map(group => group.slice(1).reduce((left: number, part) => left - part!, group[0]!));
  }

  test('never is about fewer than five people, nor lets them be computed', () => {
    let withheld = 0;
    for (let participants = 0; participants <= 14; participants++)
      for (let completed = 0; completed <= participants; completed++)
        for (let aborted = 0; aborted <= participants - completed; aborted++)
          for (let employed = 0; employed <= completed; employed += 2)
            for (let sustained = 0; sustained <= employed; sustained += 3) {
              const exact = counts(
                participants,
                completed,
                aborted,
                employed,
                sustained,
                Math.min(participants, completed + 2),
              );
              const told = toldCounts(exact, null);
              expect(peopleIn(told).filter(people => people > 0 && people < 5)).toEqual([]);
              for (const name of ROUND_FIGURES)
                if (told[name] === null) withheld += 1;
                else expect(told[name]).toBe(exact[name]);
            }
    expect(withheld).toBeGreaterThan(100);
  });

  test('moves by five at least, so that two looks tell of nobody', () => {
    const first = toldCounts(counts(40, 20, 10, 10, 5, 35), null);
    expect(toldCounts(counts(43, 20, 10, 10, 5, 35), first).participants).toBe(40);
    expect(toldCounts(counts(45, 20, 10, 10, 5, 35), first).participants).toBe(45);
    expect(toldCounts(counts(40, 24, 10, 10, 5, 35), first).completed).toBe(20);
  });

  test('moves by no less after a figure was withheld for a while', () => {
    const first = toldCounts(counts(30, 10, 10), null);
    expect(first).toMatchObject({ participants: 30, completed: 10, aborted: 10 });
    const then = toldCounts(counts(30, 16, 10), first);
    expect(then).toMatchObject({ completed: 16, aborted: null });
    const known = lastTold(then, first);
    expect(known).toMatchObject({ completed: 16, aborted: 10 });
    expect(toldCounts(counts(35, 16, 11), known)).toMatchObject({ participants: 35, aborted: 10 });
  });

  test('moves by five at least whatever happens in a window that is extended month by month', () => {
    let seed = 7;
    const below = (limit: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % limit;
    };
    let withheld = 0;
    for (let run = 0; run < 200; run++) {
      const [all, seen] = [{ completed: 0, aborted: 0, employed: 0, open: 0 }, new Map<string, number>()];
      let known: ToldCounts | null = null;
      for (let month = 0; month < 24; month++) {
        all.open += below(5);
        const [completed, aborted] = [Math.min(all.open, below(4)), below(3)];
        all.completed += completed;
        all.open -= completed;
        all.employed += Math.min(completed, below(3));
        all.aborted += Math.min(all.open, aborted);
        all.open -= Math.min(all.open, aborted);
        const participants = all.open + all.completed + all.aborted;
        const told = toldCounts(counts(participants, all.completed, all.aborted, all.employed), known);
        expect(peopleIn(told).filter(people => people > 0 && people < 5)).toEqual([]);
        for (const name of ROUND_FIGURES) {
          const now = told[name];
          const last = seen.get(name);
          if (now === null) withheld += last === undefined ? 0 : 1;
          else {
            if (last !== undefined && last !== now) expect(Math.abs(now - last)).toBeGreaterThanOrEqual(5);
            seen.set(name, now);
          }
        }
        known = lastTold(told, known);
      }
    }
    expect(withheld).toBeGreaterThan(100);
  });

  test('is summed over rounds of which each tells it', () => {
    const round = (participants: number | null): ToldCounts => ({ ...counts(0), participants });
    expect(sumTold([round(100), round(375)], 'participants')).toBe(475);
    expect(sumTold([round(100), round(null)], 'participants')).toBeNull();
  });
});
