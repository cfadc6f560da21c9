import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { wasProtectedSince } from '../location/protected-since.query.js';
import { onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { Proposal } from './proposal.entity.js';
import { ProposalKind, ProposalStatus } from './proposal.rules.js';

/** What each record has open for review. */
export const reviewOfRecord = (em: EntityManager) =>
  onePerId(
    ids =>
      entitiesOf(
        em,
        Proposal,
        sql`select ${columnsOf(em, Proposal, 't')} from proposal t
            where t.record_id = any(${ids}::uuid[]) and t.kind = ${ProposalKind.REVIEW} and t.status = ${ProposalStatus.OPEN}`,
      ),
    ({ record }) => record,
  );

/**
 * Must the address not be told that a proposal for a location, by its id, names? It was protected when that was written,
 * or came to be at any time since.
 */
export const hidesAddressSinceProposed = (em: EntityManager): DataLoader<string, boolean> =>
  new DataLoader(async ids => {
    const rows = await rowsOf<{ id: string }>(
      em,
      sql`select p.id from proposal p
          where p.id = any(${ids}::uuid[]) and ${wasProtectedSince(sql`p.record_id`, sql`p.created_at`)}`,
    );
    const hidden = new Set(rows.map(({ id }) => id));
    return ids.map(id => hidden.has(id));
  });
