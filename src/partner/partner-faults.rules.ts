import { WORDS } from '../proposal/field-words.rules.js';
import { aName, type Check, type Fault, faultsOf, listOf, oneOf, optional, someText } from '../record/fault.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { anEmailAddress, aPhoneNumber, aWebAddress, someContacts } from './contact.rules.js';
import { PartnerKind, PartnerStatus } from './partner.rules.js';

const CHECKS: Readonly<Record<string, Check>> = {
  name: aName,
  alternateName: optional(aName),
  kinds: listOf(oneOf(Object.values(PartnerKind), WORDS.kinds), 20, 1),
  description: optional(someText(4_000)),
  status: oneOf(Object.values(PartnerStatus), WORDS.status),
  email: optional(anEmailAddress),
  phone: optional(aPhoneNumber),
  website: optional(aWebAddress),
  contacts: someContacts,
};

/** What is wrong with those fields of a partner that the document has; whether what it names is there, a query tells. */
export const faultsOfPartner = (document: RecordDocument): Fault[] => faultsOf(document, CHECKS);
