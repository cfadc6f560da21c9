import type { Fault } from '../record/fault.rules.js';
import { type Check, fitting, listOf, oneOf, whole } from '../record/fault.rules.js';
import type { JsonValue } from '../record/record.rules.js';
import { isCode } from '../service/service-terms.rules.js';
import {
  DECISION_FORMS,
  DecisionForm,
  type InstrumentRuleKind,
  PARAMETERS,
  type RuleParameter,
  type SubsidyStep,
} from './instrument.rules.js';

/** Rules of one version; more are a slip. */
export const MOST_RULES = 30;
const MOST_MONTHS = 600;
const MOST_STEPS = 20;

const code = fitting(isCode, 'Das ist kein Kürzel.');
const months = whole(1, MOST_MONTHS);

const steps: Check = (value, path) => {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_STEPS)
    return [{ path, message: `Möglich sind 1 bis ${MOST_STEPS} Stufen.` }];
  const list = value as unknown as readonly SubsidyStep[];
  return list.flatMap(({ fromMonth, untilMonth, percent }, i) => {
    const at = [...path, String(i)];
    const faults = [
      ...months(fromMonth, [...at, 'fromMonth']),
      ...months(untilMonth, [...at, 'untilMonth']),
      ...whole(0, 100)(percent, [...at, 'percent']),
    ];
    if (faults.length > 0) return faults;
    if (untilMonth < fromMonth)
      return [{ path: [...at, 'untilMonth'], message: 'Das Ende der Stufe liegt vor dem Anfang.' }];
    const next = i === 0 ? 1 : list[i - 1]!.untilMonth + 1;
    return fromMonth === next
      ? []
      : [{ path: [...at, 'fromMonth'], message: `Diese Stufe beginnt mit Monat ${next}.` }];
  });
};

const CHECKS: Readonly<Record<RuleParameter, Check>> = {
  form: oneOf(Object.values(DecisionForm), DECISION_FORMS),
  years: whole(1, 120),
  months,
  withinMonths: months,
  needs: listOf(code, 20, 1),
  instruments: listOf(code, 20, 1),
  steps,
};

/**
 * What is wrong with the rules of an instrument, each fault at its parameter: one that is missing, one that the kind does
 * not have, numbers that nobody means. Whether the codes are there, a query tells.
 */
export const ruleFaults = (rules: readonly object[]): Fault[] =>
  rules.length > MOST_RULES
    ? [{ path: ['rules'], message: `Möglich sind höchstens ${MOST_RULES} Regeln.` }]
    : rules.flatMap((rule, i) => faultsOfRule(rule as Readonly<Record<string, JsonValue>>, ['rules', String(i)]));

function faultsOfRule(rule: Readonly<Record<string, JsonValue>>, path: readonly string[]): Fault[] {
  const wanted = PARAMETERS[rule.kind as InstrumentRuleKind];
  if (!wanted) return [{ path: [...path, 'kind'], message: 'Diese Art von Regel gibt es nicht.' }];
  const faults = Object.keys(CHECKS).flatMap(name => {
    const value = rule[name] ?? null;
    const at = [...path, name];
    if (wanted.includes(name as RuleParameter))
      return value === null ? [{ path: at, message: 'Diese Angabe fehlt.' }] : CHECKS[name as RuleParameter](value, at);
    return value === null ? [] : [{ path: at, message: 'Diese Angabe gehört nicht zu dieser Art von Regel.' }];
  });
  const { months: some, withinMonths } = rule as { months?: number; withinMonths?: number };
  if (faults.length === 0 && some && withinMonths && some > withinMonths)
    return [{ path: [...path, 'months'], message: 'Es sind mehr Monate als der Zeitraum hat.' }];
  return faults;
}
