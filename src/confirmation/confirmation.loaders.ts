import type { EntityManager } from '@mikro-orm/postgresql';
import type DataLoader from 'dataloader';
import type { RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { manyPerId } from '../shared/per-id.loaders.js';
import { type GroupConfirmed, groupsConfirmed } from './confirmation.query.js';

/** When each group of each record was last confirmed; up to a moment, or by now. One statement a kind and moment. */
export const confirmationsOf = (em: EntityManager) => {
  const known = new Map<string, DataLoader<string, GroupConfirmed[]>>();
  return (name: RecordName, until: Date | null = null): DataLoader<string, GroupConfirmed[]> => {
    const key = `${name} ${until?.toISOString()}`;
    const loader =
      known.get(key) ??
      manyPerId(
        ids => groupsConfirmed(em, RECORD_KINDS[name], ids, until),
        ({ record }) => record,
      );
    known.set(key, loader);
    return loader;
  };
};
