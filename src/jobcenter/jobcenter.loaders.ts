import type { EntityManager } from '@mikro-orm/postgresql';
import { ofSeenPartner } from '../partner/partner.access.js';
import { onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { Jobcenter } from './jobcenter.entity.js';

/** The Jobcenter of each network, as far as the viewer may see its partner. */
export const jobcenterOfNetwork = (em: EntityManager, viewer: Viewer) =>
  onePerId(
    ids =>
      entitiesOf(
        em,
        Jobcenter,
        sql`select ${columnsOf(em, Jobcenter, 't')} from jobcenter t
            where t.network_id = any(${ids}::uuid[]) and ${ofSeenPartner(viewer, sql`t.partner_id`)}`,
      ),
    jobcenter => jobcenter.network.id,
  );
