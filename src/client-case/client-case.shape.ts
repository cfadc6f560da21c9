import { many, one } from '../read-path/readers.js';
import type { OneRoot, PageRoot, Shape } from '../read-path/shape.js';
import { pageOf } from '../shared/connection.js';
import { isId } from '../shared/id.js';
import { newestOf } from '../shared/newest-first.js';
import { sql } from '../shared/sql.js';
import { onCase } from './client-case.access.js';
import { ClientCase } from './client-case.entity.js';
import { ClientCaseConnection, type ClientCasesArgs } from './client-case.inputs.js';
import { wishedCases } from './client-case.query.js';

const CLIENT_CASES = newestOf(ClientCase, 'client_case');

/** Only where the viewer works on it: whoever reads one asks for that. */
export const CLIENT_CASE: Shape = {
  entity: ClientCase,
  columns: ['id', 'reference', 'status', 'languages', 'birthYear', 'version', 'createdAt'],
  fields: {
    municipality: one(row => sql`municipality t where t.key = ${row}.municipality_key`),
    needs: many(
      row => sql`client_case_health h join need t on t.code = any(h.needs) where h.client_case_id = ${row}.id`,
      't.position, t.code',
    ),
    network: one(row => sql`network t where t.id = ${row}.network_id`),
  },
};

export const clientCase: OneRoot = {
  kind: 'one',
  caseData: true,
  from: ({ viewer }, { id }) => (isId(id) ? sql`client_case t where t.id = ${id} and ${onCase(viewer, 't')}` : null),
};

export const clientCases: PageRoot = {
  kind: 'page',
  caseData: true,
  async page({ viewer, secrets }, { filter, ...page }: ClientCasesArgs) {
    const name = ClientCaseConnection.list;
    const conditions = [onCase(viewer, 't'), ...wishedCases(filter ?? {}, 't')];
    return { list: CLIENT_CASES, name, conditions, page: pageOf(page, secrets, name) };
  },
};
