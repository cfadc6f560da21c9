import { aWebAddress } from '../partner/contact.rules.js';
import {
  aBoolean,
  aDay,
  aLine,
  anObject,
  type Check,
  fitting,
  listOf,
  oneOf,
  optional,
  someText,
  whole,
} from '../record/fault.rules.js';

/** What an amount is for. */
export enum CostUnit {
  ONCE = 'ONCE',
  HOUR = 'HOUR',
  SESSION = 'SESSION',
  DAY = 'DAY',
  WEEK = 'WEEK',
  MONTH = 'MONTH',
  YEAR = 'YEAR',
}

/** What something costs those who come. */
export interface Cost {
  /** Null: it costs nothing, or it is not known how much. */
  readonly amountCents?: number | null;
  readonly currency: string;
  readonly unit?: CostUnit | null;
  readonly free: boolean;
  readonly description?: string | null;
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
}

export interface RequiredDocument {
  readonly name: string;
  readonly url?: string | null;
}

/** What somebody must bring along, or must not. */
export enum CriterionEffect {
  REQUIRES = 'REQUIRES',
  EXCLUDES = 'EXCLUDES',
}

/** One with needs is checked by the hub; what is said in words only is cleared up in conversation. */
export interface Criterion {
  readonly effect: CriterionEffect;
  /** Codes; any one of them. */
  readonly needs?: readonly string[] | null;
  readonly text?: string | null;
}

const MOST_TERMS = 30;
/** A million euros: beyond it an amount is a slip. */
const MOST_CENTS = 100_000_000;

const cost = anObject(
  {
    amountCents: optional(whole(0, MOST_CENTS)),
    currency: fitting(text => /^[A-Z]{3}$/.test(text), 'Eine Währung hat drei Großbuchstaben, zum Beispiel EUR.'),
    unit: optional(oneOf(Object.values(CostUnit))),
    free: aBoolean,
    description: optional(someText(500)),
    validFrom: optional(aDay),
    validTo: optional(aDay),
  },
  (value, path) => {
    const { amountCents = null, free, validFrom, validTo } = value as unknown as Cost;
    if (free && amountCents !== null && amountCents > 0)
      return [{ path: [...path, 'free'], message: 'Was kostenlos ist, hat keinen Betrag.' }];
    if (validFrom && validTo && validTo < validFrom)
      return [{ path: [...path, 'validTo'], message: 'Das Ende liegt vor dem Anfang.' }];
    return [];
  },
);

export const someCosts: Check = listOf(cost, MOST_TERMS);

export const someDocuments: Check = listOf(anObject({ name: aLine(), url: optional(aWebAddress) }), MOST_TERMS);

const criterion = anObject(
  {
    effect: oneOf(Object.values(CriterionEffect)),
    needs: optional(listOf(fitting(isCode, 'Das ist kein Kürzel.'), 20)),
    text: optional(someText(500)),
  },
  (value, path) => {
    const { needs, text } = value as unknown as Criterion;
    if (text || (needs && needs.length > 0)) return [];
    return [{ path: [...path, 'text'], message: 'Ein Kriterium nennt einen Bedarf oder sagt es mit Worten.' }];
  },
);

export const someCriteria: Check = listOf(criterion, MOST_TERMS);

/** Can it be the code of a category or a need? Whether there is such a one the database tells. */
export function isCode(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 100;
}
