import type { EntityManager } from '@mikro-orm/postgresql';
import { manyPerId } from '../shared/per-id.loaders.js';
import { TrainingAttendance } from './training-course.entity.js';

/** How many of which team attended each session. */
export const attendanceOfSession = (em: EntityManager) =>
  manyPerId(
    ids => em.find(TrainingAttendance, { session: { $in: [...ids] } }, { orderBy: { team: { id: 'asc' } } }),
    attendance => attendance.session.id,
  );
