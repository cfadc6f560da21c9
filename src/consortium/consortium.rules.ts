/** As what a partner belongs to a consortium. */
export enum ConsortiumRole {
  LEAD = 'LEAD',
  MEMBER = 'MEMBER',
  ASSOCIATE = 'ASSOCIATE',
  FUNDER = 'FUNDER',
}

/** Days that are both included, YYYY-MM-DD; without an end it is open. */
export interface Period {
  readonly from: string;
  readonly until: string | null;
}

/** Do they have a day in common? */
export const overlap = (one: Period, other: Period): boolean =>
  (other.until === null || one.from <= other.until) && (one.until === null || other.from <= one.until);

/** Does the whole of it lie within the other? */
export const liesWithin = (inner: Period, outer: Period): boolean =>
  inner.from >= outer.from && (outer.until === null || (inner.until !== null && inner.until <= outer.until));

/** Characters. */
export const LONGEST_PURPOSE = 2000;
/** For so many days the partner's side may end a membership that others entered, from its first day on. */
export const UNDONE_WITHIN_DAYS = 30;
