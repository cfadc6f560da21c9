import type { DeliveryMode, FeedbackLevel } from '../../service/service.rules.js';

/** A kind of offer that several invented partners make, each in its own size and colour. */
export interface Offer {
  /** One is chosen; `{ort}` becomes the municipality of the first site. */
  readonly names: readonly string[];
  readonly text: string;
  readonly categories: readonly string[];
  readonly needs?: readonly string[];
  /** On site when left out. */
  readonly modes?: readonly `${DeliveryMode}`[];
  /** Youngest and oldest age; null: no limit. */
  readonly ages?: readonly [number | null, number | null];
  /** Fewest and most places; null: places are not counted. */
  readonly places: readonly [number, number] | null;
  readonly feedback: readonly `${FeedbackLevel}`[];
  /** Where clients may live: around the sites, in the district, or anywhere in the state. */
  readonly area: 'around' | 'district' | 'state';
  /** How many languages besides German are likely. */
  readonly tongues?: 'none' | 'few' | 'many';
  /** Languages that every partner with this offer speaks besides German. */
  readonly speaks?: readonly string[];
  /** Kept by every partner (true), by none (false), or by some (left out). */
  readonly waitingList?: boolean;
}
