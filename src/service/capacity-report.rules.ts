import type { Fault } from '../record/fault.rules.js';
import { MOST_PLACES } from './service.rules.js';

/** What a partner reports of the places of a service; what is left out stays, and is so confirmed. */
export interface CapacityReport {
  /** All places; null: they are not counted. */
  readonly total?: number | null;
  /** Taken by clients who came another way; null is taken for 0. */
  readonly occupiedElsewhere?: number | null;
  /** People who came another way and wait; null: not known. */
  readonly waiting?: number | null;
  /** How many days a new client waits; null: not known. */
  readonly expectedWaitDays?: number | null;
}

/** More days than anybody waits: beyond it a number is a slip. */
export const LONGEST_WAIT_DAYS = 3_650;

const MOST: Readonly<Record<keyof CapacityReport, number>> = {
  total: MOST_PLACES,
  occupiedElsewhere: MOST_PLACES,
  waiting: MOST_PLACES,
  expectedWaitDays: LONGEST_WAIT_DAYS,
};

export const REPORT_FIELDS = Object.keys(MOST) as readonly (keyof CapacityReport)[];

/** Numbers that nobody has, each at its field. */
export const capacityFaults = (report: CapacityReport): Fault[] =>
  REPORT_FIELDS.flatMap(field => rangeFaults(field, report[field], MOST[field]));

/** A number that nobody has, in German. */
export const rangeFaults = (field: string, value: number | null | undefined, most: number): Fault[] =>
  value == null || (value >= 0 && value <= most)
    ? []
    : [{ path: [field], message: `Möglich ist eine Zahl von 0 bis ${most.toLocaleString('de')}.` }];
