import type { Fact } from './match-factors.rules.js';
import { german } from './match-texts-de.rules.js';
import { english } from './match-texts-en.rules.js';

/** Texts for people are German first, English second; whoever asks for another language gets German. */
export type TextLanguage = 'de' | 'en';

/** @param tag BCP 47, such as "en-GB" */
export const textLanguage = (tag: string | null | undefined): TextLanguage =>
  /^en(-|$)/i.test(tag ?? '') ? 'en' : 'de';

/** One reason as a phrase: "6,2 km entfernt", "3 free places, reported 2 days ago". */
export function reasonText(fact: Fact, language: TextLanguage): string {
  const phrases = language === 'en' ? english : german;
  return (phrases[fact.factor] as (fact: Fact) => string)(fact);
}
