import { type FieldConflict, Refusal, UserErrorCode } from './errors.js';

/** What the API says of every `expectedVersion`. */
export const EXPECTED_VERSION = { nullable: true, description: 'The version that you have read.' } as const;

/**
 * Refuses with VERSION_CONFLICT if the caller has read another version than the current one. `conflicts`: where the
 * edit and what is stored differ, for those who tell both.
 */
export function checkVersion(
  expected: number | null | undefined,
  currentVersion: number,
  conflicts?: () => FieldConflict[],
): void {
  if (expected == null || expected === currentVersion) return;
  const message = 'Inzwischen wurde etwas geändert. Bitte neu laden und noch einmal versuchen.';
  throw new Refusal(UserErrorCode.VERSION_CONFLICT, message, ['expectedVersion'], {
    currentVersion,
    ...(conflicts && { conflicts: conflicts() }),
  });
}
