import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Network } from '../network/network.entity.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { badInput, forbidden, unauthenticated } from '../shared/errors.js';
import { sql } from '../shared/sql.js';
import { hasRole, isSignedIn, Role } from '../viewer/viewer.rules.js';
import { askForImports } from './import-ask.actions.js';
import { mayImportInto } from './import-job.access.js';
import { fileNameOf, MOST_UPLOADS, PIECE, SOURCE_NAME } from './import-job.rules.js';
import { releaseUpload, reserveUpload } from './import-place.actions.js';

/** An upload that somebody may make. */
export interface Upload {
  /** Takes it to its end, and makes the job; its id. Of one that breaks off nothing is kept. */
  take(bytes: AsyncIterable<Buffer>): Promise<string>;
}

const PARAMETERS = ['network', 'source', 'dryRun', 'format', 'table'];

/**
 * Looks whether the viewer may upload this, before a byte is read.
 *
 * @returns null for a network that there is not, or that she does not coordinate
 * @throws PublicError UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT
 */
export async function openUpload(
  ctx: Context,
  query: URLSearchParams,
  contentType: string | undefined,
): Promise<Upload | null> {
  const { em, viewer } = ctx;
  if (!isSignedIn(viewer)) throw unauthenticated();
  if (!hasRole(viewer, Role.COORDINATOR)) throw forbidden();
  for (const name of query.keys())
    if (!PARAMETERS.includes(name) || query.getAll(name).length > 1)
      throw badInput(name, `Known are ${PARAMETERS.join(', ')}, each once.`);
  const slug = query.get('network') ?? '';
  const source = query.get('source') ?? 'hsds';
  const dryRun = query.get('dryRun') ?? 'false';
  if (slug === '' || slug.includes('\0')) throw badInput('network', 'network: The slug of the network.');
  if (!SOURCE_NAME.test(source)) throw badInput('source', 'source: Small letters, digits, dots and dashes.');
  if (!['true', 'false'].includes(dryRun)) throw badInput('dryRun', 'dryRun: true or false.');
  const network = await em.findOne(Network, { slug });
  if (!network || !mayImportInto(viewer, network.id)) return null;
  const id = await reserveUpload(em, network.id, ctx.now);
  if (id === null) throw badInput('network', `network: At most ${MOST_UPLOADS} imports of it wait at once.`);
  return {
    async take(bytes) {
      const [format, table] = [query.get('format'), query.get('table')];
      try {
        const told = await keepPieces(em, id, bytes);
        const file = fileNameOf(format, table, contentType, told.first);
        if (file === null)
          throw badInput(
            'format',
            'format: zip, json, ndjson, or csv with table=, the name of one of the specification.',
          );
        await em.transactional(async tx => {
          await change(
            tx,
            sql`insert into import_job (id, network_id, started_by_id, source, file, bytes, sha256, dry_run, created_at)
              values (${id}, ${network.id}, ${viewer.accountId}, ${source}, ${file}, ${told.size}, ${told.sha256},
                ${dryRun === 'true'}, ${ctx.now})`,
          );
          await askForImports(tx);
        });
        return id;
      } catch (error) {
        await releaseUpload(em, id);
        throw error;
      }
    },
  };
}

async function keepPieces(em: EntityManager, upload: string, bytes: AsyncIterable<Buffer>) {
  const hash = createHash('sha256');
  let [size, number, waiting] = [0, 0, 0];
  let parts: Buffer[] = [];
  let first = Buffer.alloc(0);
  async function keep(): Promise<void> {
    const piece = Buffer.concat(parts);
    await change(
      em,
      sql`insert into import_piece (upload_id, number, bytes)
          values (${upload}, ${number++}, decode(${piece.toString('base64')}, 'base64'))`,
    );
    [parts, waiting] = [[], 0];
  }
  for await (const part of bytes) {
    if (first.length < 64) first = Buffer.concat([first, part.subarray(0, 64)]);
    hash.update(part);
    size += part.length;
    waiting += part.length;
    parts.push(part);
    if (waiting >= PIECE) await keep();
  }
  if (waiting > 0) await keep();
  if (size === 0) throw badInput('body', 'The upload is empty.');
  return { size, first, sha256: hash.digest('hex') };
}
