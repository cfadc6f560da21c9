import { registerEnumType } from 'type-graphql';
import {
  AccessionConsentResult,
  AccessionGap,
  AccessionStatus,
  ConsentingBody,
  ResolutionKind,
} from './accession.rules.js';

registerEnumType(AccessionStatus, {
  name: 'AccessionStatus',
  description: 'Where an accession stands on a day; follows from its dates.',
  valuesConfig: {
    PREPARING: { description: 'Being prepared, the deadline is not over.' },
    SUBMITTED: { description: 'Declared (erklärt), not yet confirmed.' },
    ACCEDED: { description: 'Acceded (beigetreten).' },
    LAPSED: { description: 'The deadline passed without a declaration.' },
    WITHDRAWN: { description: 'Taken back, or left again.' },
  },
});

registerEnumType(ConsentingBody, {
  name: 'ConsentingBody',
  description: 'Which of the two bodies that carry a Jobcenter (Träger).',
  valuesConfig: {
    MUNICIPAL_BODY: { description: 'Kreis or city (kommunaler Träger).' },
    EMPLOYMENT_AGENCY: { description: 'Agentur für Arbeit.' },
  },
});

registerEnumType(AccessionConsentResult, {
  name: 'AccessionConsentResult',
  description: 'What a body that must agree has decided.',
  valuesConfig: {
    PENDING: { description: 'Nothing yet.' },
    AGREED: { description: 'It agrees (Zustimmung).' },
    REFUSED: { description: 'It does not agree.' },
  },
});

registerEnumType(ResolutionKind, {
  name: 'ResolutionKind',
  description: 'What kind of paper.',
  valuesConfig: {
    NOTICE: { description: 'Put before a council or committee to be taken note of (Mitteilung).' },
    RESOLUTION: { description: 'A decision of a council or committee (Beschluss).' },
    LETTER: { description: 'A letter (Schreiben).' },
    CIRCULAR: { description: 'A letter to all members (Rundschreiben).' },
  },
});

registerEnumType(AccessionGap, {
  name: 'AccessionGap',
  description: 'What an accession still lacks.',
  valuesConfig: {
    MUNICIPAL_CONSENT: { description: 'Kreis or city is not named, has not decided, or refused.' },
    AGENCY_CONSENT: { description: 'The same of the employment agency.' },
    CATALOGUE: { description: 'No catalogue of measures, and no adopted action plan.' },
    SUBMISSION: { description: 'It has not been declared.' },
    CONFIRMATION: { description: 'It has been declared and is to be confirmed.' },
  },
});
