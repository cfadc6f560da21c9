import { type JsonValue, type RecordDocument, same } from '../record/record.rules.js';
import {
  Attendance,
  exceptionOf,
  hoursOf,
  type OpeningHours,
  type OpeningRule,
  type RuleDay,
  ruleOf,
  type Span,
  storedHours,
  type Weekday,
} from './opening-hours.rules.js';

type Given<T> = { readonly [Name in keyof T]?: T[Name] | null };

/** What comes in of opening hours: null and left out are the same, the usual. */
export interface HoursGiven {
  readonly rules: readonly (Given<Omit<OpeningRule, 'days' | 'other'>> & {
    readonly days?: readonly (Pick<RuleDay, 'weekday'> & Given<Pick<RuleDay, 'ordinal'>>)[] | null;
  })[];
  readonly exceptions?:
    | readonly {
        readonly from: string;
        readonly until?: string | null;
        readonly weekdays?: readonly Weekday[] | null;
        readonly hours?: readonly (Span & { readonly attendance?: Attendance | null })[] | null;
        readonly reason?: string | null;
      }[]
    | null;
}

/**
 * The hours that somebody wants. A rule that is as it was keeps what a file once said of it (`other`), which no form
 * shows: so nothing is lost by saving what was not touched.
 */
export function hoursGiven({ rules, exceptions }: HoursGiven, stored: OpeningHours): OpeningHours {
  return {
    rules: rules.map(({ days, ...given }) => {
      const rule = ruleOf({
        ...told({ ...given, note: trimmed(given.note) }),
        days: (days ?? []).map(({ weekday, ordinal }) => ({ weekday, ordinal: ordinal ?? null })),
      });
      const before = stored.rules.find(one => sameRule({ ...one, other: [] }, rule));
      return before ? { ...rule, other: before.other } : rule;
    }),
    exceptions: (exceptions ?? []).map(given =>
      exceptionOf({
        ...told({ ...given, reason: trimmed(given.reason), hours: null }),
        from: given.from,
        hours: (given.hours ?? []).map(({ opens, closes, attendance }) => ({
          opens,
          closes,
          attendance: attendance ?? Attendance.OPEN_DOOR,
        })),
      }),
    ),
  };
}

/**
 * The value of the field `openingHours` of a record that somebody wants; none where nothing is said of it. Null is no
 * hours at all.
 */
export function wantedHours(
  given: HoursGiven | null | undefined,
  stored: JsonValue | undefined,
  { addExceptions, removeExceptions }: ExceptionsGiven = {},
): { openingHours?: JsonValue } {
  if (given === undefined && !addExceptions?.length && !removeExceptions?.length) return {};
  const before = hoursOf(stored ?? []);
  const { rules, exceptions } =
    given === undefined ? before : given ? hoursGiven(given, before) : { rules: [], exceptions: [] };
  const added = hoursGiven({ rules: [], exceptions: addExceptions ?? [] }, before).exceptions;
  const kept = exceptions.filter(({ from }) => !removeExceptions?.includes(from));
  return { openingHours: storedHours({ rules, exceptions: [...kept, ...added] }) };
}

/** Exceptions that come and go beside what is there; those that go by their first day, and before others come. */
export interface ExceptionsGiven {
  readonly addExceptions?: HoursGiven['exceptions'];
  readonly removeExceptions?: readonly string[] | null;
}

/** What forms send for an emptied field is ''. */
const trimmed = (text: string | null | undefined): string | null => text?.trim() || null;

const told = <T extends object>(given: T): { [Name in keyof T]?: NonNullable<T[Name]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)) as never;

const sameRule = (a: OpeningRule, b: OpeningRule): boolean =>
  same(storedHours({ rules: [a], exceptions: [] }), storedHours({ rules: [b], exceptions: [] }));

/** Who only adds or takes away exceptions has perhaps not looked at the rules beside them: that is no word on the hours. */
export function saidWhole(input: { readonly openingHours?: unknown }, wanted: RecordDocument): RecordDocument {
  if (input.openingHours !== undefined) return wanted;
  const { openingHours: _, ...others } = wanted;
  return others;
}
