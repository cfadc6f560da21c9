import { registerEnumType } from 'type-graphql';
import { DuplicateEvidence } from './duplicate-score.rules.js';

registerEnumType(DuplicateEvidence, {
  name: 'DuplicateEvidence',
  description: 'What speaks for or against two partners being one.',
  valuesConfig: {
    NAME: { description: 'How alike the names are; legal forms and abbreviations make no difference.' },
    TOWN_IN_NAME: { description: 'Each is named after another town.' },
    OWN_WORDS: { description: 'Each name has words that the other lacks: branches of one umbrella.' },
    PHONE: { description: 'Phone numbers, however they are written.' },
    WEB: { description: 'Hosts of websites and domains of e-mail addresses.' },
    ADDRESS: { description: 'Street, number and municipality of locations. Protected ones are not looked at.' },
    NUMBER: {
      description:
        'Numbers in registers, such as of associations or for taxes, as sources tell them; only those of one register are compared.',
    },
    PLACE: { description: 'How near their locations are, and whether in the same municipality.' },
  },
});
