import type { EntityManager } from '@mikro-orm/postgresql';
import type DataLoader from 'dataloader';
import { entitiesPerId } from '../shared/per-id.loaders.js';
import { columnsOf, sql } from '../shared/sql.js';
import { ConfirmationLink } from './confirmation-link.entity.js';
import { opensNow } from './confirmation-link.query.js';

/** The links of each partner that confirm something at that moment, the newest first. A rule bounds how many. */
export const openLinksOfPartner = (em: EntityManager) => {
  let loader: DataLoader<string, ConfirmationLink[]> | undefined;
  return (now: Date): DataLoader<string, ConfirmationLink[]> => {
    loader ??= at(em, now);
    return loader;
  };
};

/** A request has one moment. */
const at = (em: EntityManager, now: Date): DataLoader<string, ConfirmationLink[]> =>
  entitiesPerId(
    em,
    ConfirmationLink,
    ids => sql`select l.partner_id as owner_id, ${columnsOf(em, ConfirmationLink, 'l')} from confirmation_link l
      where l.partner_id = any(${ids}::uuid[]) and ${opensNow(now)} order by l.created_at desc, l.id`,
  );
