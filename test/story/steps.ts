import { addDays, berlinDay } from '../../src/shared/calendar.rules.js';

/** What the people of the stories send. */

export const FIND = `query ($input: ServiceMatchInput!) {
  serviceMatches(input: $input, first: 100) {
    nodes { score distanceKm blockers reasons { factor text } service { id name languages partner { id name } } }
  }
}`;

export const OPEN = `mutation ($input: ClientCaseOpenInput!) {
  clientCaseOpen(input: $input) { clientCase { id reference version } userErrors { code path } }
}`;

export const CONSENT = `mutation ($input: ConsentRecordInput!) {
  consentRecord(input: $input) { consent { id validUntil } userErrors { code path } }
}`;

export const DRAFT = `mutation ($input: ReferralDraftInput!) {
  referralDraft(input: $input) { referral { id status openSteps } userErrors { code path } }
}`;

export const REFERRAL = `query ($id: ID!) { referral(id: $id) {
  status openSteps version updatedAt respondBy scheduledAt startedOn outcome note
  declineReason declineText attribution
  clientCase { reference } client { pseudonym age languages municipality { name } needs { code } }
  events { step from to by }
} }`;

export const CAPACITY = `query ($id: ID!) { service(id: $id) { capacity { total free reserved } } }`;

const step = (name: string, args = '', values = ''): string => `mutation ($id: ID!${args}) {
  ${name}(id: $id${values}) { referral { id status version openSteps } userErrors { code path openSteps } }
}`;

export const SEND = step('referralSend');
export const ACKNOWLEDGE = step('referralAcknowledge');
export const ACCEPT = step('referralAccept');
export const WAITLIST = step('referralWaitlist');
export const DECLINE = step('referralDecline', ', $reason: DeclineReason!', ', reason: $reason');
export const SCHEDULE = step('referralSchedule', ', $at: DateTime!', ', at: $at');
export const START = step('referralStart');
export const COMPLETE = step('referralComplete', ', $outcome: ReferralOutcome!', ', outcome: $outcome');
export const CANCEL = step('referralCancel', ', $reason: CancelReason!', ', reason: $reason');

/** A day relative to today, YYYY-MM-DD, as the office counts: near midnight the day there is another than that of UTC. */
export const inDays = (days: number): string => berlinDay(addDays(new Date(), days));

export const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
