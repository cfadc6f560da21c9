import { registerEnumType } from 'type-graphql';
import { NoticeKind } from '../referral-clock/referral-notice.rules.js';
import { DisclosureBasis, Party, ReferralStatus, ReferralStep } from './referral.rules.js';
import {
  AbortReason,
  Attribution,
  CancelReason,
  DeclineReason,
  HoldReason,
  ReferralOutcome,
} from './referral-reasons.rules.js';

registerEnumType(ReferralStatus, {
  name: 'ReferralStatus',
  description: 'Where a referral stands.',
  valuesConfig: {
    DRAFT: { description: 'The partner knows nothing of it yet (Entwurf).' },
    SENT: { description: 'Offered to the partner (gesendet).' },
    RECEIVED: { description: 'The partner has seen it (eingegangen).' },
    NEEDS_INFO: { description: 'The partner has asked something (Rückfrage).' },
    WAITLISTED: { description: 'On the waiting list (Warteliste).' },
    ACCEPTED: { description: 'The partner takes the client on; a place is reserved (angenommen).' },
    SCHEDULED: { description: 'The first appointment is set (Termin vereinbart).' },
    IN_PROGRESS: { description: 'The client is there (läuft).' },
    ON_HOLD: { description: 'Interrupted (unterbrochen).' },
    COMPLETED: { description: 'Ended, with an outcome (beendet).' },
    DECLINED: { description: 'The partner does not take the client on (abgelehnt).' },
    CANCELLED: { description: 'The caseworker has taken it back (zurückgenommen).' },
    EXPIRED: { description: 'Nobody answered in time (abgelaufen).' },
    ABORTED: { description: 'Ended before its end (abgebrochen).' },
    REVOKED: { description: 'The consent ended, and with it the access of the partner (widerrufen).' },
    ENTERED_IN_ERROR: { description: 'Should never have been there; in no statistics (irrtümlich angelegt).' },
  },
});

registerEnumType(ReferralStep, {
  name: 'ReferralStep',
  description: 'One move in the life of a referral.',
  valuesConfig: {
    SEND: { description: 'The caseworker offers the case to the partner.' },
    ACKNOWLEDGE: { description: 'The partner says that it has arrived.' },
    ASK: { description: 'The partner asks something.' },
    ANSWER: { description: 'The caseworker answers.' },
    ACCEPT: { description: 'The partner takes the client on; a place is reserved.' },
    WAITLIST: { description: 'The partner puts the client on its waiting list.' },
    RECONFIRM: { description: 'The caseworker says that the client still waits.' },
    DECLINE: { description: 'The partner does not take the client on.' },
    SCHEDULE: { description: 'The partner sets a first appointment.' },
    START: { description: 'The client has begun.' },
    HOLD: { description: 'The partner interrupts it.' },
    RESUME: { description: 'It goes on.' },
    COMPLETE: { description: 'It ends, with an outcome.' },
    ABORT: { description: 'It ends before its end.' },
    CANCEL: { description: 'The caseworker takes it back.' },
    REVOKE: { description: 'The consent that it rests on has ended.' },
    EXPIRE: { description: 'The time is over.' },
    MARK_AS_ERROR: { description: 'It should never have been there.' },
    REOPEN: { description: 'The coordinator lets it go on after its end.' },
  },
});

registerEnumType(Party, {
  name: 'Party',
  description: 'A side of a referral.',
  valuesConfig: {
    CASEWORKER: { description: 'A caseworker on the case.' },
    PARTNER: { description: 'An editor of the partner that it is addressed to.' },
    COORDINATOR: { description: 'A coordinator of the network.' },
    SYSTEM: { description: 'The clock, or what follows from another step.' },
  },
});

registerEnumType(DisclosureBasis, {
  name: 'DisclosureBasis',
  description: 'Why data may go to the partner.',
  valuesConfig: {
    CONSENT: { description: 'The client agreed (Einwilligung).' },
    STATUTORY_TASK: {
      description: 'Assignment to a measure (SGB X section 69 para. 1 no. 1); never carries sensitive needs.',
    },
  },
});

registerEnumType(DeclineReason, {
  name: 'DeclineReason',
  description: 'Why a partner does not take a client on.',
  valuesConfig: {
    NO_CAPACITY: { description: 'No place is free.' },
    WAITLIST_FULL: { description: 'The waiting list is full.' },
    NOT_ELIGIBLE: { description: 'The client does not fit the terms.' },
    OUT_OF_AREA: { description: 'The client lives outside the area.' },
    WRONG_SERVICE: { description: 'Another service fits.' },
    MISSING_DOCUMENTS: { description: 'Papers are missing.' },
    FUNDING_NOT_APPROVED: { description: 'Nobody pays for it.' },
    LANGUAGE_NOT_AVAILABLE: { description: 'Nobody there speaks a language of the client.' },
    NOT_ACCESSIBLE: { description: 'The place is not accessible for the client.' },
    DUPLICATE: { description: 'The client was referred twice.' },
    NOT_INTERESTED: { description: 'The client does not want to.' },
    NOT_REACHABLE: { description: 'The client could not be reached.' },
    MOVED_AWAY: { description: 'The client has moved.' },
    ALREADY_SUPPORTED: { description: 'The client has help already.' },
    PREFERS_OTHER_PARTNER: { description: 'The client prefers another partner.' },
    OTHER: { description: 'Something else, in 10 to 300 characters.' },
  },
});

registerEnumType(CancelReason, {
  name: 'CancelReason',
  description: 'Why a caseworker takes a referral back.',
  valuesConfig: {
    CLIENT_DECLINES: { description: 'The client does not want to.' },
    SITUATION_CHANGED: { description: "The client's situation has changed." },
    FOUND_OTHER_SERVICE: { description: 'Another service was found.' },
    SIBLING_ACCEPTED: { description: 'Another service of the same group accepted; set by the hub alone.' },
    ENTERED_TWICE: { description: 'It was entered twice.' },
    OTHER: { description: 'Something else, in 10 to 300 characters.' },
  },
});

registerEnumType(HoldReason, {
  name: 'HoldReason',
  description: 'Why a referral rests for a while.',
  valuesConfig: {
    HOSPITAL: { description: 'The client is in hospital or at a cure.' },
    PARENTAL_LEAVE: { description: 'The client is on parental leave (Elternzeit).' },
    EMPLOYMENT: { description: 'The client has work for a while.' },
    FAMILY: { description: 'The family needs the client.' },
    OTHER: { description: 'Something else, in 10 to 300 characters.' },
  },
});

registerEnumType(AbortReason, {
  name: 'AbortReason',
  description: 'Why a referral ended before its aim.',
  valuesConfig: {
    NO_SHOW: { description: 'The client did not come.' },
    NOT_REACHABLE: { description: 'The client could no longer be reached.' },
    DROPPED_OUT: { description: 'The client left.' },
    PROGRAMME_ENDED: { description: 'The offer itself came to its end.' },
    MISCONDUCT: { description: 'The client was excluded.' },
    OTHER: { description: 'Something else, in 10 to 300 characters.' },
  },
});

registerEnumType(NoticeKind, {
  name: 'ReferralNoticeKind',
  description: 'Why one side of a referral is told something.',
  valuesConfig: {
    REMINDER: { description: 'It is your turn, and the time for it has come.' },
    ESCALATION: { description: 'Nobody did anything: it is the turn of the coordination.' },
    PLACE_FREE: { description: 'A place is free, and this one is next on the waiting list.' },
    FOLLOW_UP_DUE: { description: 'The client found work some months ago: is that still so?' },
  },
});

registerEnumType(Attribution, {
  name: 'Attribution',
  description: 'Who brought a referral to its end.',
  valuesConfig: {
    PROVIDER: { description: 'The partner.' },
    CLIENT: { description: 'The client.' },
    JOBCENTER: { description: 'The Jobcenter.' },
    SYSTEM: { description: 'The clock, or what followed from another step.' },
  },
});

registerEnumType(ReferralOutcome, {
  name: 'ReferralOutcome',
  description: 'What came of it.',
  valuesConfig: {
    EMPLOYED: { description: 'In a job subject to social insurance.' },
    SUBSIDISED_JOB: { description: 'In a publicly subsidised job.' },
    TRAINING_STARTED: { description: 'In training.' },
    GOAL_REACHED: { description: 'Its goal was reached.' },
    GOAL_PARTLY_REACHED: { description: 'Its goal was reached in part.' },
    GOAL_NOT_REACHED: { description: 'Its goal was not reached.' },
    REFERRED_ON: { description: 'Referred on.' },
    NO_DETAIL: { description: 'The service may not report more (professional secrecy).' },
  },
});
