/** What staff are trained in (Schulungsthema). */
export interface TopicDatum {
  readonly code: string;
  readonly de: string;
  readonly en: string;
  /** Codes of the needs that it is about. */
  readonly needs: readonly string[];
  /** For so many months a training counts; for good when left out. */
  readonly refreshMonths?: number;
}

/** In the order in which they are shown. Codes are for ever. How long a training counts is a choice, no rule of law. */
export const TRAINING_TOPICS: readonly TopicDatum[] = [
  {
    code: 'mental-illness',
    de: 'Psychische Erkrankungen',
    en: 'Mental illness',
    needs: ['mental-illness'],
    refreshMonths: 36,
  },
  { code: 'addiction', de: 'Suchterkrankungen', en: 'Addiction', needs: ['addiction'], refreshMonths: 36 },
  {
    code: 'severe-disability',
    de: 'Schwerbehinderung und Gleichstellung',
    en: 'Severe disability',
    needs: ['severe-disability', 'physical-disability', 'hearing-impairment', 'visual-impairment'],
  },
  {
    code: 'learning-disability',
    de: 'Lernbehinderung, geistige Behinderung, Autismus',
    en: 'Learning and intellectual disability, autism',
    needs: ['learning-disability', 'intellectual-disability', 'autism'],
  },
  {
    code: 'rehabilitation',
    de: 'Rehabilitation und Teilhabe am Arbeitsleben',
    en: 'Rehabilitation and participation in working life',
    needs: ['chronic-illness', 'severe-disability'],
    refreshMonths: 24,
  },
  { code: 'health-talks', de: 'Gesundheit im Gespräch', en: 'Talking about health', needs: ['chronic-illness'] },
  { code: 'debt', de: 'Schulden und Insolvenz', en: 'Debt', needs: ['debt'] },
  { code: 'flight-and-trauma', de: 'Flucht und Trauma', en: 'Flight and trauma', needs: ['refugee'] },
  { code: 'housing', de: 'Wohnungslosigkeit', en: 'Homelessness', needs: ['homelessness'] },
];
