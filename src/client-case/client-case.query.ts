import type { EntityManager } from '@mikro-orm/postgresql';
import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { newestAfter, newestFirst } from '../shared/newest-first.js';
import { allOf, columnsOf, countWhere, entitiesOf, type Sql, sql, verbatim } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { onCase } from './client-case.access.js';
import { ClientCase } from './client-case.entity.js';
import { ClientCaseConnection, type ClientCaseFilter, type ClientCasesArgs } from './client-case.inputs.js';

/** Null where there is none, or none that the viewer works on. */
export async function findClientCase(ctx: Context, id: string): Promise<ClientCase | null> {
  return isId(id) ? ctx.loaders.ownCase.load(id.toLowerCase()) : null;
}

/** The viewer's own: assigned to them, or as a deputy; newest first. */
export async function clientCasePage(ctx: Context, args: ClientCasesArgs): Promise<ClientCaseConnection> {
  const { em, viewer, secrets } = ctx;
  const page = pageOf(args, secrets, ClientCaseConnection.list);
  const conditions = [onCase(viewer, 'c'), ...wishedCases(args.filter ?? {})];
  return ClientCaseConnection.of(secrets, {
    rows: await pageOfCases(em, conditions, page),
    page,
    position: ({ createdAt, id }) => [createdAt.toISOString(), id],
    count: () => countWhere(em, 'client_case c', conditions),
  });
}

/** Those of the cases that the viewer works on. */
export const casesAmong = (em: EntityManager, viewer: Viewer, ids: readonly string[]): Promise<ClientCase[]> =>
  entitiesOf(
    em,
    ClientCase,
    sql`select ${columnsOf(em, ClientCase, 'c')} from client_case c
        where c.id = any(${ids}::uuid[]) and ${onCase(viewer, 'c')}`,
  );

const pageOfCases = (em: EntityManager, conditions: Sql[], page: Page): Promise<ClientCase[]> =>
  entitiesOf(
    em,
    ClientCase,
    sql`select ${columnsOf(em, ClientCase, 'c')} from client_case c
        where ${allOf([...conditions, ...newestAfter('c', page)])} ${newestFirst('c', page)}`,
  );

/** A reference as people say it: in capitals, and the strokes left out. */
const spoken = (reference: string): string => reference.replace(/[-\s]/g, '').toUpperCase();

/** SQL: what the filter asks of a case. */
export function wishedCases({ statuses, query }: ClientCaseFilter, alias = 'c'): Sql[] {
  const c = verbatim(alias);
  return [
    ...(statuses?.length ? [sql`${c}.status = any(${statuses}::text[])`] : []),
    ...(query?.trim() ? [sql`position(${spoken(query)} in replace(${c}.reference, '-', '')) > 0`] : []),
  ];
}
