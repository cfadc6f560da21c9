/** A time in which a measure was given up: not any more on `until`. Days are YYYY-MM-DD. */
export interface Pause {
  from: string;
  until: string;
}

/** When a measure was given up. */
export interface Drops {
  /** Since when it is; null = it is not. */
  droppedOn: string | null;
  /** When it was before, the oldest first. */
  pauses: Pause[];
}

/** Was it given up on that day? */
export const isDroppedOn = ({ droppedOn, pauses }: Drops, on: string): boolean =>
  (droppedOn !== null && droppedOn <= on) || pauses.some(({ from, until }) => from <= on && on < until);

/** Given up on a day; the earlier one holds where it was already, but none before it was last taken up again. */
export function dropped({ droppedOn, pauses }: Drops, day: string): Drops {
  const since = droppedOn !== null && droppedOn < day ? droppedOn : day;
  const lastEnd = pauses.at(-1)?.until ?? since;
  return { droppedOn: lastEnd > since ? lastEnd : since, pauses };
}

/** Taken up again on a day, not before the one on which it was given up. */
export function takenUp({ droppedOn, pauses }: Drops, day: string): Drops {
  if (droppedOn === null || droppedOn >= day) return { droppedOn: null, pauses };
  return { droppedOn: null, pauses: [...pauses, { from: droppedOn, until: day }] };
}
