import { ancestry, hasProfessionalSecrecy } from '../../../src/category/categories.data.js';
import { CATALOGUE } from '../../../src/demo/catalogue/catalogue.js';

/** A kind of offer as the generator's SQL reads it; `fewest` and `most` places are null where they are not counted. */
export interface OfferRow {
  readonly number: number;
  readonly names: readonly string[];
  readonly text: string;
  readonly categories: readonly string[];
  readonly needs: readonly string[];
  readonly modes: readonly string[];
  readonly minimum_age: number | null;
  readonly maximum_age: number | null;
  readonly fewest: number | null;
  readonly most: number | null;
  readonly feedback: readonly string[];
  readonly languages: readonly string[];
  readonly tongues: number;
  readonly waiting_list: boolean;
  readonly free_of_charge: boolean;
}

const TONGUES = { none: 0, few: 2, many: 6 } as const;
/** The most that may be told where professional secrecy holds. */
const SECRET = ['RECEIVED_ONLY'] as const;

/** What the demo world's partners offer, in its order: those that follow each other are of one kind. */
export const offerRows = (): OfferRow[] =>
  Object.values(CATALOGUE).map((offer, number) => ({
    number,
    names: offer.names,
    text: offer.text,
    categories: offer.categories,
    needs: offer.needs ?? [],
    modes: offer.modes ?? ['ON_SITE'],
    minimum_age: offer.ages?.[0] ?? null,
    maximum_age: offer.ages?.[1] ?? null,
    fewest: offer.places?.[0] ?? null,
    most: offer.places?.[1] ?? null,
    feedback: offer.categories.some(hasProfessionalSecrecy) ? SECRET : offer.feedback,
    languages: ['de', ...(offer.speaks ?? [])],
    tongues: TONGUES[offer.tongues ?? 'few'],
    waiting_list: offer.waitingList ?? false,
    free_of_charge: offer.categories.some(code => ancestry(code).includes('counselling')),
  }));
