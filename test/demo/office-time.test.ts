import { describe, expect, test } from 'vitest';
import { nextAppointment, OFFICE_DAY, OfficeTime } from '../../src/demo/office-time.js';

const time = (now: string) => new OfficeTime(new Date(now));
const at = (moment: string) => new Date(moment);

describe('ago', () => {
  test('within the day', () => {
    expect(time('2026-06-10T12:00:00+02:00').ago(90)).toEqual(at('2026-06-10T10:30:00+02:00'));
    expect(time('2026-06-10T12:00:00+02:00').ago(0)).toEqual(at('2026-06-10T12:00:00+02:00'));
  });

  test('into the afternoon before', () => {
    expect(time('2026-06-10T09:00:00+02:00').ago(120)).toEqual(at('2026-06-09T15:00:00+02:00'));
  });

  test('over a weekend and Fronleichnam (4 June 2026)', () => {
    expect(time('2026-06-08T08:00:00+02:00').ago(60)).toEqual(at('2026-06-05T15:00:00+02:00'));
    expect(time('2026-06-05T08:00:00+02:00').ago(60)).toEqual(at('2026-06-03T15:00:00+02:00'));
  });

  test('at night and on Sunday the last office hour counts', () => {
    expect(time('2026-06-10T23:00:00+02:00').ago(30)).toEqual(at('2026-06-10T15:30:00+02:00'));
    expect(time('2026-06-10T03:00:00+02:00').ago(30)).toEqual(at('2026-06-09T15:30:00+02:00'));
    expect(time('2026-06-07T12:00:00+02:00').ago(30)).toEqual(at('2026-06-05T15:30:00+02:00'));
  });

  test('through the change of clocks (29 March 2026)', () => {
    expect(time('2026-03-30T08:00:00+02:00').ago(OFFICE_DAY - 60)).toEqual(at('2026-03-27T09:00:00+01:00'));
  });

  test('later is later, and never after now', () => {
    for (const now of ['2026-06-10T12:00:00+02:00', '2026-01-01T00:00:00+01:00', '2025-12-28T23:59:00+01:00']) {
      const office = time(now);
      const moments = Array.from({ length: 3_000 }, (_, index) => office.ago(index * 47.3).getTime());
      expect(moments).toEqual(moments.toSorted((a, b) => b - a));
      expect(new Set(moments).size).toBe(moments.length);
      expect(moments[0]).toBeLessThanOrEqual(office.now.getTime());
    }
  });
});

test('appointments are made at half and full hours when the office is open', () => {
  expect(nextAppointment(at('2026-06-10T10:01:00+02:00'))).toEqual(at('2026-06-10T10:30:00+02:00'));
  expect(nextAppointment(at('2026-06-10T10:30:00+02:00'))).toEqual(at('2026-06-10T10:30:00+02:00'));
  expect(nextAppointment(at('2026-06-12T16:00:00+02:00'))).toEqual(at('2026-06-15T08:00:00+02:00'));
});
