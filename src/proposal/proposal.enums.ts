import { registerEnumType } from 'type-graphql';
import { ProposalKind, ProposalStatus, ProposedAs } from './proposal.rules.js';

registerEnumType(ProposalKind, {
  name: 'ProposalKind',
  description: 'Why something waits to be decided.',
  valuesConfig: {
    NEW_PARTNER: { description: 'A partner that somebody registered; for the coordination (Neuaufnahme).' },
    REVIEW: {
      description: 'The partner itself changes its name, kinds or umbrella; for the coordination (zur Prüfung).',
    },
    CORRECTION: {
      description: 'Somebody signed in knows better; for those who keep the record (Korrekturvorschlag).',
    },
    IMPORT: {
      description: 'A file says otherwise than a newer value that was confirmed; for those who keep the record.',
    },
  },
});

registerEnumType(ProposalStatus, {
  name: 'ProposalStatus',
  description: 'What became of a proposal.',
  valuesConfig: {
    OPEN: { description: 'Waits to be decided.' },
    ACCEPTED: { description: 'Is so since.' },
    REJECTED: { description: 'Is not to be so; see `decision`.' },
    WITHDRAWN: { description: 'Taken back by whoever proposed it.' },
    SUPERSEDED: { description: 'Another one took its place.' },
  },
});

registerEnumType(ProposedAs, {
  name: 'ProposedAs',
  description: 'On which side somebody stands who proposes something.',
  valuesConfig: {
    PARTNER: { description: 'Edits the partner (Redaktion des Partners).' },
    COORDINATION: { description: 'Coordinates its network (Netzwerkkoordination).' },
    CASEWORK: { description: 'Caseworker of its network (Fachkraft des Netzwerks).' },
    OTHER_PARTNER: { description: 'Another partner of the network (anderer Netzwerkpartner).' },
    OTHER: { description: 'Somebody of another network, or none (außerhalb des Netzwerks).' },
    IMPORT: { description: 'A file or another system: see `source`.' },
  },
});
