import type { PageRoot, Shape } from '../read-path/shape.js';
import { sql } from '../shared/sql.js';
import { Network } from './network.entity.js';
import { networkWithSlug } from './network.query.js';

export const NETWORK: Shape = { entity: Network, columns: ['id', 'slug', 'name'] };

/** Of a list with the argument `network`: whether there is one with that slug. */
export const givenNetwork: PageRoot['given'] = ({ network }) =>
  network == null ? null : sql`${networkWithSlug(network as string)} is not null`;
