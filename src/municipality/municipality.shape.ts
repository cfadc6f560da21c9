import { part } from '../read-path/readers.js';
import type { Shape } from '../read-path/shape.js';
import { Municipality } from './municipality.entity.js';

export const MUNICIPALITY: Shape = { entity: Municipality, fields: { centre: part() } };
