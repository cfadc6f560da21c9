import type { AccessionConsentResult, CatalogueItem } from './accession.rules.js';

/** What a body decided on a day (YYYY-MM-DD). */
export interface ConsentDecision {
  result: AccessionConsentResult;
  decidedOn: string;
  fileNumber: string | null;
}

/** The last decision of a body, without a day while it is pending, and those before it, the oldest first. */
export interface ConsentDecisions {
  result: AccessionConsentResult;
  decidedOn: string | null;
  fileNumber: string | null;
  earlier: ConsentDecision[];
}

/** A catalogue that was replaced or taken back: not any more on `until`. */
export interface EarlierCatalogue {
  from: string;
  until: string;
  items: CatalogueItem[];
}

/** The catalogue there is, and those before it, the oldest first. */
export interface Catalogues {
  catalogue: CatalogueItem[];
  catalogueOn: string | null;
  earlierCatalogues: EarlierCatalogue[];
}

/** So many decisions of a body, and so many catalogues, are kept beside the last at most. */
export const MOST_EARLIER = 20;

/** What the body had decided until that day; null = nothing yet. */
export function decisionOn(
  { result, decidedOn, fileNumber, earlier }: ConsentDecisions,
  on: string,
): ConsentDecision | null {
  if (decidedOn !== null && decidedOn <= on) return { result, decidedOn, fileNumber };
  return earlier.findLast(one => one.decidedOn <= on) ?? null;
}

/**
 * With one more decision. One of a later day follows those that there are; one of the same or an earlier day corrects those
 * since then; one that is pending takes all back.
 */
export function withDecision(
  { result, decidedOn, fileNumber, earlier }: ConsentDecisions,
  next: Omit<ConsentDecisions, 'earlier'>,
): ConsentDecisions {
  const day = next.decidedOn;
  if (day === null) return { ...next, earlier: [] };
  const known = decidedOn === null ? earlier : [...earlier, { result, decidedOn, fileNumber }];
  return { ...next, earlier: known.filter(one => one.decidedOn < day) };
}

/**
 * With another catalogue from a day on, or none: the one before is kept until that day. One of the same or an earlier day
 * corrects those since then.
 */
export function withCatalogue(
  { catalogue, catalogueOn, earlierCatalogues }: Catalogues,
  items: CatalogueItem[],
  day: string,
) {
  const last = catalogueOn === null ? [] : [{ from: catalogueOn, until: day, items: catalogue }];
  return {
    catalogue: items,
    catalogueOn: items.length === 0 ? null : day,
    earlierCatalogues: [...cut(earlierCatalogues, day), ...last.filter(one => one.from < day)],
  };
}

/** Do two catalogues say the same, in the same order? */
export const sameItems = (a: readonly CatalogueItem[], b: readonly CatalogueItem[]): boolean =>
  a.length === b.length && a.every(({ text, goal }, i) => text === b[i]!.text && goal === b[i]!.goal);

/** The same catalogue since another day. */
export const movedCatalogue = ({ catalogue, earlierCatalogues }: Catalogues, day: string): Catalogues => ({
  catalogue,
  catalogueOn: day,
  earlierCatalogues: cut(earlierCatalogues, day),
});

const cut = (catalogues: readonly EarlierCatalogue[], day: string): EarlierCatalogue[] =>
  catalogues.filter(({ from }) => from < day).map(one => (one.until > day ? { ...one, until: day } : one));
