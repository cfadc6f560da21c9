import { JobOpening } from '../job-opening/job-opening.entity.js';
import { Location } from '../location/location.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { RecordName } from '../record/record.rules.js';
import { Service } from '../service/service.entity.js';
import type { Context } from '../shared/context.js';
import type { DirectoryRecord } from './directory-record.types.js';

/** The partner, location or service itself; those of one page together. */
export function directoryRecord({ em }: Context, kind: RecordName, id: string): Promise<DirectoryRecord> {
  if (kind === RecordName.PARTNER) return em.getReference(Partner, id, { wrapped: true }).loadOrFail();
  if (kind === RecordName.LOCATION) return em.getReference(Location, id, { wrapped: true }).loadOrFail();
  if (kind === RecordName.JOB_OPENING) return em.getReference(JobOpening, id, { wrapped: true }).loadOrFail();
  return em.getReference(Service, id, { wrapped: true }).loadOrFail();
}
