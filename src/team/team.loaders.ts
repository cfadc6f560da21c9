import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { manyPerId } from '../shared/per-id.loaders.js';
import { TeamContact } from './team.entity.js';
import { staffOfTeamsOn, type TeamDay } from './team-staff.query.js';

/** Whom to ask in each team, in their order. */
export const contactsOfTeam = (em: EntityManager) =>
  manyPerId(
    ids => em.find(TeamContact, { team: { $in: [...ids] } }, { orderBy: { position: 'asc' } }),
    contact => contact.team.id,
  );

/** How many worked in a team on a day. */
export const staffOfTeamOn = (em: EntityManager): DataLoader<TeamDay, number | null, string> =>
  new DataLoader(asked => staffOfTeamsOn(em, asked), { cacheKeyFn: ({ team, day }) => `${team} ${day}` });
