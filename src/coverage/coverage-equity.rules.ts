/** A value that holds for so many people. */
export interface Weighted {
  value: number;
  weight: number;
}

/** Σ weight·value / Σ weight; null without any weight. */
export function weightedMean(items: readonly Weighted[]): number | null {
  const people = items.reduce((sum, { weight }) => sum + weight, 0);
  return people > 0 ? items.reduce((sum, { value, weight }) => sum + value * weight, 0) / people : null;
}

/**
 * Gini coefficient over people: half of the relative mean difference, Σᵢ Σⱼ wᵢ·wⱼ·|xᵢ − xⱼ| / (2·(Σw)²·mean).
 * 0: everybody has the same. Null without people, or where nobody has anything.
 */
export function gini(items: readonly Weighted[]): number | null {
  const mean = weightedMean(items);
  if (mean === null || mean <= 0) return null;
  const sorted = [...items].sort((a, b) => a.value - b.value);
  let people = 0;
  let total = 0;
  let differences = 0;
  for (const { value, weight } of sorted) {
    differences += weight * (value * people - total);
    people += weight;
    total += weight * value;
  }
  // Each pair was met once, so the half of the formula is spent; rounding may leave a trace below 0.
  return Math.max(0, differences / (people * total));
}

/** Herfindahl–Hirschman index: Σ share². 1: one provider carries all; null where there is nothing to share. */
export function concentration(counts: readonly number[]): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total > 0 ? counts.reduce((sum, count) => sum + (count / total) ** 2, 0) : null;
}
