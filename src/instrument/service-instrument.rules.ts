import { aBoolean, aDay, aLine, anObject, type Check, fitting, listOf, optional } from '../record/fault.rules.js';
import type { JsonValue } from '../record/record.rules.js';
import { isCode } from '../service/service-terms.rules.js';
import { holdsOn } from './instrument.rules.js';

/** An instrument by which a place at a service may be paid, as it is stored with the service. */
export interface ServiceInstrument {
  /** Code. */
  readonly instrument: string;
  /** Takes nobody without it. */
  readonly required: boolean;
  /** Null: not said. */
  readonly approvedProvider?: boolean | null;
  readonly approvedMeasure?: boolean | null;
  readonly approvalNumber?: string | null;
  /** YYYY-MM-DD; null: without a first, or a last day. */
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
}

export const MOST_INSTRUMENTS = 20;

const one = anObject(
  {
    instrument: fitting(isCode, 'Das ist kein Kürzel.'),
    required: aBoolean,
    approvedProvider: optional(aBoolean),
    approvedMeasure: optional(aBoolean),
    approvalNumber: optional(aLine(100)),
    validFrom: optional(aDay),
    validTo: optional(aDay),
  },
  (value, path) => {
    const { validFrom, validTo } = value as unknown as ServiceInstrument;
    if (!validFrom || !validTo || validTo >= validFrom) return [];
    return [{ path: [...path, 'validTo'], message: 'Das Ende liegt vor dem Anfang.' }];
  },
);

/** Each instrument once. */
export const someInstruments: Check = (value, path) => {
  const faults = listOf(one, MOST_INSTRUMENTS)(value, path);
  if (faults.length > 0) return faults;
  const codes = instrumentsIn(value).map(({ instrument }) => instrument);
  return codes.flatMap((code, i) =>
    codes.indexOf(code) === i
      ? []
      : [{ path: [...path, String(i), 'instrument'], message: 'Dieses Instrument ist zweimal genannt.' }],
  );
};

export const instrumentsIn = (value: JsonValue | undefined): readonly ServiceInstrument[] =>
  Array.isArray(value) ? (value as unknown as readonly ServiceInstrument[]) : [];

/** Those that hold on a day, YYYY-MM-DD. */
export const instrumentsOn = (all: readonly ServiceInstrument[], day: string): ServiceInstrument[] =>
  all.filter(({ validFrom, validTo }) => holdsOn({ validFrom: validFrom ?? day, validTo: validTo ?? null }, day));
