import { PartnerKind } from '../partner/partner.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { type Aggregate, lineIn, proseIn, type Remarks, textIn } from './hsds-aggregate.rules.js';
import { contactsOf, phoneOf } from './hsds-contact.rules.js';
import type { Lookups } from './hsds-lookup.rules.js';
import { ownCodes, ownJson } from './hsds-terms.rules.js';

/** What an organisation is where its source does not say: the specification has no field for it. */
export const ASSUMED_KIND = PartnerKind.COUNSELLING_CENTRE;

/** The partner that an organisation is; its umbrella is known only when all are there. Null without a name. */
export function partnerDocument(aggregate: Aggregate, lookups: Lookups, remark: Remarks): RecordDocument | null {
  const { root } = aggregate;
  const name = lineIn(root, 'name');
  if (name === null) return null;
  return {
    name,
    alternateName: lineIn(root, 'alternate_name'),
    description: proseIn(root, 'description', 4_000, remark),
    kinds: kindsOf(aggregate, lookups, remark),
    email: textIn(root, 'email'),
    phone: phoneOf(aggregate),
    website: textIn(root, 'website'),
    contacts: ownJson(aggregate, lookups, 'contacts') ?? contactsOf(aggregate),
  };
}

function kindsOf(aggregate: Aggregate, lookups: Lookups, remark: Remarks): string[] {
  const known = ownCodes(aggregate, lookups, 'partner-kind').filter(code => code in PartnerKind);
  if (known.length > 0) return known;
  remark(aggregate.root, null, 'ASSUMED', ASSUMED_KIND);
  return [ASSUMED_KIND];
}
