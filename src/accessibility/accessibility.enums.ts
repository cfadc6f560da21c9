import { registerEnumType } from 'type-graphql';
import { AssessmentStatus, CriterionGroup, FindingResult, RemedyState } from './accessibility.rules.js';

registerEnumType(CriterionGroup, {
  name: 'AccessibilityCriterionGroup',
  description: 'What a criterion of accessibility is about.',
  valuesConfig: {
    ENTRANCE: { description: 'Way in, doors, ramps, corridors (Zugang).' },
    LIFT: { description: 'Lift (Aufzug).' },
    TOILET: { description: 'Accessible toilet (barrierefreie Toilette).' },
    PARKING: { description: 'Parking space (Stellplatz).' },
    GUIDANCE: { description: 'Finding the way, by touch and by signs (Leitsystem).' },
    HEARING: { description: 'For people who hear little or nothing.' },
    SEEING: { description: 'For people who see little or nothing.' },
    EASY_LANGUAGE: { description: 'Easy language (Leichte Sprache).' },
    OTHER_MEANS: { description: 'Appointments by other means: phone, video, at home, in a quiet room.' },
  },
});

registerEnumType(AssessmentStatus, {
  name: 'AccessibilityAssessmentStatus',
  description: 'How far an assessment is.',
  valuesConfig: {
    DRAFT: { description: 'Findings are still being collected; nothing follows from it yet.' },
    COMPLETED: { description: 'Stands as it is; what it decided is what the finder knows, until a later one.' },
  },
});

registerEnumType(FindingResult, {
  name: 'AccessibilityResult',
  description: 'What somebody found who looked.',
  valuesConfig: {
    MET: { description: 'It is as asked (erfüllt).' },
    NOT_MET: { description: 'It is not (nicht erfüllt); also every measured value outside the limits.' },
    NOT_APPLICABLE: { description: 'There is nothing to be asked of: no lift in a house of one storey.' },
    NOT_ASSESSED: { description: 'Nobody looked; never taken for MET.' },
  },
});

registerEnumType(RemedyState, {
  name: 'AccessibilityRemedyState',
  description: 'How far a remedy is.',
  valuesConfig: {
    PLANNED: { description: 'Planned (geplant).' },
    COMMISSIONED: { description: 'Commissioned (beauftragt).' },
    DONE: { description: 'Done (erledigt), on `doneOn`.' },
    DROPPED: { description: 'Will not be done (aufgegeben).' },
  },
});
