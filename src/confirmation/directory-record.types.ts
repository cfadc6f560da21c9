import { createUnionType } from 'type-graphql';
import { JobOpening } from '../job-opening/job-opening.entity.js';
import { Location } from '../location/location.entity.js';
import { Partner } from '../partner/partner.entity.js';
import { Service } from '../service/service.entity.js';

/** No `Node`, which may be a case: what is told of the directory needs none of the care of those. */
export const DirectoryRecord = createUnionType({
  name: 'DirectoryRecord',
  description: 'Anything that is kept as a record.',
  types: () => [Partner, Location, Service, JobOpening] as const,
  resolveType: value => value.constructor.name,
});
export type DirectoryRecord = Partner | Location | Service | JobOpening;
