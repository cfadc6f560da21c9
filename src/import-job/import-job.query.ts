import type { EntityManager } from '@mikro-orm/postgresql';
import { knownNetwork } from '../network/network.query.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { newestOf } from '../shared/newest-first.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { allOf, columnsOf, countWhere, entitiesOf, rowsOf, sql, verbatim } from '../shared/sql.js';
import { isSeenImport } from './import-job.access.js';
import { ImportFinding, ImportJob } from './import-job.entity.js';
import { type ImportStatus, UNFINISHED } from './import-job.rules.js';
import {
  ImportFindingConnection,
  type ImportFindingsArgs,
  ImportJobConnection,
  type ImportJobsArgs,
} from './import-job.types.js';

const IMPORTS = newestOf(ImportJob, 'import_job');

/** Null where there is none that the viewer may see. */
export async function findImport({ em, viewer }: Context, id: string): Promise<ImportJob | null> {
  if (!isId(id)) return null;
  const found = await entitiesOf(
    em,
    ImportJob,
    sql`select ${columnsOf(em, ImportJob, 't')} from import_job t where t.id = ${id} and ${isSeenImport(viewer)}`,
  );
  return found[0] ?? null;
}

/** Newest first. BAD_USER_INPUT for a network that there is not. */
export async function importPage(ctx: Context, args: ImportJobsArgs): Promise<ImportJobConnection> {
  const { em, viewer, secrets } = ctx;
  const page = pageOf(args, secrets, ImportJobConnection.list);
  const conditions = [isSeenImport(viewer)];
  if (args.network != null)
    conditions.push(sql`t.network_id = ${(await knownNetwork(em, args.network, 'network')).id}`);
  const rows = await listPage(em, IMPORTS, conditions, page);
  return ImportJobConnection.of(secrets, {
    rows,
    page,
    position: ({ createdAt, id }) => [createdAt.toISOString(), id],
    count: () => countOf(em, IMPORTS, conditions),
  });
}

/** What was found and kept, in the order in which it was found. */
export async function findingsOf(
  { em, secrets }: Context,
  job: string,
  args: ImportFindingsArgs,
): Promise<ImportFindingConnection> {
  const page = pageOf(args, secrets, ImportFindingConnection.list);
  const conditions = [sql`t.job_id = ${job}`, ...(args.code == null ? [] : [sql`t.code = ${args.code}`])];
  const rest = page.after ? [sql`t.number > ${page.after[0]}::int`] : [];
  const rows = await entitiesOf(
    em,
    ImportFinding,
    sql`select ${columnsOf(em, ImportFinding, 't')} from import_finding t where ${allOf([...conditions, ...rest])}
        order by t.number limit ${verbatim(String(page.size + 1))}`,
  );
  return ImportFindingConnection.of(secrets, {
    rows,
    page,
    position: ({ number }) => [number],
    count: () => countWhere(em, 'import_finding t', conditions),
  });
}

/** The upload of a job, piece by piece. */
export async function* uploadOf(em: EntityManager, upload: string): AsyncGenerator<Buffer> {
  for (let number = 0; ; number++) {
    const [piece] = await rowsOf<{ text: string }>(
      em,
      sql`select encode(bytes, 'base64') as text from import_piece where upload_id = ${upload} and number = ${number}`,
    );
    if (!piece) return;
    yield Buffer.from(piece.text, 'base64');
  }
}

/** What a hub needs to know of a job that it takes up. */
export interface WaitingImport {
  readonly id: string;
  readonly network: string;
  readonly account: string | null;
  readonly source: string;
  readonly file: string;
  readonly sha256: string;
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<string, never>>;
  readonly status: ImportStatus;
}

/** The next one to be done, also one that a killed hub was at; null where there is none. */
export async function nextImport(em: EntityManager): Promise<WaitingImport | null> {
  const [job] = await rowsOf<WaitingImport>(
    em,
    sql`select id, network_id as network, started_by_id as account, source, file, sha256, dry_run as "dryRun", counts, status
        from import_job where status = any(${UNFINISHED}::text[]) order by created_at, id limit 1`,
  );
  return job ?? null;
}
