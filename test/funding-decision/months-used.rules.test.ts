import { describe, expect, test } from 'vitest';
import type { DecisionTerms } from '../../src/funding-decision/funding-decision.rules.js';
import { monthsUsed } from '../../src/funding-decision/months-used.rules.js';
import { DecisionForm, InstrumentRuleKind } from '../../src/instrument/instrument.rules.js';
import { addMonths } from '../../src/shared/calendar.rules.js';

const WINDOW = { kind: InstrumentRuleKind.DURATION_IN_WINDOW, months: 24, withinMonths: 60 } as const;
const FORM = { kind: InstrumentRuleKind.DECISION_NEEDED, form: DecisionForm.ASSIGNMENT } as const;
const CLIENT = { birthYear: null, needs: [], municipality: '05913000' };
const TODAY = '2026-11-22';

/** Holds from 1 November 2026 without end, for two years, in use; and whatever makes it another. */
const decision = (id: string, own: Partial<DecisionTerms> = {}): DecisionTerms => ({
  id,
  instrument: 'sgb2-16d',
  form: DecisionForm.ASSIGNMENT,
  decidedOn: '2026-11-01',
  validFrom: '2026-11-01',
  validUntil: null,
  withdrawnOn: null,
  regions: [],
  weeklyHours: null,
  durationMonths: 24,
  monthsUsedBefore: null,
  unemployedMonths: null,
  benefitMonths: null,
  orderType: null,
  recordedAt: new Date('2026-11-20T10:00:00Z'),
  recordedOn: '2026-11-20',
  referral: null,
  inUse: true,
  endedOn: null,
  ...own,
});

const FREE = { inUse: false } as const;
const EARLIER = { ...FREE, recordedAt: new Date('2026-11-19T10:00:00Z') } as const;
const LATER = { ...FREE, recordedAt: new Date('2026-11-21T10:00:00Z') } as const;

const usedBy = (one: DecisionTerms, others: readonly DecisionTerms[]) =>
  monthsUsed([one, ...others], () => [FORM, WINDOW], CLIENT, TODAY).get(one.id)?.months ?? null;

describe('the months that count against a decision', () => {
  const it = decision('it', FREE);
  test.each<[string, Partial<DecisionTerms>, Partial<DecisionTerms>[], number | null]>([
    ['nothing is known', {}, [], null],
    ['it says so itself', { monthsUsedBefore: 7 }, [], 7],
    ['one in use began on the same day', {}, [{}], 24],
    ['one in use begins later', {}, [{ validFrom: '2027-03-01', durationMonths: 5 }], 5],
    ['one in use began earlier', {}, [{ validFrom: '2025-11-01', durationMonths: 12 }], 12],
    ['all of these', { durationMonths: 6 }, [{ durationMonths: 3 }, { validFrom: '2026-01-01', durationMonths: 4 }], 7],
    ['one in use is on another instrument', {}, [{ instrument: 'sgb2-16e' }], null],
    ['one ended more than five years before it begins', { durationMonths: 1 }, [{ validFrom: '2019-10-01' }], 0],
    // 20 of the 24 lie in a window of five years with what is planned.
    ['the window reaches a part', { durationMonths: 4 }, [{ validFrom: '2021-11-01' }], 20],
    ['the window slides', { durationMonths: 24 }, [{ validFrom: '2021-11-01' }], 0],
    ['the window slides by one', { durationMonths: 24 }, [{ validFrom: '2021-12-01' }], 1],
    ['days round up', { durationMonths: 24 }, [{ validFrom: '2021-11-02' }], 1],
    ['the placement of one ended', {}, [{ validFrom: '2025-11-01', endedOn: '2026-01-31' }], 3],
    ['it ended in the middle of a month', {}, [{ validFrom: '2025-11-01', endedOn: '2026-02-01' }], 4],
    ['it ended as it was planned to', {}, [{ validFrom: '2024-11-01', endedOn: '2026-10-31' }], 24],
    ['it ended after that', {}, [{ validFrom: '2024-08-01', endedOn: '2026-10-31' }], 24],
    ['it ended before it began', {}, [{ endedOn: '2026-10-01' }], 0],
    ['it was withdrawn before it ended', {}, [{ endedOn: '2027-01-31', withdrawnOn: '2027-01-01' }], 2],
    ['it was withdrawn after it ended', {}, [{ endedOn: '2027-01-31', withdrawnOn: '2027-03-01' }], 3],
    ['one in use was withdrawn', {}, [{ validFrom: '2025-11-01', withdrawnOn: '2026-02-01' }], 3],
    ['one was withdrawn before it began', {}, [{ withdrawnOn: '2026-10-01' }], 0],
    ['one was withdrawn and never used', {}, [{ ...EARLIER, withdrawnOn: TODAY, monthsUsedBefore: 9 }], null],
    ['one recorded before can still be used', {}, [EARLIER], 24],
    ['one recorded after can still be used', {}, [LATER], null],
    ['one recorded before has not begun', {}, [{ ...EARLIER, validFrom: '2026-12-01' }], 24],
    ['one ran out unused', {}, [{ ...EARLIER, validUntil: '2026-11-21' }], null],
    ['one does not meet its rules', {}, [{ ...EARLIER, form: DecisionForm.VOUCHER }], null],
    ['one exceeds it by itself', {}, [{ ...EARLIER, durationMonths: 25 }], null],
    ['two recorded before exceed it', {}, [EARLIER, { ...EARLIER, id: 'zz' }], 24],
    [
      'one of the past was recorded late',
      { durationMonths: 6 },
      [{ ...FREE, decidedOn: '2024-01-01', validFrom: '2024-01-01', validUntil: '2025-12-31', durationMonths: 18 }],
      18,
    ],
    [
      'one in use says what was used before it',
      { durationMonths: 6 },
      [{ validFrom: '2026-01-01', durationMonths: 4, monthsUsedBefore: 20 }],
      24,
    ],
    [
      'both say it, of the same months',
      { durationMonths: 6, monthsUsedBefore: 18 },
      [{ validFrom: '2026-01-01', durationMonths: 4, monthsUsedBefore: 20 }],
      24,
    ],
    [
      'it knows of more',
      { durationMonths: 6, monthsUsedBefore: 22 },
      [{ validFrom: '2026-01-01', durationMonths: 4, monthsUsedBefore: 20 }],
      26,
    ],
    ['one that does not meet its rules says it', {}, [{ ...EARLIER, durationMonths: 6, monthsUsedBefore: 19 }], 19],
    ['one says no duration', {}, [{ durationMonths: null, validUntil: '2027-10-31' }], 12],
    [
      'one says no duration, and an end for ever',
      { durationMonths: 6 },
      [{ durationMonths: null, validUntil: '9999-12-31' }],
      60,
    ],
    ['one says neither duration nor end', { durationMonths: 6 }, [{ durationMonths: null }], 60],
  ])('%s', (_, own, others, expected) => {
    const rest = others.map((other, i) => decision(`other-${i}`, other));
    expect(usedBy({ ...it, ...own }, rest)).toBe(expected);
  });

  test.each<[string, Partial<DecisionTerms>, boolean]>([
    ['ended early', { endedOn: '2027-01-31' }, true],
    ['ended as planned', { endedOn: '2028-10-31' }, false],
    ['was withdrawn before', { endedOn: '2027-01-31', withdrawnOn: '2027-01-01' }, false],
    ['goes on', {}, false],
    ['ended early in a window that decides', { validFrom: '2024-01-01', endedOn: '2024-06-30' }, true],
    ['ended early before it', { validFrom: '2019-01-01', endedOn: '2019-06-30' }, false],
    ['ended before it began', { endedOn: '2026-10-01' }, false],
  ])('of one that %s say so: %s', (_, own, expected) => {
    const all = [it, decision('other', own)];
    expect(monthsUsed(all, () => [FORM, WINDOW], CLIENT, TODAY).get('it')?.endedEarly).toBe(expected);
  });

  test('say so of one that ended early in the fullest window only', () => {
    const month = { ...it, durationMonths: 1 };
    const early = decision('early', { validFrom: '2021-12-01', durationMonths: 12, endedOn: '2022-02-28' });
    const used = (from: string) =>
      monthsUsed([month, early, decision('long', { validFrom: from })], () => [FORM, WINDOW], CLIENT, TODAY).get('it');
    // Within five years it lies with each of them, with both only where the long one came before.
    expect(used('2028-11-01')).toEqual({ months: 24, endedEarly: false });
    expect(used('2023-01-01')).toEqual({ months: 27, endedEarly: true });
  });

  test('are none where the rules have no such limit', () => {
    const all = [it, decision('other', { monthsUsedBefore: 5 })];
    expect(monthsUsed(all, () => [FORM], CLIENT, TODAY).get('it')).toBeNull();
  });
});

/** Numbers below a bound that look random; the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('whatever is taken in whatever order, no five years hold more than 24 months, and nothing else is refused', () => {
  const MONTHS = 150;
  for (let seed = 1; seed <= 60; seed++) {
    const some = numbers(seed);
    const taken: DecisionTerms[] = [];
    const load = new Array<number>(MONTHS + 60).fill(0);
    const within = (month: number) => load.slice(Math.max(0, month), month + 60).reduce((sum, one) => sum + one, 0);
    for (let i = 0; i < 25; i++) {
      const first = 60 + some(MONTHS - 90);
      const durationMonths = 1 + some(12);
      const day = addMonths('2015-01-15', first);
      const next = decision(`${i}`, { ...FREE, decidedOn: day, validFrom: day, durationMonths });
      const used = usedBy(next, taken) ?? 0;
      for (let m = first; m < first + durationMonths; m++) load[m]! += 1;
      let most = 0;
      for (let from = first - 59; from < first + durationMonths; from++) most = Math.max(most, within(from));
      expect([seed, i, used + durationMonths]).toEqual([seed, i, most]);
      if (most <= 24) taken.push({ ...next, inUse: true });
      else for (let m = first; m < first + durationMonths; m++) load[m]! -= 1;
    }
    for (let from = 0; from < MONTHS; from++) expect(within(from)).toBeLessThanOrEqual(24);
    expect(taken.length).toBeGreaterThan(2);
  }
});
