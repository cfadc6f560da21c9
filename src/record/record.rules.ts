/** What the value of a field is where it is kept, compared and told as a whole. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What people edit of a record: each field by its name in the graph, with its value. */
export type RecordDocument = Readonly<Record<string, JsonValue>>;

/** Which kind of record; `RECORD_KINDS` tells where it is stored. */
export enum RecordName {
  PARTNER = 'PARTNER',
  LOCATION = 'LOCATION',
  SERVICE = 'SERVICE',
  JOB_OPENING = 'JOB_OPENING',
}

/** How a change came about. */
export enum Origin {
  EDIT = 'EDIT',
  PROPOSAL = 'PROPOSAL',
  IMPORT = 'IMPORT',
  MERGE = 'MERGE',
  ASSESSMENT = 'ASSESSMENT',
}

/** Fields that are confirmed together, since whoever knows the one knows the others. */
export enum FieldGroup {
  PROFILE = 'PROFILE',
  CONTACT = 'CONTACT',
  OFFER = 'OFFER',
  TERMS = 'TERMS',
  HOURS = 'HOURS',
  PLACE = 'PLACE',
}

/** A table that has a row for each value of a field: of one column, or of several that make an object. */
export interface ListSpec {
  readonly table: string;
  /** The column with the id of the record. */
  readonly owner: string;
  /** The column with the value, or each member of the object with its column. */
  readonly value: string | Readonly<Record<string, string>>;
}

/** One field of a kind of record: a column of its own, or a list. */
export interface FieldSpec {
  readonly column?: string;
  readonly list?: ListSpec;
  /** The order of its values means nothing. */
  readonly set?: true;
  /** What a new record has where nothing is said; null, and of a list none, when left out. */
  readonly initially?: JsonValue;
  readonly de: string;
  readonly en: string;
  readonly group: FieldGroup;
  /**
   * SQL: what a change of it sets beside it. `t`: the row before, `r`: the same with the new values, `edit.at`: when.
   */
  readonly alsoSets?: string;
  /** Its values are ids of other records: of one that was merged, what stands for it is meant. */
  readonly names?: true;
  /** SQL: has something else decided it for a row `t`, so that no edit, import or merge changes it? */
  readonly decidedWhere?: string;
  /** A change of it by the partner waits for the coordination. */
  readonly reviewed?: true;
  /** Once it is true of a record, it is so for good of all that was merged into it. */
  readonly bindsMerged?: true;
}

/** Where a kind of record is stored. All that is written of it by people, files and merges goes by this. */
export interface RecordKind {
  readonly name: RecordName;
  readonly table: string;
  /** SQL: whose record a row `t` is, and in which network. */
  readonly partner: string;
  readonly network: string;
  /** The columns that tell so, of a new row. */
  readonly owners: (of: Owners) => Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, FieldSpec>>;
  /** Fields that are told to nobody where another one is true: that they change is not told either. */
  readonly secret?: { readonly where: string; readonly fields: readonly string[] };
  /** Two of them may become one: `merged_into_id` tells what stands for the other, which is archived. */
  readonly merges?: true;
}

/** Ids. */
export interface Owners {
  readonly partner: string;
  readonly network: string;
}

export interface FieldChange {
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/** By field, what changes. */
export type RecordChanges = Readonly<Record<string, FieldChange>>;

/** The document of a new record: what is said of it, and what it has where nothing is said. */
export const completed = (kind: RecordKind, document: RecordDocument): RecordDocument => ({
  ...Object.fromEntries(
    Object.entries(kind.fields).map(([field, { initially, list }]) => [field, initially ?? (list ? [] : null)]),
  ),
  ...document,
});

/** What differs, of the fields that `wanted` names. */
export function changesBetween(
  kind: RecordKind,
  stored: RecordDocument,
  wanted: RecordDocument,
): Record<string, FieldChange> {
  const changes: Record<string, FieldChange> = {};
  for (const [field, value] of Object.entries(wanted)) {
    const spec = kind.fields[field];
    if (!spec) throw new Error(`${kind.name} has no field ${field}.`);
    const [before, after] = [normal(spec, stored[field] ?? null), normal(spec, value)];
    if (!same(before, after)) changes[field] = { before, after };
  }
  return changes;
}

/** What is wanted without the fields that something else has decided. */
export const leavingDecided = (wanted: RecordDocument, decided: readonly string[]): RecordDocument =>
  decided.length === 0
    ? wanted
    : Object.fromEntries(Object.entries(wanted).filter(([field]) => !decided.includes(field)));

/** Do the changes concern nothing but what is told to nobody, before and after? */
export const areSecret = ({ secret }: RecordKind, stored: RecordDocument, changes: RecordChanges): boolean =>
  secret !== undefined &&
  stored[secret.where] === true &&
  Object.keys(changes).every(field => secret.fields.includes(field));

/** The document as it was before the changes, which are given newest first. */
export function documentBefore(stored: RecordDocument, newestFirst: readonly RecordChanges[]): RecordDocument {
  const past: Record<string, JsonValue> = { ...stored };
  for (const changes of newestFirst) for (const [field, { before }] of Object.entries(changes)) past[field] = before;
  return past;
}

/** Do two values say the same? In an object a member that is null or an empty list is as if it were not there. */
export const same = (a: JsonValue, b: JsonValue): boolean => canonical(a) === canonical(b);

const normal = (spec: FieldSpec, value: JsonValue): JsonValue => {
  if (!spec.set || !Array.isArray(value)) return value;
  const members = new Map(value.map(one => [canonical(one), one as JsonValue]));
  return [...members.keys()].sort().map(key => members.get(key)!);
};

function canonical(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => !isNothing(member));
  return `{${members
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
    .sort()
    .join(',')}}`;
}

const isNothing = (member: JsonValue | undefined): boolean =>
  member === null || member === undefined || (isList(member) && member.length === 0);

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
