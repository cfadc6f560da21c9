import { knownNetwork } from '../network/network.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { newestOf } from '../shared/newest-first.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { columnsOf, entitiesOf, type Sql, sql } from '../shared/sql.js';
import { agreementVisibleTo } from './sharing.access.js';
import { SharingAgreementConnection, type SharingAgreementsArgs, type SharingFilter } from './sharing.inputs.js';
import { SharingAgreement } from './sharing-agreement.entity.js';

const AGREEMENTS = newestOf(SharingAgreement, 'sharing_agreement', 'proposed_at');

/** Null where there is none, or none of a network that the viewer belongs to. */
export async function findSharingAgreement({ em, viewer }: Context, id: string): Promise<SharingAgreement | null> {
  if (!isId(id)) return null;
  const which = sql`t.id = ${id} and ${agreementVisibleTo(viewer)}`;
  const columns = columnsOf(em, SharingAgreement, 't');
  const found = await entitiesOf(em, SharingAgreement, sql`select ${columns} from sharing_agreement t where ${which}`);
  return found[0] ?? null;
}

/** Those of the viewer's networks, newest first. BAD_USER_INPUT for a network that is not there. */
export async function agreementPage(ctx: Context, args: SharingAgreementsArgs): Promise<SharingAgreementConnection> {
  const { em, viewer, secrets } = ctx;
  const page = pageOf(args, secrets, SharingAgreementConnection.list);
  const conditions = [agreementVisibleTo(viewer), ...(await wished(ctx, args.filter ?? {}))];
  return SharingAgreementConnection.of(secrets, {
    rows: await listPage(em, AGREEMENTS, conditions, page),
    page,
    position: ({ proposedAt, id }) => [proposedAt.toISOString(), id],
    count: () => countOf(em, AGREEMENTS, conditions),
  });
}

async function wished({ em, now }: Context, { giver, receiver, statuses }: SharingFilter): Promise<Sql[]> {
  return [
    ...(giver == null ? [] : [sql`t.network_id = ${(await knownNetwork(em, giver, 'filter.giver')).id}`]),
    ...(receiver == null ? [] : [sql`t.receiver_id = ${(await knownNetwork(em, receiver, 'filter.receiver')).id}`]),
    ...(statuses?.length ? [sql`${standing(berlinDay(now))} = any(${statuses}::text[])`] : []),
  ];
}

/** SQL: `standingOf` of the rules. */
const standing = (day: string): Sql =>
  sql`(case when t.status = 'AGREED' and t.ends_on < ${day}::date then 'ENDED' else t.status end)`;
