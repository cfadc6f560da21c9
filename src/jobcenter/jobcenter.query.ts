import { ofPublishedPartner, ofSeenPartner } from '../partner/partner.access.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { columnsOf, entitiesOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { Jobcenter } from './jobcenter.entity.js';
import { JobcenterConnection } from './jobcenter.inputs.js';

const NAME = '(select called.name from partner called where called.id = t.partner_id)';

/** By the name of the partner that each is. */
const JOBCENTERS: OrderedList<Jobcenter> = {
  entity: Jobcenter,
  table: 'jobcenter',
  order: `${NAME}, t.id`,
  after: ([name, id]) => sql`(${verbatim(NAME)}, t.id) > (${name}, ${id}::uuid)`,
};

const PUBLISHED: readonly Sql[] = [ofPublishedPartner(sql`t.partner_id`)];

/** Those of all networks, by name. */
export async function jobcenterPage({ em, secrets }: Context, args: PageArgs): Promise<JobcenterConnection> {
  const page = pageOf(args, secrets, JobcenterConnection.list);
  const rows = await listPage(em, JOBCENTERS, PUBLISHED, page);
  await em.populate(rows, ['partner']);
  return JobcenterConnection.of(secrets, {
    rows,
    page,
    position: ({ partner, id }) => [partner.getEntity().name, id],
    count: () => countOf(em, JOBCENTERS, PUBLISHED),
  });
}

/** Null where there is none, or its partner is not for the viewer to see. */
export async function findJobcenter({ em, viewer }: Context, id: string): Promise<Jobcenter | null> {
  if (!isId(id)) return null;
  const [found] = await entitiesOf(
    em,
    Jobcenter,
    sql`select ${columnsOf(em, Jobcenter, 't')} from jobcenter t
        where t.id = ${id} and ${ofSeenPartner(viewer, sql`t.partner_id`)}`,
  );
  return found ?? null;
}
