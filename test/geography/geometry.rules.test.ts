import { describe, expect, it } from 'vitest';
import { MOST_POSITIONS, outlineOf, type Ring, twiceArea } from '../../src/geography/geometry.rules.js';

const SQUARE = [
  [7, 51],
  [8, 51],
  [8, 52],
  [7, 52],
  [7, 51],
] as const satisfies Ring;
const HOLE = [
  [7.2, 51.2],
  [7.2, 51.8],
  [7.8, 51.8],
  [7.8, 51.2],
  [7.2, 51.2],
] as const satisfies Ring;
const backwards = (ring: Ring): Ring => [...ring].reverse();

describe('an outline', () => {
  it('of one polygon, or of several, with holes', () => {
    for (const geometry of [
      { type: 'Polygon', coordinates: [SQUARE, HOLE] },
      { type: 'MultiPolygon', coordinates: [[SQUARE, HOLE], [HOLE.toReversed()]] },
    ])
      expect(outlineOf(geometry)).toEqual(geometry);
  });

  it('runs round its outer ring counter-clockwise and round holes clockwise', () => {
    expect(outlineOf({ type: 'Polygon', coordinates: [backwards(SQUARE), backwards(HOLE)] })).toEqual({
      type: 'Polygon',
      coordinates: [SQUARE, HOLE],
    });
    expect(twiceArea(SQUARE)).toBe(2);
    expect(twiceArea(backwards(SQUARE))).toBe(-2);
  });

  it('has no heights and nothing beside', () => {
    const coordinates = [SQUARE.map(position => [...position, 63.5])];
    expect(outlineOf({ type: 'Polygon', coordinates, bbox: [7, 51, 8, 52] })).toEqual({
      type: 'Polygon',
      coordinates: [SQUARE],
    });
  });
});

it.each([
  ['BAD_GEOMETRY', null],
  ['BAD_GEOMETRY', 'Polygon'],
  ['BAD_GEOMETRY', { type: 'Point', coordinates: [7, 51] }],
  ['BAD_GEOMETRY', { type: 'GeometryCollection', geometries: [] }],
  ['BAD_GEOMETRY', { type: 'Polygon' }],
  ['BAD_GEOMETRY', { type: 'Polygon', coordinates: [] }],
  ['BAD_GEOMETRY', { type: 'Polygon', coordinates: [[]] }],
  ['BAD_GEOMETRY', { type: 'Polygon', coordinates: SQUARE }],
  ['BAD_GEOMETRY', { type: 'MultiPolygon', coordinates: [SQUARE] }],
  [
    'BAD_GEOMETRY',
    {
      type: 'Polygon',
      coordinates: [
        [
          [7, 51],
          [8, 51],
          [7, 51],
        ],
      ],
    },
  ],
  ['BAD_GEOMETRY', { type: 'Polygon', coordinates: [[['7', '51'], ...SQUARE]] }],
  ['BAD_GEOMETRY', { type: 'Polygon', coordinates: [[[7], ...SQUARE]] }],
  ['RING_NOT_CLOSED', { type: 'Polygon', coordinates: [SQUARE.slice(0, 4)] }],
  ['SWAPPED_COORDINATES', { type: 'Polygon', coordinates: [SQUARE.map(([x, y]) => [y, x])] }],
  ['OUT_OF_RANGE', { type: 'Polygon', coordinates: [SQUARE.map(([x, y]) => [x + 360, y])] }],
  ['OUT_OF_RANGE', { type: 'Polygon', coordinates: [SQUARE.map(([x, y]) => [x * 100_000, y * 100_000])] }],
  ['TOO_LARGE', { type: 'Polygon', coordinates: [new Array(MOST_POSITIONS + 1).fill([7, 51])] }],
])('%s: %j', (code, geometry) => {
  expect(() => outlineOf(geometry)).toThrow(expect.objectContaining({ code }));
});
