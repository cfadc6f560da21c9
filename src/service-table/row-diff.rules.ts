import type { RecordChanges, RecordDocument } from '../record/record.rules.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import type { Bilingual } from '../shared/texts.rules.js';
import { PLACE_COLUMNS } from './place-columns.rules.js';

/** What a new service says, as changes: before there was nothing. What is empty, or no, is left out. */
export const changesOfNew = (document: RecordDocument): RecordChanges =>
  Object.fromEntries(
    Object.entries(document).flatMap(([field, after]) => {
      const isEmpty = after === null || after === false || (Array.isArray(after) && after.length === 0);
      return isEmpty ? [] : [[field, { before: null, after }]];
    }),
  );

/** Every field that a row may change, in the order of the record, places last; what people call it. */
export const ROW_FIELDS: Readonly<Record<string, Bilingual>> = { ...SERVICE_RECORD.fields, ...PLACE_COLUMNS };
