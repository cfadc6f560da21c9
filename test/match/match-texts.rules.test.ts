import { expect, test } from 'vitest';
import { MatchFactor } from '../../src/match/match.rules.js';
import type { Fact } from '../../src/match/match-factors.rules.js';
import { reasonText } from '../../src/match/match-texts.rules.js';

/** One member of the union without its value, which no text shows. */
type Found = Fact extends infer One ? (One extends Fact ? Omit<One, 'value'> : never) : never;

const { CATEGORY, DISTANCE, CAPACITY, WAIT, LANGUAGE, ACCESSIBILITY, NEEDS, FRESHNESS, RESPONSE } = MatchFactor;
const capacity = (free: number | null, daysAgo: number | null, coarse = false) =>
  ({ factor: CAPACITY, free, coarse, daysAgo }) as const;
const distance = (distanceKm: number | null, comesAlong = false) =>
  ({ factor: DISTANCE, distanceKm, comesAlong }) as const;
const fresh = (daysAgo: number | null) => ({ factor: FRESHNESS, daysAgo }) as const;
const response = (workingDays: number | null) => ({ factor: RESPONSE, workingDays }) as const;
const wait = (days: number | null, reported: boolean) => ({ factor: WAIT, days, reported }) as const;

test.each<[Found, string, string]>([
  [{ factor: CATEGORY, levelsBelow: 0 }, 'genau die gesuchte Angebotsart', 'exactly the kind of service asked for'],
  [
    { factor: CATEGORY, levelsBelow: 1 },
    '1 Ebene unter der gesuchten Angebotsart',
    '1 level below the kind of service asked for',
  ],
  [
    { factor: CATEGORY, levelsBelow: 2 },
    '2 Ebenen unter der gesuchten Angebotsart',
    '2 levels below the kind of service asked for',
  ],
  [{ factor: CATEGORY, levelsBelow: null }, 'andere Angebotsart', 'another kind of service'],
  [distance(6.234), '6,2 km entfernt', '6.2 km away'],
  [distance(0.04), '0 km entfernt', '0 km away'],
  [distance(null), 'kein Standort bekannt', 'no site known'],
  [distance(80, true), 'online oder aufsuchend, der Weg zählt nicht', 'online or outreach, the way does not count'],
  [capacity(3, 2), '3 freie Plätze, gemeldet vor 2 Tagen', '3 free places, reported 2 days ago'],
  [capacity(1, 1), '1 freier Platz, gemeldet gestern', '1 free place, reported yesterday'],
  [capacity(0, 0), 'kein freier Platz, gemeldet heute', 'no free place, reported today'],
  [capacity(6, 0, true), 'mindestens 6 freie Plätze, gemeldet heute', 'at least 6 free places, reported today'],
  [capacity(0, 0, true), 'kein freier Platz, gemeldet heute', 'no free place, reported today'],
  [capacity(null, null), 'freie Plätze nicht bekannt', 'free places not known'],
  [wait(14, true), 'Wartezeit etwa 14 Tage', 'waiting time about 14 days'],
  [wait(1, true), 'Wartezeit etwa 1 Tag', 'waiting time about 1 day'],
  [wait(13.6, false), 'Wartezeit etwa 14 Tage (geschätzt)', 'waiting time about 14 days (estimated)'],
  [wait(0, true), 'keine Wartezeit', 'no waiting time'],
  [wait(null, false), 'Wartezeit nicht bekannt', 'waiting time not known'],
  [{ factor: LANGUAGE, languages: ['uk'], how: 'SPOKEN' }, 'spricht Ukrainisch', 'speaks Ukrainian'],
  [
    { factor: LANGUAGE, languages: ['uk', 'ar'], how: 'SPOKEN' },
    'spricht Ukrainisch und Arabisch',
    'speaks Ukrainian and Arabic',
  ],
  [
    { factor: LANGUAGE, languages: ['gsg'], how: 'SPOKEN' },
    'spricht Deutsche Gebärdensprache',
    'speaks German Sign Language',
  ],
  [
    { factor: LANGUAGE, languages: ['uk', 'ar'], how: 'INTERPRETED' },
    'Ukrainisch oder Arabisch mit Sprachmittlung',
    'Ukrainian or Arabic through an interpreter',
  ],
  [
    { factor: LANGUAGE, languages: ['uk'], how: 'NONE' },
    'Ukrainisch wird nicht gesprochen, auch nicht mit Sprachmittlung',
    'Ukrainian is not spoken, nor is there an interpreter',
  ],
  [
    { factor: ACCESSIBILITY, asked: 3, there: 2, unknown: 1 },
    '2 von 3 gewünschten Merkmalen vorhanden, 1 unbekannt',
    '2 of 3 preferred features there, 1 unknown',
  ],
  [
    { factor: ACCESSIBILITY, asked: 1, there: 1, unknown: 0 },
    '1 von 1 gewünschten Merkmalen vorhanden',
    '1 of 1 preferred features there',
  ],
  [
    { factor: NEEDS, asked: 2, met: 1, particular: true, required: false },
    'gemacht für 1 von 2 genannten Bedarfen',
    'made for 1 of 2 needs named',
  ],
  [
    { factor: NEEDS, asked: 1, met: 1, particular: true, required: false },
    'gemacht für 1 von 1 genannten Bedarf',
    'made for 1 of 1 need named',
  ],
  [
    { factor: NEEDS, asked: 1, met: 0, particular: false, required: false },
    'für keinen bestimmten Bedarf gemacht',
    'made for no need in particular',
  ],
  [
    { factor: NEEDS, asked: 1, met: 0, particular: false, required: true },
    'nennt einen Bedarf als Voraussetzung',
    'requires a need by its criteria',
  ],
  [fresh(12), 'bestätigt vor 12 Tagen', 'confirmed 12 days ago'],
  [fresh(59), 'bestätigt vor 59 Tagen', 'confirmed 59 days ago'],
  [fresh(100), 'bestätigt vor 3 Monaten', 'confirmed 3 months ago'],
  [fresh(800), 'bestätigt vor 2 Jahren', 'confirmed 2 years ago'],
  [fresh(null), 'nie bestätigt', 'never confirmed'],
  [response(2.5), 'antwortet meist nach 2,5 Arbeitstagen', 'mostly answers after 2.5 working days'],
  [response(1), 'antwortet meist nach 1 Arbeitstag', 'mostly answers after 1 working day'],
  [response(0), 'antwortet meist am selben Tag', 'mostly answers on the same day'],
  [response(null), 'bisher keine Antworten bekannt', 'no answers known so far'],
])('%j: %s', (found, german, english) => {
  const fact = { ...found, value: 0 } as Fact;
  expect([reasonText(fact, 'de'), reasonText(fact, 'en')]).toEqual([german, english]);
});

test.each([
  ['de', 'nie bestätigt'],
  ['en', 'never confirmed'],
  ['en-GB', 'never confirmed'],
  ['eng', 'nie bestätigt'],
  ['uk', 'nie bestätigt'],
  [null, 'nie bestätigt'],
])('whoever asks for %s reads "%s"', (language, text) => {
  expect(reasonText({ factor: FRESHNESS, value: 0, daysAgo: null }, language)).toBe(text);
});
