import type { EntityManager } from '@mikro-orm/postgresql';
import { manyPerId } from '../shared/per-id.loaders.js';
import { rowsOf, sql } from '../shared/sql.js';

export const needsOfJobOpening = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<{ opening: string; need: string }>(
        em,
        sql`select job_opening_id as opening, need_code as need from job_opening_need
            where job_opening_id = any(${ids}::uuid[])`,
      ),
    row => row.opening,
  );
