import type { RecordDocument } from './record.rules.js';

/** What a record was at a moment. */
export interface Past {
  readonly at: Date;
  readonly document: RecordDocument;
}

const pasts = new WeakMap<object, Past>();

/** The entity of a record as it was then. Its columns are those of then; what hangs on it is read from the document. */
export function asPast<T extends object>(record: T, past: Past): T {
  pasts.set(record, past);
  return record;
}

/** Undefined for a record of today. */
export const pastOf = (record: object): Past | undefined => pasts.get(record);

/** The moment that a record is told of: its own where it is a past one. */
export const momentOf = (record: object, now: Date): Date => pastOf(record)?.at ?? now;
