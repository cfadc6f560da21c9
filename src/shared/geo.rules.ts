/** Degrees, WGS 84. */
export interface Point {
  latitude: number;
  longitude: number;
}

/** Mean radius of the Earth in km, as in the domain guide. */
export const EARTH_RADIUS_KM = 6371.0088;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in km by the haversine formula; good to about 0.5 %, for the Earth is no sphere. */
export function haversineKm(from: Point, to: Point): number {
  const dLatitude = radians(to.latitude - from.latitude);
  const dLongitude = radians(to.longitude - from.longitude);
  const h =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(dLongitude / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
}

/** A box in degrees. */
export interface Box {
  south: number;
  north: number;
  west: number;
  east: number;
}

/** A share and degrees by which a box is made wider than it has to be: more than rounding can take from it. */
const WIDER = { times: 1.001, degrees: 0.001 };

/** A box that holds whatever is within a distance: all longitudes where it comes near a pole or the edge of the map. */
export function boxAround({ latitude, longitude }: Point, km: number): Box {
  const wide = (angle: number): number => ((angle * 180) / Math.PI) * WIDER.times + WIDER.degrees;
  const angle = Math.min(km / EARTH_RADIUS_KM, Math.PI);
  const [south, north] = [latitude - wide(angle), latitude + wide(angle)];
  const all = { south, north, west: -180 - WIDER.degrees, east: 180 + WIDER.degrees };
  if (angle >= Math.PI / 2 || south <= -90 || north >= 90) return all;
  const side = wide(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(latitude)))));
  const [west, east] = [longitude - side, longitude + side];
  return west < -180 || east > 180 ? all : { south, north, west, east };
}

/** Can there be such a place on Earth? */
export const isOnEarth = ({ latitude, longitude }: Point): boolean =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

/** A municipality's own key (8 digits), its district's (5) and its state's (2): any of them covers it. */
export const coveringKeys = (municipality: string): string[] => [
  municipality,
  municipality.slice(0, 5),
  municipality.slice(0, 2),
];

/** Does an area of municipalities, districts and states (by key) hold the municipality? */
export const areaHolds = (areaKeys: readonly string[], municipality: string): boolean =>
  coveringKeys(municipality).some(key => areaKeys.includes(key));

/** A kreisfreie Stadt is a district with a single municipality, and that one ends in 000. */
export const isCityOfItsOwn = (municipality: string): boolean => municipality.endsWith('000');
