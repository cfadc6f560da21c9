import { MOST_PLACES } from '../service/service.rules.js';
import { type Aggregate, numberIn, type Remarks, rowsIn, textIn } from './hsds-aggregate.rules.js';

/** What a source says of the places of a service. */
export interface PlacesSaid {
  readonly available: number;
  readonly maximum: number;
  /** When that was so. */
  readonly at: Date;
}

/**
 * The places of a service: of its one `service_capacity`, where that tells both numbers and the day. Null for nothing
 * that the hub could count with; what is odd about it is remarked.
 */
export function placesOf(aggregate: Aggregate, now: Date, remark: Remarks): PlacesSaid | null {
  const [row, ...others] = rowsIn(aggregate, 'service_capacity');
  // Beds and families can't be added up, and nobody says which of them a client would take.
  for (const other of others) remark(other, 'unit_id', 'NOT_COUNTED', textIn(other, 'unit_id') ?? '');
  if (!row || others.length > 0) return null;
  const [available, maximum] = [countIn(row, 'available'), countIn(row, 'maximum')];
  if (available === null || maximum === null || available > maximum) {
    remark(row, 'maximum', 'NOT_COUNTED', textIn(row, 'maximum') ?? '');
    return null;
  }
  const at = new Date(textIn(row, 'updated') ?? Number.NaN);
  if (Number.isNaN(at.getTime())) {
    remark(row, 'updated', 'NOT_COUNTED', textIn(row, 'updated') ?? '');
    return null;
  }
  if (at > now) {
    remark(row, 'updated', 'OUT_OF_RANGE', at.toISOString());
    return null;
  }
  return { available, maximum, at };
}

const countIn = (...args: Parameters<typeof numberIn>): number | null => {
  const count = numberIn(...args);
  return count !== null && Number.isInteger(count) && count >= 0 && count <= MOST_PLACES ? count : null;
};
