import {
  changesBetween,
  type JsonValue,
  type RecordDocument,
  type RecordKind,
  type RecordName,
  same,
} from './record.rules.js';

/** What became of a record since somebody read it. */
export interface ChangesSince {
  /** The fields that changed meanwhile, as they were then; some may be as before again. */
  readonly base: RecordDocument;
  /** How many versions are remembered since; fewer than there were where some came before anything was remembered. */
  readonly versions: number;
}

/** A field that is otherwise than it was read. */
interface Conflict {
  readonly kind: RecordName;
  readonly field: string;
  readonly base: JsonValue;
  readonly current: JsonValue;
  readonly yours: JsonValue;
  /** Does she change it too who read it so? */
  readonly both: boolean;
}

interface Stored {
  readonly version: number;
  readonly document: RecordDocument;
}

/**
 * What somebody has to look at who edits what changed since she read it: the fields that are otherwise now than then,
 * in the order of the record, with what she wants of those that she changes too. Where it is not remembered what
 * changed since, the fields of her edit that are otherwise now.
 *
 * @param expected the version that she has read
 * @param untold fields of which no value is told, such as those of a protected address
 */
export function conflictsOf(
  kind: RecordKind,
  { version, document }: Stored,
  expected: number,
  wanted: RecordDocument,
  since: ChangesSince | undefined,
  untold: readonly string[],
): Conflict[] {
  const { base, versions } = since ?? { base: {}, versions: 0 };
  const changed = changesBetween(kind, document, base);
  const others = version - expected === versions ? {} : changesBetween(kind, document, wanted);
  return Object.keys(kind.fields).flatMap(field => {
    const both = field in wanted && (field in changed || field in others);
    if (!both && !(field in changed)) return [];
    const told = (value: JsonValue): JsonValue => (untold.includes(field) ? null : value);
    return [
      {
        kind: kind.name,
        field,
        base: told(base[field] ?? null),
        current: told(document[field] ?? null),
        yours: both ? (wanted[field] ?? null) : null,
        both,
      },
    ];
  });
}

/** Did the address that is not to be told now or then change since? */
export const protectsAddress = ({ document }: Stored, since: ChangesSince | undefined): boolean =>
  same(document.addressProtected ?? false, true) || same(since?.base.addressProtected ?? false, true);
