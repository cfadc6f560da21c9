import { hoursOf } from '../opening-hours/opening-hours.rules.js';
import { toSchedule } from '../opening-hours/opening-hours-schedule.rules.js';
import { anyRowOf, type FieldWriter, rowOf } from './hsds-out.rules.js';
import { asJson } from './hsds-own-terms.rules.js';

/** Hours as schedules; exceptions, for which there is no table, go out beside. */
export const openingHoursWriters = (entity: string, owner: 'location_id' | 'service_id'): FieldWriter[] => [
  {
    fields: ['openingHours'],
    rows: writing =>
      hoursOf(writing.document.openingHours ?? null).rules.map((rule, i) =>
        rowOf(writing, 'schedules', i, { ...toSchedule(rule), [owner]: writing.id }),
      ),
    replaces: anyRowOf('schedules'),
  },
  asJson(entity, 'openingHours', ({ document }) => hoursOf(document.openingHours ?? null).exceptions.length > 0),
];
