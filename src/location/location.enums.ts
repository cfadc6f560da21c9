import { registerEnumType } from 'type-graphql';
import { AccessibilityFeature, FeatureState } from './location.rules.js';

registerEnumType(AccessibilityFeature, {
  name: 'AccessibilityFeature',
  description: 'What makes a place or a service accessible (Barrierefreiheit).',
  valuesConfig: {
    STEP_FREE_ENTRANCE: { description: 'Stufenloser Eingang.' },
    LIFT: { description: 'Aufzug.' },
    ACCESSIBLE_TOILET: { description: 'Barrierefreie Toilette.' },
    ACCESSIBLE_PARKING: { description: 'Behindertenparkplatz.' },
    TACTILE_GUIDANCE: { description: 'Leitsystem für blinde Menschen.' },
    INDUCTION_LOOP: { description: 'Induktive Höranlage.' },
    SIGN_LANGUAGE: { description: 'Deutsche Gebärdensprache.' },
    EASY_LANGUAGE: { description: 'Leichte Sprache.' },
    QUIET_ROOM: { description: 'Ruhiger Raum.' },
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
