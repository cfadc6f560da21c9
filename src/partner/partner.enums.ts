import { registerEnumType } from 'type-graphql';
import { Freshness } from '../shared/freshness.rules.js';
import { PartnerKind } from './partner.rules.js';

registerEnumType(PartnerKind, {
  name: 'PartnerKind',
  description: 'What an organisation is. Many are several at once.',
  valuesConfig: {
    COUNSELLING_CENTRE: { description: 'Beratungsstelle.' },
    EMPLOYER: { description: 'Arbeitgeber.' },
    TRAINING_PROVIDER: { description: 'Bildungsträger.' },
    WELFARE_ASSOCIATION: { description: 'Wohlfahrtsverband.' },
    MUNICIPAL_INSTITUTION: { description: 'Kommunale Einrichtung.' },
    HEALTH_FACILITY: { description: 'Klinik, Praxis, Tagesstätte.' },
    PUBLIC_INSTITUTION: { description: 'Behörde, Kammer, Rehabilitationsträger.' },
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
