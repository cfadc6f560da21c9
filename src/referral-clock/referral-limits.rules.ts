/**
 * How long things may take. Working days are those of North Rhine-Westphalia; days are calendar days, at the same local
 * time. Source: domain guide, "Referral"; what it leaves open is marked (own). A network may differ: `limitsOf`.
 */
export interface ReferralLimits {
  /** Working days for the first answer, from the sending. */
  readonly acknowledgeWorkingDays: number;
  /** Working days to decide, from the acknowledgement. */
  readonly decideWorkingDays: number;
  /** Working days that the caseworker has for an answer, while the partner's clock stands. */
  readonly answerWorkingDays: number;
  /** Working days between a reminder and what follows it. (own) */
  readonly remindWorkingDays: number;
  /** The same for what is urgent. (own) */
  readonly remindUrgentWorkingDays: number;
  /** Days after the sending when what nobody answered expires. */
  readonly expireDays: number;
  readonly expireUrgentDays: number;
  /** Working days between the escalation of what is RECEIVED and its expiry. */
  readonly expireReceivedWorkingDays: number;
  /** Working days from the acceptance until a missing start is escalated. */
  readonly startWorkingDays: number;
  /** Days after which somebody who waits is to be reconfirmed. */
  readonly reconfirmDays: number;
  /** Days after which a partner is asked whether what is IN_PROGRESS still is. (own) */
  readonly progressDays: number;
  /** The longest time on hold, in days. */
  readonly holdDays: number;
  /** Working days between the day on which it was to go on and the escalation. (own) */
  readonly resumeWorkingDays: number;
  /** Days that a partner may still read the client after COMPLETED and ABORTED. */
  readonly graceDays: number;
  /** Days after its creation within which a referral may be marked as an error. */
  readonly errorDays: number;
  /** Days after its end within which it may be reopened. */
  readonly reopenDays: number;
  /** Working days for the answer whether a client is still in work, until it is escalated. */
  readonly followUpWorkingDays: number;
  /** Days for which such an answer can be corrected. */
  readonly followUpCorrectionDays: number;
  /** How often in a row a case may be referred on. */
  readonly lineageDepth: number;
}

export const DEFAULT_LIMITS: ReferralLimits = {
  acknowledgeWorkingDays: 3,
  decideWorkingDays: 10,
  answerWorkingDays: 10,
  remindWorkingDays: 3,
  remindUrgentWorkingDays: 1,
  expireDays: 21,
  expireUrgentDays: 7,
  expireReceivedWorkingDays: 10,
  startWorkingDays: 20,
  reconfirmDays: 30,
  progressDays: 180,
  holdDays: 180,
  resumeWorkingDays: 10,
  graceDays: 14,
  errorDays: 30,
  reopenDays: 90,
  followUpWorkingDays: 20,
  followUpCorrectionDays: 30,
  lineageDepth: 5,
};

/** Years: beyond it a limit is a slip. */
export const MOST_OF_A_LIMIT = 3_660;

/**
 * The limits of a network: the defaults but for what it sets. A check in the database refuses what would throw here.
 *
 * @throws RangeError for a name that is no limit, or a number that can be none
 */
export function limitsOf(own: Readonly<Record<string, number>> | null): ReferralLimits {
  if (!own) return DEFAULT_LIMITS;
  for (const [name, value] of Object.entries(own)) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw new RangeError(`No limit of referrals is called ${name}.`);
    if (!Number.isInteger(value) || value < 1 || value > MOST_OF_A_LIMIT)
      throw new RangeError(`${name} must be 1 to ${MOST_OF_A_LIMIT}.`);
  }
  return { ...DEFAULT_LIMITS, ...own };
}
