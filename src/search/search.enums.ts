import { registerEnumType } from 'type-graphql';
import { SearchHow } from './search-plan.rules.js';
import { SearchField, SearchKind } from './search-record.rules.js';

registerEnumType(SearchKind, {
  name: 'SearchKind',
  description: 'What is found.',
  valuesConfig: {
    PARTNER: { description: 'Partners (Netzwerkpartner).' },
    SERVICE: { description: 'Services (Angebote) that are not closed.' },
    JOB_OPENING: { description: 'Job openings (Stellenangebote) that are listed.' },
    PUBLICATION: { description: 'Publications (Veröffentlichungen) that are out.' },
  },
});

registerEnumType(SearchHow, {
  name: 'SearchHow',
  description: 'How words of a query met words of a record.',
  valuesConfig: {
    EXACT: { description: 'As they were typed, but for capitals, accents and umlauts: Cafe, Café.' },
    STEM: { description: 'In another form, or of the same family: krank, Erkrankung.' },
    COMPOUND: { description: 'As parts of longer words, or apart: Beratung in Suchtberatung.' },
    SYNONYM: { description: 'By a word that means the same: Hartz 4, Bürgergeld.' },
    TYPO: { description: 'As what was probably meant; see `corrections`.' },
    PLACE: { description: 'As the name of a town.' },
    PREFIX: { description: 'As the beginning of a word, while it is being typed.' },
  },
});

registerEnumType(SearchField, {
  name: 'SearchField',
  description: 'Where in a record a word stands.',
  valuesConfig: {
    NAME: { description: 'In its name, or its title.' },
    CATEGORY: { description: 'In the label of a category (Angebotsart).' },
    OCCUPATION: { description: 'In the label of its occupation (KldB 2010).' },
    NEED: { description: 'In the label of a need that it is made for, or about (Bedarf).' },
    TOPIC: { description: 'In what a publication is about (Thema).' },
    LANGUAGE: { description: 'In the German name of a language that is spoken there.' },
    PARTNER: { description: "In the name of whose service or job opening it is, or of the partner's umbrella." },
    PLACE: {
      description:
        'In the town, municipality or address of a location; of a protected address only the town. Or where an event takes place.',
    },
    CONTACT: { description: 'In a telephone number, its own or of somebody to turn to.' },
    RESPONSIBILITY: {
      description: 'In what somebody to turn to is responsible for, or in the name of her department.',
    },
    DISTRICT: { description: 'In the name of the Kreis of a location.' },
    OCCUPATION_AREA: { description: 'In the label of the area that its occupation belongs to (KldB 2010).' },
    DESCRIPTION: { description: 'In its description or summary, or in what it asks for.' },
  },
});
