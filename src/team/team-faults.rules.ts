import { anEmailAddress, aPhoneNumber } from '../partner/contact.rules.js';
import { aDay, aLine, aName, anObject, type Check, listOf, optional, whole } from '../record/fault.rules.js';

/** More are no team. */
export const MOST_STAFF = 10_000;
const MOST_CONTACTS = 20;
const MOST_TOPICS = 50;

const reachable: Check = (value, path) => {
  const { phone = null, email = null } = value as { phone?: string | null; email?: string | null };
  return phone === null && email === null
    ? [{ path: [...path, 'phone'], message: 'Hier fehlt eine Telefonnummer oder eine E-Mail-Adresse.' }]
    : [];
};

/** What a team has to be like; whether what it names is there, a query tells. */
export const TEAM_CHECKS: Readonly<Record<string, Check>> = {
  name: aName,
  staff: whole(0, MOST_STAFF),
  dissolvedOn: optional(aDay),
  contacts: listOf(
    anObject(
      {
        function: aLine(),
        topics: listOf(aLine(), MOST_TOPICS),
        phone: optional(aPhoneNumber),
        email: optional(anEmailAddress),
      },
      reachable,
    ),
    MOST_CONTACTS,
  ),
};
