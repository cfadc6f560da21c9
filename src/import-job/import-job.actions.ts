import { changeOne } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { askForImports } from './import-ask.actions.js';
import { isSeenImport } from './import-job.access.js';
import { ImportStatus, RESUMABLE, UNFINISHED } from './import-job.rules.js';

const { NOT_FOUND, INVALID_INPUT, TOO_LATE } = UserErrorCode;

interface Locked {
  readonly status: ImportStatus;
}

/** Stops an import at its next step; one that waits at once. What was done stays. NOT_FOUND, INVALID_INPUT. */
export const cancelImport = (ctx: Context, id: string): Promise<string> =>
  onImport(ctx, id, async (tx, { status }) => {
    if (!UNFINISHED.includes(status)) throw new Refusal(INVALID_INPUT, 'Der Import ist schon zu Ende.', ['id']);
    await changeOne(
      tx,
      sql`update import_job set is_cancelled = true, version = version + 1,
            status = case when status = ${ImportStatus.QUEUED} then ${ImportStatus.CANCELLED} else status end,
            finished_at = case when status = ${ImportStatus.QUEUED} then ${ctx.now}::timestamptz else finished_at end
          where id = ${id}`,
    );
  });

/** Takes up one that was stopped or failed, where that left off. NOT_FOUND, INVALID_INPUT, TOO_LATE. */
export const resumeImport = (ctx: Context, id: string): Promise<string> =>
  onImport(ctx, id, async (tx, { status }) => {
    if (!RESUMABLE.includes(status))
      throw new Refusal(INVALID_INPUT, 'Nur ein abgebrochener oder gescheiterter Import kann fortgesetzt werden.', [
        'id',
      ]);
    // Looked for after its job was locked: an upload that made room for another one is gone.
    if ((await rowsOf(tx, sql`select from import_upload where id = ${id}`)).length === 0)
      throw new Refusal(TOO_LATE, 'Die hochgeladene Datei ist schon gelöscht; bitte laden Sie sie neu.', ['id']);
    await changeOne(
      tx,
      sql`update import_job set status = ${ImportStatus.QUEUED}, is_cancelled = false, finished_at = null, failure = null,
            version = version + 1 where id = ${id}`,
    );
    await askForImports(tx);
  });

function onImport(
  ctx: Context,
  id: string,
  work: (tx: Parameters<Parameters<typeof write>[1]>[0], job: Locked) => Promise<void>,
): Promise<string> {
  return write(ctx, async tx => {
    const [job] = isId(id)
      ? await rowsOf<Locked>(
          tx,
          sql`select t.status from import_job t where t.id = ${id} and ${isSeenImport(ctx.viewer)} for update of t`,
        )
      : [];
    if (!job) throw new Refusal(NOT_FOUND, 'Diesen Import gibt es nicht.', ['id']);
    await work(tx, job);
    return id;
  });
}
