import { labelled } from '../read-path/readers.js';
import type { Shape } from '../read-path/shape.js';
import { Need } from './need.entity.js';

export const NEED: Shape = { entity: Need, columns: ['code', 'sensitive'], fields: { name: labelled() } };
