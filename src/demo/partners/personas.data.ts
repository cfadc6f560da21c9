import type { PartnerSpec } from './partner-spec.js';

/**
 * The partners whose editors are among the personas. Tests outside this repository rely on them: one job coaching and
 * one addiction counselling each, ready to take referrals (contract, "Demo world"); see `directory.ts`.
 */
export const OF_PERSONAS = {
  aachen: {
    key: 'brueckenhaus-an-der-inde',
    name: 'Brückenhaus an der Inde gGmbH',
    kinds: ['COUNSELLING_CENTRE', 'TRAINING_PROVIDER'],
    about: 'Coaching und Suchtberatung unter einem Dach, mit Fachkräften, die acht Sprachen sprechen.',
    sites: ['Eschweiler', 'Aachen'],
    offers: ['jobCoaching', 'addiction'],
  },
  wuppertal: {
    key: 'doppelsteg-arbeit-und-beratung',
    name: 'Doppelsteg Arbeit und Beratung gGmbH',
    kinds: ['COUNSELLING_CENTRE', 'TRAINING_PROVIDER'],
    about: 'Coaching und Suchtberatung im Tal, mit Außenstelle auf den Höhen.',
    sites: ['Wuppertal', 'Wuppertal'],
    offers: ['jobCoaching', 'addiction'],
  },
} as const satisfies Readonly<Record<string, PartnerSpec>>;
