import type { Bilingual } from '../shared/texts.rules.js';
import { OCCUPATIONS, type OccupationDatum } from './occupations.data.js';

const BY_CODE: ReadonlyMap<string, OccupationDatum> = new Map(OCCUPATIONS.map(one => [one.code, one]));

/**
 * Is it a code of the KldB 2010? Area and main group must be there; of the groups below them the form: the third digit is
 * 1 to 9, the fifth the level of requirement, 1 (helper) to 4 (expert).
 */
export const isOccupation = (code: string): boolean =>
  /^\d{1,2}$/.test(code) ? BY_CODE.has(code) : /^\d{2}[1-9](\d([1-4])?)?$/.test(code) && BY_CODE.has(code.slice(0, 2));

/** The label of a code; one below the main groups has that of its group, with the code. */
export function occupationName(code: string): Bilingual {
  const own = BY_CODE.get(code);
  if (own) return own;
  const group = BY_CODE.get(code.slice(0, 2));
  return group ? { de: `${group.de} (${code})`, en: `${group.en} (${code})` } : { de: code, en: code };
}

/** The code above it; null for an area. */
export const occupationAbove = (code: string): string | null => (code.length > 1 ? code.slice(0, -1) : null);

/** Codes of the areas, or of the main groups of one, in their order. */
export const occupationsBelow = (code: string | null): string[] =>
  OCCUPATIONS.filter(one => occupationAbove(one.code) === code).map(one => one.code);
