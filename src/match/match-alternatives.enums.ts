import { registerEnumType } from 'type-graphql';
import { Relaxation } from './match-alternatives.rules.js';

registerEnumType(Relaxation, {
  name: 'Relaxation',
  description: 'What a search did without. Each lifts one blocker; ages are terms, and not to be relaxed.',
  valuesConfig: {
    PLACES_UNKNOWN: { description: 'A free place was required; here places are not counted or were never reported.' },
    WAITING_LIST: { description: 'A free place was required; here is none known, but a waiting list is kept.' },
    LATER: {
      description:
        'It takes nobody for now, but again within 60 days (Aufnahmestopp). A referral can be sent from then on.',
    },
    INTERPRETER: { description: 'None of the asked languages is spoken: somebody comes along who interprets.' },
    ACCESSIBILITY_UNKNOWN: {
      description: 'Not all required features are known to be there, and none is known not to be. Ask first.',
    },
    DISTANCE: { description: 'It is farther than the asked maximum.' },
    NEIGHBOURING_MUNICIPALITY: {
      description:
        "Its area holds a neighbouring municipality, not the client's own. Ask the partner: as it stands, a referral is refused.",
    },
    CATEGORY: { description: 'It is of the next wider category (Angebotsart).' },
  },
});
