import { registerEnumType } from 'type-graphql';
import { AppointmentState } from './referral-appointment.rules.js';

registerEnumType(AppointmentState, {
  name: 'AppointmentState',
  description: 'What became of an appointment.',
  valuesConfig: {
    PLANNED: { description: 'Agreed; once its time is over: nobody has said otherwise.' },
    MOVED: { description: 'Another took its place (verlegt).' },
    NO_SHOW: { description: 'The client did not come (nicht erschienen).' },
    CANCELLED: { description: 'The referral ended before it came (entfallen).' },
  },
});
