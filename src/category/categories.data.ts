/** One kind of offer (Angebotsart). Its level and place in the tree follow from `parent`. */
export interface CategoryDatum {
  readonly code: string;
  readonly parent: string | null;
  readonly de: string;
  readonly en: string;
}

/** Whoever works here, and what lies below, is bound by professional secrecy (§203 StGB), whatever carries the offer. */
const SECRECY_ROOTS: ReadonlySet<string> = new Set([
  'addiction-counselling',
  'debt-counselling',
  'psychosocial-counselling',
]);

/**
 * The taxonomy of offers along the practice of SGB II, III and IX, in the order in which it is shown.
 * Codes are for ever: labels may change, a code is never given a second meaning.
 */
export const CATEGORIES: readonly CategoryDatum[] = [
  // Counselling. The municipal services for integration, §16a SGB II, and what stands beside them.
  { code: 'counselling', parent: null, de: 'Beratung', en: 'Counselling' },
  // §16a no. 4 SGB II
  { code: 'addiction-counselling', parent: 'counselling', de: 'Suchtberatung', en: 'Addiction counselling' },
  { code: 'drug-counselling', parent: 'addiction-counselling', de: 'Drogenberatung', en: 'Drug counselling' },
  {
    code: 'gambling-counselling',
    parent: 'addiction-counselling',
    de: 'Beratung bei Glücksspiel- und Mediensucht',
    en: 'Gambling and media addiction counselling',
  },
  { code: 'addiction-aftercare', parent: 'addiction-counselling', de: 'Suchtnachsorge', en: 'Addiction aftercare' },
  // §16a no. 2 SGB II
  { code: 'debt-counselling', parent: 'counselling', de: 'Schuldnerberatung', en: 'Debt counselling' },
  // §305 (1) no. 1 InsO
  { code: 'insolvency-counselling', parent: 'debt-counselling', de: 'Insolvenzberatung', en: 'Insolvency counselling' },
  // §16a no. 3 SGB II
  {
    code: 'psychosocial-counselling',
    parent: 'counselling',
    de: 'Psychosoziale Beratung',
    en: 'Psychosocial counselling',
  },
  {
    code: 'family-counselling',
    parent: 'psychosocial-counselling',
    de: 'Ehe-, Familien- und Lebensberatung',
    en: 'Marriage, family and life counselling',
  },
  // §2 SchKG
  {
    code: 'pregnancy-counselling',
    parent: 'psychosocial-counselling',
    de: 'Schwangerschaftsberatung',
    en: 'Pregnancy counselling',
  },
  { code: 'crisis-support', parent: 'psychosocial-counselling', de: 'Krisenhilfe', en: 'Crisis support' },
  {
    code: 'violence-counselling',
    parent: 'psychosocial-counselling',
    de: 'Beratung bei Gewalt',
    en: 'Counselling on violence',
  },
  // §32 SGB IX (supplementary independent participation counselling, EUTB)
  { code: 'disability-counselling', parent: 'counselling', de: 'Teilhabeberatung', en: 'Disability counselling' },
  { code: 'peer-counselling', parent: 'disability-counselling', de: 'Peer-Beratung', en: 'Peer counselling' },
  // §45 AufenthG
  { code: 'migration-counselling', parent: 'counselling', de: 'Migrationsberatung', en: 'Migration counselling' },
  {
    code: 'recognition-counselling',
    parent: 'migration-counselling',
    de: 'Anerkennungsberatung',
    en: 'Advice on the recognition of qualifications',
  },
  // §§67, 68 SGB XII
  { code: 'housing-counselling', parent: 'counselling', de: 'Wohnungsnotfallhilfe', en: 'Housing counselling' },
  // §8 (1) RDG
  { code: 'social-law-counselling', parent: 'counselling', de: 'Sozialrechtsberatung', en: 'Advice on social law' },
  { code: 'reentry-counselling', parent: 'counselling', de: 'Straffälligenhilfe', en: 'Support after prison' },

  // Qualification
  { code: 'qualification', parent: null, de: 'Qualifizierung', en: 'Qualification' },
  { code: 'language-course', parent: 'qualification', de: 'Sprachkurs', en: 'Language course' },
  // §43 AufenthG
  { code: 'integration-course', parent: 'language-course', de: 'Integrationskurs', en: 'Integration course' },
  // §45a AufenthG
  {
    code: 'vocational-language-course',
    parent: 'language-course',
    de: 'Berufssprachkurs',
    en: 'Vocational language course',
  },
  { code: 'literacy-course', parent: 'language-course', de: 'Alphabetisierungskurs', en: 'Literacy course' },
  // §16 (1) SGB II with §§81 ff. SGB III
  { code: 'vocational-training', parent: 'qualification', de: 'Berufliche Weiterbildung', en: 'Vocational training' },
  { code: 'retraining', parent: 'vocational-training', de: 'Umschulung', en: 'Retraining' },
  {
    code: 'partial-qualification',
    parent: 'vocational-training',
    de: 'Teilqualifizierung',
    en: 'Partial qualification',
  },
  // §§51, 74 SGB III
  {
    code: 'vocational-preparation',
    parent: 'qualification',
    de: 'Berufsvorbereitung und Ausbildungsbegleitung',
    en: 'Vocational preparation',
  },
  // §81 (3a) SGB III
  { code: 'basic-education', parent: 'qualification', de: 'Grundbildung', en: 'Basic education' },
  { code: 'school-certificate', parent: 'basic-education', de: 'Schulabschluss', en: 'School-leaving certificate' },
  { code: 'digital-skills', parent: 'basic-education', de: 'Digitale Grundkompetenzen', en: 'Digital skills' },

  // Placement
  { code: 'placement', parent: null, de: 'Vermittlung', en: 'Placement' },
  // §16 (1) SGB II with §45 SGB III
  { code: 'job-coaching', parent: 'placement', de: 'Jobcoaching', en: 'Job coaching' },
  // §16k SGB II
  { code: 'holistic-coaching', parent: 'job-coaching', de: 'Ganzheitliche Betreuung', en: 'Holistic coaching' },
  // §185 (3) SGB IX
  { code: 'workplace-coaching', parent: 'job-coaching', de: 'Coaching am Arbeitsplatz', en: 'Coaching at work' },
  // §45 (1) no. 3 SGB III
  { code: 'job-placement', parent: 'placement', de: 'Private Arbeitsvermittlung', en: 'Job placement' },
  // §55 SGB IX
  { code: 'supported-employment', parent: 'placement', de: 'Unterstützte Beschäftigung', en: 'Supported employment' },
  // §§192 ff. SGB IX
  { code: 'integration-service', parent: 'placement', de: 'Integrationsfachdienst', en: 'Integration service' },
  { code: 'application-training', parent: 'placement', de: 'Bewerbungstraining', en: 'Application training' },
  // §§16b, 16c SGB II
  { code: 'start-up-advice', parent: 'placement', de: 'Gründungsberatung', en: 'Start-up advice' },
  // §16h SGB II
  { code: 'youth-outreach', parent: 'placement', de: 'Aufsuchende Jugendhilfe', en: 'Outreach to young people' },

  // Employment
  { code: 'employment', parent: null, de: 'Beschäftigung', en: 'Employment' },
  { code: 'subsidised-employment', parent: 'employment', de: 'Geförderte Beschäftigung', en: 'Subsidised employment' },
  // §16d SGB II
  { code: 'work-opportunity', parent: 'subsidised-employment', de: 'Arbeitsgelegenheit', en: 'Work opportunity' },
  // §16i SGB II
  {
    code: 'labour-market-participation',
    parent: 'subsidised-employment',
    de: 'Teilhabe am Arbeitsmarkt',
    en: 'Participation in the labour market',
  },
  // §16e SGB II
  {
    code: 'wage-subsidy',
    parent: 'subsidised-employment',
    de: 'Eingliederung von Langzeitarbeitslosen',
    en: 'Wage subsidy for long-term unemployed people',
  },
  { code: 'regular-employment', parent: 'employment', de: 'Reguläre Beschäftigung', en: 'Regular employment' },
  { code: 'apprenticeship', parent: 'regular-employment', de: 'Ausbildungsplatz', en: 'Apprenticeship' },
  // §54a SGB III
  { code: 'internship', parent: 'employment', de: 'Praktikum und Einstiegsqualifizierung', en: 'Internship' },
  // §§215 ff. SGB IX
  { code: 'inclusive-company', parent: 'employment', de: 'Inklusionsbetrieb', en: 'Inclusive company' },
  // §§219 ff. SGB IX
  {
    code: 'sheltered-workshop',
    parent: 'employment',
    de: 'Werkstatt für behinderte Menschen (WfbM)',
    en: 'Sheltered workshop',
  },

  // Rehabilitation, SGB IX part 1
  { code: 'rehabilitation', parent: null, de: 'Rehabilitation', en: 'Rehabilitation' },
  // §42 SGB IX
  {
    code: 'medical-rehabilitation',
    parent: 'rehabilitation',
    de: 'Medizinische Rehabilitation',
    en: 'Medical rehabilitation',
  },
  // §49 SGB IX
  {
    code: 'vocational-rehabilitation',
    parent: 'rehabilitation',
    de: 'Berufliche Rehabilitation',
    en: 'Vocational rehabilitation',
  },
  // §61 SGB IX
  { code: 'budget-for-work', parent: 'vocational-rehabilitation', de: 'Budget für Arbeit', en: 'Budget for work' },
  // §44 SGB IX
  {
    code: 'return-to-work',
    parent: 'vocational-rehabilitation',
    de: 'Stufenweise Wiedereingliederung',
    en: 'Gradual return to work',
  },
  // §§113 ff. SGB IX
  { code: 'social-participation', parent: 'rehabilitation', de: 'Soziale Teilhabe', en: 'Social participation' },

  // Everyday help
  { code: 'everyday-help', parent: null, de: 'Hilfen im Alltag', en: 'Everyday help' },
  { code: 'energy-advice', parent: 'everyday-help', de: 'Energieberatung', en: 'Energy advice' },
  // §16a no. 1 SGB II
  { code: 'childcare', parent: 'everyday-help', de: 'Kinderbetreuung', en: 'Childcare' },
  { code: 'household-help', parent: 'everyday-help', de: 'Hilfe im Haushalt', en: 'Household help' },
  { code: 'mobility-support', parent: 'everyday-help', de: 'Mobilitätshilfe', en: 'Mobility support' },
  { code: 'basic-supplies', parent: 'everyday-help', de: 'Lebensmittel und Kleidung', en: 'Food and clothing' },
  { code: 'accommodation', parent: 'everyday-help', de: 'Unterkunft', en: 'Accommodation' },
  { code: 'interpreting', parent: 'everyday-help', de: 'Sprachmittlung', en: 'Interpreting' },
];

const parentOf = new Map(CATEGORIES.map(({ code, parent }) => [code, parent]));

/** A category and those above it, up to the root. Of an unknown code only itself. */
export function ancestry(code: string): string[] {
  const parent = parentOf.get(code);
  return parent ? [code, ...ancestry(parent)] : [code];
}

/** Whether a category, or one above it, is a field of professional secrecy (§203 StGB). Unknown codes are not. */
export const hasProfessionalSecrecy = (code: string): boolean => ancestry(code).some(one => SECRECY_ROOTS.has(one));
