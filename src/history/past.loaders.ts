import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { Location } from '../location/location.entity.js';
import { LocationStatus } from '../location/location.rules.js';
import { isKeptAsMerged, isSeenBy } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import { listIn, pastOf } from '../record/past.js';
import { RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { ownedSince } from '../record/record-owners.query.js';
import { Service } from '../service/service.entity.js';
import { manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { pastLists } from './past-lists.loaders.js';
import { pastRecords } from './past-records.query.js';

const BY_NAME = verbatim('order by t.name, t.id');

/** The records of a moment, each read once a request; one statement for a page. */
export type PastRecords = ReturnType<typeof recordsAt>;

/** For each moment that a request asks for. */
export const pastLoaders = (em: EntityManager, viewer: Viewer) => {
  const known = new Map<number, PastRecords>();
  return (at: Date): PastRecords => {
    const records = known.get(at.getTime()) ?? recordsAt(em.fork({ keepTransactionContext: true }), viewer, at);
    known.set(at.getTime(), records);
    return records;
  };
};

/** @param em of this moment alone: its entities have the ids of those of today */
function recordsAt(em: EntityManager, viewer: Viewer, at: Date) {
  const read =
    <T extends object>(name: RecordName, entity: EntityName<T>) =>
    (which: Sql, order?: Sql) =>
      pastRecords(em, { kind: RECORD_KINDS[name], entity, at }, which, order);
  const partners = read(RecordName.PARTNER, Partner);
  const locations = read(RecordName.LOCATION, Location);
  const services = read(RecordName.SERVICE, Service);

  /** Those whom the viewer saw then, and sees now; of one that was merged, the one that stands for it. */
  const seenNow = sql`(${isSeenBy(viewer, 'present')} or exists (
    select from partner stands where stands.id = present.merged_into_id and ${isSeenBy(viewer, 'stands')}))`;
  const seenThen = sql`(${isSeenBy(viewer, 't')} or ${isKeptAsMerged(viewer, 't')})`;
  const partner = onePerId(
    ids => partners(sql`present.id = any(${ids}::uuid[]) and ${seenNow} and ${seenThen}`),
    one => one.id,
  );
  const ofSeen = async <T extends { partner: { id: string } }>(found: T | null): Promise<T | null> =>
    found && (await partner.load(found.partner.id)) ? found : null;
  const location = onePerId(
    ids => locations(sql`present.id = any(${ids}::uuid[])`),
    one => one.id,
  );
  const service = onePerId(
    ids => services(sql`present.id = any(${ids}::uuid[])`),
    one => one.id,
  );
  return {
    partner,
    location: async (id: string) => {
      const then = await location.load(id);
      const isMerged = then?.mergedInto && then.status === LocationStatus.ARCHIVED;
      return ofSeen(isMerged ? await location.load(then.mergedInto!.id) : then);
    },
    service: async (id: string) => ofSeen(await service.load(id)),
    locationsOfPartner: manyPerId(
      ids =>
        locations(
          sql`present.id in (${ownedSince(RECORD_KINDS.LOCATION, ids, at)}) and t.partner_id = any(${ids}::uuid[])
            and t.status <> ${LocationStatus.ARCHIVED}`,
          BY_NAME,
        ),
      one => one.partner.id,
    ),
    locationsOfService: new DataLoader<Service, Location[]>(async page => {
      const ids = page.map(one => listIn(pastOf(one)!, 'locations'));
      const found = await locations(sql`present.id = any(${ids.flat()}::uuid[])`, BY_NAME);
      return ids.map(own => found.filter(({ id }) => own.includes(id)));
    }),
    servicesOf: pastLists(em, { kind: RECORD_KINDS.SERVICE, entity: Service, at }),
    partnersOf: pastLists(em, { kind: RECORD_KINDS.PARTNER, entity: Partner, at }),
  };
}
