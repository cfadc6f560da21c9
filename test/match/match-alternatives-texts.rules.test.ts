import { expect, test } from 'vitest';
import { Relaxation } from '../../src/match/match-alternatives.rules.js';
import { alternativeText, type RelaxationFact } from '../../src/match/match-alternatives-texts.rules.js';

const waiting = (people: number | null, days: number | null, among = 1): RelaxationFact => ({
  relaxation: Relaxation.WAITING_LIST,
  waiting: people,
  days,
  among,
});
const interpreter: RelaxationFact = { relaxation: Relaxation.INTERPRETER, languages: ['uk', 'gsg'] };
const distance = (nearestKm: number | null): RelaxationFact => ({
  relaxation: Relaxation.DISTANCE,
  maximumKm: 10,
  nearestKm,
});

test.each<[RelaxationFact[], string, string]>([
  [[], 'ohne Abstriche', 'without giving anything up'],
  [
    [{ relaxation: Relaxation.PLACES_UNKNOWN }],
    'auch wo freie Plätze nicht bekannt sind',
    'also where free places are not known',
  ],
  [[waiting(null, null)], 'ohne freien Platz, auf die Warteliste', 'without a free place, on the waiting list'],
  [
    [waiting(1, null)],
    'ohne freien Platz, auf die Warteliste (1 Person wartet)',
    'without a free place, on the waiting list (1 person waits)',
  ],
  [
    [waiting(4, 21, 3)],
    'ohne freien Platz, auf die Warteliste (am kürzesten: 4 Personen warten, etwa 21 Tage Wartezeit)',
    'without a free place, on the waiting list (shortest: 4 people wait, waiting time about 21 days)',
  ],
  [
    [waiting(null, 1)],
    'ohne freien Platz, auf die Warteliste (etwa 1 Tag Wartezeit)',
    'without a free place, on the waiting list (waiting time about 1 day)',
  ],
  [
    [{ relaxation: Relaxation.LATER, day: '2026-12-16' }],
    'ab dem 16.12.2026, nach dem Aufnahmestopp',
    'from 16 December 2026 on, when it takes people again',
  ],
  [
    [interpreter],
    'wenn jemand mitkommt, der Ukrainisch oder Deutsche Gebärdensprache dolmetscht',
    'if somebody comes along who interprets Ukrainian or German Sign Language',
  ],
  [
    [{ relaxation: Relaxation.ACCESSIBILITY_UNKNOWN }],
    'auch wo die Barrierefreiheit nicht ganz geklärt ist (vorher nachfragen)',
    'also where not all is known of the accessibility (ask first)',
  ],
  [[distance(14.24)], 'auch weiter als 10 km (ab 14,2 km)', 'also farther than 10 km (from 14.2 km)'],
  [[distance(null)], 'auch weiter als 10 km', 'also farther than 10 km'],
  [
    [{ relaxation: Relaxation.NEIGHBOURING_MUNICIPALITY, name: 'Würselen', distanceKm: 6.2 }],
    'auch in der Nachbargemeinde Würselen (6,2 km)',
    'also in the neighbouring municipality Würselen (6.2 km)',
  ],
  [
    [{ relaxation: Relaxation.CATEGORY, name: { de: 'Vermittlung', en: 'Placement' } }],
    'auch andere Angebote der Art „Vermittlung“',
    'also other services of the kind “Placement”',
  ],
  [
    [interpreter, distance(12)],
    'wenn jemand mitkommt, der Ukrainisch oder Deutsche Gebärdensprache dolmetscht, und auch weiter als 10 km (ab 12 km)',
    'if somebody comes along who interprets Ukrainian or German Sign Language, and also farther than 10 km (from 12 km)',
  ],
])('%j', (facts, german, english) => {
  expect(alternativeText(facts, null)).toBe(german);
  expect(alternativeText(facts, 'en-GB')).toBe(english);
});
