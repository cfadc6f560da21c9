import { aLine, anObject, type Check, fitting, listOf, optional } from '../record/fault.rules.js';
import { canonicalLanguageTag } from '../shared/language.rules.js';
import { isEmailAddress, isPhoneNumber, isWebAddress } from './partner.rules.js';

/** Somebody to turn to, and what for. */
export interface Contact {
  readonly name?: string | null;
  readonly responsibility: string;
  readonly department?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly languages?: readonly string[] | null;
}

export const anEmailAddress: Check = fitting(isEmailAddress, 'Das ist keine E-Mail-Adresse.');
export const aPhoneNumber: Check = fitting(isPhoneNumber, 'Das ist keine Telefonnummer.');
export const LONGEST_ADDRESS = 500;
export const aWebAddress: Check = fitting(
  text => text.length <= LONGEST_ADDRESS && isWebAddress(text),
  'Das ist keine Adresse mit https:// oder http://.',
);

/** A tag of BCP 47 in its canonical spelling. */
export const aLanguage: Check = fitting(
  text => canonicalLanguageTag(text) === text,
  'Das ist kein Sprachkürzel wie de oder uk.',
);

export const MOST_CONTACTS = 20;

export const someContacts: Check = listOf(
  anObject({
    name: optional(aLine()),
    responsibility: aLine(),
    department: optional(aLine()),
    email: optional(anEmailAddress),
    phone: optional(aPhoneNumber),
    languages: optional(listOf(aLanguage, 20)),
  }),
  MOST_CONTACTS,
);
