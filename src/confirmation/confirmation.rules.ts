import { JobOpeningStatus } from '../job-opening/job-opening.rules.js';
import { LocationStatus } from '../location/location.rules.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import { FieldGroup, type RecordKind, RecordName } from '../record/record.rules.js';
import { PUBLISHED } from '../service/service.rules.js';
import { type Bilingual, inLanguage } from '../shared/texts.rules.js';

/** The statuses in which a published partner and what it has are shown, and so confirmed with it. */
export const SHOWN: Readonly<Record<RecordName, readonly string[]>> = {
  [RecordName.PARTNER]: [PartnerStatus.ACTIVE],
  [RecordName.LOCATION]: [LocationStatus.ACTIVE],
  [RecordName.SERVICE]: PUBLISHED,
  [RecordName.JOB_OPENING]: [JobOpeningStatus.OPEN],
};

/** The groups that a kind of record has fields of, in the order of the enum. */
export const groupsOf = (kind: RecordKind): FieldGroup[] => {
  const used = new Set(Object.values(kind.fields).map(({ group }) => group));
  return Object.values(FieldGroup).filter(group => used.has(group));
};

const LABELS: Readonly<Record<FieldGroup, Bilingual>> = {
  [FieldGroup.PROFILE]: { de: 'Profil', en: 'Profile' },
  [FieldGroup.CONTACT]: { de: 'Kontakt', en: 'Contact' },
  [FieldGroup.OFFER]: { de: 'Angebot', en: 'Offer' },
  [FieldGroup.TERMS]: { de: 'Bedingungen', en: 'Terms' },
  [FieldGroup.HOURS]: { de: 'Öffnungszeiten', en: 'Opening hours' },
  [FieldGroup.PLACE]: { de: 'Ort', en: 'Place' },
};

export const groupLabel = (group: FieldGroup, language?: string | null): string => inLanguage(language, LABELS[group]);

/** Each group once, in the order of the enum. */
export const distinctGroups = (groups: readonly FieldGroup[]): FieldGroup[] =>
  Object.values(FieldGroup).filter(group => groups.includes(group));
