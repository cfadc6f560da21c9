import { formatsOf, type Phrases } from './match-formats.rules.js';

const { number, ago, allLanguages, anyLanguage } = formatsOf('en-GB', { gsg: 'German Sign Language' });

const LANGUAGE = {
  SPOKEN: (met: readonly string[]) => `speaks ${allLanguages(met)}`,
  INTERPRETED: (asked: readonly string[]) => `${anyLanguage(asked)} through an interpreter`,
  NONE: (asked: readonly string[]) => `${anyLanguage(asked)} is not spoken, nor is there an interpreter`,
};

export const english: Phrases = {
  CATEGORY: ({ levelsBelow }) => {
    if (levelsBelow === null) return 'another kind of service';
    if (levelsBelow === 0) return 'exactly the kind of service asked for';
    return `${levelsBelow === 1 ? '1 level' : `${levelsBelow} levels`} below the kind of service asked for`;
  },
  DISTANCE: ({ distanceKm, comesAlong }) => {
    if (comesAlong) return 'online or outreach, the way does not count';
    return distanceKm === null ? 'no site known' : `${number(distanceKm)} km away`;
  },
  CAPACITY: ({ free, coarse, daysAgo }) => {
    if (free === null) return 'free places not known';
    return `${places(free, coarse)}, reported ${ago(daysAgo ?? 0)}`;
  },
  WAIT: ({ days, reported }) => {
    if (days === null) return 'waiting time not known';
    const whole = Math.round(days);
    const wait =
      whole === 0 ? 'no waiting time' : `waiting time about ${number(whole)} ${whole === 1 ? 'day' : 'days'}`;
    return reported ? wait : `${wait} (estimated)`;
  },
  LANGUAGE: ({ how, languages }) => LANGUAGE[how](languages),
  ACCESSIBILITY: ({ asked, there, unknown }) =>
    `${there} of ${asked} preferred features there${unknown > 0 ? `, ${unknown} unknown` : ''}`,
  NEEDS: ({ asked, met, particular, required }) => {
    if (!particular && required) return 'requires a need by its criteria';
    if (!particular) return 'made for no need in particular';
    return `made for ${met} of ${asked} ${asked === 1 ? 'need' : 'needs'} named`;
  },
  FRESHNESS: ({ daysAgo }) => (daysAgo === null ? 'never confirmed' : `confirmed ${ago(daysAgo)}`),
  RESPONSE: ({ workingDays }) => {
    if (workingDays === null) return 'no answers known so far';
    if (workingDays === 0) return 'mostly answers on the same day';
    return `mostly answers after ${number(workingDays)} working ${workingDays === 1 ? 'day' : 'days'}`;
  },
};

/** A rounded number is a lower bound, and the text says so. */
function places(free: number, coarse: boolean): string {
  if (free === 0) return 'no free place';
  return `${coarse ? 'at least ' : ''}${number(free)} free ${free === 1 ? 'place' : 'places'}`;
}
