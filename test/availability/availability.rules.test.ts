import { describe, expect, test } from 'vitest';
import {
  AgeGroup,
  answerByOf,
  isClosed,
  isOpen,
  lastAskedDay,
  reportOf,
  takesAgeGroup,
} from '../../src/availability/availability.rules.js';

describe('an age group', () => {
  const { UNDER_18, FROM_18_TO_24, FROM_25_TO_54, FROM_55 } = AgeGroup;
  const every = [UNDER_18, FROM_18_TO_24, FROM_25_TO_54, FROM_55];

  test.each<[string, number | null, number | null, AgeGroup[]]>([
    ['any age', null, null, every],
    ['up to 17', null, 17, [UNDER_18]],
    ['up to 18', null, 18, [UNDER_18, FROM_18_TO_24]],
    ['17 and older', 17, null, every],
    ['18 and older', 18, null, [FROM_18_TO_24, FROM_25_TO_54, FROM_55]],
    ['16 to 25', 16, 25, [UNDER_18, FROM_18_TO_24, FROM_25_TO_54]],
    ['24 alone', 24, 24, [FROM_18_TO_24]],
    ['30 to 40', 30, 40, [FROM_25_TO_54]],
    ['54 and older', 54, null, [FROM_25_TO_54, FROM_55]],
    ['99 and older', 99, null, [FROM_55]],
    ['newborns', 0, 0, [UNDER_18]],
  ])('is taken by a service for %s where the ages meet', (_case, minimumAge, maximumAge, taken) => {
    expect(every.filter(group => takesAgeGroup({ minimumAge, maximumAge }, group))).toEqual(taken);
    expect(takesAgeGroup({ minimumAge, maximumAge }, null)).toBe(true);
  });
});

test.each([
  ['2026-06-10T10:00:00Z', '2026-06-15T10:00:00.000Z'], // Wednesday to Monday
  ['2026-06-02T10:00:00Z', '2026-06-08T10:00:00.000Z'], // over Fronleichnam
  ['2026-10-23T08:00:00Z', '2026-10-28T09:00:00.000Z'], // the clocks go back
])('asked at %s, answers are due %s', (asked, due) => {
  expect(answerByOf(new Date(asked)).toISOString()).toBe(due);
});

test('a question closes seven days later, to the millisecond, and over a change of the clocks at the same local time', () => {
  const answerBy = new Date('2026-10-21T08:00:00Z');
  const last = new Date('2026-10-28T09:00:00Z');
  const after = new Date(last.getTime() + 1);
  expect([isClosed(answerBy, answerBy), isClosed(answerBy, last), isClosed(answerBy, after)]).toEqual([
    false,
    false,
    true,
  ]);
  expect(isOpen({ answeredAt: null, answerBy }, last)).toBe(true);
  expect(isOpen({ answeredAt: null, answerBy }, after)).toBe(false);
  expect(isOpen({ answeredAt: answerBy, answerBy }, answerBy)).toBe(false);
});

test.each([
  ['2026-06-10T10:00:00Z', 21, '2026-06-10', '2026-07-01'],
  ['2026-06-10T22:30:00Z', 1, '2026-06-11', '2026-06-12'], // half past midnight in Berlin
  ['2026-06-10T10:00:00Z', 1, '2026-06-15', '2026-06-15'], // answered when the asked time is over
])('asked at %s for %i days, on %s the last day is %s', (asked, withinDays, today, last) => {
  expect(lastAskedDay(new Date(asked), withinDays, today)).toBe(last);
});

describe('an answer reports', () => {
  const today = '2026-06-10';
  const says = (places: number, freeFrom: string | null = null, expectedWaitDays: number | null = null) =>
    reportOf({ places, freeFrom, expectedWaitDays }, today);

  test.each([
    ['places', says(2), { free: 2, expectedWaitDays: null }],
    ['places from today on', says(2, '2026-06-10'), { free: 2, expectedWaitDays: 0 }],
    ['places from a later day on', says(2, '2026-06-20'), { free: null, expectedWaitDays: 10 }],
    ['none', says(0), { free: 0, expectedWaitDays: null }],
    ['none before a later day', says(0, '2026-08-10'), { free: 0, expectedWaitDays: 61 }],
    ['a wait', says(2, null, 5), { free: 2, expectedWaitDays: 5 }],
    ['a wait of its own beside the day', says(2, '2026-06-20', 14), { free: null, expectedWaitDays: 14 }],
  ])('%s', (_case, report, expected) => {
    expect(report).toEqual(expected);
  });
});
