import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OPEN, Party, ReferralStatus } from '../../src/referral/referral.rules.js';
import {
  ClockEffect,
  type ClockFacts,
  clockRunsOn,
  type Due,
  firstDue,
  nextDue,
  resumed,
  stageOf,
  waitingFor,
} from '../../src/referral-clock/referral-clock.rules.js';
import { DEFAULT_LIMITS, limitsOf } from '../../src/referral-clock/referral-limits.rules.js';
import { addDays, addWorkingDays, berlinDay, isWorkingDay } from '../../src/shared/calendar.rules.js';

type Facts = Partial<ClockFacts> & { entered: string };

const factsOf = ({ entered, ...facts }: Facts): ClockFacts => ({
  urgent: false,
  sentAt: new Date(entered),
  respondBy: null,
  acceptedAt: null,
  reconfirmBy: null,
  resumeOn: null,
  limits: DEFAULT_LIMITS,
  ...facts,
});

/** Everything that happens at a status where nobody does anything and the clock is never late. */
function chain(status: ReferralStatus, facts: Facts, most = 8): [string, string, string][] {
  const known = factsOf(facts);
  const all: [string, string, string][] = [];
  let due = firstDue(status, known, new Date(facts.entered));
  while (due && all.length < most) {
    all.push([due.effect, due.whom, due.at.toISOString().replace('.000Z', 'Z')]);
    due = nextDue(status, due.stage, known, due.at);
  }
  return all;
}

const { SENT, RECEIVED, NEEDS_INFO, WAITLISTED, ACCEPTED, SCHEDULED, IN_PROGRESS, ON_HOLD } = ReferralStatus;

/** Of a sending: two reminders, an escalation and the expiry. Times of Berlin, with their offset. */
const SENDINGS: [string, boolean, string, [string, string, string, string]][] = [
  [
    'over Fronleichnam',
    false,
    '2026-06-01T10:00:00+02:00',
    [
      '2026-06-05T10:00:00+02:00', // three working days: Tuesday, Wednesday, Friday
      '2026-06-10T10:00:00+02:00',
      '2026-06-15T10:00:00+02:00',
      '2026-06-22T10:00:00+02:00', // 21 calendar days
    ],
  ],
  [
    'over Easter',
    false,
    '2026-04-01T10:00:00+02:00',
    [
      '2026-04-08T10:00:00+02:00',
      '2026-04-13T10:00:00+02:00',
      '2026-04-16T10:00:00+02:00',
      '2026-04-22T10:00:00+02:00',
    ],
  ],
  [
    'over Allerheiligen, into winter time',
    false,
    '2027-10-29T10:00:00+02:00',
    [
      '2027-11-04T10:00:00+01:00', // the first of November is a Monday, and none to work
      '2027-11-09T10:00:00+01:00',
      '2027-11-12T10:00:00+01:00',
      '2027-11-19T10:00:00+01:00',
    ],
  ],
  [
    'into summer time',
    false,
    '2026-03-27T10:00:00+01:00',
    [
      '2026-04-01T10:00:00+02:00',
      '2026-04-08T10:00:00+02:00',
      '2026-04-13T10:00:00+02:00',
      '2026-04-17T10:00:00+02:00',
    ],
  ],
  [
    'over Christmas and New Year',
    false,
    '2026-12-22T10:00:00+01:00',
    [
      '2026-12-28T10:00:00+01:00',
      '2026-12-31T10:00:00+01:00',
      '2027-01-06T10:00:00+01:00', // Epiphany is a working day here
      '2027-01-12T10:00:00+01:00',
    ],
  ],
  [
    'on a Saturday night',
    false,
    '2026-06-13T23:30:00+02:00',
    [
      '2026-06-17T23:30:00+02:00',
      '2026-06-22T23:30:00+02:00',
      '2026-06-25T23:30:00+02:00',
      '2026-07-04T23:30:00+02:00', // an expiry counts calendar days
    ],
  ],
  [
    'urgent',
    true,
    '2026-06-15T10:00:00+02:00',
    [
      '2026-06-16T10:00:00+02:00',
      '2026-06-17T10:00:00+02:00',
      '2026-06-18T10:00:00+02:00',
      '2026-06-22T10:00:00+02:00', // seven days
    ],
  ],
  [
    'urgent, over Easter: still two reminders and an escalation, and a working day for it',
    true,
    '2026-04-02T10:00:00+02:00',
    [
      '2026-04-07T10:00:00+02:00',
      '2026-04-08T10:00:00+02:00',
      '2026-04-09T10:00:00+02:00',
      '2026-04-10T10:00:00+02:00', // eight days
    ],
  ],
  [
    'urgent, over Christmas',
    true,
    '2026-12-23T10:00:00+01:00',
    [
      '2026-12-24T10:00:00+01:00',
      '2026-12-28T10:00:00+01:00',
      '2026-12-29T10:00:00+01:00',
      '2026-12-30T10:00:00+01:00',
    ],
  ],
];

const utc = (moment: string): string => new Date(moment).toISOString().replace('.000Z', 'Z');

describe('nobody answers', () => {
  test.each(SENDINGS)('a sending %s (urgent: %s) on %s', (_case, urgent, entered, [first, second, third, last]) => {
    const respondBy = addWorkingDays(new Date(entered), 3);
    expect(chain(SENT, { entered, urgent, respondBy })).toEqual([
      ['REMIND', 'PARTNER', utc(first)],
      ['REMIND', 'PARTNER', utc(second)],
      ['ESCALATE', 'COORDINATOR', utc(third)],
      ['EXPIRE', 'SYSTEM', utc(last)],
    ]);
  });

  test('to what was received: ten working days after the escalation it expires', () => {
    const respondBy = new Date('2026-05-28T10:00:00+02:00');
    expect(chain(RECEIVED, { entered: '2026-05-13T10:00:00+02:00', respondBy })).toEqual([
      ['REMIND', 'PARTNER', utc('2026-05-28T10:00:00+02:00')],
      ['ESCALATE', 'COORDINATOR', utc('2026-06-02T10:00:00+02:00')],
      ['EXPIRE', 'SYSTEM', utc('2026-06-17T10:00:00+02:00')], // Fronleichnam lies between
    ]);
    expect(chain(RECEIVED, { entered: '2026-05-13T10:00:00+02:00', respondBy, urgent: true })).toEqual([
      ['REMIND', 'PARTNER', utc('2026-05-28T10:00:00+02:00')],
      ['ESCALATE', 'COORDINATOR', utc('2026-05-29T10:00:00+02:00')],
      ['EXPIRE', 'SYSTEM', utc('2026-06-15T10:00:00+02:00')],
    ]);
  });

  test('to a question: the caseworker is reminded half-way, and after ten working days it expires', () => {
    const entered = '2026-12-21T10:00:00+01:00';
    expect(chain(NEEDS_INFO, { entered, respondBy: addWorkingDays(new Date(entered), 10) })).toEqual([
      ['REMIND', 'CASEWORKER', utc('2026-12-29T10:00:00+01:00')],
      ['EXPIRE', 'SYSTEM', utc('2027-01-06T10:00:00+01:00')],
    ]);
  });

  test('whether somebody still waits: reminded after 30 calendar days, expired after as many again', () => {
    const reconfirmBy = new Date('2026-04-09T10:00:00+02:00');
    expect(chain(WAITLISTED, { entered: '2026-03-10T10:00:00+01:00', reconfirmBy })).toEqual([
      ['REMIND', 'CASEWORKER', utc('2026-04-09T10:00:00+02:00')],
      ['EXPIRE', 'SYSTEM', utc('2026-05-09T10:00:00+02:00')],
    ]);
  });

  test.each([ACCEPTED, SCHEDULED])(
    '%s: reminded after ten, escalated after 20 working days from the acceptance',
    status => {
      const entered = '2026-05-20T10:00:00+02:00';
      expect(chain(status, { entered, acceptedAt: new Date(entered) })).toEqual([
        ['REMIND', 'PARTNER', utc('2026-06-05T10:00:00+02:00')],
        ['ESCALATE', 'COORDINATOR', utc('2026-06-19T10:00:00+02:00')], // Pentecost and Fronleichnam lie between
      ]);
    },
  );

  test.each([1, 2, 3, 4, 5, 7, 20, 60])('a start awaited for %i working days is escalated after them', days => {
    const entered = '2026-06-01T10:00:00+02:00';
    const limits = { ...DEFAULT_LIMITS, startWorkingDays: days };
    expect(chain(ACCEPTED, { entered, acceptedAt: new Date(entered), limits }).at(-1)).toEqual([
      'ESCALATE',
      'COORDINATOR',
      addWorkingDays(new Date(entered), days).toISOString().replace('.000Z', 'Z'),
    ]);
  });

  test('a reminder that comes late leaves time before the escalation', () => {
    const facts = factsOf({ entered: '2026-06-01T10:00:00+02:00', acceptedAt: new Date('2026-06-01T10:00:00+02:00') });
    const late = new Date('2026-08-03T10:00:00+02:00');
    expect(nextDue(SCHEDULED, 0, facts, late)).toMatchObject({
      effect: 'ESCALATE',
      at: new Date('2026-08-06T10:00:00+02:00'),
    });
  });

  test('whether it still goes on: asked every 180 days', () => {
    expect(chain(IN_PROGRESS, { entered: '2026-01-15T10:00:00+01:00' }, 3)).toEqual([
      ['REMIND', 'PARTNER', utc('2026-07-14T10:00:00+02:00')],
      ['REMIND', 'PARTNER', utc('2027-01-10T10:00:00+01:00')],
      ['REMIND', 'PARTNER', utc('2027-07-09T10:00:00+02:00')],
    ]);
  });

  test('when it was to go on: reminded that morning, escalated ten working days later', () => {
    expect(chain(ON_HOLD, { entered: '2026-03-10T10:00:00+01:00', resumeOn: '2026-03-30' })).toEqual([
      ['REMIND', 'PARTNER', utc('2026-03-30T00:00:00+02:00')],
      ['ESCALATE', 'COORDINATOR', utc('2026-04-15T00:00:00+02:00')],
    ]);
  });

  test.each(Object.values(ReferralStatus).filter(status => !OPEN.includes(status)))('%s has no clock', status => {
    expect(firstDue(status, factsOf({ entered: '2026-03-10T10:00:00Z' }), new Date())).toBeNull();
    expect(stageOf(status, 0)).toBeNull();
  });
});

const moments = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2034-12-31T00:00:00Z'),
  noInvalidDate: true,
});

describe('whenever it was sent, and however late the clock is', () => {
  const lateness = fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(40 * 24)), {
    minLength: 4,
    maxLength: 4,
  });

  test('two reminders and an escalation come before the expiry, each with a working day to act', () => {
    fc.assert(
      fc.property(moments, fc.boolean(), lateness, (sentAt, urgent, late) => {
        const respondBy = addWorkingDays(sentAt, 3);
        const facts = factsOf({ entered: sentAt.toISOString(), urgent, respondBy });
        const effects: string[] = [];
        let before = sentAt;
        let due: Due | null = firstDue(SENT, facts, sentAt);
        for (let i = 0; due; i++) {
          expect(due.at.getTime()).toBeGreaterThanOrEqual(addWorkingDays(before, 1).getTime());
          if (due.effect !== ClockEffect.EXPIRE) expect(isWorkingDay(berlinDay(due.at))).toBe(true);
          else expect(due.at.getTime()).toBeGreaterThanOrEqual(addDays(sentAt, urgent ? 7 : 21).getTime());
          effects.push(due.effect);
          before = new Date(due.at.getTime() + (late[i] ?? 0) * 3_600_000);
          due = nextDue(SENT, due.stage, facts, before);
        }
        expect(effects).toEqual(['REMIND', 'REMIND', 'ESCALATE', 'EXPIRE']);
      }),
    );
  });

  test('a clock that is never late lets nothing wait longer than the table says, but for holidays', () => {
    fc.assert(
      fc.property(moments, fc.boolean(), (sentAt, urgent) => {
        const entered = sentAt.toISOString();
        const all = chain(SENT, { entered, urgent, respondBy: addWorkingDays(sentAt, 3) });
        const days = (Date.parse(all.at(-1)![2]) - sentAt.getTime()) / 86_400_000;
        expect(days).toBeLessThan(urgent ? 13 : 24);
      }),
    );
  });
});

describe('a clock that stood still', () => {
  test.each([
    ['answered on the same day', '2026-06-10T10:00', '2026-06-08T09:00', '2026-06-08T17:00', '2026-06-10T10:00'],
    ['over a weekend: one working day', '2026-06-15T10:00', '2026-06-12T09:00', '2026-06-15T09:00', '2026-06-16T10:00'],
    ['over Fronleichnam: none for it', '2026-06-08T10:00', '2026-06-03T09:00', '2026-06-05T09:00', '2026-06-09T10:00'],
    ['asked at the weekend', '2026-06-16T10:00', '2026-06-13T09:00', '2026-06-14T09:00', '2026-06-16T10:00'],
    ['asked when it was over', '2026-06-08T10:00', '2026-06-10T09:00', '2026-06-10T10:30', '2026-06-11T10:30'],
    ['asked in the last hour', '2026-06-08T10:00', '2026-06-08T09:00', '2026-06-08T11:00', '2026-06-09T11:00'],
  ])('%s: due %s, asked %s, answered %s, due %s', (_case, respondBy, pausedAt, now, expected) => {
    const local = (moment: string) => new Date(`${moment}:00+02:00`);
    expect(resumed(local(respondBy), local(pausedAt), local(now))).toEqual(local(expected));
  });

  test('always leaves time, and never less than was left', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -20, max: 20 }), fc.nat(20 * 24), (pausedAt, due, hours) => {
        const respondBy = addDays(pausedAt, due);
        const now = new Date(pausedAt.getTime() + hours * 3_600_000);
        const until = resumed(respondBy, pausedAt, now);
        expect(until > now).toBe(true);
        if (respondBy > now) expect(until >= respondBy).toBe(true);
      }),
    );
  });
});

test('the start is awaited from the acceptance, however often it is rescheduled', () => {
  for (const from of [ACCEPTED, SCHEDULED]) expect(clockRunsOn(from, SCHEDULED)).toBe(true);
  for (const from of Object.values(ReferralStatus))
    for (const to of Object.values(ReferralStatus))
      if (clockRunsOn(from, to)) expect([ACCEPTED, SCHEDULED]).toEqual(expect.arrayContaining([from, to]));
});

describe('whose turn it is', () => {
  const quiet = { escalated: false, reconfirmDue: false };

  test('is known wherever it is not over', () => {
    const turns = Object.values(ReferralStatus).map(status => [status, waitingFor(status, quiet)]);
    expect(Object.fromEntries(turns)).toEqual({
      DRAFT: Party.CASEWORKER,
      SENT: Party.PARTNER,
      RECEIVED: Party.PARTNER,
      NEEDS_INFO: Party.CASEWORKER,
      WAITLISTED: Party.PARTNER,
      ACCEPTED: Party.PARTNER,
      SCHEDULED: Party.PARTNER,
      IN_PROGRESS: Party.PARTNER,
      ON_HOLD: Party.PARTNER,
      COMPLETED: null,
      DECLINED: null,
      CANCELLED: null,
      EXPIRED: null,
      ABORTED: null,
      REVOKED: null,
      ENTERED_IN_ERROR: null,
    });
  });

  test('goes to the coordinator with an escalation, and to the caseworker who is to reconfirm', () => {
    for (const status of OPEN) expect(waitingFor(status, { ...quiet, escalated: true })).toBe(Party.COORDINATOR);
    for (const status of OPEN)
      expect(waitingFor(status, { ...quiet, reconfirmDue: true })).toBe(
        status === WAITLISTED ? Party.CASEWORKER : waitingFor(status, quiet),
      );
  });
});

describe('the limits of a network', () => {
  test('are the usual ones but for what it sets', () => {
    expect(limitsOf(null)).toEqual(DEFAULT_LIMITS);
    expect(limitsOf({})).toEqual(DEFAULT_LIMITS);
    expect(limitsOf({ expireDays: 14, graceDays: 7 })).toEqual({ ...DEFAULT_LIMITS, expireDays: 14, graceDays: 7 });
  });

  test('are those of the domain guide', () => {
    expect(DEFAULT_LIMITS).toMatchObject({
      acknowledgeWorkingDays: 3,
      decideWorkingDays: 10,
      answerWorkingDays: 10,
      expireDays: 21,
      expireUrgentDays: 7,
      expireReceivedWorkingDays: 10,
      startWorkingDays: 20,
      reconfirmDays: 30,
      holdDays: 180,
      errorDays: 30,
      reopenDays: 90,
      lineageDepth: 5,
    });
  });

  test.each([
    [{ expireDays: 0 }],
    [{ expireDays: 1.5 }],
    [{ expireDays: -1 }],
    [{ expireDays: 3_661 }],
    [{ expireDays: Number.NaN }],
    [{ expiryDays: 21 }],
    [{ toString: 21 }],
    [{ __proto__: null, constructor: 21 }],
  ])('%j is refused', own => {
    expect(() => limitsOf(own as Record<string, number>)).toThrow(RangeError);
  });
});
