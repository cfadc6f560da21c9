import { LOCATION_RECORD } from '../location/location-record.rules.js';
import {
  changesBetween,
  type Owners,
  type RecordChanges,
  type RecordDocument,
  type RecordKind,
  RecordName,
  same,
} from '../record/record.rules.js';
import {
  caseworkNetworks,
  coordinatedNetworks,
  editedPartners,
  ownNetworks,
  type Viewer,
} from '../viewer/viewer.rules.js';

export enum ProposalKind {
  NEW_PARTNER = 'NEW_PARTNER',
  REVIEW = 'REVIEW',
  CORRECTION = 'CORRECTION',
  IMPORT = 'IMPORT',
}

export enum ProposalStatus {
  OPEN = 'OPEN',
  ACCEPTED = 'ACCEPTED',
  REJECTED = 'REJECTED',
  WITHDRAWN = 'WITHDRAWN',
  SUPERSEDED = 'SUPERSEDED',
}

/** On which side somebody stands who proposes something: what the partner is told instead of a name. */
export enum ProposedAs {
  PARTNER = 'PARTNER',
  COORDINATION = 'COORDINATION',
  CASEWORK = 'CASEWORK',
  OTHER_PARTNER = 'OTHER_PARTNER',
  OTHER = 'OTHER',
  IMPORT = 'IMPORT',
}

/** Kinds that the coordination decides; the others are for those who keep the record. */
export const FOR_COORDINATION: readonly ProposalKind[] = [ProposalKind.NEW_PARTNER, ProposalKind.REVIEW];
export const FOR_KEEPERS: readonly ProposalKind[] = [ProposalKind.CORRECTION, ProposalKind.IMPORT];

/**
 * How many proposals of one account may be open for each kind of record. More than a caseworker stumbles upon before the
 * first are decided; few enough that nobody buries a coordination in them.
 */
export const MOST_OPEN = 20;

/**
 * Fields of which others know nothing better: whether a partner, place or service is still there, whom it takes when, and
 * what it tells. Places are reported and are no field at all.
 */
export const CLOSED_FIELDS: Readonly<Record<RecordName, readonly string[]>> = {
  [RecordName.PARTNER]: ['status'],
  [RecordName.LOCATION]: ['status', 'addressProtected'],
  [RecordName.SERVICE]: ['status', 'intakePausedUntil', 'keepsWaitingList', 'feedbackLevel'],
  [RecordName.JOB_OPENING]: ['status', 'validUntil'],
};

/** Fields of a location that tell where it is, closed and untold where its address is protected. */
export const ADDRESS_FIELDS: readonly string[] = LOCATION_RECORD.secret!.fields;

/** Is the address of this location told to nobody? */
export const hidesAddress = (kind: RecordKind, document: RecordDocument | undefined): boolean =>
  kind.name === RecordName.LOCATION && document?.addressProtected === true;

export const coordinates = (viewer: Viewer, network: string): boolean => coordinatedNetworks(viewer).includes(network);

/** What somebody is to the owners of a record, the nearest first. */
export function standingOf(viewer: Viewer, { partner, network }: Owners): ProposedAs {
  if (editedPartners(viewer).includes(partner)) return ProposedAs.PARTNER;
  if (coordinates(viewer, network)) return ProposedAs.COORDINATION;
  if (caseworkNetworks(viewer).includes(network)) return ProposedAs.CASEWORK;
  return ownNetworks(viewer).includes(network) ? ProposedAs.OTHER_PARTNER : ProposedAs.OTHER;
}

/** What of a document waits for the coordination, and what does not. */
export function splitReviewed(
  kind: RecordKind,
  document: RecordDocument,
): { direct: RecordDocument; reviewed: RecordDocument } {
  const entries = Object.entries(document);
  return {
    direct: Object.fromEntries(entries.filter(([field]) => !kind.fields[field]?.reviewed)),
    reviewed: Object.fromEntries(entries.filter(([field]) => kind.fields[field]?.reviewed)),
  };
}

/** The document that changes lead to: the fields that they name. */
export const wantedBy = (changes: RecordChanges): Record<string, RecordDocument[string]> =>
  Object.fromEntries(Object.entries(changes).map(([field, { after }]) => [field, after]));

/** What has become of fields since it was proposed to change them: neither as it was, nor as it was to be. */
export const outdated = (kind: RecordKind, stored: RecordDocument, changes: RecordChanges): RecordChanges =>
  Object.fromEntries(
    Object.entries(changesBetween(kind, stored, wantedBy(changes))).filter(
      ([field, { before }]) => !same(before, changes[field]!.before),
    ),
  );
