/** Where a sharing agreement stands. */
export enum SharingStatus {
  PROPOSED = 'PROPOSED',
  AGREED = 'AGREED',
  DECLINED = 'DECLINED',
  ENDED = 'ENDED',
}

const { PROPOSED, AGREED, ENDED } = SharingStatus;

/** What tells whether an agreement is in force. Days: YYYY-MM-DD, both included; `endsOn` null: without an end. */
export interface Term {
  readonly status: SharingStatus;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** As it stands on that day: what was agreed on until a day that is over has ended. `sharing.query.ts` says the same in SQL. */
export const standingOf = ({ status, endsOn }: Term, day: string): SharingStatus =>
  status === AGREED && endsOn !== null && endsOn < day ? ENDED : status;

/** May new referrals rest on it that day? */
export const isInForce = (term: Term, day: string): boolean => standingOf(term, day) === AGREED && term.startsOn <= day;

/** The two networks of an agreement, and which of them proposed it. Ids. */
export interface Sides {
  readonly giver: string;
  readonly receiver: string;
  readonly proposer: string;
}

/** The network that has to agree: never the one that proposed. */
export const deciderOf = ({ giver, receiver, proposer }: Sides): string => (proposer === giver ? receiver : giver);

/** Who may end it: before it is agreed on, the side that proposed takes it back; then either. */
export function mayEndFor({ giver, receiver, proposer }: Sides, status: SharingStatus): readonly string[] {
  if (status === PROPOSED) return [proposer];
  return status === AGREED ? [giver, receiver] : [];
}

/** Characters. */
export const LONGEST_NOTE = 2000;
/** Proposals of one side to the other that wait for an answer. */
export const MOST_PROPOSED = 20;
/** Partners, and categories, that one agreement names. */
export const MOST_NAMED = 100;
