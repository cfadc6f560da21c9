import { type Criterion, CriterionEffect } from './service-terms.rules.js';

/** What the hub can tell of one criterion for one client. */
export enum CriterionState {
  HOLDS = 'HOLDS',
  FAILS = 'FAILS',
  OPEN = 'OPEN',
}

export interface CriterionCheck {
  readonly criterion: Criterion;
  readonly state: CriterionState;
}

/**
 * Every criterion of a service, held against the needs of a client. What is said in words only is left to people, and
 * where no need was told nothing is known: that is no reason to leave a service out.
 */
export const checksOf = (criteria: readonly Criterion[], needs: readonly string[]): CriterionCheck[] =>
  criteria.map(criterion => ({ criterion, state: stateOf(criterion, needs) }));

/** The criteria that a client with these needs is known to fail. */
export const failedOf = (criteria: readonly Criterion[], needs: readonly string[]): Criterion[] =>
  criteria.filter(criterion => stateOf(criterion, needs) === CriterionState.FAILS);

function stateOf({ effect, needs: named }: Criterion, needs: readonly string[]): CriterionState {
  if (!named || named.length === 0 || needs.length === 0) return CriterionState.OPEN;
  const meets = named.some(code => needs.includes(code));
  return meets === (effect === CriterionEffect.REQUIRES) ? CriterionState.HOLDS : CriterionState.FAILS;
}

/** For people: what the service requires, or whom it leaves out. `nameOf`: the label of a need. */
export function criterionSentence({ effect, needs, text }: Criterion, nameOf: (code: string) => string): string {
  const named = (needs ?? []).map(nameOf).join(' oder ');
  const what = [named, text && named ? `(${text})` : text].filter(Boolean).join(' ');
  return effect === CriterionEffect.REQUIRES
    ? `Das Angebot setzt voraus: ${what}.`
    : `Das Angebot schließt aus: ${what}.`;
}
