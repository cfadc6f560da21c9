import { placeFault } from './geo-values.rules.js';

/** Longitude, then latitude, in degrees (WGS 84). */
export type Position = readonly [longitude: number, latitude: number];

/** A ring that ends where it began. */
export type Ring = readonly Position[];

/** The outer ring first, then the holes. */
export type PolygonRings = readonly Ring[];

export type OutlineGeometry =
  | { readonly type: 'Polygon'; readonly coordinates: PolygonRings }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly PolygonRings[] };

export type GeometryFault = 'BAD_GEOMETRY' | 'RING_NOT_CLOSED' | 'OUT_OF_RANGE' | 'SWAPPED_COORDINATES' | 'TOO_LARGE';

/** Positions of one outline: a Kreis in full detail has some thousands. */
export const MOST_POSITIONS = 50_000;

/** What is wrong with a geometry, and with what. */
export class UnfitGeometry extends Error {
  constructor(
    readonly code: GeometryFault,
    readonly value: unknown,
  ) {
    super(code);
  }
}

/**
 * An outline as it is stored: a Polygon or MultiPolygon of closed rings in degrees, longitude first, without heights,
 * outer rings counter-clockwise and holes clockwise (RFC 7946, 3.1.6).
 *
 * @throws UnfitGeometry
 */
export function outlineOf(value: unknown): OutlineGeometry {
  const { type, coordinates } = Object(value) as { type?: unknown; coordinates?: unknown };
  const budget = { positions: MOST_POSITIONS };
  if (type === 'Polygon') return { type, coordinates: polygonOf(coordinates, budget) };
  if (type !== 'MultiPolygon') throw new UnfitGeometry('BAD_GEOMETRY', type ?? value);
  return { type, coordinates: listOf(coordinates).map(polygon => polygonOf(polygon, budget)) };
}

const polygonOf = (value: unknown, budget: { positions: number }): PolygonRings =>
  listOf(value).map((ring, i) => wound(ringOf(ring, budget), i === 0));

function ringOf(value: unknown, budget: { positions: number }): Ring {
  const list = listOf(value);
  budget.positions -= list.length;
  if (budget.positions < 0) throw new UnfitGeometry('TOO_LARGE', `more than ${MOST_POSITIONS} positions`);
  const ring = list.map(positionOf);
  const [first, last] = [ring[0]!, ring.at(-1)!];
  if (first[0] !== last[0] || first[1] !== last[1]) throw new UnfitGeometry('RING_NOT_CLOSED', [first, last]);
  if (ring.length < 4) throw new UnfitGeometry('BAD_GEOMETRY', `a ring of ${ring.length} positions`);
  return ring;
}

function positionOf(value: unknown): Position {
  if (!Array.isArray(value) || value.length < 2 || value.length > 4) throw new UnfitGeometry('BAD_GEOMETRY', value);
  const [longitude, latitude] = value as unknown[];
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) throw new UnfitGeometry('BAD_GEOMETRY', value);
  const position: Position = [longitude as number, latitude as number];
  const fault = placeFault({ longitude: position[0], latitude: position[1] });
  if (fault) throw new UnfitGeometry(fault, position);
  return position;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw new UnfitGeometry('BAD_GEOMETRY', value);
  return value;
}

/** The ring in the direction that its place asks for. */
const wound = (ring: Ring, outer: boolean): Ring => (twiceArea(ring) > 0 === outer ? ring : [...ring].reverse());

/** Twice the enclosed area in square degrees, positive where it runs counter-clockwise (shoelace formula). */
export const twiceArea = (ring: Ring): number =>
  ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
