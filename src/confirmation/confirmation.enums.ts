import { registerEnumType } from 'type-graphql';
import { FieldGroup } from '../record/record.rules.js';

registerEnumType(FieldGroup, {
  name: 'FieldGroup',
  description: 'Fields that are confirmed together, since whoever knows the one knows the others.',
  valuesConfig: {
    PROFILE: { description: 'Of a partner: who it is (Profil).' },
    CONTACT: { description: 'How it is reached, and who answers (Kontakt).' },
    OFFER: { description: 'Of a service: what it is, for whom, in which languages (Angebot).' },
    TERMS: { description: 'Of a service: whom it takes, what it costs, what to bring (Bedingungen).' },
    HOURS: { description: 'Opening hours (Öffnungszeiten).' },
    PLACE: { description: 'Where it is, how to get in, where clients may live (Ort).' },
  },
});
