import { waitingFor } from '../referral-clock/referral-clock.rules.js';
import type { Referral } from './referral.entity.js';
import { Party, ReferralStatus } from './referral.rules.js';
import {
  lensOf,
  showsAbortReason,
  showsAttribution,
  showsDeclineReason,
  showsOutcome,
  showsProgress,
} from './referral-feedback.rules.js';
import {
  type AbortReason,
  type Attribution,
  CANCEL_ATTRIBUTION,
  type CancelReason,
  type DeclineReason,
  type HoldReason,
  type ReferralOutcome,
} from './referral-reasons.rules.js';

/** What one side sees of a referral. */
export interface ReferralView {
  status: ReferralStatus;
  version: number;
  updatedAt: Date;
  respondBy: Date | null;
  scheduledAt: Date | null;
  startedOn: string | null;
  declineReason: DeclineReason | null;
  declineText: string | null;
  cancelReason: CancelReason | null;
  cancelText: string | null;
  holdReason: HoldReason | null;
  holdText: string | null;
  resumeOn: string | null;
  abortReason: AbortReason | null;
  abortText: string | null;
  errorReason: string | null;
  escalatedAt: Date | null;
  attribution: Attribution | null;
  outcome: ReferralOutcome | null;
}

/** The referral as the viewer may see it; `parties` was filled when it was loaded. */
export function viewOf(referral: Referral): ReferralView {
  const lens = lensOf(referral.parties ?? []);
  if (lens === Party.CASEWORKER) return asCaseworkerSees(referral);
  return lens === Party.PARTNER ? asPartnerSees(referral) : asCoordinatorSees(referral);
}

/** Only what the feedback level shows; what it hides looks like the last visible status. */
function asCaseworkerSees(referral: Referral): ReferralView {
  const { feedbackLevel: level, seenStatus: status, declineReason, attribution } = referral;
  const declined = status === ReferralStatus.DECLINED && showsDeclineReason(level, declineReason, attribution);
  const cancelled = status === ReferralStatus.CANCELLED;
  const endedOtherwise = status === ReferralStatus.EXPIRED || status === ReferralStatus.ABORTED;
  const aborted = status === ReferralStatus.ABORTED && showsAbortReason(level, attribution);
  const attributed = declined || (endedOtherwise && showsAttribution(level, attribution));
  return {
    status,
    version: referral.seenVersion,
    updatedAt: referral.seenUpdatedAt,
    respondBy: referral.seenRespondBy,
    scheduledAt: showsProgress(level) ? referral.scheduledAt : null,
    startedOn: showsProgress(level) ? referral.startedOn : null,
    declineReason: declined ? declineReason : null,
    declineText: declined ? referral.declineText : null,
    cancelReason: cancelled ? referral.cancelReason : null,
    cancelText: cancelled ? referral.cancelText : null,
    ...holdOf(referral, status),
    abortReason: aborted ? referral.abortReason : null,
    abortText: aborted ? referral.abortText : null,
    errorReason: referral.errorReason,
    escalatedAt: referral.seenEscalatedAt,
    attribution: cancelled ? cancelAttribution(referral) : attributed ? attribution : null,
    outcome: showsOutcome(level) ? referral.outcome : null,
  };
}

/** Everything it did itself; of a cancellation the fact, but not what the client had to do with it. */
function asPartnerSees(referral: Referral): ReferralView {
  const { status, version, updatedAt, respondBy, scheduledAt, startedOn, outcome } = referral;
  const { declineReason, declineText, abortReason, abortText, attribution, escalatedAt } = referral;
  const ownEnd = status === ReferralStatus.DECLINED || status === ReferralStatus.ABORTED;
  return {
    status,
    version,
    updatedAt,
    respondBy,
    scheduledAt,
    startedOn,
    declineReason,
    declineText,
    cancelReason: null,
    cancelText: null,
    ...holdOf(referral, status),
    abortReason,
    abortText,
    errorReason: null,
    escalatedAt,
    attribution: ownEnd ? attribution : null,
    outcome,
  };
}

/** What happened and whom it is due to, without a word about the client. */
function asCoordinatorSees(referral: Referral): ReferralView {
  const cancelled = referral.status === ReferralStatus.CANCELLED;
  return {
    ...asPartnerSees(referral),
    declineText: null,
    holdText: null,
    abortText: null,
    cancelReason: cancelled ? referral.cancelReason : null,
    attribution: cancelled ? cancelAttribution(referral) : referral.attribution,
  };
}

const cancelAttribution = ({ cancelReason }: Referral): Attribution | null =>
  cancelReason ? CANCEL_ATTRIBUTION[cancelReason] : null;

/** Only while it rests. */
function holdOf(
  { holdReason, holdText, resumeOn }: Referral,
  status: ReferralStatus,
): Pick<ReferralView, 'holdReason' | 'holdText' | 'resumeOn'> {
  if (status !== ReferralStatus.ON_HOLD) return { holdReason: null, holdText: null, resumeOn: null };
  return { holdReason, holdText, resumeOn };
}

/** Whose turn it is, as far as the viewer can tell; null where it is over. */
export function turnOf(referral: Referral, now: Date): Party | null {
  const { status, escalatedAt } = viewOf(referral);
  const { reconfirmBy } = referral;
  return waitingFor(status, {
    escalated: escalatedAt !== null,
    reconfirmDue: reconfirmBy !== null && reconfirmBy <= now,
  });
}
