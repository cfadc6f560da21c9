import { registerEnumType } from 'type-graphql';
import { Freshness } from '../shared/freshness.rules.js';
import { PartnerKind, PartnerStatus } from './partner.rules.js';

registerEnumType(PartnerKind, {
  name: 'PartnerKind',
  description: 'What an organisation is. Many are several at once.',
  valuesConfig: {
    COUNSELLING_CENTRE: { description: 'Counselling centre (Beratungsstelle).' },
    EMPLOYER: { description: 'Employer (Arbeitgeber).' },
    TRAINING_PROVIDER: { description: 'Training provider (Bildungsträger).' },
    WELFARE_ASSOCIATION: { description: 'Welfare association (Wohlfahrtsverband).' },
    MUNICIPAL_INSTITUTION: { description: 'Institution of a municipality or Kreis (kommunale Einrichtung).' },
    HEALTH_FACILITY: { description: 'Hospital, practice, day centre (Klinik, Praxis, Tagesstätte).' },
    PUBLIC_INSTITUTION: {
      description: 'Authority, chamber, rehabilitation provider (Behörde, Kammer, Rehabilitationsträger).',
    },
  },
});

registerEnumType(PartnerStatus, {
  name: 'PartnerStatus',
  description: 'Whether a partner is published. What is not is told to its editors and coordinators.',
  valuesConfig: {
    PENDING: { description: 'New: waits for the coordination (vorgemerkt).' },
    ACTIVE: { description: 'In the published directory.' },
    ARCHIVED: {
      description: 'Takes part no longer. Caseworkers of the network still find it by its id (archiviert).',
    },
    NOT_ADMITTED: {
      description:
        'Was registered and never published: rejected, or taken back. The coordination may still take it in (nicht aufgenommen).',
    },
  },
});

registerEnumType(Freshness, {
  name: 'Freshness',
  description: 'How old the last confirmation or report is.',
  valuesConfig: {
    FRESH: { description: 'Up to 30 days.' },
    AGING: { description: 'Up to 90 days.' },
    STALE: { description: 'Older than 90 days.' },
    UNCONFIRMED: { description: 'Never confirmed.' },
  },
});
