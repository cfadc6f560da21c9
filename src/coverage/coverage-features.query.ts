import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../shared/context.js';
import type { GeoFeature } from '../shared/geojson.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import { coverageOf } from './coverage.query.js';
import type { CoverageInput, CoverageRow } from './coverage.types.js';

const PAGE = 100;

interface OutlineRow {
  key: string;
  geometry: object;
  note: string | null;
  source: string;
  licence: string | null;
}

/** Coverage as it is drawn. `attribution` is complete when all pages have passed. */
export interface CoverageMap {
  pages: AsyncIterable<GeoFeature[]>;
  attribution(): string[];
}

/**
 * How a category covers municipalities, as features: their outlines, without a geometry where none was imported, with
 * the figures as properties. @throws PublicError BAD_USER_INPUT for what does not exist
 */
export async function coverageMap(ctx: Context, input: CoverageInput): Promise<CoverageMap> {
  const { rows } = await coverageOf(ctx, input);
  const attribution = new Set<string>();
  async function* pages(): AsyncIterable<GeoFeature[]> {
    for (let from = 0; from < rows.length; from += PAGE) {
      const page = rows.slice(from, from + PAGE);
      const outlines = await outlinesOf(ctx.em, page);
      for (const { source, licence, note } of outlines.values())
        attribution.add([source, licence, note].filter(part => part !== null).join(', '));
      yield page.map(row => featureOf(row, outlines.get(row.municipality.key)?.geometry ?? null));
    }
  }
  return { pages: pages(), attribution: () => [...attribution].sort() };
}

async function outlinesOf(em: EntityManager, rows: readonly CoverageRow[]): Promise<Map<string, OutlineRow>> {
  const keys = rows.map(({ municipality }) => municipality.key);
  const found = await rowsOf<OutlineRow>(
    em,
    sql`select o.area_key as key, o.geometry, o.note, s.name as source, s.licence
        from area_outline o join geo_source s on s.id = o.source_id where o.area_key = any(${keys}::text[])`,
  );
  return new Map(found.map(row => [row.key, row]));
}

function featureOf({ municipality, ...figures }: CoverageRow, geometry: object | null): GeoFeature {
  const { key, name, districtKey, districtName, population } = municipality;
  return {
    type: 'Feature',
    id: key,
    geometry,
    properties: { key, name, district: districtKey, districtName, population, ...figures },
  };
}
