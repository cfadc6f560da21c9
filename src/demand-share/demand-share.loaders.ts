import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { DemandShare } from './demand-share.entity.js';
import { type Counted, recipientsOf } from './demand-share.query.js';

const NOBODY: Counted = { recipients: null, uncounted: 0 };

/** Those who receive benefits, by the id of a network. */
export const recipientsLoader = (em: EntityManager) =>
  new DataLoader<string, Counted>(async ids => {
    const found = await recipientsOf(em, ids);
    return ids.map(id => found.get(id) ?? NOBODY);
  });

/** Shares by their codes; null for what is none. */
export const sharesLoader = (em: EntityManager) =>
  new DataLoader<string, DemandShare | null>(async codes => {
    const found = new Map((await em.find(DemandShare, { code: { $in: [...codes] } })).map(one => [one.code, one]));
    return codes.map(code => found.get(code) ?? null);
  });
