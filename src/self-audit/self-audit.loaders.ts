import type { EntityManager } from '@mikro-orm/postgresql';
import { manyPerId } from '../shared/per-id.loaders.js';
import { SelfAuditAnswer } from './self-audit.entity.js';

/** What each team answered, when it filled in a questionnaire. */
export const answersOfSelfAudit = (em: EntityManager) =>
  manyPerId(
    ids => em.find(SelfAuditAnswer, { audit: { $in: [...ids] } }),
    answer => answer.audit.id,
  );
