import { registerEnumType } from 'type-graphql';
import { AgreementPartyRole } from './framework-agreement.rules.js';

registerEnumType(AgreementPartyRole, {
  name: 'AgreementPartyRole',
  description: 'As what somebody concluded a framework agreement.',
  valuesConfig: {
    STATE_MINISTRY: { description: 'Ministry of the state (Landesministerium).' },
    EMPLOYMENT_AGENCY: { description: 'The Federal Employment Agency, or its regional directorate.' },
    MUNICIPAL_ASSOCIATION: { description: 'Association of cities or districts (kommunaler Spitzenverband).' },
    OTHER: { description: 'Somebody else.' },
  },
});
