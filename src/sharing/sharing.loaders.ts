import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { Partner } from '../partner/partner.entity.js';
import { entitiesPerId, manyPerId } from '../shared/per-id.loaders.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { caseworkNetworks, type Viewer } from '../viewer/viewer.rules.js';
import { SharingAgreement } from './sharing-agreement.entity.js';
import { agreementsOfServices } from './sharing-cover.query.js';

/** The partners that an agreement names, as they stand now, by name. */
export const partnersOfAgreement = (em: EntityManager) =>
  entitiesPerId(
    em,
    Partner,
    ids => sql`select distinct gp.agreement_id as owner_id, ${columnsOf(em, Partner, 'p')}
      from sharing_partner gp join partner named on named.id = gp.partner_id
      join partner p on p.id = coalesce(named.merged_into_id, named.id)
      where gp.agreement_id = any(${ids}::uuid[]) order by p.name, p.id`,
  );

/** The codes of the categories that an agreement names. */
export const categoriesOfAgreement = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<{ agreement: string; code: string }>(
        em,
        sql`select gc.agreement_id as agreement, gc.category_code as code from sharing_category gc
            join category c on c.code = gc.category_code
            where gc.agreement_id = any(${ids}::uuid[]) order by c.position, c.code`,
      ),
    one => one.agreement,
  );

/**
 * Under what a service of another network is shared with those in which the viewer is a caseworker, by service and day;
 * null for a service of her own, and for what is not shared. A request has one day.
 */
export const agreementOfService = (em: EntityManager, viewer: Viewer) =>
  new DataLoader<{ service: string; day: string }, SharingAgreement | null, string>(
    async keys => {
      const receivers = caseworkNetworks(viewer);
      const day = keys[0]!.day;
      if (receivers.length === 0) return keys.map(() => null);
      const found = await agreementsOfServices(em, [...new Set(keys.map(one => one.service))], receivers, day);
      const agreements = await agreementsById(
        em,
        found.map(one => one.agreement),
      );
      const under = new Map(found.map(one => [one.service, agreements.get(one.agreement) ?? null]));
      return keys.map(({ service }) => under.get(service) ?? null);
    },
    { cacheKeyFn: ({ service, day }) => `${service} ${day}` },
  );

async function agreementsById(em: EntityManager, ids: readonly string[]): Promise<Map<string, SharingAgreement>> {
  if (ids.length === 0) return new Map();
  const columns = columnsOf(em, SharingAgreement, 't');
  const which = sql`t.id = any(${ids}::uuid[])`;
  const found = await entitiesOf(em, SharingAgreement, sql`select ${columns} from sharing_agreement t where ${which}`);
  return new Map(found.map(one => [one.id, one]));
}
