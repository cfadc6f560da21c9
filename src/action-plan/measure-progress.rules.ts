import { dayNumber, daysBetween, germanDay } from '../shared/calendar.rules.js';
import { MeasureUnit } from './action-plan.rules.js';
import { type Drops, isDroppedOn } from './measure-drop.rules.js';

export enum TrafficLight {
  GREEN = 'GREEN',
  YELLOW = 'YELLOW',
  RED = 'RED',
  GREY = 'GREY',
}

/** A measure and how it went; days are YYYY-MM-DD. */
export interface MeasureCourse extends Drops {
  startsOn: string;
  dueOn: string;
  baseline: number;
  target: number;
  /** What reviews moved, the oldest first. */
  adjustments: readonly Adjustment[];
  unit: MeasureUnit;
  /** By day, the oldest first. */
  readings: readonly Reading[];
}

/** A review on that day moved target or due day; these they were until then. */
export interface Adjustment {
  on: string;
  target: number;
  dueOn: string;
}

export interface Reading {
  on: string;
  value: number;
}

export interface Progress {
  on: string;
  value: number | null;
  readOn: string | null;
  expected: number;
  /** Share of the way from baseline to target, 0 to 1 and beyond; negative where it went backwards. */
  share: number | null;
  expectedShare: number;
  trendPer30Days: number | null;
  forecast: number | null;
  light: TrafficLight;
  rule: string;
  daysLeft: number;
}

export interface Reached {
  target: number;
  dueOn: string;
  isDue: boolean;
  reached: number | null;
  share: number | null;
  forecast: number | null;
  setTooHigh: boolean;
  rule: string;
}

/** By how much of the way a measure may be behind its plan and still be green, or yellow. */
export const GREEN_LAG = 0.1;
export const YELLOW_LAG = 0.25;
/** How much of the way must be done at the due day to be yellow rather than red. */
export const YELLOW_AT_DUE = 0.9;
/** A reading older than so many days is no reason for green. */
export const OLD_DAYS = 92;
/** A goal that was worked for and of which less than this was reached was set too high. */
export const TOO_HIGH_BELOW = 0.75;
/** So many readings show that it was worked for, and how fast. */
export const ENOUGH_READINGS = 3;

/** The line through readings: ordinary least squares of value over days (Gauss 1809). Null for fewer than two days. */
export function lineThrough(readings: readonly Reading[]): { perDay: number; at: (day: string) => number } | null {
  const points = readings.map(({ on, value }) => ({ x: dayNumber(on), y: value }));
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (!(spread > 0)) return null;
  const perDay = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return { perDay, at: day => meanY + perDay * (dayNumber(day) - meanX) };
}

/** How far a measure was on a day, by the readings until then. */
export function progressOn(now: MeasureCourse, on: string): Progress {
  const course = { ...now, ...goalOn(now, on) };
  const known = course.readings.filter(reading => reading.on <= on);
  const last = known.at(-1) ?? null;
  const line = lineThrough(known);
  const expectedShare = elapsedShare(course.startsOn, course.dueOn, on);
  const share = last && shareOf(course, course.target, last.value);
  return {
    on,
    value: last?.value ?? null,
    readOn: last?.on ?? null,
    expected: course.baseline + (course.target - course.baseline) * expectedShare,
    share,
    expectedShare,
    trendPer30Days: line && line.perDay * 30,
    forecast: line && on < course.dueOn ? possible(course.unit, line.at(course.dueOn)) : null,
    daysLeft: daysBetween(on, course.dueOn),
    ...lightOf(course, on, last, share, expectedShare),
  };
}

/**
 * Target against what was reached at the due day, both as adopted; before that day against what the trend leads to. A
 * goal was set too high where it was worked for (three readings, forwards) and yet less than three quarters of the way
 * were done; before the due day this is told only in the second half of the time. One that was given up by then was not
 * worked for; what became of it after its due day changes nothing.
 */
export function reachedOn(course: MeasureCourse, on: string): Reached {
  const { unit } = course;
  const { target, dueOn } = course.adjustments[0] ?? course;
  const isDue = on >= dueOn;
  const known = course.readings.filter(reading => reading.on <= (isDue ? dueOn : on));
  const reached = known.at(-1)?.value ?? null;
  const share = reached === null ? null : shareOf(course, target, reached);
  const line = lineThrough(known);
  const forecast = isDue || !line ? null : possible(unit, line.at(dueOn));
  const judged = isDue ? share : forecast === null ? null : shareOf(course, target, forecast);
  const forwards = line !== null && line.perDay * (target - course.baseline) > 0;
  const workedFor = known.length >= ENOUGH_READINGS && forwards && !isDroppedOn(course, isDue ? dueOn : on);
  const lateEnough = isDue || elapsedShare(course.startsOn, dueOn, on) >= 0.5;
  const setTooHigh = workedFor && lateEnough && judged !== null && judged < TOO_HIGH_BELOW;
  const facts = { target, dueOn, isDue, reached, judged, workedFor, lateEnough, setTooHigh };
  return { target, dueOn, isDue, reached, share, forecast, setTooHigh, rule: reachedText(course, facts) };
}

/** Target and due day as they stood on that day: the next review after it that moved them tells. */
const goalOn = ({ adjustments, target, dueOn }: MeasureCourse, on: string): Pick<MeasureCourse, 'target' | 'dueOn'> => {
  const next = adjustments.find(one => one.on > on);
  return next ? { target: next.target, dueOn: next.dueOn } : { target, dueOn };
};

/** Share of the time from the start to the due day that is over, 0 to 1. */
function elapsedShare(startsOn: string, dueOn: string, on: string): number {
  if (on >= dueOn) return 1;
  if (on <= startsOn) return 0;
  return daysBetween(startsOn, on) / daysBetween(startsOn, dueOn);
}

const shareOf = ({ baseline }: MeasureCourse, target: number, value: number): number =>
  (value - baseline) / (target - baseline);

/** A forecast leaves neither 0 nor, of a share, 100. */
const possible = (unit: MeasureUnit, value: number): number =>
  Math.max(0, unit === MeasureUnit.PERCENT ? Math.min(100, value) : value);

function lightOf(
  course: MeasureCourse,
  on: string,
  last: Reading | null,
  share: number | null,
  expectedShare: number,
): Pick<Progress, 'light' | 'rule'> {
  const { startsOn, dueOn } = course;
  const is = (light: TrafficLight, rule: string) => ({ light, rule: `${LIGHT_WORD[light]}: ${rule}` });
  if (isDroppedOn(course, on)) return is(TrafficLight.GREY, 'Die Maßnahme wurde aufgegeben.');
  if (last === null || share === null) {
    if (on > dueOn)
      return is(TrafficLight.RED, `Der Termin ${germanDay(dueOn)} ist vorbei, ohne dass je ein Stand gemeldet wurde.`);
    if (on < startsOn) return is(TrafficLight.GREY, `Die Maßnahme beginnt erst am ${germanDay(startsOn)}.`);
    return is(TrafficLight.GREY, 'Ein Stand wurde noch nicht gemeldet.');
  }
  const done = `${percent(share)} des Wegs sind geschafft (Stand ${amount(course.unit, last.value)} vom ${germanDay(last.on)})`;
  if (on >= dueOn) {
    const limits = `grün ab 100 %, gelb ab ${percent(YELLOW_AT_DUE)}, sonst rot`;
    return is(atDue(share), `${done}; am Termin ${germanDay(dueOn)} sollten es 100 % sein (${limits}).`);
  }
  const limits = `grün bis ${points(GREEN_LAG)} Prozentpunkte Rückstand, gelb bis ${points(YELLOW_LAG)}, sonst rot`;
  const plan = `nach Plan wären es am ${germanDay(on)} ${percent(expectedShare)} (${limits})`;
  const light = underWay(expectedShare - share);
  if (light === TrafficLight.GREEN && share < 1 && daysBetween(last.on, on) > OLD_DAYS)
    return is(TrafficLight.YELLOW, `${done}; ${plan}, aber der Stand ist älter als ${OLD_DAYS} Tage.`);
  return is(light, `${done}; ${plan}.`);
}

/** Shares are sums of fractions: what is 10 % behind to the last digit is green. */
const TOLERANCE = 1e-9;

function underWay(lag: number): TrafficLight {
  if (lag <= GREEN_LAG + TOLERANCE) return TrafficLight.GREEN;
  return lag <= YELLOW_LAG + TOLERANCE ? TrafficLight.YELLOW : TrafficLight.RED;
}

function atDue(share: number): TrafficLight {
  if (share >= 1 - TOLERANCE) return TrafficLight.GREEN;
  return share >= YELLOW_AT_DUE - TOLERANCE ? TrafficLight.YELLOW : TrafficLight.RED;
}

interface ReachedFacts extends Pick<Reached, 'target' | 'dueOn' | 'isDue' | 'reached' | 'setTooHigh'> {
  judged: number | null;
  workedFor: boolean;
  lateEnough: boolean;
}

function reachedText(
  course: MeasureCourse,
  { target, dueOn, isDue, reached, judged, workedFor, lateEnough, setTooHigh }: ReachedFacts,
): string {
  const { unit } = course;
  const goal = `Ziel ${amount(unit, target)} bis ${germanDay(dueOn)}`;
  if (reached === null || judged === null) return `${goal}; ohne genug Stände lässt sich nichts sagen.`;
  const got = isDue
    ? `erreicht ${amount(unit, reached)}, das sind ${percent(judged)} des Wegs`
    : `bisher ${amount(unit, reached)}; so weiter, werden es ${percent(judged)} des Wegs`;
  if (setTooHigh)
    return `${goal}; ${got}: trotz stetiger Arbeit (mindestens ${ENOUGH_READINGS} Stände, vorwärts) weniger als ${percent(TOO_HIGH_BELOW)}, das Ziel war zu hoch gesteckt.`;
  if (judged >= TOO_HIGH_BELOW) return `${goal}; ${got}.`;
  if (!lateEnough) return `${goal}; ${got}, für ein Urteil ist es zu früh.`;
  return workedFor ? `${goal}; ${got}.` : `${goal}; ${got}, aber daran wurde nicht erkennbar gearbeitet.`;
}

const LIGHT_WORD: Readonly<Record<TrafficLight, string>> = {
  [TrafficLight.GREEN]: 'Grün',
  [TrafficLight.YELLOW]: 'Gelb',
  [TrafficLight.RED]: 'Rot',
  [TrafficLight.GREY]: 'Grau',
};

const UNIT_WORD: Readonly<Record<MeasureUnit, string>> = {
  [MeasureUnit.PERCENT]: ' %',
  [MeasureUnit.COUNT]: '',
  [MeasureUnit.PEOPLE]: ' Personen',
  [MeasureUnit.PLACES]: ' Plätze',
  [MeasureUnit.HOURS]: ' Stunden',
};

const german = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 });
/** A number with its unit, as Germans write it. */
export const amount = (unit: MeasureUnit, value: number): string => `${german.format(value)}${UNIT_WORD[unit]}`;
const points = (share: number): string => german.format(share * 100);
const percent = (share: number): string =>
  `${new Intl.NumberFormat('de-DE', { maximumFractionDigits: 0 }).format(share * 100)} %`;
