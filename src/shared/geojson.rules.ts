/** A feature of GeoJSON (RFC 7946). Of something whose place is not known, or not told, the geometry is null. */
export interface GeoFeature {
  type: 'Feature';
  id: string;
  geometry: object | null;
  properties: Readonly<Record<string, unknown>>;
}

/** Seven decimals of a degree are a centimetre. */
const roundDegrees = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** Longitude first. */
export const pointAt = (latitude: number, longitude: number): object => ({
  type: 'Point',
  coordinates: [roundDegrees(longitude), roundDegrees(latitude)],
});

/**
 * The text of a FeatureCollection, a piece for each page of features, so that the whole of it is never in memory.
 * @param more what else the collection tells beside its features; asked for when all of them have passed
 */
export async function* featureCollection(
  pages: AsyncIterable<readonly GeoFeature[]>,
  more: () => Readonly<Record<string, unknown>> = () => ({}),
): AsyncIterable<string> {
  yield '{"type":"FeatureCollection","features":[\n';
  let first = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    yield `${first ? '' : ',\n'}${page.map(feature => JSON.stringify(feature)).join(',\n')}`;
    first = false;
  }
  const rest = Object.entries(more()).map(([name, value]) => `,"${name}":${JSON.stringify(value)}`);
  yield `\n]${rest.join('')}}\n`;
}
