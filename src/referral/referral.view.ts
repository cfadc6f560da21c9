import type { Referral } from './referral.entity.js';
import { Party, ReferralStatus } from './referral.rules.js';
import {
  lensOf,
  showsAttribution,
  showsDeclineReason,
  showsOutcome,
  showsProgress,
} from './referral-feedback.rules.js';
import {
  type Attribution,
  CANCEL_ATTRIBUTION,
  type CancelReason,
  type DeclineReason,
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
    attribution: cancelled ? cancelAttribution(referral) : attributed ? attribution : null,
    outcome: showsOutcome(level) ? referral.outcome : null,
  };
}

/** Everything it did itself; of a cancellation the fact, but not what the client had to do with it. */
function asPartnerSees(referral: Referral): ReferralView {
  const { status, version, updatedAt, respondBy, scheduledAt, startedOn, outcome } = referral;
  const { declineReason, declineText, attribution } = referral;
  const declined = status === ReferralStatus.DECLINED;
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
    attribution: declined ? attribution : null,
    outcome,
  };
}

/** What happened and whom it is due to, without a word about the client. */
function asCoordinatorSees(referral: Referral): ReferralView {
  const cancelled = referral.status === ReferralStatus.CANCELLED;
  return {
    ...asPartnerSees(referral),
    declineText: null,
    cancelReason: cancelled ? referral.cancelReason : null,
    attribution: cancelled ? cancelAttribution(referral) : referral.attribution,
  };
}

const cancelAttribution = ({ cancelReason }: Referral): Attribution | null =>
  cancelReason ? CANCEL_ATTRIBUTION[cancelReason] : null;
