/** What is wrong with something that came from outside, one line of a report. */
export interface Finding {
  /** The path inside the source: `csv/services.csv`; the source's own name where it is the source as a whole. */
  file: string;
  /** As a spreadsheet shows it, the header being 1; of JSON the record's number, from 1; null for the whole file. */
  row: number | null;
  column: string | null;
  code: FindingCode;
  severity: Severity;
  /** What was found there, shortened to 200 characters, control characters escaped. */
  value: string;
}

/** ERROR: it is not taken. WARNING: it is taken, but somebody should look. NOTICE: it was read in another way. */
export const SEVERITIES = ['ERROR', 'WARNING', 'NOTICE'] as const;
export type Severity = (typeof SEVERITIES)[number];

interface FindingMeaning {
  severity: Severity;
  /** For the schema and for developers. */
  description: string;
  /** For the people who read the report. */
  german: string;
}

/** Every code of every reader of this program, with the severity that it has where nothing else is said. */
export const FINDING_CODES = {
  ASSUMED: {
    severity: 'NOTICE',
    description: 'Nothing is said of it; this was taken instead.',
    german: 'Dazu fehlt eine Angabe; dieser Wert wurde angenommen.',
  },
  BAD_ARCHIVE: {
    severity: 'ERROR',
    description: 'The zip is damaged, or its content is not what its directory says.',
    german: 'Das Archiv ist beschädigt oder enthält etwas anderes, als sein Verzeichnis sagt.',
  },
  BAD_DESCRIPTOR: {
    severity: 'WARNING',
    description: 'The descriptor of the package does not know a column that the table has.',
    german: 'Die Beschreibung des Pakets kennt eine Spalte der Tabelle nicht.',
  },
  BAD_ENCODING: {
    severity: 'WARNING',
    description:
      'Not UTF-8: read as Windows-1252, or as UTF-16 where the file says so; a value in which characters were lost.',
    german: 'Die Datei ist nicht in UTF-8 und wurde anders gelesen, oder Zeichen gingen schon vorher verloren.',
  },
  BAD_FORMAT: {
    severity: 'ERROR',
    description: 'The value, row or file does not have the form that it must have.',
    german: 'Der Wert hat nicht die vorgeschriebene Form.',
  },
  BAD_GEOMETRY: {
    severity: 'ERROR',
    description: 'No Polygon or MultiPolygon of rings with four positions at least.',
    german: 'Der Umriss ist keine gültige Fläche (Polygon oder MultiPolygon).',
  },
  COLUMN_COUNT: {
    severity: 'ERROR',
    description: 'The row has fewer or more cells than the header.',
    german: 'Die Zeile hat weniger oder mehr Spalten als die Kopfzeile.',
  },
  DANGLING_REFERENCE: {
    severity: 'ERROR',
    description: 'The id that is referred to is nowhere in the source.',
    german: 'Der Verweis zeigt auf einen Datensatz, den es nicht gibt.',
  },
  DUPLICATE_COLUMN: {
    severity: 'WARNING',
    description: 'Two columns have one name; the second is read under another one.',
    german: 'Zwei Spalten haben denselben Namen.',
  },
  DUPLICATE_FILE: {
    severity: 'ERROR',
    description: 'Two files of the source have one path; the second is not read.',
    german: 'Zwei Dateien haben denselben Namen; nur die erste wurde gelesen.',
  },
  DUPLICATE_ID: {
    severity: 'ERROR',
    description: 'Two different rows of one table have one id; only the first is taken.',
    german: 'Zwei verschiedene Datensätze haben dieselbe Kennung; nur der erste gilt.',
  },
  EMPTY: {
    severity: 'ERROR',
    description: 'There is nothing in the file.',
    german: 'Die Datei ist leer.',
  },
  ENCRYPTED: {
    severity: 'ERROR',
    description: 'The entry of the zip is encrypted.',
    german: 'Die Datei ist verschlüsselt.',
  },
  LITERAL_ESCAPE: {
    severity: 'NOTICE',
    description: 'A backslash and an n stood for a line break and were read as one.',
    german: 'Die Zeichenfolge \\n wurde als Zeilenumbruch gelesen.',
  },
  MISSING_COLUMN: {
    severity: 'ERROR',
    description: 'A column that must be there is not; nothing of the file is taken.',
    german: 'Eine Pflichtspalte fehlt; aus der Datei wurde nichts übernommen.',
  },
  MISSING_ID: {
    severity: 'WARNING',
    description: 'The row has no id; one was derived from its content.',
    german: 'Der Datensatz hat keine Kennung; sie wurde aus seinem Inhalt abgeleitet.',
  },
  MISSING_VALUE: {
    severity: 'ERROR',
    description: 'A value that must be there is not.',
    german: 'Eine Pflichtangabe fehlt.',
  },
  NORMALISED: {
    severity: 'NOTICE',
    description: 'The value was written in an older or other form and has been brought into the right one.',
    german: 'Der Wert stand in einer anderen Schreibweise und wurde umgeschrieben.',
  },
  NOT_COUNTED: {
    severity: 'NOTICE',
    description:
      'Places that the hub cannot count with: of several units, without a maximum or without a day; they are kept aside.',
    german: 'Mit diesen Platzzahlen lässt sich nicht rechnen (mehrere Einheiten, keine Gesamtzahl oder kein Stand).',
  },
  NOT_IMPORTED: {
    severity: 'ERROR',
    description: 'The row has no place in the hub, such as a location that no organisation has; it is kept aside.',
    german: 'Der Datensatz lässt sich keinem Partner zuordnen; er wird nur aufbewahrt.',
  },
  NO_ARCHIVE: {
    severity: 'ERROR',
    description: 'The file is no zip, though it is called one; nothing of it was read.',
    german: 'Die Datei ist kein Zip-Archiv, obwohl sie so heißt; aus ihr wurde nichts gelesen.',
  },
  NO_LONGER_LISTED: {
    severity: 'NOTICE',
    description: 'The source told of it before and no longer does; the record stays as it is.',
    german: 'Die Quelle führt diesen Datensatz nicht mehr; hier bleibt er unverändert.',
  },
  NO_MUNICIPALITY: {
    severity: 'ERROR',
    description: 'Neither key, postal code, town nor position tells in which municipality it lies; it is kept aside.',
    german: 'Es ist nicht zu erkennen, in welcher Gemeinde der Ort liegt; er wird nur aufbewahrt.',
  },
  OLD_NAME: {
    severity: 'NOTICE',
    description: 'A table or column of an older version, read under its present name.',
    german: 'Die Tabelle oder Spalte hat einen veralteten Namen und wurde unter dem heutigen gelesen.',
  },
  OUT_OF_RANGE: {
    severity: 'ERROR',
    description: 'The value lies outside what is possible, or contradicts another one.',
    german: 'Der Wert liegt außerhalb des Möglichen oder widerspricht einem anderen.',
  },
  PROPOSED: {
    severity: 'NOTICE',
    description: 'People of the hub have edited or confirmed it since: it was not overwritten but proposed.',
    german: 'Der Partner hat den Wert seither bearbeitet oder bestätigt; die Änderung wurde nur vorgeschlagen.',
  },
  RATIO: {
    severity: 'ERROR',
    description: 'The content is many times larger than the archive: a zip bomb.',
    german: 'Der Inhalt ist unglaubwürdig viel größer als das Archiv.',
  },
  REPEATED: {
    severity: 'WARNING',
    description: 'The same row again, equal in everything; it is taken once.',
    german: 'Derselbe Datensatz kommt mehrfach vor; er gilt einmal.',
  },
  RING_NOT_CLOSED: {
    severity: 'ERROR',
    description: 'A ring of an outline does not end where it began.',
    german: 'Der Umriss ist nicht geschlossen: Anfang und Ende sind verschieden.',
  },
  SAME_NAME: {
    severity: 'NOTICE',
    description: 'Several rows of one table bear the same name.',
    german: 'Mehrere Datensätze tragen denselben Namen.',
  },
  SHORTENED: {
    severity: 'WARNING',
    description: 'The text is longer than the hub takes and was cut off; the whole is kept aside.',
    german: 'Der Text ist zu lang und wurde gekürzt.',
  },
  SWAPPED_COORDINATES: {
    severity: 'ERROR',
    description:
      'Latitude and longitude are exchanged: the place lies outside Germany as they stand, and within the other way round.',
    german: 'Geografische Breite und Länge sind vertauscht.',
  },
  SYMLINK: {
    severity: 'ERROR',
    description: 'A symbolic link; it is not followed.',
    german: 'Die Datei ist eine Verknüpfung; ihr wird nicht gefolgt.',
  },
  TOO_LARGE: {
    severity: 'ERROR',
    description: 'The source, a file, a row or a cell is larger than allowed.',
    german: 'Die Datei oder ein Teil davon ist größer als erlaubt.',
  },
  TOO_MANY: {
    severity: 'ERROR',
    description: 'There are more files, columns or levels than allowed; what comes after is not read.',
    german: 'Es sind mehr Dateien, Spalten oder Ebenen als erlaubt.',
  },
  TRUNCATED: {
    severity: 'ERROR',
    description: 'The file ends in the middle. Of a table or of records what came before was read, of a zip nothing.',
    german: 'Die Datei bricht mittendrin ab. Was davor steht, wurde gelesen; aus einem Zip-Archiv nichts.',
  },
  UNKNOWN_AREA: {
    severity: 'ERROR',
    description: 'No municipality or district that the hub knows has this key.',
    german: 'Eine Gemeinde oder ein Kreis mit diesem Schlüssel ist nicht bekannt.',
  },
  UNKNOWN_COLUMN: {
    severity: 'NOTICE',
    description: 'A column that is not in the profile; it is kept, but has no meaning here.',
    german: 'Die Spalte ist nicht bekannt; sie wird aufbewahrt, aber nicht verwendet.',
  },
  UNKNOWN_TABLE: {
    severity: 'WARNING',
    description: 'A file that is no table of the profile; it is not read.',
    german: 'Die Datei gehört zu keiner bekannten Tabelle und wurde nicht gelesen.',
  },
  UNKNOWN_VALUE: {
    severity: 'WARNING',
    description: 'The value is none of those that the profile lists.',
    german: 'Der Wert gehört nicht zu den vorgesehenen.',
  },
  UNREADABLE: {
    severity: 'ERROR',
    description: 'The file is not there, is no regular file, or may not be read.',
    german: 'Die Datei fehlt oder lässt sich nicht lesen.',
  },
  UNSAFE_PATH: {
    severity: 'ERROR',
    description: 'The path is absolute or climbs out of the source.',
    german: 'Der Dateiname führt aus dem Archiv hinaus.',
  },
  UNUSED_COLUMN: {
    severity: 'NOTICE',
    description: 'A column that means nothing here; it is passed over.',
    german: 'Die Spalte wird hier nicht gebraucht und wurde übergangen.',
  },
} as const satisfies Record<string, FindingMeaning>;

export type FindingCode = keyof typeof FINDING_CODES;

const LONGEST_VALUE = 200;

/** Where something was found. */
export interface Place {
  file: string;
  row?: number | null;
  column?: string | null;
}

/** A finding at a place; `severity` where it differs from what the code mostly has. */
export const finding = (place: Place, code: FindingCode, value: unknown = '', severity?: Severity): Finding => ({
  file: shownValue(place.file),
  row: place.row ?? null,
  column: place.column == null ? null : shownValue(place.column),
  code,
  severity: severity ?? FINDING_CODES[code].severity,
  value: shownValue(value),
});

/** A value as a report may show it: at most 200 characters, nothing that moves a terminal's cursor or hides itself. */
export function shownValue(value: unknown): string {
  // Cut before escaping too: a value may be a megabyte.
  const text = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 2 * LONGEST_VALUE);
  const escaped = text.toWellFormed().replace(UNSHOWABLE, escapeOf);
  if (escaped.length <= LONGEST_VALUE) return escaped;
  return `${escaped.slice(0, LONGEST_VALUE - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Control characters, and what changes the direction of a line or is not seen at all. */
const UNSHOWABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escapeOf = (char: string): string => NAMED[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
