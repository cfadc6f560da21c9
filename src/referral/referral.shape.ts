import { onCase } from '../client-case/client-case.access.js';
import { json, number, one, word } from '../read-path/readers.js';
import type { OneRoot, PageRoot, Shape } from '../read-path/shape.js';
import { pageOf } from '../shared/connection.js';
import { isId } from '../shared/id.js';
import { isoMoment } from '../shared/moment.js';
import { newestOf } from '../shared/newest-first.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { throughLens, visibleTo } from './referral.access.js';
import { Referral } from './referral.entity.js';
import { ReferralConnection, type ReferralsArgs } from './referral.inputs.js';
import { wished } from './referral.query.js';

const REFERRALS = newestOf(Referral, 'referral');

/** SQL: what the viewer sees in a column that has a twin for who works on the case. */
const seen = (viewer: Viewer, { text: row }: Sql, column: string, print = (name: string): string => name): Sql =>
  throughLens(viewer, row, verbatim(print(`${row}.${column}`)), verbatim(print(`${row}.seen_${column}`)));

const seenMoment = (column: string) =>
  json((row, { viewer }) => sql`coalesce(${seen(viewer, row, column, isoMoment)}, 'null')`);

/** What one side sees of a referral, as `viewOf`; nothing of it that depends on its feedback level. */
export const REFERRAL: Shape = {
  entity: Referral,
  columns: ['id', 'basis', 'urgent', 'createdAt'],
  fields: {
    clientCase: one(
      (row, { viewer }) => sql`client_case t where t.id = ${row}.client_case_id and ${onCase(viewer, 't')}`,
    ),
    network: one(row => sql`network t where t.id = ${row}.network_id`),
    partner: one(row => sql`partner t where t.id = ${row}.partner_id`),
    respondBy: seenMoment('respond_by'),
    service: one(row => sql`service t where t.id = ${row}.service_id`),
    status: word((row, { viewer }) => seen(viewer, row, 'status')),
    updatedAt: seenMoment('updated_at'),
    version: number((row, { viewer }) => seen(viewer, row, 'version')),
  },
};

export const referral: OneRoot = {
  kind: 'one',
  caseData: true,
  from: ({ viewer }, { id }) => (isId(id) ? sql`referral t where t.id = ${id} and ${visibleTo(viewer, 't')}` : null),
};

export const referrals: PageRoot = {
  kind: 'page',
  caseData: true,
  async page(ctx, { filter, ...page }: ReferralsArgs) {
    const name = ReferralConnection.list;
    const conditions = [visibleTo(ctx.viewer, 't'), ...wished(ctx, filter ?? {}, 't')];
    return { list: REFERRALS, name, conditions, page: pageOf(page, ctx.secrets, name) };
  },
};
