import { JobOpeningStatus } from '../job-opening/job-opening.rules.js';
import { LocationStatus } from '../location/location.rules.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import {
  FieldGroup,
  type RecordChanges,
  type RecordDocument,
  type RecordKind,
  RecordName,
} from '../record/record.rules.js';
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

/**
 * The groups that an edit confirms by itself: those of which it says every field, and changes one. Somebody who writes
 * one telephone number has perhaps not looked at the e-mail address beside it: of what an edit leaves out nobody knows
 * whether she saw it, not even by the version that she read, which her program knows and she does not. What she says as a
 * whole is her word. Where all is said and nothing changes it may be a form that was saved unread, or a program that sends
 * everything each night; whoever means it as a confirmation can say so.
 */
export const groupsSaid = (kind: RecordKind, wanted: RecordDocument, changes: RecordChanges): FieldGroup[] =>
  groupsOf(kind).filter(group => {
    const fields = Object.keys(kind.fields).filter(field => kind.fields[field]!.group === group);
    return fields.every(field => field in wanted) && fields.some(field => field in changes);
  });

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
