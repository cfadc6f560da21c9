import type { Fault } from '../record/fault.rules.js';
import { type JsonValue, type RecordDocument, same } from '../record/record.rules.js';
import { germanDay } from '../shared/calendar.rules.js';
import { haversineKm, type Point } from '../shared/geo.rules.js';

/** A municipality as far as it tells where its locations can be. */
export interface Surroundings {
  readonly name: string;
  readonly centre: Point;
  /** In km²; null where it is not known. */
  readonly area: number | null;
}

/** How far beyond the edge of its municipality a location may be, the municipality taken for a circle. */
const FARTHEST_KM = 30;
/** Nobody looked before there were features to look for. */
const FIRST_ASSESSED = '1990-01-01';

/** Germany, and what is just behind its borders. */
const isAbout = ({ latitude, longitude }: Point): boolean =>
  latitude >= 47 && latitude <= 55.1 && longitude >= 5.8 && longitude <= 15.1;

const WHERE = ['latitude', 'longitude', 'municipality'];

/**
 * What is well formed of a location and still cannot be meant: a position that is not near its municipality, a day on
 * which nobody has looked yet. What is stored so already stays, so that it keeps nobody from mending another thing.
 *
 * @param stored empty for a new one
 * @param today YYYY-MM-DD
 */
export function implausibleOfLocation(
  stored: RecordDocument,
  wanted: RecordDocument,
  municipality: Surroundings | null,
  today: string,
): Fault[] {
  const isMoved = WHERE.some(field => field in wanted && !same(wanted[field] ?? null, stored[field] ?? null));
  return [
    ...(isMoved ? positionFaults({ ...stored, ...wanted }, municipality) : []),
    ...dayFaults(stored.accessibility, wanted.accessibility, today),
  ];
}

function positionFaults({ latitude, longitude }: RecordDocument, municipality: Surroundings | null): Fault[] {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return [];
  const position = { latitude, longitude };
  if (!isAbout(position)) {
    const isSwapped = isAbout({ latitude: longitude, longitude: latitude });
    const message = isSwapped
      ? 'Diese Lage ist nicht in Deutschland. Sind Breite (etwa 51) und Länge (etwa 7) vertauscht?'
      : 'Diese Lage ist nicht in Deutschland.';
    return [{ path: ['latitude'], message }];
  }
  if (!municipality) return [];
  const radius = Math.sqrt((municipality.area ?? 0) / Math.PI);
  const km = haversineKm(position, municipality.centre);
  if (km <= radius + FARTHEST_KM) return [];
  const far = Math.round(km).toLocaleString('de');
  return [{ path: ['latitude'], message: `Diese Lage ist ${far} km von ${municipality.name} entfernt.` }];
}

function dayFaults(stored: JsonValue | undefined, wanted: JsonValue | undefined, today: string): Fault[] {
  if (!Array.isArray(wanted)) return [];
  const before = Array.isArray(stored) ? (stored as readonly JsonValue[]) : [];
  return (wanted as readonly Readonly<Record<string, JsonValue>>[]).flatMap((entry, i) => {
    const { assessedOn } = entry;
    if (typeof assessedOn !== 'string' || (assessedOn >= FIRST_ASSESSED && assessedOn <= today)) return [];
    if (before.some(one => same(one, entry))) return [];
    const message = `Hier steht, wann jemand nachgesehen hat: ein Tag vom ${germanDay(FIRST_ASSESSED)} bis heute.`;
    return [{ path: ['accessibility', String(i), 'assessedOn'], message }];
  });
}
