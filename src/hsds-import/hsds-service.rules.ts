import type { RecordDocument } from '../record/record.rules.js';
import { DeliveryMode, FeedbackLevel, ServiceStatus } from '../service/service.rules.js';
import { type Aggregate, lineIn, numberIn, proseIn, type Remarks, textIn } from './hsds-aggregate.rules.js';
import { contactsOf, phoneOf } from './hsds-contact.rules.js';
import { languagesOf } from './hsds-language.rules.js';
import type { Lookups } from './hsds-lookup.rules.js';
import { openingHoursOf } from './hsds-schedule.rules.js';
import { areasOf } from './hsds-service-area.rules.js';
import { meaningsOf, ownCodes, ownJson, ownValue } from './hsds-terms.rules.js';
import { costsOf, criteriaOf, documentsOf } from './hsds-terms-of-service.rules.js';

const STATUSES: Readonly<Record<string, ServiceStatus>> = {
  active: ServiceStatus.ACTIVE,
  inactive: ServiceStatus.PAUSED,
  'temporarily closed': ServiceStatus.PAUSED,
  defunct: ServiceStatus.CLOSED,
};

/** What a service tells where its source does not say: as little as lets a referral be answered. */
const ASSUMED_LEVEL = FeedbackLevel.RECEIVED_ONLY;

/**
 * The service that a row is, at these locations of the hub. Null without a name.
 *
 * @param locations ids of the records of its places
 */
export function serviceDocument(
  aggregate: Aggregate,
  locations: readonly string[],
  lookups: Lookups,
  remark: Remarks,
): RecordDocument | null {
  const { root } = aggregate;
  const name = lineIn(root, 'name');
  if (name === null) return null;
  const { categories, needs } = meaningsOf(aggregate, lookups, remark);
  return {
    name,
    description: proseIn(root, 'description', 4_000, remark),
    status: statusOf(aggregate, categories.length > 0, remark),
    categories,
    needs,
    languages: assuming(aggregate, 'languages', languagesOf(aggregate, remark), ['de'], remark),
    interpretation: textIn(root, 'interpretation_services') !== null,
    deliveryModes: deliveryModesOf(aggregate, locations, lookups),
    minimumAge: ageIn(aggregate, 'minimum_age'),
    maximumAge: ageIn(aggregate, 'maximum_age'),
    criteria: ownJson(aggregate, lookups, 'criteria') ?? criteriaOf(aggregate),
    costs: ownJson(aggregate, lookups, 'costs') ?? costsOf(aggregate),
    requiredDocuments: documentsOf(aggregate, remark),
    instruments: ownJson(aggregate, lookups, 'instruments') ?? [],
    howToApply: proseIn(root, 'application_process', 2_000, remark),
    keepsWaitingList: ownValue(aggregate, lookups, 'keepsWaitingList') === 'true',
    feedbackLevel: feedbackLevelOf(aggregate, lookups, remark),
    locations: [...locations],
    serviceArea: assuming(aggregate, 'serviceArea', areasOf(aggregate, lookups, remark), lookups.networkAreas, remark),
    openingHours: ownJson(aggregate, lookups, 'openingHours') ?? openingHoursOf(aggregate, remark),
    contacts: ownJson(aggregate, lookups, 'contacts') ?? contactsOf(aggregate),
    email: textIn(root, 'email'),
    phone: phoneOf(aggregate),
    website: textIn(root, 'url'),
  };
}

/** Without a kind it is listed, but nobody is referred to it before somebody says what it is. */
function statusOf({ root }: Aggregate, hasCategory: boolean, remark: Remarks): ServiceStatus {
  const status = STATUSES[textIn(root, 'status')?.toLowerCase() ?? ''] ?? ServiceStatus.ACTIVE;
  if (status !== ServiceStatus.ACTIVE || hasCategory) return status;
  remark(root, 'status', 'ASSUMED', ServiceStatus.PAUSED);
  return ServiceStatus.PAUSED;
}

function assuming(
  { root }: Aggregate,
  field: string,
  known: readonly string[],
  assumed: readonly string[],
  remark: Remarks,
): string[] {
  if (known.length > 0) return [...known];
  remark(root, field, 'ASSUMED', assumed.join(', '));
  return [...assumed];
}

function feedbackLevelOf(aggregate: Aggregate, lookups: Lookups, remark: Remarks): FeedbackLevel {
  const [own] = ownCodes(aggregate, lookups, 'feedback-level').filter(code => code in FeedbackLevel);
  if (own) return own as FeedbackLevel;
  remark(aggregate.root, null, 'ASSUMED', ASSUMED_LEVEL);
  return ASSUMED_LEVEL;
}

function deliveryModesOf(aggregate: Aggregate, locations: readonly string[], lookups: Lookups): string[] {
  const own = ownCodes(aggregate, lookups, 'delivery-mode').filter(code => code in DeliveryMode);
  if (own.length > 0) return own;
  return locations.length > 0 ? [DeliveryMode.ON_SITE] : [];
}

/** Whole years; what nobody is, is no limit. */
function ageIn({ root }: Aggregate, column: string): number | null {
  const age = numberIn(root, column);
  return age !== null && age >= 0 && age <= 120 ? Math.floor(age) : null;
}
