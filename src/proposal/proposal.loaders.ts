import type { EntityManager } from '@mikro-orm/postgresql';
import { onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
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
