import type { MatchFactor } from './match.rules.js';
import type { Fact } from './match-factors.rules.js';

/** For every factor, how one language says what it found. */
export type Phrases = { readonly [F in MatchFactor]: (fact: Extract<Fact, { factor: F }>) => string };

/** How a language writes what occurs in reasons. */
export interface Formats {
  /** One decimal at most. */
  number: (value: number) => string;
  /** "heute", "gestern", "vor 2 Tagen", "vor 3 Monaten". @param days whole calendar days */
  ago: (days: number) => string;
  /** "Ukrainisch und Arabisch". @param tags BCP 47 */
  allLanguages: (tags: readonly string[]) => string;
  /** "Ukrainisch oder Arabisch". @param tags BCP 47 */
  anyLanguage: (tags: readonly string[]) => string;
}

/** How many names are kept: who asks writes the tags. */
const MOST_NAMES = 1000;
const LONGEST_IN_DAYS = 60;
const LONGEST_IN_MONTHS = 730;
const DAYS_OF_A_MONTH = 365.25 / 12;
const DAYS_OF_A_YEAR = 365.25;

/**
 * Made once a language: an Intl format costs more to make than to use a thousand times.
 * @param signed names of the sign languages, which Intl does not know
 */
export function formatsOf(locale: string, signed: Readonly<Record<string, string>>): Formats {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const near = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const far = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const all = new Intl.ListFormat(locale, { type: 'conjunction' });
  const any = new Intl.ListFormat(locale, { type: 'disjunction' });
  // Names are of languages, scripts and countries; extensions and words of one's own have none.
  const named = (tag: string): string => signed[tag] ?? names.of(new Intl.Locale(tag).baseName) ?? tag;
  const known = new Map<string, string>();
  const nameOf = (tag: string): string => {
    const name = known.get(tag) ?? named(tag);
    if (known.size < MOST_NAMES) known.set(tag, name);
    return name;
  };
  return {
    number: value => number.format(value),
    allLanguages: tags => all.format(tags.map(nameOf)),
    anyLanguage: tags => any.format(tags.map(nameOf)),
    ago: days => {
      if (days < 2) return near.format(-days, 'day');
      if (days < LONGEST_IN_DAYS) return far.format(-days, 'day');
      if (days < LONGEST_IN_MONTHS) return far.format(-Math.floor(days / DAYS_OF_A_MONTH), 'month');
      return far.format(-Math.floor(days / DAYS_OF_A_YEAR), 'year');
    },
  };
}
