import { formatsOf, type Phrases } from './match-formats.rules.js';

const { number, ago, allLanguages, anyLanguage } = formatsOf('de-DE', { gsg: 'Deutsche Gebärdensprache' });

const LANGUAGE = {
  SPOKEN: (met: readonly string[]) => `spricht ${allLanguages(met)}`,
  INTERPRETED: (asked: readonly string[]) => `${anyLanguage(asked)} mit Sprachmittlung`,
  NONE: (asked: readonly string[]) => `${anyLanguage(asked)} wird nicht gesprochen, auch nicht mit Sprachmittlung`,
};

export const german: Phrases = {
  CATEGORY: ({ levelsBelow }) => {
    if (levelsBelow === null) return 'andere Angebotsart';
    if (levelsBelow === 0) return 'genau die gesuchte Angebotsart';
    return `${levelsBelow === 1 ? '1 Ebene' : `${levelsBelow} Ebenen`} unter der gesuchten Angebotsart`;
  },
  DISTANCE: ({ distanceKm, comesAlong }) => {
    if (comesAlong) return 'online oder aufsuchend, der Weg zählt nicht';
    return distanceKm === null ? 'kein Standort bekannt' : `${number(distanceKm)} km entfernt`;
  },
  CAPACITY: ({ free, coarse, daysAgo }) => {
    if (free === null) return 'freie Plätze nicht bekannt';
    return `${places(free, coarse)}, gemeldet ${ago(daysAgo ?? 0)}`;
  },
  WAIT: ({ days, reported }) => {
    if (days === null) return 'Wartezeit nicht bekannt';
    const whole = Math.round(days);
    const wait = whole === 0 ? 'keine Wartezeit' : `Wartezeit etwa ${number(whole)} ${whole === 1 ? 'Tag' : 'Tage'}`;
    return reported ? wait : `${wait} (geschätzt)`;
  },
  LANGUAGE: ({ how, languages }) => LANGUAGE[how](languages),
  ACCESSIBILITY: ({ asked, there, unknown }) =>
    `${there} von ${asked} gewünschten Merkmalen vorhanden${unknown > 0 ? `, ${unknown} unbekannt` : ''}`,
  NEEDS: ({ asked, met, particular, required }) => {
    if (!particular && required) return 'nennt einen Bedarf als Voraussetzung';
    if (!particular) return 'für keinen bestimmten Bedarf gemacht';
    return `gemacht für ${met} von ${asked} ${asked === 1 ? 'genannten Bedarf' : 'genannten Bedarfen'}`;
  },
  FRESHNESS: ({ daysAgo }) => (daysAgo === null ? 'nie bestätigt' : `bestätigt ${ago(daysAgo)}`),
  RESPONSE: ({ workingDays }) => {
    if (workingDays === null) return 'bisher keine Antworten bekannt';
    if (workingDays === 0) return 'antwortet meist am selben Tag';
    return `antwortet meist nach ${number(workingDays)} ${workingDays === 1 ? 'Arbeitstag' : 'Arbeitstagen'}`;
  },
};

/** A rounded number is a lower bound, and the text says so. */
function places(free: number, coarse: boolean): string {
  if (free === 0) return 'kein freier Platz';
  return `${coarse ? 'mindestens ' : ''}${number(free)} ${free === 1 ? 'freier Platz' : 'freie Plätze'}`;
}
