import { registerEnumType } from 'type-graphql';
import { MatchBlocker, MatchFactor } from './match.rules.js';

registerEnumType(MatchFactor, {
  name: 'MatchFactor',
  description: 'What a score is made of. Where nothing is known of a service, the value is 0.5.',
  valuesConfig: {
    CATEGORY: { description: '1 for the asked category, 0.8 for a child of it, 0.64 for a grandchild.' },
    DISTANCE: { description: 'Falls with the way to the measured site; 1 for online and outreach services.' },
    CAPACITY: { description: 'Free places, the less believed the older the report.' },
    WAIT: { description: 'Falls with the waiting time, as reported or estimated.' },
    LANGUAGE: { description: '1 if an asked language is spoken, 0.7 through an interpreter. Only when asked.' },
    ACCESSIBILITY: { description: 'Share of the preferred features that are there. Only when asked.' },
    NEEDS: { description: 'Share of the asked needs that the service is made for. Only when asked.' },
    FRESHNESS: { description: 'Falls with the time since the last confirmation; 0 if there was none.' },
    RESPONSE: { description: 'Falls with the median of working days that answers took.' },
  },
});

registerEnumType(MatchBlocker, {
  name: 'MatchBlocker',
  description: 'Why a service does not fit. What is not known counts as not there.',
  valuesConfig: {
    CATEGORY: { description: 'It is of another category.' },
    OUT_OF_AREA: { description: 'Its area does not hold the municipality (Einzugsgebiet).' },
    NO_FREE_PLACE: { description: 'A free place is required, and none is known.' },
    INTAKE_PAUSED: { description: 'It takes nobody for now (Aufnahmestopp).' },
    INACTIVE: { description: 'It is paused or closed.' },
    LANGUAGE: { description: 'None of the asked languages is spoken, and there is no interpreter.' },
    ACCESSIBILITY: { description: 'No site of it is known to have all the required features.' },
    AGE: { description: 'The client is too young or too old.' },
    NOT_ELIGIBLE: { description: 'The told needs fail one of its criteria; where none are told, nothing is known.' },
    TOO_FAR: { description: 'It is farther than the asked maximum, or nobody knows how far.' },
    NOT_SHARED: {
      description:
        'For caseworkers who name no networks: it is of another network, which does not share it with theirs today (SharingAgreement).',
    },
    INSTRUMENT: {
      description:
        'An instrument that is asked for is not accepted, one that is not is required, or a rule is not met; see `instruments`.',
    },
  },
});
