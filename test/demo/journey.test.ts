import { describe, expect, test } from 'vitest';
import { type Journey, type Terms, walk } from '../../src/demo/journey.js';
import { OFFICE_DAY } from '../../src/demo/office-time.js';
import { Random } from '../../src/demo/random.js';
import {
  DisclosureBasis,
  isOpen,
  OPEN,
  ReferralStatus,
  ReferralStep,
  STEPS,
} from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';

const TERMS: Terms = {
  level: FeedbackLevel.STATUS_AND_OUTCOME,
  basis: DisclosureBasis.CONSENT,
  keepsWaitingList: true,
  toTheEnd: false,
};

const walks = (terms: Partial<Terms>, count = 1_500): Journey[] =>
  Array.from({ length: count }, (_, index) => walk(new Random(`walk/${index}`), { ...TERMS, ...terms }));

const steps = (journeys: readonly Journey[]) => new Set(journeys.flatMap(one => one.strides.map(({ step }) => step)));

describe('walk', () => {
  test('only edges of the table, by a party that may take them, from the draft on', () => {
    for (const level of Object.values(FeedbackLevel)) {
      for (const { strides, status } of walks({ level })) {
        let from = ReferralStatus.DRAFT;
        for (const stride of strides) {
          expect(stride.from).toBe(from);
          expect(stride.to).toBe(STEPS[stride.step].to);
          expect(isOpen(stride.step, from, stride.by, level)).toBe(true);
          from = stride.to;
        }
        expect(status).toBe(from);
      }
    }
  });

  test('every step and every status of the table is reached', () => {
    const all = walks({}, 4_000);
    expect(steps(all)).toEqual(new Set(Object.values(ReferralStep)));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(Object.values(ReferralStatus)));
  });

  test('no waiting list, no consent, no feedback: no such steps', () => {
    expect(steps(walks({ keepsWaitingList: false }))).not.toContain(ReferralStep.WAITLIST);
    expect(steps(walks({ basis: DisclosureBasis.STATUTORY_TASK }))).not.toContain(ReferralStep.REVOKE);
    expect(steps(walks({ level: FeedbackLevel.NONE }))).not.toContain(ReferralStep.ASK);
  });

  test('to the end, where the case is closed', () => {
    for (const { status } of walks({ toTheEnd: true })) expect([ReferralStatus.DRAFT, ...OPEN]).not.toContain(status);
  });

  test('errors are marked within 30 calendar days', () => {
    for (const { strides } of walks({}).filter(({ status }) => status === ReferralStatus.ENTERED_IN_ERROR)) {
      const days = strides.reduce((sum, { minutes }) => sum + minutes, 0) / OFFICE_DAY;
      expect(days).toBeLessThanOrEqual(17);
    }
  });
});
