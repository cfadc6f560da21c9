import { describe, expect, test } from 'vitest';
import { MeasureIndicator, MeasureUnit, parameterFault, toldPeople } from '../../src/action-plan/action-plan.rules.js';
import { dropped, takenUp } from '../../src/action-plan/measure-drop.rules.js';
import {
  lineThrough,
  type MeasureCourse,
  progressOn,
  type Reading,
  reachedOn,
} from '../../src/action-plan/measure-progress.rules.js';

const course = (readings: readonly Reading[], more: Partial<MeasureCourse> = {}): MeasureCourse => ({
  startsOn: '2018-01-01',
  dueOn: '2018-04-11', // 100 days
  baseline: 0,
  target: 100,
  adjustments: [],
  droppedOn: null,
  pauses: [],
  unit: MeasureUnit.PERCENT,
  readings,
  ...more,
});
const at = (on: string, value: number): Reading => ({ on, value });

test('the line through readings is that of least squares', () => {
  // Days 0, 10, 20, 40 with 1, 3, 2, 8: by hand slope 145 / 875, mean 3.5 at day 17.5.
  const line = lineThrough([at('2018-01-01', 1), at('2018-01-11', 3), at('2018-01-21', 2), at('2018-02-10', 8)])!;
  expect(line.perDay).toBeCloseTo(145 / 875, 12);
  expect(line.at('2018-01-01')).toBeCloseTo(3.5 - 17.5 * (145 / 875), 12);
  expect(lineThrough([])).toBeNull();
  expect(lineThrough([at('2018-01-01', 1)])).toBeNull();
});

describe('the traffic light', () => {
  test.each<[string, string, readonly Reading[], Partial<MeasureCourse>, string]>([
    ['before the start', '2017-12-31', [], {}, 'GREY'],
    ['without a reading', '2018-02-20', [], {}, 'GREY'],
    ['due without a reading', '2018-04-12', [], {}, 'RED'],
    ['given up', '2018-02-20', [at('2018-02-20', 50)], { droppedOn: '2018-02-20' }, 'GREY'],
    ['given up tomorrow', '2018-02-20', [at('2018-02-20', 50)], { droppedOn: '2018-02-21' }, 'GREEN'],
    [
      'given up then',
      '2018-02-20',
      [at('2018-02-20', 50)],
      { pauses: [{ from: '2018-02-20', until: '2018-02-21' }] },
      'GREY',
    ],
    [
      'taken up again',
      '2018-02-20',
      [at('2018-02-20', 50)],
      { pauses: [{ from: '2018-02-10', until: '2018-02-20' }] },
      'GREEN',
    ],
    ['on its line', '2018-02-20', [at('2018-02-20', 50)], {}, 'GREEN'],
    ['ten points behind', '2018-02-20', [at('2018-02-20', 40)], {}, 'GREEN'],
    ['more than ten behind', '2018-02-20', [at('2018-02-20', 39.9)], {}, 'YELLOW'],
    ['25 behind', '2018-02-20', [at('2018-02-20', 25)], {}, 'YELLOW'],
    ['more than 25 behind', '2018-02-20', [at('2018-02-20', 24.9)], {}, 'RED'],
    ['later readings do not count yet', '2018-02-20', [at('2018-02-20', 24), at('2018-02-21', 99)], {}, 'RED'],
    ['due and reached', '2018-04-11', [at('2018-04-11', 100)], {}, 'GREEN'],
    ['due and nearly', '2018-04-11', [at('2018-04-11', 90)], {}, 'YELLOW'],
    ['due and not', '2018-04-11', [at('2018-04-11', 89)], {}, 'RED'],
    ['on its line, long ago', '2018-04-10', [at('2018-01-01', 95)], { startsOn: '2017-12-01' }, 'YELLOW'],
    ['downwards is forwards', '2018-02-20', [at('2018-02-20', 30)], { baseline: 50, target: 10 }, 'GREEN'],
    ['the wrong way', '2018-02-20', [at('2018-02-20', 60)], { baseline: 50, target: 10 }, 'RED'],
  ])('%s', (_, on, readings, more, light) => {
    const progress = progressOn(course(readings, more), on);
    expect(progress.light).toBe(light);
    expect(progress.rule.startsWith({ GREEN: 'Grün', YELLOW: 'Gelb', RED: 'Rot', GREY: 'Grau' }[light]!)).toBe(true);
  });

  test('says why, with its limits', () => {
    expect(progressOn(course([at('2018-02-20', 30)]), '2018-02-20')).toMatchObject({
      value: 30,
      expected: 50,
      share: 0.3,
      expectedShare: 0.5,
      daysLeft: 50,
      rule: 'Gelb: 30 % des Wegs sind geschafft (Stand 30 % vom 20.02.2018); nach Plan wären es am 20.02.2018 50 % (grün bis 10 Prozentpunkte Rückstand, gelb bis 25, sonst rot).',
    });
    expect(
      progressOn(course([at('2018-04-01', 6.5)], { unit: MeasureUnit.PLACES, target: 10 }), '2018-05-01').rule,
    ).toBe(
      'Rot: 65 % des Wegs sind geschafft (Stand 6,5 Plätze vom 01.04.2018); am Termin 11.04.2018 sollten es 100 % sein (grün ab 100 %, gelb ab 90 %, sonst rot).',
    );
  });

  test('stands beside trend and forecast, which leave neither 0 nor 100 per cent', () => {
    const readings = [at('2018-01-11', 10), at('2018-01-21', 20), at('2018-01-31', 30)];
    const progress = progressOn(course(readings), '2018-02-01');
    expect(progress.trendPer30Days).toBeCloseTo(30, 9);
    expect(progress.forecast).toBeCloseTo(100, 9);
    expect(progressOn(course([at('2018-01-11', 50), at('2018-01-21', 90)]), '2018-02-01').forecast).toBe(100);
    expect(progressOn(course([at('2018-01-11', 50), at('2018-01-21', 10)]), '2018-02-01').forecast).toBe(0);
    expect(
      progressOn(course([at('2018-01-11', 50), at('2018-01-21', 90)], { unit: MeasureUnit.COUNT }), '2018-02-01')
        .forecast,
    ).toBeCloseTo(410, 9);
    expect(progressOn(course(readings.slice(0, 1)), '2018-02-01')).toMatchObject({
      trendPer30Days: null,
      forecast: null,
    });
  });
});

describe('a goal that was set too high', () => {
  const steady = [at('2018-01-20', 10), at('2018-02-10', 30), at('2018-03-10', 50), at('2018-04-11', 74)];

  test('was worked for, and yet less than three quarters of the way were done', () => {
    expect(reachedOn(course(steady), '2018-06-01')).toMatchObject({ isDue: true, reached: 74, setTooHigh: true });
    expect(reachedOn(course(steady), '2018-06-01').rule).toContain('das Ziel war zu hoch gesteckt');
    expect(reachedOn(course([...steady.slice(0, 3), at('2018-04-11', 75)]), '2018-06-01').setTooHigh).toBe(false);
    expect(reachedOn(course([...steady, at('2018-05-20', 100)]), '2018-06-01')).toMatchObject({
      reached: 74,
      setTooHigh: true,
    });
  });

  test('is none that nobody worked for, or that was given up', () => {
    expect(reachedOn(course(steady.slice(0, 2)), '2018-06-01').setTooHigh).toBe(false);
    const idle = steady.map(({ on }) => at(on, 10));
    expect(reachedOn(course(idle), '2018-06-01')).toMatchObject({ setTooHigh: false });
    expect(reachedOn(course(idle), '2018-06-01').rule).toContain('nicht erkennbar gearbeitet');
    expect(reachedOn(course(steady, { droppedOn: '2018-04-11' }), '2018-06-01').setTooHigh).toBe(false);
    expect(reachedOn(course(steady, { droppedOn: '2018-04-12' }), '2018-06-01').setTooHigh).toBe(true);
    expect(reachedOn(course([]), '2018-06-01')).toMatchObject({ reached: null, share: null, setTooHigh: false });
  });

  test('is judged by what was adopted, whatever a review made of it', () => {
    const adjustments = [
      { on: '2018-03-20', target: 100, dueOn: '2018-04-11' },
      { on: '2018-05-02', target: 90, dueOn: '2018-06-30' },
    ];
    const lowered = course(steady, { target: 70, dueOn: '2018-12-31', adjustments });
    expect(reachedOn(lowered, '2018-06-01')).toMatchObject({ target: 100, dueOn: '2018-04-11', setTooHigh: true });
    // The light of a day asks for the goal of that day.
    expect(
      ['2018-03-19', '2018-03-20', '2018-05-01', '2018-05-02'].map(on => progressOn(lowered, on).daysLeft),
    ).toEqual([23, 102, 60, 243]);
    expect(progressOn(lowered, '2018-05-01').share).toBeCloseTo(74 / 90, 9);
    expect(progressOn(lowered, '2018-05-02').share).toBeCloseTo(74 / 70, 9);
  });

  test('shows by its forecast only in the second half of the time', () => {
    const slow = [at('2018-01-11', 5), at('2018-01-21', 10), at('2018-01-31', 15)];
    expect(reachedOn(course(slow), '2018-02-01')).toMatchObject({ isDue: false, setTooHigh: false });
    expect(reachedOn(course(slow), '2018-02-20')).toMatchObject({ isDue: false, setTooHigh: true, forecast: 50 });
    expect(reachedOn(course(slow, { droppedOn: '2018-02-21' }), '2018-02-20').setTooHigh).toBe(true);
    expect(reachedOn(course(slow, { droppedOn: '2018-02-20' }), '2018-02-20').setTooHigh).toBe(false);
  });
});

test('a measure is given up and taken up again on days that do not run backwards', () => {
  const alive = { droppedOn: null, pauses: [] };
  const june = dropped(alive, '2018-06-01');
  expect(june).toEqual({ droppedOn: '2018-06-01', pauses: [] });
  expect(dropped(june, '2018-06-10').droppedOn).toBe('2018-06-01');
  expect(dropped(june, '2018-05-10').droppedOn).toBe('2018-05-10');
  expect(takenUp(june, '2018-06-01')).toEqual(alive);
  const again = takenUp(june, '2018-07-01');
  expect(again).toEqual({ droppedOn: null, pauses: [{ from: '2018-06-01', until: '2018-07-01' }] });
  expect(takenUp(again, '2018-08-01')).toEqual(again);
  expect(dropped(again, '2018-06-15').droppedOn).toBe('2018-07-01');
});

test('an indicator has its own parameters and no other', () => {
  expect(parameterFault(MeasureIndicator.MANUAL, {})).toBeNull();
  expect(parameterFault(MeasureIndicator.MANUAL, { topic: 'x' })?.name).toBe('topic');
  expect(parameterFault(MeasureIndicator.FRESHNESS, {})?.name).toBe('subject');
  expect(parameterFault(MeasureIndicator.REFERRALS_WITH_OUTCOME, { outcome: 'EMPLOYED' })).toBeNull();
  expect(parameterFault(MeasureIndicator.REFERRALS_WITH_OUTCOME, { outcome: 'EMPLOYED', category: 'x' })).toBeNull();
  expect(parameterFault(MeasureIndicator.PARTNERS_IN_CATEGORY, { category: 'x', since: 'y' })?.name).toBe('since');
});

test('people are told in whole fives, and fewer not at all', () => {
  expect([0, 4, 5, 9, 10, 14].map(count => toldPeople(count, 5))).toEqual([null, null, 5, 5, 10, 10]);
});
