import type { EntityManager } from '@mikro-orm/postgresql';
import { manyPerId } from '../shared/per-id.loaders.js';
import { sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { decisionVisibleTo, ofCaseOf } from './funding-decision.access.js';
import { decisionsWhere } from './funding-decision.query.js';

/** The decisions of cases that the viewer works on, the newest first. */
export const decisionsOfCase = (em: EntityManager, viewer: Viewer) =>
  manyPerId(
    ids => decisionsWhere(em, sql`t.client_case_id = any(${ids}::uuid[]) and ${ofCaseOf(viewer)}`),
    decision => decision.clientCase.id,
  );

/** The decisions of referrals that were shown, as far as the viewer may see them; the newest first. */
export const decisionsOfReferral = (em: EntityManager, viewer: Viewer) =>
  manyPerId(
    ids => decisionsWhere(em, sql`t.referral_id = any(${ids}::uuid[]) and ${decisionVisibleTo(viewer)}`),
    decision => decision.referral!.id,
  );
