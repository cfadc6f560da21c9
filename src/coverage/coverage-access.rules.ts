/** One pair that serves: a municipality, a service, and W(d) between them. Both are indexes. */
export interface Pair {
  municipality: number;
  service: number;
  weight: number;
}

/**
 * Enhanced two-step floating catchment area: R_j = S_j / Σ_a P_a·W, A_a = Σ_j R_j·W over the pairs that serve.
 * A service that reaches no demand is left out, so Σ P_a·A_a = Σ S_j over the others. Source: domain guide.
 * @param demand people per municipality; unknown (null) counts 0 and still gets its A
 * @param places per service; null where places are not counted
 * @returns A per municipality: reachable places per head of demand
 */
export function accessibilityOf(
  demand: readonly (number | null)[],
  places: readonly (number | null)[],
  pairs: readonly Pair[],
): number[] {
  const reached = places.map(() => 0);
  for (const { municipality, service, weight } of pairs) {
    reached[service] = (reached[service] ?? 0) + (demand[municipality] ?? 0) * weight;
  }
  const ratio = places.map((count, service) => (reached[service]! > 0 ? (count ?? 0) / reached[service]! : 0));
  const accessibility = demand.map(() => 0);
  for (const { municipality, service, weight } of pairs) {
    accessibility[municipality] = (accessibility[municipality] ?? 0) + (ratio[service] ?? 0) * weight;
  }
  return accessibility;
}
