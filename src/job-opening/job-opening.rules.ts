export enum JobOpeningStatus {
  OPEN = 'OPEN',
  FILLED = 'FILLED',
  WITHDRAWN = 'WITHDRAWN',
}

/** What an opening ends as. */
export type Closing = Exclude<JobOpeningStatus, JobOpeningStatus.OPEN>;

export enum PayPeriod {
  HOUR = 'HOUR',
  MONTH = 'MONTH',
}

/** How long an opening is listed where nobody says: calendar days. */
export const USUAL_DAYS = 90;
/** And at most, from today. */
export const LONGEST_DAYS = 366;

/** Is it listed on that day? Up to and including its last one. Days are YYYY-MM-DD. */
export const isListed = (
  { status, validUntil }: { status: JobOpeningStatus; validUntil: string },
  day: string,
): boolean => status === JobOpeningStatus.OPEN && validUntil >= day;
