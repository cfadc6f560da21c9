import type { ClosedIntake } from '../match/match.rules.js';
import { closedIntakeText } from '../match/match-check-texts.rules.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import { firstDayUnpaused, ServiceStatus } from '../service/service.rules.js';
import { germanDay } from '../shared/calendar.rules.js';

/** What decides whether a service takes people, as far as its own record goes. */
export interface IntakeRecord {
  readonly status: ServiceStatus;
  /** YYYY-MM-DD, the last day without intake. */
  readonly intakePausedUntil: string | null;
}

export interface Intake {
  readonly isOpen: boolean;
  /** YYYY-MM-DD, the first day on which it takes people again; null: it does, never will, or nobody knows. */
  readonly opensOn: string | null;
  /** German, a phrase; null where it takes people. */
  readonly reason: string | null;
}

/**
 * Whether a service takes people on a day, as the finder and the step SEND have it.
 *
 * @param day YYYY-MM-DD
 * @param closed what closes it on `firstDayUnpaused`, of the programmes that it is in
 */
export function intakeOn(
  record: IntakeRecord,
  partner: PartnerStatus,
  day: string,
  closed: ClosedIntake | null,
): Intake {
  const why = partner === PartnerStatus.ACTIVE ? NOT_OFFERED[record.status] : OF_NO_MEMBER;
  if (why !== null) return { isOpen: false, opensOn: null, reason: why };
  const first = firstDayUnpaused(record.intakePausedUntil, day);
  const reasons = [
    ...(first !== day ? [`Aufnahmestopp bis einschließlich ${germanDay(record.intakePausedUntil!)}`] : []),
    ...(closed ? [closedIntakeText(closed).de] : []),
  ];
  if (reasons.length === 0) return { isOpen: true, opensOn: null, reason: null };
  return { isOpen: false, opensOn: closed ? closed.opensOn : first, reason: reasons.join('; ') };
}

const OF_NO_MEMBER = 'der Partner nimmt nicht am Netzwerk teil';

const NOT_OFFERED: Readonly<Record<ServiceStatus, string | null>> = {
  [ServiceStatus.ACTIVE]: null,
  [ServiceStatus.PAUSED]: 'ruht zurzeit',
  [ServiceStatus.CLOSED]: 'geschlossen',
};
