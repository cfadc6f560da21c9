/** What a client brings along that an offer may be made for (Bedarf). */
export interface NeedDatum {
  readonly code: string;
  readonly de: string;
  readonly en: string;
  /** Data of GDPR Art. 9 (or 10): never told to a partner on the statutory task alone. */
  readonly sensitive: boolean;
}

/** In the order in which they are shown. Codes are for ever. Where in doubt, a need counts as sensitive. */
export const NEEDS: readonly NeedDatum[] = [
  // Health: GDPR Art. 9 (1)
  { code: 'addiction', de: 'Suchterkrankung', en: 'Addiction', sensitive: true },
  { code: 'mental-illness', de: 'Psychische Erkrankung', en: 'Mental illness', sensitive: true },
  { code: 'chronic-illness', de: 'Chronische Erkrankung', en: 'Chronic illness', sensitive: true },
  // §2 (2) and (3) SGB IX
  { code: 'severe-disability', de: 'Schwerbehinderung oder Gleichstellung', en: 'Severe disability', sensitive: true },
  { code: 'physical-disability', de: 'Körperbehinderung', en: 'Physical disability', sensitive: true },
  { code: 'learning-disability', de: 'Lernbehinderung', en: 'Learning disability', sensitive: true },
  { code: 'intellectual-disability', de: 'Geistige Behinderung', en: 'Intellectual disability', sensitive: true },
  { code: 'hearing-impairment', de: 'Hörbehinderung oder Gehörlosigkeit', en: 'Hearing impairment', sensitive: true },
  { code: 'visual-impairment', de: 'Sehbehinderung oder Blindheit', en: 'Visual impairment', sensitive: true },
  { code: 'autism', de: 'Autismus-Spektrum', en: 'Autism spectrum', sensitive: true },
  { code: 'pregnancy', de: 'Schwangerschaft', en: 'Pregnancy', sensitive: true },
  // Tells of health or sexual life as a rule, and the wrong reader puts somebody in danger
  { code: 'domestic-violence', de: 'Gewalt in der Beziehung', en: 'Domestic violence', sensitive: true },
  // Why somebody fled tells origin, conviction or belief: GDPR Art. 9 (1)
  { code: 'refugee', de: 'Fluchterfahrung', en: 'Refugee', sensitive: true },
  { code: 'migration', de: 'Zuwanderung', en: 'Immigration', sensitive: true },
  // GDPR Art. 10
  { code: 'criminal-record', de: 'Straffälligkeit', en: 'Criminal record', sensitive: true },

  // Situation in life
  { code: 'single-parent', de: 'Alleinerziehend', en: 'Single parent', sensitive: false },
  { code: 'caring-for-relatives', de: 'Pflege von Angehörigen', en: 'Caring for relatives', sensitive: false },
  { code: 'debt', de: 'Überschuldung', en: 'Debt', sensitive: false },
  { code: 'homelessness', de: 'Wohnungslosigkeit', en: 'Homelessness', sensitive: false },
  {
    code: 'limited-mobility',
    de: 'Ohne Auto oder Führerschein',
    en: 'Without car or driving licence',
    sensitive: false,
  },

  // Work and school
  // §18 (1) SGB III
  { code: 'long-term-unemployed', de: 'Langzeitarbeitslosigkeit', en: 'Long-term unemployment', sensitive: false },
  // §16h SGB II
  { code: 'young-adult', de: 'Unter 25 Jahren', en: 'Under 25', sensitive: false },
  { code: 'older-worker', de: 'Über 50 Jahre', en: 'Over 50', sensitive: false },
  // §81 (2) SGB III
  { code: 'no-qualification', de: 'Ohne Berufsabschluss', en: 'No vocational qualification', sensitive: false },
  { code: 'no-school-certificate', de: 'Ohne Schulabschluss', en: 'No school certificate', sensitive: false },
  { code: 'limited-german', de: 'Geringe Deutschkenntnisse', en: 'Limited German', sensitive: false },
  {
    code: 'literacy',
    de: 'Schwierigkeiten beim Lesen und Schreiben',
    en: 'Difficulty in reading and writing',
    sensitive: false,
  },
  { code: 'low-digital-skills', de: 'Geringe digitale Kenntnisse', en: 'Low digital skills', sensitive: false },
  { code: 'foreign-qualification', de: 'Ausländischer Abschluss', en: 'Foreign qualification', sensitive: false },
  { code: 'returner', de: 'Rückkehr in den Beruf', en: 'Return to working life', sensitive: false },
];
