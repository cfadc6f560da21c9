import { ReferralStatus } from './referral.rules.js';

/** Where a referral stands, as people at the desk say it. */
export const STATUS_TEXTS: Readonly<Record<ReferralStatus, string>> = {
  [ReferralStatus.DRAFT]: 'Entwurf',
  [ReferralStatus.SENT]: 'gesendet',
  [ReferralStatus.RECEIVED]: 'eingegangen',
  [ReferralStatus.NEEDS_INFO]: 'Rückfrage',
  [ReferralStatus.WAITLISTED]: 'auf der Warteliste',
  [ReferralStatus.ACCEPTED]: 'angenommen',
  [ReferralStatus.SCHEDULED]: 'Termin vereinbart',
  [ReferralStatus.IN_PROGRESS]: 'läuft',
  [ReferralStatus.ON_HOLD]: 'unterbrochen',
  [ReferralStatus.COMPLETED]: 'beendet',
  [ReferralStatus.DECLINED]: 'abgelehnt',
  [ReferralStatus.CANCELLED]: 'zurückgenommen',
  [ReferralStatus.EXPIRED]: 'abgelaufen',
  [ReferralStatus.ABORTED]: 'abgebrochen',
  [ReferralStatus.REVOKED]: 'beendet, weil die Einwilligung endete',
  [ReferralStatus.ENTERED_IN_ERROR]: 'irrtümlich angelegt',
};
