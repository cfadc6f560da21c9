import { labelled, many, one } from '../read-path/readers.js';
import type { Shape } from '../read-path/shape.js';
import { sql } from '../shared/sql.js';
import { Category } from './category.entity.js';

export const CATEGORY: Shape = {
  entity: Category,
  columns: ['code', 'professionalSecrecy'],
  fields: {
    children: many(row => sql`category t where t.parent_code = ${row}.code`, 't.position, t.code'),
    name: labelled(),
    parent: one(row => sql`category t where t.code = ${row}.parent_code`),
  },
};
