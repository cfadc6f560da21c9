export enum Freshness {
  FRESH = 'FRESH',
  AGING = 'AGING',
  STALE = 'STALE',
  UNCONFIRMED = 'UNCONFIRMED',
}

/** Oldest age in days of each band. */
export const FRESH_DAYS = 30;
export const AGING_DAYS = 90;

const DAY = 86_400_000;

/** The band of a confirmation or report. Source: domain guide, "Coverage: the formulas". */
export function freshnessOf(at: Date | null, now: Date): Freshness {
  if (!at) return Freshness.UNCONFIRMED;
  const days = (now.getTime() - at.getTime()) / DAY;
  if (days <= FRESH_DAYS) return Freshness.FRESH;
  return days <= AGING_DAYS ? Freshness.AGING : Freshness.STALE;
}

/** When a confirmation must have happened to fall into a band: after `after`, and not after `until`; null: unbounded. */
export function freshnessSpan(band: Freshness, now: Date): { after: Date | null; until: Date | null } | null {
  const ago = (days: number) => new Date(now.getTime() - days * DAY - 1);
  if (band === Freshness.UNCONFIRMED) return null;
  if (band === Freshness.FRESH) return { after: ago(FRESH_DAYS), until: null };
  if (band === Freshness.AGING) return { after: ago(AGING_DAYS), until: ago(FRESH_DAYS) };
  return { after: null, until: ago(AGING_DAYS) };
}
