import { getHolidays, type Region } from 'feiertagejs';
import type { Bilingual } from '../shared/texts.rules.js';

/** By the first two digits of a municipality's key. */
const STATES: Readonly<Record<string, Region>> = {
  '01': 'SH',
  '02': 'HH',
  '03': 'NI',
  '04': 'HB',
  '05': 'NW',
  '06': 'HE',
  '07': 'RP',
  '08': 'BW',
  '09': 'BY',
  '10': 'SL',
  '11': 'BE',
  '12': 'BB',
  '13': 'MV',
  '14': 'SN',
  '15': 'ST',
  '16': 'TH',
};

const USUAL = '05';

/** Where the place with this key lies: the first two digits; North Rhine-Westphalia where nothing is known. */
export const stateOf = (key: string | null | undefined): string => {
  const state = key?.slice(0, 2) ?? USUAL;
  return STATES[state] ? state : USUAL;
};

const byYear = new Map<string, ReadonlyMap<string, Bilingual>>();

/**
 * The public holiday on that day in that state, or null; those of parts of a state (Mariä Himmelfahrt in Bavaria's
 * Catholic parishes) go by what the library takes for the whole. @param day YYYY-MM-DD, from 1970 on
 */
export function holidayOn(day: string, state: string): Bilingual | null {
  const [year, region] = [day.slice(0, 4), STATES[stateOf(state)]!];
  const key = `${region} ${year}`;
  let holidays = byYear.get(key);
  if (!holidays) {
    holidays = new Map(
      getHolidays(year, region).map(one => [
        one.dateString,
        { de: one.translate('de') ?? one.name, en: one.translate('en') ?? one.name },
      ]),
    );
    byYear.set(key, holidays);
  }
  return holidays.get(day) ?? null;
}
