import type { FindingCode } from '../file/finding.rules.js';
import { withoutMisleading } from '../record/fault.rules.js';
import { partsOf } from './hsds-owner.rules.js';

/** A row as it was staged. */
export interface Staged {
  readonly key: string;
  readonly file: string;
  readonly line: number | null;
  readonly row: Readonly<Record<string, unknown>>;
}

/** An organisation, location or service with all rows that belong to it. */
export interface Aggregate {
  readonly root: Staged;
  /** By table, without the root. */
  readonly rows: ReadonlyMap<string, readonly Staged[]>;
}

/** Something to be told of a row of an aggregate. */
export interface Remark {
  readonly of: Staged;
  readonly column: string | null;
  readonly code: FindingCode;
  readonly value: string;
}

/** Takes the remarks of one mapping. */
export type Remarks = (of: Staged, column: string | null, code: FindingCode, value: string) => void;

/** The rows of several roots, one aggregate for each root that is there. */
export function aggregatesOf(rows: readonly (Staged & { readonly root: string })[]): Map<string, Aggregate> {
  const found = new Map<string, Aggregate>();
  for (const [root, members] of Map.groupBy(rows, row => row.root)) {
    const own = members.find(row => row.key === root);
    if (!own) continue;
    const others = Map.groupBy(
      members.filter(row => row !== own),
      row => partsOf(row.key)[0],
    );
    found.set(root, { root: own, rows: others });
  }
  return found;
}

export const rowsIn = ({ rows }: Aggregate, table: string): readonly Staged[] => rows.get(table) ?? [];

/** What is written in a column, without blanks around it; null for nothing. */
export function textIn({ row }: Staged, column: string): string | null {
  const value = row[column];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value.trim() || null : null;
}

/** A number in a column; null for none. */
export function numberIn(staged: Staged, column: string): number | null {
  const text = textIn(staged, column);
  const number = text === null ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** What breaks a line or is not seen at all: a name holds none of it. */
const UNSEEN =
  /[\s\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu;

/** The same in one line, such as a name. */
export const lineIn = (staged: Staged, column: string): string | null =>
  textIn(staged, column)?.replace(UNSEEN, ' ').trim() || null;

/** The same, cut off where it is longer than the hub takes: a remark says so, and the source keeps the whole. */
export function proseIn(staged: Staged, column: string, longest: number, remark: Remarks): string | null {
  const said = textIn(staged, column);
  const text = said === null ? null : withoutMisleading(said).trim() || null;
  if (text === null || text.length <= longest) return text;
  remark(staged, column, 'SHORTENED', text);
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
