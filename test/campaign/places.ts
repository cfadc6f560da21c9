import type { Sequential } from './linearizability.js';

/** What somebody asks of one service, of which referral by number. */
export type Ask =
  | { do: 'ACCEPT'; referral: number; reason: boolean }
  | { do: 'WAITLIST' | 'START' | 'RESUME' | 'COMPLETE' | 'ABORT' | 'CANCEL' | 'REOPEN'; referral: number }
  | { do: 'HOLD'; referral: number; keepPlace: boolean }
  | { do: 'REPORT'; total: number | null; occupiedElsewhere: number }
  | { do: 'READ' };

export interface Reading {
  total: number | null;
  occupiedElsewhere: number;
  reserved: number;
  waiting: number;
}

/** 'done', the code of a refusal, or what was read. */
export type Told = string | Reading;

/** Where a referral stands, as far as places go; ended ones that may be reopened are apart. */
type Standing = 'sent' | 'waiting' | 'accepted' | 'started' | 'kept' | 'released' | 'ended' | 'cancelled';

export interface Places {
  readonly total: number | null;
  readonly occupiedElsewhere: number;
  readonly referrals: readonly Standing[];
}

const FROM: Readonly<Record<Exclude<Ask['do'], 'REPORT' | 'READ'>, readonly Standing[]>> = {
  ACCEPT: ['sent', 'waiting'],
  WAITLIST: ['sent'],
  START: ['accepted'],
  HOLD: ['started'],
  RESUME: ['kept', 'released'],
  COMPLETE: ['started'],
  ABORT: ['accepted', 'started', 'kept', 'released'],
  CANCEL: ['sent', 'waiting', 'accepted', 'started', 'kept', 'released'],
  REOPEN: ['ended'],
};

const HOLDERS: readonly Standing[] = ['accepted', 'started', 'kept'];

/** Would the step be open, if nobody else did anything? */
export const isOpenFor = (ask: Ask, { referrals }: Places): boolean =>
  !('referral' in ask) || FROM[ask.do].includes(referrals[ask.referral]!);

/** One service with its counter, and the referrals to it: the whole of it, one request after the other. */
export const oneService = (start: Places): Sequential<Places, Ask, Told> => ({
  start,
  key: ({ total, occupiedElsewhere, referrals }) => `${total} ${occupiedElsewhere} ${referrals.join(' ')}`,
  step(places, ask) {
    if (ask.do === 'READ') return { state: places, output: readingOf(places) };
    if (ask.do === 'REPORT') {
      const { total, occupiedElsewhere } = ask;
      return { state: { ...places, total, occupiedElsewhere }, output: 'done' };
    }
    const refusal = refusalOf(places, ask);
    return refusal ? { state: places, output: refusal } : { state: moved(places, ask), output: 'done' };
  },
});

const countOf = ({ referrals }: Places, standings: readonly Standing[]): number =>
  referrals.filter(one => standings.includes(one)).length;

const readingOf = (places: Places): Reading => ({
  total: places.total,
  occupiedElsewhere: places.occupiedElsewhere,
  reserved: countOf(places, HOLDERS),
  waiting: countOf(places, ['waiting']),
});

const isFull = (places: Places): boolean =>
  places.total !== null && countOf(places, HOLDERS) + places.occupiedElsewhere >= places.total;

export type Step = Extract<Ask, { referral: number }>;

function refusalOf(places: Places, ask: Step): string | null {
  const stands = places.referrals[ask.referral]!;
  if (!isOpenFor(ask, places)) return 'STEP_NOT_OPEN';
  const wantsPlace = ask.do === 'ACCEPT' || ask.do === 'REOPEN' || (ask.do === 'RESUME' && stands === 'released');
  if (wantsPlace && isFull(places)) return 'NO_CAPACITY';
  // Whoever waits is accepted with a reason here: who of them is first is another matter.
  const passesOver = ask.do === 'ACCEPT' && stands === 'sent' && countOf(places, ['waiting']) > 0;
  return passesOver && !ask.reason ? 'REASON_REQUIRED' : null;
}

function moved(places: Places, ask: Step): Places {
  const to: Readonly<Record<Step['do'], Standing>> = {
    ACCEPT: 'accepted',
    WAITLIST: 'waiting',
    START: 'started',
    HOLD: ask.do === 'HOLD' && ask.keepPlace ? 'kept' : 'released',
    RESUME: 'started',
    COMPLETE: 'ended',
    ABORT: 'ended',
    CANCEL: 'cancelled',
    REOPEN: 'started',
  };
  return { ...places, referrals: places.referrals.with(ask.referral, to[ask.do]) };
}
