import type { Fault } from '../record/fault.rules.js';
import type { RecordChanges } from '../record/record.rules.js';
import { type CapacityReport, capacityFaults, REPORT_FIELDS } from '../service/capacity-report.rules.js';
import { berlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Bilingual } from '../shared/texts.rules.js';

/** What a partner last reported of the places of a service, as somebody may see it. */
export interface ReportedPlaces {
  readonly total: number | null;
  readonly occupiedElsewhere: number | null;
  readonly waiting: number | null;
  readonly expectedWaitDays: number | null;
  readonly reportedAt: Date;
}

/** The columns of places, by the names that they have in the graph. The last is only read. */
export const PLACE_COLUMNS = {
  total: { de: 'Plätze gesamt', en: 'Places in total' },
  occupiedElsewhere: { de: 'davon anderweitig belegt', en: 'of these occupied elsewhere' },
  waiting: { de: 'Wartende', en: 'Waiting' },
  expectedWaitDays: { de: 'Wartezeit in Tagen', en: 'Wait in days' },
  reportedAt: { de: 'Plätze gemeldet am', en: 'Places reported on' },
} as const satisfies Readonly<Record<keyof ReportedPlaces, Bilingual>>;

export type PlaceColumn = keyof typeof PLACE_COLUMNS;

export const PLACE_HEADER: readonly string[] = Object.values(PLACE_COLUMNS).map(({ de }) => de);

/** Which of the columns a heading means; undefined for none. */
export const placeColumnOf = (heading: string): PlaceColumn | undefined =>
  (Object.keys(PLACE_COLUMNS) as PlaceColumn[]).find(column => {
    const { de, en } = PLACE_COLUMNS[column];
    return [column, de, en].some(name => name.toLowerCase() === heading.trim().toLowerCase());
  });

/** The cells of a service; empty where nothing was ever reported, or it is not for whoever asks. */
export const placeCells = (places: ReportedPlaces | null): string[] => [
  ...REPORT_FIELDS.map(field => String(places?.[field] ?? '')),
  places ? germanDay(berlinDay(places.reportedAt)) : '',
];

/** What a row says of places. */
export interface SaidPlaces {
  /** What stands in its cells; null: an empty one. */
  readonly report: CapacityReport;
  /** The day up to which whoever wrote the table knew of reports; null: it does not say. YYYY-MM-DD. */
  readonly reportedOn: string | null;
}

/** What the cells of a row say; null where the table has none of these columns. */
export function saidPlaces(cells: ReadonlyMap<string, string>): { said: SaidPlaces | null; faults: Fault[] } {
  const report: { -readonly [Field in keyof CapacityReport]: CapacityReport[Field] } = {};
  const faults: Fault[] = [];
  for (const field of REPORT_FIELDS) {
    const cell = cells.get(field);
    if (cell === undefined) continue;
    if (/^\d{0,6}$/.test(cell)) report[field] = cell === '' ? null : Number(cell);
    else faults.push({ path: [field], message: 'Hier steht eine ganze Zahl.' });
  }
  const reported = cells.get('reportedAt') ?? '';
  const reportedOn = dayOf(reported);
  if (reported !== '' && !reportedOn) faults.push({ path: ['reportedAt'], message: 'Hier steht ein Tag.' });
  const says = Object.keys(report).length > 0 || faults.length > 0;
  return { said: says ? { report, reportedOn } : null, faults: [...faults, ...capacityFaults(report)] };
}

/** 1.2.2026, and what spreadsheets make of it: 01.02.26, 2026-02-01, with a time behind it. */
function dayOf(cell: string): string | null {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?:\D|$)/.exec(cell);
  if (!german) return /^\d{4}-\d{2}-\d{2}(?=\D|$)/.exec(cell)?.[0] ?? null;
  const [, day, month, year] = german;
  return `${year!.padStart(4, '20')}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

/**
 * Which cells say something else than whoever wrote the table was shown: these are reports. Numbers that referrals of the
 * hub move are in no cell, so a table that nobody touched says what is stored, however long it lay about.
 */
export function changedPlaces(shown: ReportedPlaces | null, { report }: SaidPlaces): RecordChanges {
  return Object.fromEntries(
    REPORT_FIELDS.flatMap(field => {
      if (report[field] === undefined) return [];
      const [before, after] = [shown?.[field] ?? null, report[field]];
      const same = field === 'occupiedElsewhere' ? (before ?? 0) === (after ?? 0) : before === after;
      return same ? [] : [[field, { before, after }]];
    }),
  );
}

/** Was there a report since the table was written, which it would take back? */
export const isOutdated = (shown: ReportedPlaces | null, { reportedOn }: SaidPlaces): boolean =>
  shown !== null && reportedOn !== null && reportedOn < berlinDay(shown.reportedAt);
