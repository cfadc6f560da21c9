import { foldGerman } from '../search/fold.rules.js';
import { haversineKm, type Point } from '../shared/geo.rules.js';

/** What is known of the world when a source is mapped. */
export interface Lookups {
  /** By key. */
  readonly municipalities: ReadonlyMap<string, Point>;
  /** Key → name. */
  readonly names: ReadonlyMap<string, string>;
  /** Folded name → keys. */
  readonly towns: ReadonlyMap<string, readonly string[]>;
  /** Postal code → keys. */
  readonly postalCodes: ReadonlyMap<string, readonly string[]>;
  /** Folded name of a municipality, district or state → its key; null where several bear it. */
  readonly areas: ReadonlyMap<string, string | null>;
  /** The code itself, or a folded name in German or English → code. */
  readonly categories: ReadonlyMap<string, string>;
  readonly needs: ReadonlyMap<string, string>;
  /** Keys of where the clients of the network live: the area of a service of which nothing is said. */
  readonly networkAreas: readonly string[];
  /** Taxonomy terms of the source, by id. */
  readonly terms: ReadonlyMap<string, Term>;
}

export interface Term {
  /** Of which taxonomy, by its name. */
  readonly taxonomy: string;
  readonly code: string;
  readonly name: string;
}

/** Beyond this a place is not in the municipality whose centre is nearest. */
const NEAR_KM = 20;

interface Whereabouts {
  readonly key: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/**
 * Key of the municipality of a place: as it says itself, else by postal code and town (a code may lie in two), else by
 * the nearest centre within 20 km; null where nothing tells.
 */
export function municipalityOf(lookups: Lookups, place: Whereabouts): string | null {
  const own = place.key === null ? null : agsOf(place.key);
  if (own !== null && lookups.municipalities.has(own)) return own;
  const byCode = lookups.postalCodes.get(place.postalCode ?? '') ?? [];
  const named = lookups.towns.get(place.city === null ? '' : foldGerman(place.city)) ?? [];
  const both = byCode.filter(key => named.includes(key));
  const likely = both.length > 0 ? both : byCode.length > 0 ? byCode : named;
  if (likely.length === 1) return likely[0]!;
  return nearestOf(lookups, place, likely) ?? likely[0] ?? null;
}

function nearestOf({ municipalities }: Lookups, place: Whereabouts, likely: readonly string[]): string | null {
  const { latitude, longitude } = place;
  if (latitude === null || longitude === null) return null;
  let nearest: { key: string; km: number } | null = null;
  for (const key of likely.length > 0 ? likely : municipalities.keys()) {
    const km = haversineKm({ latitude, longitude }, municipalities.get(key)!);
    if (nearest === null || km < nearest.km) nearest = { key, km };
  }
  return nearest && (likely.length > 0 || nearest.km <= NEAR_KM) ? nearest.key : null;
}

/** The key of 8 digits of a key of 8 or, with the association of municipalities in it, of 12. */
export const agsOf = (key: string): string => (/^\d{12}$/.test(key) ? key.slice(0, 5) + key.slice(9) : key);
