import type { EntityManager } from '@mikro-orm/postgresql';
import { onCase } from '../client-case/client-case.access.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { Consent } from './consent.entity.js';

/** Null where there is none, or none of a case that the viewer works on. */
export async function findConsent({ em, viewer }: Context, id: string): Promise<Consent | null> {
  if (!isId(id)) return null;
  const [consent] = await entitiesOf(
    em,
    Consent,
    sql`select ${columnsOf(em, Consent, 'k')} from consent k join client_case c on c.id = k.client_case_id
        where k.id = ${id} and ${onCase(viewer, 'c')}`,
  );
  return consent ?? null;
}

/**
 * The consent that lets the case be referred to the service on that day: for the service itself, or for a category whose
 * subtree holds it. Of several the one that names the service comes first, then the one that holds longest, then the
 * newest; null if there is none.
 */
export async function consentFor(
  tx: EntityManager,
  clientCase: string,
  service: string,
  day: string,
): Promise<{ id: string; validUntil: string } | null> {
  const rows = await rowsOf<{ id: string; valid_until: string }>(
    tx,
    sql`with recursive above (code) as (
          select category_code from service_category where service_id = ${service}
          union select c.parent_code from category c join above on above.code = c.code where c.parent_code is not null)
        select k.id, k.valid_until::text from consent k
        where k.client_case_id = ${clientCase} and k.revoked_at is null
          and k.given_on <= ${day}::date and k.valid_until >= ${day}::date
          and (k.service_id = ${service} or k.category_code in (select code from above))
        order by k.service_id is null, k.valid_until desc, k.created_at desc, k.id limit 1`,
  );
  return rows[0] ? { id: rows[0].id, validUntil: rows[0].valid_until } : null;
}
