import { germanDay } from '../shared/calendar.rules.js';
import { type Bilingual, inLanguage } from '../shared/texts.rules.js';
import type { Relaxation } from './match-alternatives.rules.js';
import { formatsOf } from './match-formats.rules.js';

/** What a relaxation came to in one alternative, as far as a text tells it. */
export type RelaxationFact =
  | { relaxation: Relaxation.PLACES_UNKNOWN | Relaxation.ACCESSIBILITY_UNKNOWN }
  /** Of the service with the shortest wait that is known; `among`: of how many. */
  | { relaxation: Relaxation.WAITING_LIST; waiting: number | null; days: number | null; among: number }
  /** YYYY-MM-DD, the first day with intake. */
  | { relaxation: Relaxation.LATER; day: string }
  | { relaxation: Relaxation.INTERPRETER; languages: readonly string[] }
  | { relaxation: Relaxation.DISTANCE; maximumKm: number; nearestKm: number | null }
  | { relaxation: Relaxation.NEIGHBOURING_MUNICIPALITY; name: string; distanceKm: number }
  | { relaxation: Relaxation.CATEGORY; name: Bilingual };

type Phrases = { readonly [R in Relaxation]: (fact: Extract<RelaxationFact, { relaxation: R }>) => string };

const de = formatsOf('de-DE', { gsg: 'Deutsche Gebärdensprache' });
const en = formatsOf('en-GB', { gsg: 'German Sign Language' });

const german: Phrases = {
  PLACES_UNKNOWN: () => 'auch wo freie Plätze nicht bekannt sind',
  WAITING_LIST: ({ waiting, days, among }) => {
    const people =
      waiting === null ? [] : [waiting === 1 ? '1 Person wartet' : `${de.number(waiting)} Personen warten`];
    const time = days === null ? [] : [`etwa ${de.number(days)} ${days === 1 ? 'Tag' : 'Tage'} Wartezeit`];
    return `ohne freien Platz, auf die Warteliste${inBrackets([...people, ...time], among > 1 ? 'am kürzesten: ' : '')}`;
  },
  LATER: ({ day }) => `ab dem ${germanDay(day)}, nach dem Aufnahmestopp`,
  INTERPRETER: ({ languages }) => `wenn jemand mitkommt, der ${de.anyLanguage(languages)} dolmetscht`,
  ACCESSIBILITY_UNKNOWN: () => 'auch wo die Barrierefreiheit nicht ganz geklärt ist (vorher nachfragen)',
  DISTANCE: ({ maximumKm, nearestKm }) =>
    `auch weiter als ${de.number(maximumKm)} km${nearestKm === null ? '' : ` (ab ${de.number(nearestKm)} km)`}`,
  NEIGHBOURING_MUNICIPALITY: ({ name, distanceKm }) =>
    `auch in der Nachbargemeinde ${name} (${de.number(distanceKm)} km)`,
  CATEGORY: ({ name }) => `auch andere Angebote der Art „${name.de}“`,
};

const english: Phrases = {
  PLACES_UNKNOWN: () => 'also where free places are not known',
  WAITING_LIST: ({ waiting, days, among }) => {
    const people = waiting === null ? [] : [waiting === 1 ? '1 person waits' : `${en.number(waiting)} people wait`];
    const time = days === null ? [] : [`waiting time about ${en.number(days)} ${days === 1 ? 'day' : 'days'}`];
    return `without a free place, on the waiting list${inBrackets([...people, ...time], among > 1 ? 'shortest: ' : '')}`;
  },
  LATER: ({ day }) => `from ${englishDay(day)} on, when it takes people again`,
  INTERPRETER: ({ languages }) => `if somebody comes along who interprets ${en.anyLanguage(languages)}`,
  ACCESSIBILITY_UNKNOWN: () => 'also where not all is known of the accessibility (ask first)',
  DISTANCE: ({ maximumKm, nearestKm }) =>
    `also farther than ${en.number(maximumKm)} km${nearestKm === null ? '' : ` (from ${en.number(nearestKm)} km)`}`,
  NEIGHBOURING_MUNICIPALITY: ({ name, distanceKm }) =>
    `also in the neighbouring municipality ${name} (${en.number(distanceKm)} km)`,
  CATEGORY: ({ name }) => `also other services of the kind “${name.en}”`,
};

/** What was relaxed, as a phrase: „auch in der Nachbargemeinde Würselen (6,2 km)“. @param language BCP 47 */
export const alternativeText = (facts: readonly RelaxationFact[], language: string | null): string =>
  inLanguage(language, {
    de: facts.length === 0 ? 'ohne Abstriche' : facts.map(fact => say(german, fact)).join(', und '),
    en: facts.length === 0 ? 'without giving anything up' : facts.map(fact => say(english, fact)).join(', and '),
  });

const say = (phrases: Phrases, fact: RelaxationFact): string =>
  (phrases[fact.relaxation] as (fact: RelaxationFact) => string)(fact);

const inBrackets = (parts: readonly string[], lead: string): string =>
  parts.length === 0 ? '' : ` (${lead}${parts.join(', ')})`;

/** 16 December 2026. @param localDate YYYY-MM-DD */
const englishDay = (localDate: string): string => LONG_DAY.format(new Date(`${localDate}T00:00:00Z`));
const LONG_DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
