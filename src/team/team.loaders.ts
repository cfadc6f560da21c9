import type { EntityManager } from '@mikro-orm/postgresql';
import { manyPerId } from '../shared/per-id.loaders.js';
import { TeamContact } from './team.entity.js';

/** Whom to ask in each team, in their order. */
export const contactsOfTeam = (em: EntityManager) =>
  manyPerId(
    ids => em.find(TeamContact, { team: { $in: [...ids] } }, { orderBy: { position: 'asc' } }),
    contact => contact.team.id,
  );
