import type { Shape } from '../read-path/shape.js';
import { Network } from './network.entity.js';

export const NETWORK: Shape = { entity: Network, columns: ['id', 'slug', 'name'] };
