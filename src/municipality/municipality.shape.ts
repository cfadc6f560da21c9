import { part } from '../read-path/readers.js';
import type { Shape } from '../read-path/shape.js';
import { Municipality } from './municipality.entity.js';

export const MUNICIPALITY: Shape = {
  entity: Municipality,
  columns: ['key', 'name', 'districtKey', 'districtName', 'population', 'recipients', 'kind', 'regionalKey', 'area'],
  fields: { centre: part() },
};

/** Of a row that has both. */
export const GEO_POINT: Shape = { columns: ['latitude', 'longitude'] };
