import type { PartnerKind } from '../../partner/partner.rules.js';
import type { OfferKey } from '../catalogue/catalogue.js';

/** An invented organisation. Whatever it shares with a real one is chance. */
export interface PartnerSpec {
  /** Unique in the whole demo world; also its `.example` domain. */
  readonly key: string;
  readonly name: string;
  readonly kinds: readonly `${PartnerKind}`[];
  readonly about: string;
  /** Key of its umbrella, in this network or another. */
  readonly parent?: string;
  /** Municipalities of its sites by name; one may come twice. */
  readonly sites: readonly string[];
  /** Its addresses are not for the public (a women's shelter). */
  readonly protected?: boolean;
  readonly offers: readonly OfferKey[];
}
