import type { EntityManager } from '@mikro-orm/postgresql';
import type DataLoader from 'dataloader';
import type { Context } from '../shared/context.js';
import { manyPerId, onePerId } from '../shared/per-id.loaders.js';
import {
  type CasesOfNetwork,
  casesForNeed,
  type GapOfNetwork,
  gapsForNeed,
  usableForNeed,
} from './need-overview.query.js';
import {
  type KnowledgeOfNetwork,
  knowledgeForNeed,
  type StaffContactOfNetwork,
  staffContactsForNeed,
} from './need-staff.query.js';

/** What is missing for a need, by network; one reading for all networks of an answer. */
export const gapsOfNeed = () => {
  const loaders = new Map<string, DataLoader<string, GapOfNetwork[]>>();
  return (ctx: Context, need: string): DataLoader<string, GapOfNetwork[]> =>
    kept(loaders, need, () =>
      manyPerId(
        ids => gapsForNeed(ctx, need, ids),
        row => row.network,
      ),
    );
};

/** The last monthly count of cases with a need, by network; null where none was made yet. */
export const casesOfNeed = (em: EntityManager) => {
  const loaders = new Map<string, DataLoader<string, CasesOfNetwork | null>>();
  return (need: string): DataLoader<string, CasesOfNetwork | null> =>
    kept(loaders, need, () =>
      onePerId(
        ids => casesForNeed(em, need, ids),
        row => row.network,
      ),
    );
};

/** How many services for a need the viewer's own networks may use, by network. */
export const usableOfNeed = () => {
  const loaders = new Map<string, DataLoader<string, { services: number } | null>>();
  return (ctx: Context, need: string): DataLoader<string, { services: number } | null> =>
    kept(loaders, need, () =>
      onePerId(
        ids => usableForNeed(ctx, need, ids),
        row => row.network,
      ),
    );
};

/** What staff know of the topics of a need, by network. */
export const knowledgeOfNeed = () => {
  const loaders = new Map<string, DataLoader<string, KnowledgeOfNetwork[]>>();
  return (ctx: Context, need: string): DataLoader<string, KnowledgeOfNetwork[]> =>
    kept(loaders, need, () =>
      manyPerId(
        ids => knowledgeForNeed(ctx, need, ids),
        row => row.network,
      ),
    );
};

/** Whom to ask in teams about a need, by network. */
export const staffContactsOfNeed = () => {
  const loaders = new Map<string, DataLoader<string, StaffContactOfNetwork[]>>();
  return (ctx: Context, need: string): DataLoader<string, StaffContactOfNetwork[]> =>
    kept(loaders, need, () =>
      manyPerId(
        ids => staffContactsForNeed(ctx, need, ids),
        row => row.network,
      ),
    );
};

/** One loader for each need that a request asks for. */
function kept<T>(loaders: Map<string, T>, need: string, make: () => T): T {
  const loader = loaders.get(need) ?? make();
  loaders.set(need, loader);
  return loader;
}
