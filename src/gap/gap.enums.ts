import { registerEnumType } from 'type-graphql';
import { GapReason, GapStatus } from './gap.rules.js';

registerEnumType(GapReason, {
  name: 'GapReason',
  description: 'What was missing: the reasons of declines that tell it, unanswered referrals, empty searches.',
  valuesConfig: {
    NO_CAPACITY: { description: 'Declined: no free place.' },
    WAITLIST_FULL: { description: 'Declined: the waiting list is full as well.' },
    NOT_ELIGIBLE: { description: 'Declined: the client does not fit the terms.' },
    OUT_OF_AREA: { description: 'Declined: the client lives outside the service area.' },
    LANGUAGE_NOT_AVAILABLE: { description: "Declined: nobody there speaks the client's language." },
    NOT_ACCESSIBLE: { description: 'Declined: the place is not accessible for the client.' },
    NO_ANSWER: { description: 'Expired: nobody answered in time.' },
    NO_SERVICE: { description: "A caseworker's search found nothing." },
  },
});

registerEnumType(GapStatus, {
  name: 'GapStatus',
  description: 'What the coordinator says of a gap.',
  valuesConfig: {
    OPEN: { description: 'Nothing is done about it yet.' },
    PLANNED: { description: 'Something is planned.' },
    CLOSED: { description: 'It is closed.' },
  },
});
