import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '../shared/id.js';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';

/**
 * SQL: the agreement `g` shares the service `s` (an alias) on that day. A partner that was merged is shared as what it
 * was merged into; a category holds all below it.
 */
const shares = (alias: string, day: string): Sql => {
  const s = verbatim(alias);
  return sql`g.network_id = ${s}.network_id and g.status = 'AGREED'
    and g.starts_on <= ${day}::date and (g.ends_on is null or g.ends_on >= ${day}::date)
    and ${coversPartner(sql`${s}.partner_id`)}
    and (not exists (select from sharing_category gc where gc.agreement_id = g.id)
      or exists (
        with recursive below (code) as (
          select gc.category_code from sharing_category gc where gc.agreement_id = g.id
          union select c.code from category c join below on c.parent_code = below.code)
        select from service_category sc join below on below.code = sc.category_code where sc.service_id = ${s}.id))`;
};

/** SQL: is the partner in this column one that the agreement `g` is about? */
export const coversPartner = (column: Sql): Sql => sql`(
  not exists (select from sharing_partner gp where gp.agreement_id = g.id)
  or exists (select from sharing_partner gp join partner named on named.id = gp.partner_id
    where gp.agreement_id = g.id and coalesce(named.merged_into_id, named.id) = ${column}))`;

/** SQL: is the service `s` (an alias) shared with one of these networks on that day? */
export const isSharedWith = (alias: string, receivers: readonly string[], day: string): Sql => sql`exists (
  select from sharing_agreement g where g.receiver_id = any(${receivers}::uuid[]) and ${shares(alias, day)})`;

/** An agreement under which something is shared, and the networks on both sides of it. */
export interface Shared {
  readonly id: string;
  readonly giver: string;
}

/**
 * The agreement under which the service is shared with the network on that day, the one that lasts longest; null where
 * none does, also for a service of the network's own. Locked: nobody ends it before the transaction is over.
 */
export async function sharedUnder(
  tx: EntityManager,
  service: string,
  receiver: string,
  day: string,
): Promise<Shared | null> {
  if (!isId(service)) return null;
  const [found] = await rowsOf<Shared>(
    tx,
    sql`select g.id, g.network_id as giver from service s join sharing_agreement g on ${shares('s', day)}
        where s.id = ${service} and g.receiver_id = ${receiver}
        order by g.ends_on desc nulls first, g.id limit 1 for share of g`,
  );
  return found ?? null;
}

/** Of each service, the agreement under which it is shared with one of these networks on that day. */
export const agreementsOfServices = (
  em: EntityManager,
  services: readonly string[],
  receivers: readonly string[],
  day: string,
): Promise<{ service: string; agreement: string }[]> =>
  rowsOf(
    em,
    sql`select distinct on (s.id) s.id as service, g.id as agreement
        from service s join sharing_agreement g on ${shares('s', day)}
        where s.id = any(${services}::uuid[]) and g.receiver_id = any(${receivers}::uuid[])
          and not s.network_id = any(${receivers}::uuid[])
        order by s.id, g.ends_on desc nulls first, g.id`,
  );
