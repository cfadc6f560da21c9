import { OPEN, Party, ReferralStatus } from '../referral/referral.rules.js';
import { addDays, addWorkingDays, startOfBerlinDay, workingDaysBetween } from '../shared/calendar.rules.js';
import type { ReferralLimits } from './referral-limits.rules.js';

/** What the clock does to a referral when a time has come. */
export enum ClockEffect {
  /** Somebody is told that it is their turn. */
  REMIND = 'REMIND',
  /** The coordinator is told that nobody did anything. */
  ESCALATE = 'ESCALATE',
  /** It ends without an answer. */
  EXPIRE = 'EXPIRE',
}

/** What the clock needs to know of a referral. */
export interface ClockFacts {
  readonly urgent: boolean;
  readonly sentAt: Date;
  /** By when the partner is to answer; while NEEDS_INFO, the caseworker. */
  readonly respondBy: Date | null;
  readonly acceptedAt: Date | null;
  readonly reconfirmBy: Date | null;
  /** YYYY-MM-DD. */
  readonly resumeOn: string | null;
  readonly limits: ReferralLimits;
}

interface Stage {
  readonly effect: ClockEffect;
  /** Who is told. */
  readonly whom: Party;
  /** When, with `before` the moment of the stage before it, or of the entry into the status. */
  readonly at: (facts: ClockFacts, before: Date) => Date;
}

const remind = (whom: Party, at: Stage['at']): Stage => ({ effect: ClockEffect.REMIND, whom, at });
const escalate = (at: Stage['at']): Stage => ({ effect: ClockEffect.ESCALATE, whom: Party.COORDINATOR, at });
const expire = (at: Stage['at']): Stage => ({ effect: ClockEffect.EXPIRE, whom: Party.SYSTEM, at });

const later = (a: Date, b: Date): Date => (a > b ? a : b);

const patience = ({ urgent, limits }: ClockFacts): number =>
  urgent ? limits.remindUrgentWorkingDays : limits.remindWorkingDays;

const afterPatience: Stage['at'] = (facts, before) => addWorkingDays(before, patience(facts));

const half = (days: number): number => Math.floor(days / 2);

/** Half-way somebody is reminded; where that comes late, the escalation leaves time to act. */
const start: readonly Stage[] = [
  remind(Party.PARTNER, ({ limits: { startWorkingDays } }, before) =>
    addWorkingDays(before, startWorkingDays - half(startWorkingDays)),
  ),
  escalate((facts, before) => {
    const { startWorkingDays } = facts.limits;
    const due = addWorkingDays(facts.acceptedAt ?? before, startWorkingDays);
    return later(due, addWorkingDays(before, Math.min(patience(facts), half(startWorkingDays))));
  }),
];

/**
 * What happens where nobody does anything, one stage after the other. Two reminders and an escalation come before a
 * sending expires, whatever the holidays. Where no stage is left, the coordinator has the next step.
 */
const STAGES: Readonly<Partial<Record<ReferralStatus, readonly Stage[]>>> = {
  SENT: [
    remind(Party.PARTNER, (facts, before) =>
      facts.urgent ? afterPatience(facts, before) : (facts.respondBy ?? before),
    ),
    remind(Party.PARTNER, afterPatience),
    escalate(afterPatience),
    expire(({ urgent, sentAt, limits }, before) =>
      later(addDays(sentAt, urgent ? limits.expireUrgentDays : limits.expireDays), addWorkingDays(before, 1)),
    ),
  ],
  RECEIVED: [
    remind(Party.PARTNER, ({ respondBy }, before) => respondBy ?? before),
    escalate(afterPatience),
    expire(({ limits }, before) => addWorkingDays(before, limits.expireReceivedWorkingDays)),
  ],
  NEEDS_INFO: [
    remind(Party.CASEWORKER, ({ limits }, before) => addWorkingDays(before, half(limits.answerWorkingDays))),
    expire(({ respondBy }, before) => later(respondBy ?? before, addWorkingDays(before, 1))),
  ],
  WAITLISTED: [
    remind(Party.CASEWORKER, ({ reconfirmBy }, before) => reconfirmBy ?? before),
    expire(({ limits }, before) => addDays(before, limits.reconfirmDays)),
  ],
  ACCEPTED: start,
  SCHEDULED: start,
  IN_PROGRESS: [remind(Party.PARTNER, ({ limits }, before) => addDays(before, limits.progressDays))],
  ON_HOLD: [
    remind(Party.PARTNER, ({ resumeOn }, before) => (resumeOn === null ? before : startOfBerlinDay(resumeOn))),
    escalate(({ limits }, before) => addWorkingDays(before, limits.resumeWorkingDays)),
  ],
};

/** What comes next, and when. */
export interface Due {
  readonly stage: number;
  readonly effect: ClockEffect;
  readonly whom: Party;
  readonly at: Date;
}

/** The first stage for a referral that came to stand here at that moment; null where the clock has nothing to say. */
export const firstDue = (status: ReferralStatus, facts: ClockFacts, entered: Date): Due | null =>
  dueAt(status, 0, facts, entered);

/** The stage after one that took place at that moment: what comes late puts off what follows. */
export function nextDue(status: ReferralStatus, stage: number, facts: ClockFacts, happened: Date): Due | null {
  // Whoever is under way is asked again and again.
  const next = status === ReferralStatus.IN_PROGRESS ? stage : stage + 1;
  return dueAt(status, next, facts, happened);
}

/** Which stage a referral stands before. */
export function stageOf(status: ReferralStatus, stage: number): Pick<Due, 'effect' | 'whom'> | null {
  const found = STAGES[status]?.[stage];
  return found ? { effect: found.effect, whom: found.whom } : null;
}

function dueAt(status: ReferralStatus, stage: number, facts: ClockFacts, before: Date): Due | null {
  const found = STAGES[status]?.[stage];
  return found ? { stage, effect: found.effect, whom: found.whom, at: found.at(facts, before) } : null;
}

/** Does the clock run on when a referral goes from one of these to another? The start is awaited from the acceptance. */
const SAME_CLOCK: readonly ReferralStatus[] = [ReferralStatus.ACCEPTED, ReferralStatus.SCHEDULED];

export const clockRunsOn = (from: ReferralStatus, to: ReferralStatus): boolean =>
  SAME_CLOCK.includes(from) && SAME_CLOCK.includes(to);

const OWNERS: Readonly<Partial<Record<ReferralStatus, Party>>> = {
  DRAFT: Party.CASEWORKER,
  NEEDS_INFO: Party.CASEWORKER,
};

/** Whose turn it is; null where it is over. Who waits for a place waits for the partner, unless to be reconfirmed. */
export function waitingFor(
  status: ReferralStatus,
  { escalated, reconfirmDue }: { escalated: boolean; reconfirmDue: boolean },
): Party | null {
  if (status !== ReferralStatus.DRAFT && !OPEN.includes(status)) return null;
  if (escalated) return Party.COORDINATOR;
  if (status === ReferralStatus.WAITLISTED && reconfirmDue) return Party.CASEWORKER;
  return OWNERS[status] ?? Party.PARTNER;
}

/**
 * By when somebody is to answer whose clock stood still for a while: later by the working days that it stood, which
 * count whole: asked on a Friday and answered on Monday, one. Who was late before gets one working day.
 */
export function resumed(respondBy: Date, pausedAt: Date, now: Date): Date {
  const left = addWorkingDays(respondBy, workingDaysBetween(pausedAt, now));
  return left > now ? left : addWorkingDays(now, 1);
}
