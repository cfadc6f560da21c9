/** One question of a questionnaire; answers are whole numbers from `lowest` to `highest`. */
export interface AuditQuestion {
  /** The same in all editions. */
  readonly code: string;
  readonly text: string;
  readonly lowest: number;
  readonly highest: number;
  /** What the ends of the scale mean. */
  readonly lowestMeans: string;
  readonly highestMeans: string;
}
