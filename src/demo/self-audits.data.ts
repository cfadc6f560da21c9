import type { AuditQuestion } from '../self-audit/self-audit.rules.js';

const question = (code: string, text: string, lowestMeans: string, highestMeans: string): AuditQuestion => ({
  code,
  text,
  lowest: 1,
  highest: 5,
  lowestMeans,
  highestMeans,
});

/** What the three Jobcenters of MIAR asked themselves, in words of our own. */
export const MIAR_QUESTIONNAIRE = {
  code: 'miar',
  edition: 1,
  title: 'Der Blick auf uns selbst (MIAR)',
  questions: [
    question(
      'clients',
      'Kennen wir Zahl, Lage und Stärken der Menschen mit Behinderung, die wir betreuen?',
      'kaum etwas ist bekannt',
      'wir haben ein klares Bild',
    ),
    question(
      'networks',
      'Kennen und nutzen wir die Netzwerke vor Ort?',
      'keines wird genutzt',
      'alle sind bekannt und eingespielt',
    ),
    question(
      'staff-knowledge',
      'Reicht unser Wissen über Schwerbehinderung und Rehabilitation für gezielte Beratung?',
      'es fehlt an den Grundlagen',
      'alle beraten sicher',
    ),
    question(
      'ways-and-goals',
      'Sind die Wege, die wir gehen, offen und unsere Ziele erreichbar?',
      'die Ziele sind zu hoch',
      'die Ziele passen zu den Wegen',
    ),
    question(
      'deficits',
      'Sind uns die eigenen Lücken bekannt, und schließen wir sie?',
      'unbekannt',
      'bekannt und in Arbeit',
    ),
  ],
} as const;

/** By network and year the day on which its teams filled it in, and the usual answers in the order of the questions. */
export const MIAR_ANSWERS: Readonly<Record<string, readonly (readonly [on: string, answers: readonly number[]])[]>> = {
  aachen: [
    ['2013-06-18', [2, 3, 2, 2, 2]],
    ['2014-10-21', [4, 4, 4, 3, 4]],
  ],
  wuppertal: [
    ['2013-06-20', [2, 2, 2, 3, 1]],
    ['2014-10-23', [3, 4, 4, 3, 3]],
  ],
  unna: [
    ['2013-06-25', [1, 3, 2, 2, 2]],
    ['2014-10-28', [3, 4, 3, 2, 4]],
  ],
};
