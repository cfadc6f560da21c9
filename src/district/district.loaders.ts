import type { EntityManager } from '@mikro-orm/postgresql';
import { Municipality } from '../municipality/municipality.entity.js';
import { manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { District } from './district.entity.js';

/** The district with each key. */
export const districtByKey = (em: EntityManager) =>
  onePerId(
    keys => em.find(District, { key: { $in: [...keys] } }),
    district => district.key,
  );

/** The municipalities of each district, by name. */
export const municipalitiesOfDistrict = (em: EntityManager) =>
  manyPerId(
    keys => em.find(Municipality, { districtKey: { $in: [...keys] } }, { orderBy: { name: 'asc', key: 'asc' } }),
    municipality => municipality.districtKey,
  );
