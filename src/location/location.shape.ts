import { ofSeenPartner } from '../partner/partner.access.js';
import { many, one, part, text } from '../read-path/readers.js';
import type { OneRoot, Shape } from '../read-path/shape.js';
import { isId } from '../shared/id.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { AccessibilityEntry, Location } from './location.entity.js';
import { standingLocation } from './location.query.js';

/** A protected address is told to nobody. */
const unlessProtected = (column: string) =>
  text(row => sql`case when not ${row}.address_protected then ${row}.${verbatim(column)} end`);

const hasNoPosition = (row: Sql): Sql =>
  sql`${row}.address_protected or ${row}.latitude is null or ${row}.longitude is null`;

export const LOCATION: Shape = {
  entity: Location,
  columns: ['id', 'name', 'city', 'status', 'phone', 'confirmedAt', 'version', 'updatedAt'],
  fields: {
    accessibility: many(row => sql`accessibility_entry t where t.location_id = ${row}.id`, 't.feature'),
    directions: unlessProtected('directions'),
    municipality: one(row => sql`municipality t where t.key = ${row}.municipality_key`),
    position: part(hasNoPosition),
    postalCode: unlessProtected('postal_code'),
    street: unlessProtected('street'),
  },
};

export const ACCESSIBILITY_ENTRY: Shape = { entity: AccessibilityEntry, columns: ['feature', 'state', 'assessedOn'] };

export const location: OneRoot = {
  kind: 'one',
  from({ viewer }, { id, asOf }) {
    if (asOf != null || !isId(id)) return null;
    return sql`location t where t.id = ${standingLocation(id)} and ${ofSeenPartner(viewer, sql`t.partner_id`)}`;
  },
};
