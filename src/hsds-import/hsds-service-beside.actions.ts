import type { EntityManager } from '@mikro-orm/postgresql';
import { makeCounters } from '../service/service-record.actions.js';
import { change } from '../shared/change.js';
import { sql } from '../shared/sql.js';
import { type Aggregate, type Remarks, textIn } from './hsds-aggregate.rules.js';
import { hearCapacity } from './hsds-capacity.actions.js';
import { placesOf } from './hsds-capacity.rules.js';
import type { Written } from './hsds-records.actions.js';

/** What a source says of services beside their records: how old it is, and their places. */
export async function tellBeside(
  tx: EntityManager,
  batch: ReadonlyMap<string, Aggregate>,
  written: readonly Written[],
  now: Date,
  remark: Remarks,
): Promise<void> {
  await makeCounters(
    tx,
    written.filter(({ created }) => created).map(({ record }) => record),
  );
  await confirmAsSaid(tx, batch, written, now);
  const capacities = written.flatMap(({ key, record }) => {
    const said = placesOf(batch.get(key)!, now, remark);
    return said ? [{ ...said, service: record }] : [];
  });
  await hearCapacity(tx, capacities, now);
}

/** A new service is as old as its source says that somebody last looked; what people here confirmed stays. */
async function confirmAsSaid(
  tx: EntityManager,
  batch: ReadonlyMap<string, Aggregate>,
  written: readonly Written[],
  now: Date,
): Promise<void> {
  const said = written.flatMap(({ key, record, created }) => {
    const day = created ? textIn(batch.get(key)!.root, 'assured_date') : null;
    return day === null ? [] : [{ record, day }];
  });
  if (said.length === 0) return;
  await change(
    tx,
    sql`update service s set confirmed_at = least(a.day, ${now})
        from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as a (record uuid, day timestamptz) where s.id = a.record`,
  );
}
