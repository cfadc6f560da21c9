import type { EntityManager } from '@mikro-orm/postgresql';
import { FrameworkAgreement } from '../framework-agreement/framework-agreement.entity.js';
import { knownNetwork } from '../network/network.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { latestDayOf } from '../shared/newest-first.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { accessionVisibleTo } from './accession.access.js';
import { Accession } from './accession.entity.js';
import { AccessionConnection, type AccessionFilter, type AccessionsArgs } from './accession.inputs.js';
import { type AccessionState, AccessionStatus, type ConsentState } from './accession.rules.js';

const ACCESSIONS = latestDayOf(Accession, 'accession', 'deadline');

/** Those that the viewer may see, the latest deadline first. */
export async function accessionPage(ctx: Context, args: AccessionsArgs): Promise<AccessionConnection> {
  const page = pageOf(args, ctx.secrets, AccessionConnection.list);
  const today = berlinDay(ctx.now);
  const conditions = [accessionVisibleTo(ctx.viewer, today), ...(await wished(ctx, args.filter ?? {}, today))];
  return AccessionConnection.of(ctx.secrets, {
    rows: await listPage(ctx.em, ACCESSIONS, conditions, page),
    page,
    position: ({ deadline, id }) => [deadline, id],
    count: () => countOf(ctx.em, ACCESSIONS, conditions),
  });
}

/** Null where there is none, or none that the viewer may see. */
export async function findAccession({ em, viewer, now }: Context, id: string): Promise<Accession | null> {
  if (!isId(id)) return null;
  const conditions = [sql`t.id = ${id}`, accessionVisibleTo(viewer, berlinDay(now))];
  const [found] = await listPage(em, ACCESSIONS, conditions, { size: 1, after: null });
  return found ?? null;
}

async function wished(
  { em }: Context,
  { agreement, network, statuses }: AccessionFilter,
  today: string,
): Promise<Sql[]> {
  return [
    ...(agreement == null ? [] : [sql`t.agreement_id = ${await knownAgreement(em, agreement)}`]),
    ...(network == null ? [] : [sql`t.network_id = ${(await knownNetwork(em, network, 'filter.network')).id}`]),
    ...(statuses?.length ? [sql`${statusSql(today)} = any(${statuses}::text[])`] : []),
  ];
}

/** BAD_USER_INPUT for a short name that no framework agreement has. */
async function knownAgreement(em: EntityManager, slug: string): Promise<string> {
  const agreement = await em.findOne(FrameworkAgreement, { slug });
  if (!agreement) throw badInput('filter.agreement', 'No framework agreement has this short name.');
  return agreement.id;
}

/** SQL: `statusOn` of the rules. */
const statusSql = (
  on: string,
): Sql => sql`case when t.withdrawn_on <= ${on}::date then ${AccessionStatus.WITHDRAWN}::text
  when t.acceded_on <= ${on}::date then ${AccessionStatus.ACCEDED}
  when t.submitted_on <= ${on}::date then ${AccessionStatus.SUBMITTED}
  when t.deadline < ${on}::date then ${AccessionStatus.LAPSED} else ${AccessionStatus.PREPARING} end`;

/** The first adoption of an action plan with measures, by the accession that it belongs to. */
export const plansAdopted = (
  em: EntityManager,
  accessions: readonly string[],
): Promise<{ accession: string; adoptedOn: string }[]> =>
  rowsOf(
    em,
    sql`select p.accession_id as accession, min(p.adopted_on)::text as "adoptedOn" from action_plan p
        where p.accession_id = any(${accessions}::uuid[]) and p.adopted_on is not null
          and exists (select from plan_measure m where m.plan_id = p.id)
        group by 1`,
  );

/** All that tells what is missing. */
export const stateOf = (
  accession: Accession,
  consents: readonly ConsentState[],
  planAdoptedOn: string | null,
): AccessionState => ({
  ...datesOf(accession),
  consents,
  earlierCatalogues: accession.earlierCatalogues,
  catalogueSince: [accession.catalogueOn, planAdoptedOn].filter(day => day !== null).sort()[0] ?? null,
});

const datesOf = ({ deadline, submittedOn, accededOn, withdrawnOn }: Accession) => ({
  deadline,
  submittedOn,
  accededOn,
  withdrawnOn,
});
