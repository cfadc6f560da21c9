import { readMeasuresDue } from '../action-plan/measure-record.actions.js';
import { remindOfUnconfirmed } from '../confirmation/reminder.actions.js';
import { forgetSearches } from '../gap/gap-search.actions.js';
import { forgetUploads } from '../import-job/import-place.actions.js';
import { countCaseloads } from '../need-overview/need-caseload.actions.js';
import { countRoundsDue } from '../programme/round-count.actions.js';
import { runReferralClock } from '../referral-clock/referral-clock.actions.js';
import { showPlacesExactly } from '../referral-clock/rounded-places.actions.js';
import { runFollowUps } from '../referral-follow-up/referral-follow-up-clock.actions.js';
import type { Clockwork } from '../shared/clockwork.js';
import { describe } from '../shared/fault-log.js';
import { expireIdempotencyKeys } from '../shared/idempotency-expiry.js';

/**
 * Something that the time brings. It finds by itself what is due at the moment it is told, does it at most once for
 * each deadline, and may meet itself: several hubs run at once, and one that was killed half-way leaves the rest.
 */
export interface DueWork {
  /** For the log. */
  readonly name: string;
  /** @returns how much was done */
  run(clockwork: Clockwork): Promise<number>;
}

/** Everything that the time brings, in the order in which it is done. */
export const DUE_WORK: readonly DueWork[] = [
  { name: 'referrals', run: runReferralClock },
  { name: 'follow-ups', run: runFollowUps },
  { name: 'rounded places', run: showPlacesExactly },
  { name: 'yesterday’s searches', run: forgetSearches },
  { name: 'reminders of records', run: remindOfUnconfirmed },
  { name: 'caseloads by need', run: countCaseloads },
  { name: 'readings of measures', run: readMeasuresDue },
  { name: 'figures of rounds', run: countRoundsDue },
  { name: 'idempotency keys', run: expireIdempotencyKeys },
  { name: 'yesterday’s uploads', run: ({ orm, now }) => forgetUploads(orm.em.fork(), now) },
];

/** Of the failures of one piece, so many are logged: where more fail, it is for the same reason. */
const TOLD = 5;

/**
 * One round: each piece of work, whatever happens to the others.
 *
 * @returns by name, how much was done
 * @throws AggregateError that names what failed or was left, after the others were done; the failures are logged by then
 */
export async function runDueWork(
  clockwork: Clockwork,
  pieces: readonly DueWork[] = DUE_WORK,
): Promise<Record<string, number>> {
  const { logger, ending } = clockwork;
  const done: Record<string, number> = {};
  const failures = new Map<string, unknown>();
  for (const piece of pieces) {
    const { name } = piece;
    try {
      ending?.throwIfAborted();
      done[name] = await piece.run(clockwork);
    } catch (error) {
      failures.set(name, error);
      const causes = causesOf(error).filter(cause => !(ending?.aborted && cause === ending.reason)); // left, not failed
      for (const cause of causes.slice(0, TOLD)) logger.error({ work: name, ...describe(cause) }, 'Due work failed.');
    }
  }
  logger.debug({ done }, 'Did what was due.');
  if (failures.size > 0)
    throw new AggregateError(failures.values(), `Due work failed: ${[...failures.keys()].join(', ')}.`);
  return done;
}

const causesOf = (error: unknown): readonly unknown[] =>
  error instanceof AggregateError && error.errors.length > 0 ? error.errors : [error];
