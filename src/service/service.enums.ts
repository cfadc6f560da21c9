import { registerEnumType } from 'type-graphql';
import { DeliveryMode, FeedbackLevel, ServiceStatus } from './service.rules.js';

registerEnumType(DeliveryMode, {
  name: 'DeliveryMode',
  description: 'How a service reaches people.',
  valuesConfig: {
    ON_SITE: { description: 'Clients come to a location.' },
    OUTREACH: { description: 'It comes to the client (aufsuchend).' },
    PHONE: { description: 'By telephone.' },
    ONLINE: { description: 'By video, chat or mail.' },
  },
});

registerEnumType(ServiceStatus, {
  name: 'ServiceStatus',
  description: 'Whether a service is offered.',
  valuesConfig: {
    ACTIVE: { description: 'Takes referrals, unless its intake is paused.' },
    PAUSED: { description: 'Not for now.' },
    CLOSED: { description: 'No longer.' },
  },
});

registerEnumType(FeedbackLevel, {
  name: 'FeedbackLevel',
  description: 'What a service tells the caseworker of a client. Enforced in every field, event, count and filter.',
  valuesConfig: {
    NONE: { description: 'Nothing after the sending.' },
    RECEIVED_ONLY: { description: 'Up to the decision, nothing later. The most under professional secrecy.' },
    STATUS: { description: 'Every status, no outcome.' },
    STATUS_AND_OUTCOME: { description: 'Everything.' },
  },
});
