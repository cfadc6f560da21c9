import { registerEnumType } from 'type-graphql';
import { AccessibilityFeature, FeatureState, LocationStatus } from './location.rules.js';

registerEnumType(AccessibilityFeature, {
  name: 'AccessibilityFeature',
  description: 'What makes a place or a service accessible (Barrierefreiheit).',
  valuesConfig: {
    STEP_FREE_ENTRANCE: { description: 'Step-free entrance (stufenloser Eingang).' },
    LIFT: { description: 'Lift (Aufzug).' },
    ACCESSIBLE_TOILET: { description: 'Accessible toilet (barrierefreie Toilette).' },
    ACCESSIBLE_PARKING: { description: 'Accessible parking space (Behindertenparkplatz).' },
    TACTILE_GUIDANCE: { description: 'Tactile guidance for blind people (Leitsystem).' },
    INDUCTION_LOOP: { description: 'Induction loop (induktive Höranlage).' },
    SIGN_LANGUAGE: { description: 'German Sign Language (Gebärdensprache).' },
    EASY_LANGUAGE: { description: 'Easy language (Leichte Sprache).' },
    QUIET_ROOM: { description: 'A quiet room (ruhiger Raum).' },
  },
});

registerEnumType(FeatureState, {
  name: 'FeatureState',
  description: 'Whether a feature is there.',
  valuesConfig: {
    YES: { description: 'It is there.' },
    NO: { description: 'It is not.' },
    UNKNOWN: { description: 'Nobody has looked; never taken for YES.' },
  },
});

registerEnumType(LocationStatus, {
  name: 'LocationStatus',
  description: 'Whether a location is still in use.',
  valuesConfig: {
    ACTIVE: { description: 'It is.' },
    ARCHIVED: { description: 'Given up; it is still there by its id, and in the history.' },
  },
});
