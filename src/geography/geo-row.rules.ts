import type { FindingCode, Severity } from '../file/finding.rules.js';
import type { FoundColumn } from './geo-columns.rules.js';
import { municipalityKeyOf, readCount, readDecimal, readKey } from './geo-values.rules.js';

export interface RowFault {
  code: FindingCode;
  column: string | null;
  value: string;
  severity?: Severity;
}

const LONGEST_TEXT = 200;

/** One row of a table whose columns are known by what they mean. What is wrong with it collects in `faults`. */
export class GeoRow<Role extends string> {
  readonly faults: RowFault[] = [];

  constructor(
    private readonly columns: ReadonlyMap<Role, readonly FoundColumn[]>,
    private readonly values: Readonly<Record<string, string>>,
  ) {}

  get isRefused(): boolean {
    return this.faults.some(({ severity = 'ERROR' }) => severity === 'ERROR');
  }

  /** The first column of that meaning, if the file has one. */
  column(role: Role): string | null {
    return this.columns.get(role)?.[0]?.column ?? null;
  }

  /** The day at the end of that column's name. */
  date(role: Role): string | null {
    return this.columns.get(role)?.[0]?.date ?? null;
  }

  fault(code: FindingCode, role: Role, value = this.raw(role), severity?: Severity): null {
    this.faults.push({ code, column: this.column(role), value, ...(severity && { severity }) });
    return null;
  }

  text(role: Role): string | null {
    const text = this.raw(role).trim().replace(/\s+/g, ' ');
    if (text.length > LONGEST_TEXT) return this.fault('TOO_LARGE', role, text);
    return text || null;
  }

  /** A key of so many digits; null, without a fault, for an empty cell. */
  key(role: Role, digits: 5 | 8 | 12): string | null {
    const raw = this.raw(role).trim();
    if (raw === '') return null;
    const read = readKey(raw, digits);
    if (!read) return this.fault('BAD_FORMAT', role);
    if (read.mended) this.fault('NORMALISED', role, raw, 'NOTICE');
    return read.key;
  }

  /** By its own key or by its regional one; the two must agree. A regional key may stand in the column of the other. */
  municipalityKey(own: Role, regional: Role): { key: string | null; regionalKey: string | null } {
    const ownIsRegional = /^\d{12}$/.test(this.raw(own).trim());
    const regionalKey = this.key(ownIsRegional ? own : regional, 12);
    const derived = regionalKey && municipalityKeyOf(regionalKey);
    const key = ownIsRegional ? derived : this.key(own, 8);
    if (this.isRefused) return { key: null, regionalKey: null };
    if (key && derived && key !== derived) return { key: this.fault('OUT_OF_RANGE', regional), regionalKey: null };
    if (!key && !derived) this.fault('MISSING_VALUE', this.column(own) ? own : regional, '');
    return { key: key ?? derived, regionalKey };
  }

  decimal(role: Role): number | null {
    const value = readDecimal(this.raw(role));
    return value === undefined ? this.fault('BAD_FORMAT', role) : value;
  }

  /** Counts of all columns with that meaning that tell their day; `day` stands in for one that does not. */
  counts(role: Role, day: string | null): { date: string; value: number | null }[] {
    return (this.columns.get(role) ?? []).flatMap(({ column, date }) => {
      const value = readCount(this.values[column] ?? '');
      const at = date ?? day;
      if (value !== undefined) return at ? [{ date: at, value }] : [];
      this.faults.push({ code: 'BAD_FORMAT', column, value: this.values[column] ?? '' });
      return [];
    });
  }

  raw(role: Role): string {
    const column = this.column(role);
    return column === null ? '' : (this.values[column] ?? '');
  }
}
