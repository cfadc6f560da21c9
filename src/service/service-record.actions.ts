import type { EntityManager } from '@mikro-orm/postgresql';
import { createRecords, type NewRecord, type Provenance } from '../record/record.actions.js';
import { change } from '../shared/change.js';
import { sql } from '../shared/sql.js';
import { SERVICE_RECORD } from './service-record.rules.js';

/** Makes services with their counters of places, of which nothing is reported yet. Their ids. */
export async function createServices(
  tx: EntityManager,
  services: readonly NewRecord[],
  by: Provenance,
): Promise<string[]> {
  const ids = await createRecords(tx, SERVICE_RECORD, services, by);
  await makeCounters(tx, ids);
  return ids;
}

/** The counters of places of new services. */
export async function makeCounters(tx: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await change(tx, sql`insert into service_capacity (service_id) select unnest(${ids}::uuid[])`);
}
