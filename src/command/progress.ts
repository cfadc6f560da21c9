import { SingleBar } from 'cli-progress';
import type { Progress } from '../shared/progress.js';

/** Milliseconds between two lines where nobody watches. */
const LINE_MS = 5_000;
const BAR_WIDTH = 24;

/** Where progress is written; `process.stderr` is one. */
export interface ProgressOutput extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

interface State {
  label: string;
  total: number | null;
  done: number;
  /** Milliseconds since the beginning. */
  elapsed: number;
}

/**
 * Progress of a command: on a terminal a bar with count, rate and time left; elsewhere a line every five seconds and one
 * at the end, so that a log stays readable. On standard error: what a command answers stays alone on standard output.
 *
 * @param now milliseconds of a clock that never goes back
 */
export function commandProgress(
  output: ProgressOutput = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const show = output.isTTY ? onTerminal : inLines;
  let state: State | undefined;
  let begun = 0;
  let stop = () => {};
  const look = (): State => ({ ...state!, elapsed: now() - begun });
  const end = () => {
    if (!state) return;
    stop();
    state = undefined;
  };
  return {
    begin(label, total) {
      end();
      begun = now();
      state = { label, total, done: 0, elapsed: 0 };
      stop = show(output, look);
    },
    advance(count) {
      if (state) state.done += count;
    },
    end,
  };
}

/** Begins to show what `look` sees; the function that it returns shows the last state and ends. */
type Show = (output: ProgressOutput, look: () => State) => () => void;

const onTerminal: Show = (output, look) => {
  // The bar draws itself anew ten times a second; what it says comes from here, so that both ways say the same.
  const format = () => {
    const state = look();
    return state.total === null ? describeProgress(state) : `${barOf(state)} ${describeProgress(state)}`;
  };
  const bar = new SingleBar({ stream: output, format, forceRedraw: true });
  bar.start(look().total ?? 0, 0);
  return () => bar.stop();
};

const inLines: Show = (output, look) => {
  const write = (text: string) => output.write(`${text}\n`);
  const timer = setInterval(() => write(describeProgress(look())), LINE_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    const state = look();
    write(`${describeProgress(state, false)}, ${duration(state.elapsed)}`);
  };
};

function barOf({ total, done }: State): string {
  const full = total ? Math.min(BAR_WIDTH, Math.round((done / total) * BAR_WIDTH)) : BAR_WIDTH;
  return `[${'='.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}]`;
}

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `Municipalities: 120 of 396 (30 %), 60/s, 5 s left`; without a total `Rows: 120, 60/s`. */
export function describeProgress({ label, total, done, elapsed }: State, withTimeLeft = true): string {
  const perSecond = elapsed > 0 ? (done * 1000) / elapsed : 0;
  const rate = `${NUMBER.format(perSecond)}/s`;
  if (total === null) return `${label}: ${NUMBER.format(done)}, ${rate}`;
  const percent = total > 0 ? Math.floor((100 * done) / total) : 100;
  const left = perSecond > 0 ? Math.max(0, total - done) / perSecond : null;
  const timeLeft = withTimeLeft && left !== null ? `, ${duration(left * 1000)} left` : '';
  return `${label}: ${NUMBER.format(done)} of ${NUMBER.format(total)} (${percent} %), ${rate}${timeLeft}`;
}

/** `0.4 s`, `12 s`, `3:05 min`, `2:03 h`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const pair = (one: number, unit: number) =>
    `${Math.floor(one / unit)}:${String(Math.floor(one % unit)).padStart(2, '0')}`;
  return whole < 3600 ? `${pair(whole, 60)} min` : `${pair(Math.floor(whole / 60), 60)} h`;
}
