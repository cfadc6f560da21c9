import { inLanguage } from '../shared/texts.rules.js';
import type { Fact } from './match-factors.rules.js';
import type { Phrases } from './match-formats.rules.js';
import { german } from './match-texts-de.rules.js';
import { english } from './match-texts-en.rules.js';

/**
 * One reason as a phrase: "6,2 km entfernt", "3 free places, reported 2 days ago".
 * @param language BCP 47; German for everything but English
 */
export const reasonText = (fact: Fact, language: string | null): string =>
  inLanguage(language, { de: say(german, fact), en: say(english, fact) });

const say = (phrases: Phrases, fact: Fact): string => (phrases[fact.factor] as (fact: Fact) => string)(fact);
