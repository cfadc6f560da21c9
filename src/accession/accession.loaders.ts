import type { EntityManager } from '@mikro-orm/postgresql';
import { entitiesPerId, onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, sql } from '../shared/sql.js';
import { plansAdopted } from './accession.query.js';
import { AccessionConsent, AccessionResolution } from './accession-paper.entity.js';

/** The bodies that must agree, the municipal one first. */
export const consentsOfAccession = (em: EntityManager) =>
  entitiesPerId(
    em,
    AccessionConsent,
    ids => sql`select t.accession_id as owner_id, ${columnsOf(em, AccessionConsent, 't')} from accession_consent t
      where t.accession_id = any(${ids}::uuid[]) order by t.kind desc, t.name, t.id`,
  );

/** Its papers, the oldest first. */
export const resolutionsOfAccession = (em: EntityManager) =>
  entitiesPerId(
    em,
    AccessionResolution,
    ids => sql`select t.accession_id as owner_id, ${columnsOf(em, AccessionResolution, 't')} from accession_resolution t
      where t.accession_id = any(${ids}::uuid[]) order by t.resolved_on, t.id`,
  );

/** When the first action plan of an accession was adopted, which stands in place of a catalogue. */
export const planOfAccession = (em: EntityManager) =>
  onePerId(
    ids => plansAdopted(em, ids),
    row => row.accession,
  );
