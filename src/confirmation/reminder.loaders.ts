import type { EntityManager } from '@mikro-orm/postgresql';
import { entitiesPerId } from '../shared/per-id.loaders.js';
import { columnsOf, sql } from '../shared/sql.js';
import { RecordReminder } from './record-reminder.entity.js';
import { REMINDS } from './reminder.query.js';

/** The reminder of each record that holds, by the id of the record; one at most. */
export const remindersOfRecord = (em: EntityManager) =>
  entitiesPerId(
    em,
    RecordReminder,
    ids => sql`select t.record_id as owner_id, ${columnsOf(em, RecordReminder, 't')} from record_reminder t
      where t.record_id = any(${ids}::uuid[]) and ${REMINDS}`,
  );
