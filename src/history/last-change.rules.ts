import type { Origin } from '../record/record.rules.js';

/** The last change of one field of a record, or its making: then the field is ''. */
export interface LastChange {
  readonly record: string;
  readonly field: string;
  readonly at: Date;
  readonly origin: Origin;
  readonly source: string | null;
  readonly account: string | null;
}
