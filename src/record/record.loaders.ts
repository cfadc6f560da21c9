import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { readRecords, type StoredRecord } from './record.query.js';
import type { RecordName } from './record.rules.js';
import { RECORD_KINDS } from './record-kinds.rules.js';

/** Records as they are stored, by kind and id; those of one kind by one statement. What may be told of them, others know. */
export const storedRecords = (em: EntityManager): ((kind: RecordName) => DataLoader<string, StoredRecord | null>) => {
  const known = new Map<RecordName, DataLoader<string, StoredRecord | null>>();
  return name => {
    const records =
      known.get(name) ??
      new DataLoader<string, StoredRecord | null>(async ids => {
        const found = await readRecords(em, RECORD_KINDS[name], ids);
        return ids.map(id => found.get(id) ?? null);
      });
    known.set(name, records);
    return records;
  };
};
