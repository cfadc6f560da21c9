import type DataLoader from 'dataloader';
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

/** What hangs on a record. */
export interface OfRecord<T> {
  load(record: { readonly id: string }): Promise<T>;
}

/** Of a record of today it is read by the id, for a whole page at once; of a past one it is what it was then. */
export const ofRecord = <Entity extends { readonly id: string }, T>(
  today: Pick<DataLoader<string, T>, 'load'>,
  then: (past: Past, record: Entity) => Promise<T>,
): OfRecord<T> => ({
  load(record) {
    const past = pastOf(record);
    return past ? then(past, record as Entity) : today.load(record.id);
  },
});

/** The codes, keys or ids that a list of the document holds. */
export const listIn = ({ document }: Past, field: string): readonly string[] =>
  (document[field] ?? []) as readonly string[];
