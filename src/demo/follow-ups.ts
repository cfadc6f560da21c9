import { Party } from '../referral/referral.rules.js';
import { ReferralOutcome } from '../referral/referral-reasons.rules.js';
import { DEFAULT_LIMITS } from '../referral-clock/referral-limits.rules.js';
import { NoticeKind } from '../referral-clock/referral-notice.rules.js';
import { type FollowUpAnswer, followUpDays, PLACED } from '../referral-follow-up/referral-follow-up.rules.js';
import { addWorkingDays, berlinDay, startOfBerlinDay } from '../shared/calendar.rules.js';
import { demoId, Random } from './random.js';
import type { DemoReferral } from './referrals.js';

interface Asked {
  followUp: object;
  notices: readonly object[];
}

/** Whether clients who found work still were in work, as far as the day has come; most were asked. @param share of them */
export function followUpsAfter(referral: DemoReferral, now: Date, share = 0.8): Asked[] {
  const { id, standing } = referral;
  const { outcome, ended_at } = standing;
  if (!outcome || !PLACED.includes(outcome) || !ended_at) return [];
  const random = new Random(`follow-up/${id}`);
  let inWork = true;
  return followUpDays(berlinDay(ended_at)).map(({ months, dueOn }) => {
    const due = startOfBerlinDay(dueOn);
    const recorded = addWorkingDays(due, random.int(1, 12));
    const isKnown = random.chance(share) && recorded <= now;
    inWork &&= random.chance(0.78);
    const late = addWorkingDays(due, DEFAULT_LIMITS.followUpWorkingDays);
    const told = [
      { party: Party.CASEWORKER, kind: NoticeKind.FOLLOW_UP_DUE, at: due },
      ...(isKnown ? [] : [{ party: Party.COORDINATOR, kind: NoticeKind.ESCALATION, at: late }]),
    ].filter(({ at }) => at <= now);
    return {
      followUp: {
        ...keysOf(referral, `follow-up/${months}`),
        months,
        due_on: dueOn,
        recorded_at: isKnown ? recorded : null,
        ...columnsOf(isKnown ? answerOf(random, outcome, inWork) : null),
        clock_at: isKnown ? null : ([due, late].find(at => at > now) ?? null),
      },
      notices: told.map(({ at, ...notice }) => ({
        ...keysOf(referral, `${notice.kind}/${months}`),
        ...notice,
        due_at: at,
        at,
      })),
    };
  });
}

const keysOf = ({ id, clientCase }: DemoReferral, name: string) => ({
  id: demoId(`${name}/${id}`),
  referral_id: id,
  network_id: clientCase.networkId,
});

function answerOf(random: Random, outcome: ReferralOutcome, stillEmployed: boolean): FollowUpAnswer {
  if (!stillEmployed) return { stillEmployed, subsidised: null, subjectToSocialInsurance: null };
  const subsidised = random.chance(outcome === ReferralOutcome.SUBSIDISED_JOB ? 0.8 : 0.1);
  return { stillEmployed, subsidised, subjectToSocialInsurance: random.chance(0.85) };
}

const columnsOf = (answer: FollowUpAnswer | null) => ({
  still_employed: answer?.stillEmployed ?? null,
  subsidised: answer?.subsidised ?? null,
  subject_to_social_insurance: answer?.subjectToSocialInsurance ?? null,
});
