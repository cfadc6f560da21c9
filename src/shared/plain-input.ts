import { berlinDay } from './calendar.rules.js';
import { Refusal, UserErrorCode } from './errors.js';

/** The text without spaces around it; INVALID_INPUT on `path` where nothing is left to read. */
export function filled(text: string | null | undefined, path: readonly string[]): string {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') throw new Refusal(UserErrorCode.INVALID_INPUT, 'Bitte ausfüllen.', [...path]);
  return trimmed;
}

/** An optional text; forms send '' for an emptied field. */
export const emptied = (text: string | null | undefined): string | null => text?.trim() || null;

/** INVALID_INPUT on `path` where a period ends before it begins; an open end is none. Days are YYYY-MM-DD. */
export function checkPeriod(from: string | null, until: string | null, path: readonly string[]): void {
  if (from === null || until === null || from <= until) return;
  throw new Refusal(UserErrorCode.INVALID_INPUT, 'Das Ende liegt vor dem Anfang.', [...path]);
}

/** INVALID_INPUT on `path` for a day that has not come. @param day YYYY-MM-DD */
export function refuseFuture(now: Date, day: string | null, path: readonly string[]): void {
  if (day === null || day <= berlinDay(now)) return;
  throw new Refusal(UserErrorCode.INVALID_INPUT, 'Der Tag liegt in der Zukunft.', [...path]);
}
