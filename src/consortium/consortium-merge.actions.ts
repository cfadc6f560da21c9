import type { EntityManager } from '@mikro-orm/postgresql';
import { change } from '../shared/change.js';
import { rowsOf, sql } from '../shared/sql.js';

/**
 * The consortia to which these partners belong or which belong to them, locked until the end of the transaction: before
 * their memberships are, as who ends a membership locks them. The partners are locked already, so that none is added.
 */
export const lockConsortiaOf = (tx: EntityManager, partners: readonly string[]): Promise<object[]> =>
  rowsOf(
    tx,
    sql`select from consortium c where c.umbrella_id = any(${partners}::uuid[]) or exists (
          select from consortium_member m where m.consortium_id = c.id and m.partner_id = any(${partners}::uuid[]))
        order by c.id for no key update`,
  );

/**
 * Where two partners have become one, its memberships of one consortium in one role that have a day in common become the
 * first of them, until the last day of all. The consortia are locked and get a version for it.
 */
export async function joinMemberships(tx: EntityManager, partner: string): Promise<void> {
  const joined = await rowsOf<{ consortium: string }>(
    tx,
    sql`with mine as (
          select m.*, coalesce(m.member_until, 'infinity') as last,
            max(coalesce(m.member_until, 'infinity')) over (partition by m.consortium_id, m.role
              order by m.member_from, m.id rows between unbounded preceding and 1 preceding) as last_before
          from consortium_member m where m.partner_id = ${partner}),
        counted as (
          select mine.*, count(*) filter (where last_before is null or member_from > last_before)
            over (partition by consortium_id, role order by member_from, id) as nth from mine),
        wanted as (
          select consortium_id, (array_agg(id order by member_from, id))[1] as stays, array_agg(id) as ids,
            nullif(max(last), 'infinity') as member_until,
            case when bool_and(entered_on is not null) then min(entered_on) end as entered_on
          from counted group by consortium_id, role, nth having count(*) > 1),
        gone as (
          delete from consortium_member m using wanted w where m.id = any(w.ids) and m.id <> w.stays),
        widened as (
          update consortium_member m set member_until = w.member_until, entered_on = w.entered_on, version = m.version + 1
          from wanted w where m.id = w.stays)
        select distinct consortium_id as consortium from wanted`,
  );
  const ids = joined.map(one => one.consortium);
  if (ids.length > 0) await change(tx, sql`update consortium set version = version + 1 where id = any(${ids}::uuid[])`);
}
