/** What was published. */
export enum PublicationKind {
  REPORT = 'REPORT',
  RECOMMENDATION = 'RECOMMENDATION',
  TOOL = 'TOOL',
  EVENT = 'EVENT',
}

export const LONGEST_SUMMARY = 4_000;
export const MOST_TOPICS = 20;
/** Of one network. */
export const MOST_PUBLICATIONS = 2_000;
