import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type FindingReport, findingReport } from '../file/report.js';
import { importFeed } from '../hsds-import/hsds-feed.actions.js';
import type { ImportCounts } from '../hsds-import/hsds-import.rules.js';
import { Origin } from '../record/record.rules.js';
import { change } from '../shared/change.js';
import type { Clock } from '../shared/clock.js';
import type { Progress } from '../shared/progress.js';
import { rowsOf, sql } from '../shared/sql.js';
import { isUnavailable } from '../shared/unavailable.js';
import { nextImport, uploadOf, type WaitingImport } from './import-job.query.js';
import { addedCounts, failureAt, ImportStatus, KEPT_FINDINGS, NO_STAGING } from './import-job.rules.js';
import { releaseUpload } from './import-place.actions.js';
import { withSpooled } from './import-spool.js';

export interface ImportBench {
  /** Of the hub: progress is told, and cancelling heard, beside the work. */
  readonly desk: MikroORM;
  /** With a pool of one connection, to which the staged rows belong. */
  readonly bench: MikroORM;
  readonly clock: Clock;
  /** Aborted when the hub ends: what is left waits for the next one. */
  readonly ending: AbortSignal;
  /** Told of a fault of the hub's own, and at which job. */
  readonly onFault: (error: unknown, job: string) => void;
}

const TELL_MS = 1_000;

/** Somebody wants it to end. */
class Cancelled extends Error {}

/** Does all imports that wait, one after the other. The caller sees to it that nobody else does. */
export async function runImports(by: ImportBench): Promise<number> {
  for (let done = 0; ; done++) {
    by.ending.throwIfAborted();
    const job = await nextImport(by.desk.em.fork());
    if (!job) return done;
    await runOne(by, job);
  }
}

async function runOne(by: ImportBench, job: WaitingImport): Promise<void> {
  const em = by.desk.em.fork();
  const begun = await change(
    em,
    sql`update import_job set status = ${ImportStatus.RUNNING}, started_at = coalesce(started_at, ${by.clock.now()}),
          version = version + 1, counts = case when dry_run then '{}' else counts end
        where id = ${job.id} and status = ${job.status}`,
  );
  if (begun === 0) return; // cancelled meanwhile
  const told = teller(by, job);
  const report = findingReport({ kept: KEPT_FINDINGS });
  let status = ImportStatus.DONE;
  let failure: string | null = null;
  try {
    await withSpooled(uploadOf(em, job.id), job, path =>
      importFeed(by.bench.em.fork(), path, {
        network: job.network,
        sourceName: job.source,
        by: { origin: Origin.IMPORT, at: by.clock.now(), account: job.account, source: job.source },
        report,
        progress: told.progress,
        signal: told.signal,
        dryRun: job.dryRun,
        onCounts: told.count,
        // A trial stores nothing: its counts are told beside it.
        ...(!job.dryRun && { keepCounts: told.keep }),
      }),
    );
  } catch (error) {
    if (by.ending.aborted) status = ImportStatus.QUEUED;
    else if (isUnavailable(error)) {
      // Whoever comes next takes it up again: it stands as running, and nobody holds it.
      await told.quit();
      throw error;
    } else if (error instanceof Cancelled) status = ImportStatus.CANCELLED;
    else {
      status = ImportStatus.FAILED;
      failure = await failureOf(em, job.id);
      by.onFault(error, job.id);
    }
  }
  await told.end();
  await conclude(em, job, { status, failure }, report, by.clock.now());
}

/** Tells once a second how far it is, and hears whether it is to end; with every batch that it stores as well. */
function teller({ desk, ending }: ImportBench, job: WaitingImport) {
  const stop = new AbortController();
  const state = { phase: null as string | null, done: 0, total: null as number | null };
  let counts: ImportCounts | null = null;
  let telling: Promise<void> | null = null;
  async function tell(isOver = false): Promise<void> {
    // What a batch has stored with itself may be newer than what is known here.
    const stored = counts && (isOver || job.dryRun) ? addedCounts(job.dryRun ? {} : job.counts, counts) : null;
    const [row] = await rowsOf<{ cancelled: boolean }>(
      desk.em.fork(),
      sql`update import_job set phase = ${state.phase}, done = ${state.done}, total = ${state.total},
            counts = coalesce(${stored && JSON.stringify(stored)}::jsonb, counts)
          where id = ${job.id} returning is_cancelled as cancelled`,
    );
    if (row?.cancelled) stop.abort(new Cancelled());
  }
  const timer = setInterval(() => {
    if (telling) return;
    const ended = () => {
      telling = null;
    };
    telling = tell().then(ended, ended); // where it failed, the next one tells it
  }, TELL_MS);
  const progress: Progress = {
    begin: (phase, total) => Object.assign(state, { phase, total, done: 0 }),
    advance: count => {
      state.done += count;
    },
    end: () => {},
  };
  return {
    progress,
    signal: AbortSignal.any([stop.signal, ending]),
    /** A hub that is killed leaves the counts of what it has stored, no more and no less. */
    async keep(tx: EntityManager, stored: ImportCounts): Promise<void> {
      const sum = JSON.stringify(addedCounts(job.counts, stored));
      const [row] = await rowsOf<{ cancelled: boolean }>(
        tx,
        sql`update import_job set counts = ${sum}::jsonb where id = ${job.id} returning is_cancelled as cancelled`,
      );
      if (row?.cancelled) stop.abort(new Cancelled());
    },
    count: (now: ImportCounts) => {
      counts = structuredClone(now);
    },
    async quit(): Promise<void> {
      clearInterval(timer);
      await telling;
    },
    async end(): Promise<void> {
      await this.quit();
      await tell(true);
    },
  };
}

async function conclude(
  em: EntityManager,
  { id }: WaitingImport,
  { status, failure }: { readonly status: ImportStatus; readonly failure: string | null },
  report: FindingReport,
  at: Date,
): Promise<void> {
  const summary = report.summary();
  const findings = summary.flatMap(one => one.findings).map((one, number) => ({ ...one, number }));
  await em.transactional(async tx => {
    await change(tx, sql`delete from import_finding where job_id = ${id}`);
    await change(
      tx,
      sql`insert into import_finding (job_id, number, file, "row", "column", code, severity, value)
          select ${id}::uuid, f.number, f.file, f.row, f.column, f.code, f.severity, f.value
          from jsonb_to_recordset(${storable(JSON.stringify(findings))}::jsonb)
            as f (number int, file text, "row" int, "column" text, code text, severity text, value text)`,
    );
    await change(
      tx,
      sql`update import_job set status = ${status}, failure = ${failure}, version = version + 1,
            finished_at = ${status === ImportStatus.QUEUED ? null : at},
            summary = ${JSON.stringify(summary.map(({ code, severity, count }) => ({ code, severity, count })))}::jsonb
          where id = ${id}`,
    );
    if (status === ImportStatus.DONE) await releaseUpload(tx, id);
  });
}

/** What people are told of a failure. What a missing right is at fault for, whoever keeps the database can mend. */
async function failureOf(em: EntityManager, id: string): Promise<string> {
  const [right] = await rowsOf<{ staging: boolean }>(
    em,
    sql`select has_database_privilege(current_database(), 'TEMPORARY') as staging`,
  );
  return right?.staging ? failureAt(id) : NO_STAGING;
}

/** PostgreSQL stores neither NUL nor half a character. */
const storable = (json: string): string => json.replace(/\\u(0000|d[89a-f][0-9a-f]{2})/gi, '\\ufffd');
