import { expect } from 'vitest';

export interface ParsedFeature {
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the geometry has
  geometry: any;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the feature tells
  properties: any;
}

/** Reads a FeatureCollection as RFC 7946 has it, and fails on whatever that does not allow. */
export function parseGeoJson(text: string): { features: ParsedFeature[]; attribution?: string[] } {
  const collection = JSON.parse(text);
  expect(collection.type).toBe('FeatureCollection');
  expect(Array.isArray(collection.features)).toBe(true);
  for (const member of ['coordinates', 'geometries', 'geometry', 'properties', 'crs'])
    expect(collection).not.toHaveProperty(member); // 7.1, and no other reference system
  for (const feature of collection.features) {
    expect(feature.type).toBe('Feature');
    expect(['string', 'number']).toContain(typeof feature.id);
    expect(feature.properties).toBeTypeOf('object');
    expect(feature).toHaveProperty('geometry');
    expect(feature).not.toHaveProperty('features');
    if (feature.geometry !== null) checkGeometry(feature.geometry);
  }
  const ids = collection.features.map(({ id }: ParsedFeature) => id);
  expect(new Set(ids).size).toBe(ids.length);
  return collection;
}

function checkGeometry({ type, coordinates }: { type: string; coordinates: unknown }): void {
  if (type === 'Point') {
    checkPosition(coordinates);
    return;
  }
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  expect(['Polygon', 'MultiPolygon']).toContain(type);
  for (const polygon of polygons as unknown[][]) for (const [i, ring] of polygon.entries()) checkRing(ring, i === 0);
}

function checkRing(ring: unknown, outer: boolean): void {
  const positions = ring as number[][];
  expect(positions.length).toBeGreaterThanOrEqual(4);
  expect(positions.at(-1)).toEqual(positions[0]);
  for (const position of positions) checkPosition(position);
  let area = 0;
  for (let i = 1; i < positions.length; i++)
    area += positions[i - 1]![0]! * positions[i]![1]! - positions[i]![0]! * positions[i - 1]![1]!;
  expect(area > 0).toBe(outer);
}

/** Longitude first: no place of ours lies at a latitude below 46 or a longitude above 20. */
function checkPosition(position: unknown): void {
  const [longitude, latitude, ...rest] = position as number[];
  expect(rest).toEqual([]);
  expect(longitude).toBeGreaterThan(0);
  expect(longitude).toBeLessThan(20);
  expect(latitude).toBeGreaterThan(46);
  expect(latitude).toBeLessThan(56);
}

/** All pieces as one text. */
export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}
