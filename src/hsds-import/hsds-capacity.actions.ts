import type { EntityManager } from '@mikro-orm/postgresql';
import { type FreedPlaces, tellAllNextInLine } from '../referral-step/referral-waiting.actions.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { PlacesSaid } from './hsds-capacity.rules.js';

/**
 * Takes over what a source says of the places of services, where nothing younger was reported; what referrals hold
 * stays as it is. Who waits for a place that is free now is told.
 */
export async function hearCapacity(
  tx: EntityManager,
  said: readonly (PlacesSaid & { readonly service: string })[],
  now: Date,
): Promise<void> {
  if (said.length === 0) return;
  const freed = await rowsOf<FreedPlaces>(
    tx,
    sql`with said as (
          select * from jsonb_to_recordset(${JSON.stringify(said)}::jsonb)
            as x (service uuid, available int, maximum int, at timestamptz)
        ),
        older as (
          select c.* from service_capacity c join said on said.service = c.service_id
          where c.reported_at is null or c.reported_at < said.at
          order by c.service_id for update of c
        )
        update service_capacity c set total = said.maximum, reported_at = said.at,
          occupied_elsewhere = greatest(0, said.maximum - c.reserved - said.available)
        from older join said on said.service = older.service_id
        where c.service_id = older.service_id
        returning c.service_id as service, greatest(0, older.total - older.reserved - older.occupied_elsewhere) as before,
          case when c.waitlisted > 0 then greatest(0, c.total - c.reserved - c.occupied_elsewhere) end as after`,
  );
  await tellAllNextInLine(tx, freed, now);
}
