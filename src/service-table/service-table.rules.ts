import { WORDS } from '../proposal/field-words.rules.js';
import { type Fault, isDay } from '../record/fault.rules.js';
import type { JsonValue, RecordDocument } from '../record/record.rules.js';
import { DeliveryMode, FeedbackLevel, ServiceStatus } from '../service/service.rules.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import { germanDay } from '../shared/calendar.rules.js';
import { canonicalLanguageTag } from '../shared/language.rules.js';
import { PLACE_HEADER, placeColumnOf, type SaidPlaces, saidPlaces } from './place-columns.rules.js';

/** What became of one row. */
export enum RowOutcome {
  CREATED = 'CREATED',
  CHANGED = 'CHANGED',
  UNCHANGED = 'UNCHANGED',
  REFUSED = 'REFUSED',
}

/** Between cells. Where a decimal has a comma, spreadsheets expect the semicolon. */
export enum CsvDelimiter {
  SEMICOLON = 'SEMICOLON',
  COMMA = 'COMMA',
}

/** How many services one table, or one bulk edit, may hold. */
export const MOST_ROWS = 200;

/** Names of codes and ids in German, by field; and the other way round, folded. */
export interface TableNames {
  readonly nameOf: (field: string, value: string) => string;
  /** Undefined for what nothing is called, null for what several things are called. */
  readonly codeOf: (field: string, name: string) => string | null | undefined;
  /** What somebody may have meant who wrote a name that nothing has; null for nothing like it. */
  readonly nearestTo: (field: string, name: string) => string | null;
}

/** How the values of a field stand in a cell. */
interface Cell {
  readonly write: (value: JsonValue, names: TableNames) => string;
  /** @throws TypeError with a German sentence for what nobody can read */
  readonly read: (text: string, names: TableNames) => JsonValue;
}

/** Between the values of a list: a comma stands in names, a semicolon between cells. */
const BETWEEN = ' | ';

const text: Cell = { write: value => String(value ?? ''), read: cell => cell || null };

const number: Cell = {
  write: value => String(value ?? ''),
  read: cell => {
    if (cell === '') return null;
    if (!/^\d{1,4}$/.test(cell)) throw new TypeError('Hier steht eine ganze Zahl.');
    return Number(cell);
  },
};

const yesOrNo: Cell = {
  write: value => (value ? 'ja' : 'nein'),
  read: cell => {
    if (/^(ja|j|x|1|wahr|yes|true)$/i.test(cell)) return true;
    if (/^(nein|n|0|falsch|no|false|)$/i.test(cell)) return false;
    throw new TypeError('Hier steht ja oder nein.');
  },
};

const day: Cell = {
  write: value => (value === null ? '' : germanDay(String(value))),
  read: cell => {
    if (cell === '') return null;
    const [, d, m, y] = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/.exec(cell) ?? [];
    const read = y === undefined ? cell : `${y.padStart(4, '20')}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}`;
    if (isDay(read)) return read;
    throw new TypeError('Das ist kein Tag des Kalenders; hier steht einer wie 31.12.2026.');
  },
};

/** One of the words of an enumeration: in German, or as the graph calls it. */
const word = (field: string, codes: readonly string[]): Cell => ({
  write: value => WORDS[field]?.[String(value)]?.de ?? String(value ?? ''),
  read: cell => wordOf(field, codes, cell),
});

function wordOf(field: string, codes: readonly string[], cell: string): string | null {
  if (cell === '') return null;
  const words = codes.map(code => [code, WORDS[field]![code]!] as const);
  const found = words.find(([code, { de }]) => code === cell || de.toLowerCase() === cell.toLowerCase());
  if (found) return found[0];
  throw new TypeError(`Möglich ist: ${words.map(([, { de }]) => de).join(', ')}.`);
}

const listOf = (one: Cell): Cell => ({
  write: (value, names) => ((value ?? []) as readonly JsonValue[]).map(item => one.write(item, names)).join(BETWEEN),
  read: (cell, names) =>
    cell
      .split('|')
      .map(part => part.trim())
      .filter(part => part !== '')
      .map(part => one.read(part, names)),
});

/** A code or id, told by its name; where several things have one, the code stands beside it in brackets. */
const named = (field: string): Cell => ({
  write: (value, { nameOf, codeOf }) => {
    const name = nameOf(field, String(value)).replaceAll('|', '/');
    if (name === value) return name;
    return codeOf(field, name) === value ? name : `${name} [${value}]`;
  },
  read: (cell, { codeOf, nearestTo }) => {
    const [, code] = /\[([^[\]]+)\]$/.exec(cell) ?? [];
    const value = codeOf(field, code ?? cell);
    if (value) return value;
    if (value === null)
      throw new TypeError(`„${cell}“ gibt es mehrfach; bitte das Kürzel in eckigen Klammern dahinter.`);
    const near = nearestTo(field, cell);
    throw new TypeError(`„${cell}“ ist nicht bekannt.${near === null ? '' : ` Ist „${near}“ gemeint?`}`);
  },
});

const language: Cell = {
  write: (value, { nameOf, codeOf }) => {
    const name = nameOf('languages', String(value));
    return codeOf('languages', name) === value ? name : String(value);
  },
  read: (cell, { codeOf }) => {
    const tag = codeOf('languages', cell) ?? canonicalLanguageTag(cell);
    if (tag) return tag;
    throw new TypeError(`„${cell}“ ist keine Sprache, die wir kennen; möglich ist auch ein Kürzel wie uk.`);
  },
};

/** The fields that a table holds, in its order. Lists of small things (costs, contacts, hours) have no cell. */
const CELLS: Readonly<Record<string, Cell>> = {
  name: text,
  description: text,
  status: word('status', Object.values(ServiceStatus)),
  intakePausedUntil: day,
  categories: listOf(named('categories')),
  needs: listOf(named('needs')),
  languages: listOf(language),
  interpretation: yesOrNo,
  deliveryModes: listOf(word('deliveryModes', Object.values(DeliveryMode))),
  minimumAge: number,
  maximumAge: number,
  serviceArea: listOf(named('serviceArea')),
  locations: listOf(named('locations')),
  howToApply: text,
  keepsWaitingList: yesOrNo,
  feedbackLevel: word('feedbackLevel', Object.values(FeedbackLevel)),
  email: text,
  phone: text,
  website: text,
};

const ID = 'Kennung';
const VERSION = 'Version';

const FIELDS = Object.keys(CELLS);
const headingOf = (field: string): string => SERVICE_RECORD.fields[field]!.de;

/** The header: which service and in which version, then its fields; places last, for those who may see them. */
export const tableHeader = (withPlaces: boolean): readonly string[] => [
  ID,
  VERSION,
  ...FIELDS.map(headingOf),
  ...(withPlaces ? PLACE_HEADER : []),
];

/** One service as a row, without places. */
export const tableRow = (id: string, version: number, document: RecordDocument, names: TableNames): string[] => [
  id,
  String(version),
  ...FIELDS.map(field => CELLS[field]!.write(document[field] ?? null, names)),
];

/** What a row of a table wants. */
export interface WantedRow {
  /** Null: a new one. */
  readonly id: string | null;
  readonly version: number | null;
  readonly wanted: RecordDocument;
  /** Null: nothing. */
  readonly places: SaidPlaces | null;
  readonly faults: readonly Fault[];
}

/** Which field a heading means: in German, in English, or as the graph calls it; undefined for none. */
export const fieldOf = (heading: string): string | undefined => {
  const folded = heading.trim().toLowerCase();
  if (['kennung', 'id'].includes(folded)) return 'id';
  if (folded === 'version') return 'version';
  const known = FIELDS.find(field => {
    const { de, en } = SERVICE_RECORD.fields[field]!;
    return [field, de, en].some(name => name.toLowerCase() === folded);
  });
  return known ?? placeColumnOf(heading);
};

/** A row that was read; columns that are not there leave their fields as they are. @param values by heading */
export function wantedRow(values: Readonly<Record<string, string>>, names: TableNames): WantedRow {
  const cells = new Map(Object.entries(values).flatMap(([heading, cell]) => withField(heading, cell)));
  const faults: Fault[] = [];
  const wanted: Record<string, JsonValue> = {};
  for (const [field, cell] of cells) {
    if (!CELLS[field]) continue;
    if (cell.includes(LOST)) {
      faults.push({ path: [field], message: WRONG_ENCODING });
      continue;
    }
    if (cell === '' && NEVER_EMPTY.includes(field)) {
      if (cells.get('id')) faults.push({ path: [field], message: 'Hier fehlt eine Angabe.' });
      continue;
    }
    try {
      const value = CELLS[field].read(cell, names);
      wanted[field] = value === null ? (SERVICE_RECORD.fields[field]?.initially ?? null) : value;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      faults.push({ path: [field], message: error.message });
    }
  }
  const { said: places, faults: ofPlaces } = saidPlaces(cells);
  faults.push(...ofPlaces);
  const version = cells.get('version') ?? '';
  if (version !== '' && !/^\d{1,9}$/.test(version))
    faults.push({ path: ['version'], message: 'Hier steht eine Zahl.' });
  return {
    id: cells.get('id') || null,
    version: /^\d{1,9}$/.test(version) ? Number(version) : null,
    wanted,
    places,
    faults,
  };
}

const withField = (heading: string, cell: string): [string, string][] => {
  const field = fieldOf(heading);
  return field === undefined ? [] : [[field, AS_WRITTEN.includes(field) ? cell : cell.trim()]];
};

/** Stands where a character could not be read. */
const LOST = '\ufffd';
export const WRONG_ENCODING =
  'Hier gingen Zeichen verloren, zum Beispiel Umlaute: bitte die Tabelle als „CSV UTF-8“ speichern.';

/** A fault of a row as people find it: by the heading of its column. */
export function underHeading({
  path,
  message,
}: {
  readonly path: readonly string[];
  readonly message: string;
}): string {
  const [field = ''] = path;
  const heading = { id: ID, version: VERSION }[field] ?? (CELLS[field] && headingOf(field));
  return heading ? `${heading}: ${message}` : message;
}

/** What an emptied cell must not make what it is for a new service: a paused one would be open again. */
const NEVER_EMPTY = ['status', 'feedbackLevel'];

/** Texts of several lines are kept with all their blanks. */
const AS_WRITTEN = ['description', 'howToApply'];
