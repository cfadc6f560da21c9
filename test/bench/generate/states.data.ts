/** A state of Germany: what its invented districts and municipalities are shared out by. */
export interface State {
  readonly key: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Of a circle with its area. */
  readonly radiusKm: number;
  readonly districts: number;
  readonly municipalities: number;
}

/** Keys and middles of the 16 states, and about how many districts and municipalities each has. */
export const STATES: readonly State[] = [
  { key: '01', latitude: 54.2, longitude: 9.7, radiusKm: 71, districts: 15, municipalities: 1104 },
  { key: '02', latitude: 53.55, longitude: 10.0, radiusKm: 15, districts: 1, municipalities: 1 },
  { key: '03', latitude: 52.75, longitude: 9.2, radiusKm: 123, districts: 45, municipalities: 941 },
  { key: '04', latitude: 53.15, longitude: 8.75, radiusKm: 12, districts: 2, municipalities: 2 },
  { key: '05', latitude: 51.5, longitude: 7.5, radiusKm: 104, districts: 53, municipalities: 396 },
  { key: '06', latitude: 50.6, longitude: 9.0, radiusKm: 82, districts: 26, municipalities: 421 },
  { key: '07', latitude: 49.9, longitude: 7.3, radiusKm: 79, districts: 36, municipalities: 2300 },
  { key: '08', latitude: 48.6, longitude: 9.0, radiusKm: 107, districts: 44, municipalities: 1101 },
  { key: '09', latitude: 48.95, longitude: 11.5, radiusKm: 150, districts: 96, municipalities: 2056 },
  { key: '10', latitude: 49.4, longitude: 6.95, radiusKm: 29, districts: 6, municipalities: 52 },
  { key: '11', latitude: 52.52, longitude: 13.4, radiusKm: 17, districts: 1, municipalities: 1 },
  { key: '12', latitude: 52.3, longitude: 13.6, radiusKm: 97, districts: 18, municipalities: 413 },
  { key: '13', latitude: 53.75, longitude: 12.5, radiusKm: 86, districts: 8, municipalities: 726 },
  { key: '14', latitude: 51.05, longitude: 13.3, radiusKm: 77, districts: 13, municipalities: 418 },
  { key: '15', latitude: 52.0, longitude: 11.7, radiusKm: 81, districts: 14, municipalities: 218 },
  { key: '16', latitude: 50.9, longitude: 11.0, radiusKm: 72, districts: 22, municipalities: 624 },
];
