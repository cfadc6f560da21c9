import { COUNSELLING } from './counselling.data.js';
import { LIFE } from './life.data.js';
import type { Offer } from './offer.js';
import { QUALIFICATION } from './qualification.data.js';
import { WORK } from './work.data.js';

const ALL = { ...COUNSELLING, ...QUALIFICATION, ...WORK, ...LIFE };

export type OfferKey = keyof typeof ALL;

/** Every kind of offer of the demo world. */
export const CATALOGUE: Readonly<Record<OfferKey, Offer>> = ALL;
