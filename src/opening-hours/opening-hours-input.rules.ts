import { type JsonValue, same } from '../record/record.rules.js';
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
): { openingHours?: JsonValue } {
  if (given === undefined) return {};
  return { openingHours: given ? storedHours(hoursGiven(given, hoursOf(stored ?? []))) : [] };
}

/** What forms send for an emptied field is ''. */
const trimmed = (text: string | null | undefined): string | null => text?.trim() || null;

const told = <T extends object>(given: T): { [Name in keyof T]?: NonNullable<T[Name]> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)) as never;

const sameRule = (a: OpeningRule, b: OpeningRule): boolean =>
  same(storedHours({ rules: [a], exceptions: [] }), storedHours({ rules: [b], exceptions: [] }));
