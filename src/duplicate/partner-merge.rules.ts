import { PartnerStatus } from '../partner/partner.rules.js';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { changesBetween, type JsonValue, type RecordDocument, same } from '../record/record.rules.js';

/** What becomes of rows that name a partner by this column once it is merged into another. */
export enum AtMerge {
  /** They become the survivor's. */
  MOVES = 'MOVES',
  /** They get the survivor instead by a rule of their own; see `partner-merge.actions.ts`. */
  FOLLOWS = 'FOLLOWS',
  /** They stay: who reads them looks up what the partner was merged into. */
  STAYS = 'STAYS',
}

/**
 * Every column that refers to a partner. A test compares it with the keys of the database: a table that is missing here
 * would keep rows of a partner that is there no more.
 */
export const PARTNER_COLUMNS: Readonly<Record<string, AtMerge>> = {
  'location.partner_id': AtMerge.MOVES,
  'service.partner_id': AtMerge.MOVES,
  'referral.partner_id': AtMerge.MOVES,
  'referral_disclosure.partner_id': AtMerge.MOVES,
  'referral_question.partner_id': AtMerge.MOVES,
  'referral_message.partner_id': AtMerge.MOVES,
  'availability_request.partner_id': AtMerge.MOVES,
  'job_opening.partner_id': AtMerge.MOVES,
  'consortium.umbrella_id': AtMerge.MOVES,
  'consortium_member.partner_id': AtMerge.MOVES,
  'jobcenter.partner_id': AtMerge.MOVES,
  'training_course.provider_id': AtMerge.MOVES,
  'plan_measure.partner_id': AtMerge.MOVES,
  'proposal.partner_id': AtMerge.MOVES,
  'record_reminder.partner_id': AtMerge.MOVES,
  'duplicate_dismissal.first_id': AtMerge.FOLLOWS,
  'duplicate_dismissal.second_id': AtMerge.FOLLOWS,
  'partner.parent_id': AtMerge.FOLLOWS,
  'partner.merged_into_id': AtMerge.FOLLOWS,
  'search_document.partner_id': AtMerge.FOLLOWS,
  'membership.partner_id': AtMerge.STAYS,
  'programme_partner.partner_id': AtMerge.STAYS,
  'sharing_partner.partner_id': AtMerge.STAYS,
  'confirmation_link.partner_id': AtMerge.STAYS,
  'partner_merge.survivor_id': AtMerge.STAYS,
  'partner_merge.other_id': AtMerge.STAYS,
};

/** Lists are united instead, and the status is what the merge is about. */
const NEVER_TAKEN = ['status', 'contacts'];

/** Fields whose value the survivor can take of the other. */
export const TAKEABLE: readonly string[] = Object.keys(PARTNER_RECORD.fields).filter(
  field => !NEVER_TAKEN.includes(field),
);

/** As much of a partner as tells whether it can be merged. */
export interface Mergeable {
  readonly id: string;
  readonly network: string;
  readonly document: RecordDocument;
  /** Id of what it was merged into already. */
  readonly mergedInto: string | null;
}

/** Why two partners cannot become one, in German, and the argument at fault; null where they can. */
export function obstacleTo(survivor: Mergeable, other: Mergeable): { message: string; argument: string } | null {
  if (survivor.id === other.id) return { message: 'Das ist derselbe Partner.', argument: 'other' };
  if (survivor.mergedInto) return { message: 'Dieser Partner ist selbst schon zusammengeführt.', argument: 'id' };
  if (other.mergedInto) return { message: 'Dieser Partner ist schon zusammengeführt.', argument: 'other' };
  if (survivor.network !== other.network)
    return { message: 'Partner verschiedener Netzwerke lassen sich nicht zusammenführen.', argument: 'other' };
  const [stays, goes] = [survivor.document.status, other.document.status];
  if (stays === PartnerStatus.ACTIVE || (stays === PartnerStatus.PENDING && goes === PartnerStatus.PENDING))
    return null;
  return { message: 'Bleiben kann nur ein Partner, der veröffentlicht ist.', argument: 'id' };
}

/** By field, in what the other differs of what could be taken. */
export const differences = (survivor: RecordDocument, other: RecordDocument) =>
  changesBetween(PARTNER_RECORD, survivor, pick(other, TAKEABLE));

/** The contacts of both, those of the survivor first, each once. */
export function unitedContacts(survivor: JsonValue | undefined, other: JsonValue | undefined): JsonValue[] {
  const all = [...listOf(survivor), ...listOf(other)];
  return all.filter((one, i) => all.findIndex(before => same(before, one)) === i);
}

/** The fields of a location that the survivor's gets from an equal one of the other: those of which it says nothing. */
export function filledIn(mine: RecordDocument, theirs: RecordDocument): RecordDocument {
  const filled = Object.entries(theirs).filter(
    ([field, value]) => !isNothing(value) && isNothing(mine[field] ?? null) && !POSITION.includes(field),
  );
  const position = POSITION.every(field => isNothing(mine[field] ?? null)) ? pick(theirs, POSITION) : {};
  return { ...Object.fromEntries(filled), ...position };
}

const POSITION = ['latitude', 'longitude'];

const isNothing = (value: JsonValue): boolean => value === null || (Array.isArray(value) && value.length === 0);

export const pick = (document: RecordDocument, fields: readonly string[]): RecordDocument =>
  Object.fromEntries(fields.map(field => [field, document[field] ?? null]));

const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];
