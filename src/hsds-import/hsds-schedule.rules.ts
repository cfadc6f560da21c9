import { storedHours } from '../opening-hours/opening-hours.rules.js';
import { storableRule } from '../opening-hours/opening-hours-schedule.rules.js';
import type { JsonValue } from '../record/record.rules.js';
import { type Aggregate, type Remarks, rowsIn, type Staged } from './hsds-aggregate.rules.js';

/** Columns that say of what the hours are, not when. */
const LINKS = ['id', 'service_id', 'location_id', 'service_at_location_id'];

/** The hours of the whole; those of a service at one of its places count for the service. */
export function openingHoursOf(aggregate: Aggregate, remark: Remarks): JsonValue {
  const rules = rowsIn(aggregate, 'schedules').map(row => {
    const { rule, faults } = storableRule(scheduleIn(row));
    if (faults.length > 0) remark(row, null, 'BAD_FORMAT', JSON.stringify(row.row));
    return rule;
  });
  return storedHours({ rules, exceptions: [] });
}

const scheduleIn = ({ row }: Staged): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) => {
      if (LINKS.includes(column) || value === null || value === undefined || value === '') return [];
      return [[column, typeof value === 'string' ? value : JSON.stringify(value)]];
    }),
  );
