import { type Bilingual, inLanguage } from '../shared/texts.rules.js';
import type { DuplicateEvidence, Evidence } from './duplicate-score.rules.js';

const FOR: Readonly<Record<DuplicateEvidence, (value: string) => Bilingual>> = {
  NAME: () => ({ de: 'Die Namen gleichen sich', en: 'The names are alike' }),
  TOWN_IN_NAME: () => ({ de: 'Beide nennen denselben Ort', en: 'Both name the same town' }),
  OWN_WORDS: () => ({ de: 'Kein Name hat eigene Wörter', en: 'Neither name has words of its own' }),
  PHONE: value => ({ de: `dieselbe Telefonnummer (${value})`, en: `the same phone number (${value})` }),
  WEB: value => ({ de: `dieselbe Webadresse (${value})`, en: `the same web address (${value})` }),
  ADDRESS: value => ({ de: `dieselbe Anschrift (${value})`, en: `the same address (${value})` }),
  NUMBER: value => ({ de: `dieselbe Kennung (${value})`, en: `the same number in a register (${value})` }),
  PLACE: () => ({ de: 'keine 150 m voneinander', en: 'less than 150 m apart' }),
};

const AGAINST: Readonly<Record<DuplicateEvidence, Bilingual>> = {
  NAME: { de: 'Die Namen haben wenig gemeinsam', en: 'The names have little in common' },
  TOWN_IN_NAME: { de: 'Die Namen nennen verschiedene Orte', en: 'The names tell different towns' },
  OWN_WORDS: { de: 'Jeder Name hat Wörter, die dem anderen fehlen', en: 'Each name has words that the other lacks' },
  PHONE: { de: 'andere Telefonnummern', en: 'other phone numbers' },
  WEB: { de: 'andere Webadressen', en: 'other web addresses' },
  ADDRESS: { de: 'andere Anschriften', en: 'other addresses' },
  NUMBER: { de: 'andere Kennungen', en: 'other numbers in a register' },
  PLACE: { de: 'an anderen Orten', en: 'in other places' },
};

/** One reason for people, in German where nothing else is asked for. */
export function evidenceText({ kind, weight, value, similarity }: Evidence, language?: string | null): string {
  const text = inLanguage(language, weight > 0 ? FOR[kind](value ?? '–') : AGAINST[kind]);
  return similarity === undefined ? text : `${text} (${Math.round(similarity * 100)} %)`;
}
