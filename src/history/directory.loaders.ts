import type { EntityManager } from '@mikro-orm/postgresql';
import { categoryTree } from '../category/category.loaders.js';
import type { Location } from '../location/location.entity.js';
import { accessibilityOfLocation, locationsOfPartner, locationsOfService } from '../location/location.loaders.js';
import { needsByCode } from '../need/need.loaders.js';
import type { Partner } from '../partner/partner.entity.js';
import { listIn, ofRecord, pastOf } from '../record/past.js';
import type { Service } from '../service/service.entity.js';
import {
  areaByKey,
  areasOfService,
  capacityOfService,
  categoriesOfService,
  needsOfService,
} from '../service/service.loaders.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { pastLoaders } from './past.loaders.js';
import { pastAccessibility } from './past-fields.query.js';

/** What others of the directory's loaders need. */
export interface DirectoryRoots {
  readonly past: ReturnType<typeof pastLoaders>;
  readonly areaByKey: ReturnType<typeof areaByKey>;
  readonly categories: ReturnType<typeof categoryTree>;
}

/** What hangs on the records of the directory, of today's and of past ones alike: what makes each loader. */
export const DIRECTORY_LOADERS = {
  past: pastLoaders,
  areaByKey,
  categories: categoryTree,
  needs: needsByCode,
  accessibilityOfLocation: (em: EntityManager) =>
    ofRecord(accessibilityOfLocation(em), async (then, _location: Location) => pastAccessibility(then)),
  areasOfService: (em: EntityManager, _viewer: Viewer, own: DirectoryRoots) =>
    ofRecord(areasOfService(em), (then, _service: Service) =>
      Promise.all([...listIn(then, 'serviceArea')].sort().map(key => own.areaByKey.load(key))),
    ),
  /** Places are no part of the history. */
  capacityOfService: (em: EntityManager) => ofRecord(capacityOfService(em), async (_then, _service: Service) => null),
  categoriesOfService: (em: EntityManager, _viewer: Viewer, own: DirectoryRoots) =>
    ofRecord(categoriesOfService(em), async (then, _service: Service) =>
      (await own.categories()).all.filter(({ code }) => listIn(then, 'categories').includes(code)),
    ),
  needsOfService: (em: EntityManager) =>
    ofRecord(needsOfService(em), async (then, _service: Service) => listIn(then, 'needs')),
  locationsOfPartner: (em: EntityManager, _viewer: Viewer, own: DirectoryRoots) =>
    ofRecord(locationsOfPartner(em), (then, partner: Partner) => own.past(then.at).locationsOfPartner.load(partner.id)),
  locationsOfService: (em: EntityManager, _viewer: Viewer, own: DirectoryRoots) =>
    ofRecord(locationsOfService(em), (then, service: Service) => own.past(then.at).locationsOfService.load(service)),
  partnerOfService: (_em: EntityManager, _viewer: Viewer, own: DirectoryRoots) => partnerOfService(own),
};

const partnerOfService = (own: DirectoryRoots) => ({
  async load(service: Service): Promise<Partner> {
    const then = pastOf(service);
    const partner = then
      ? await own.past(then.at).partner.load(service.partner.id)
      : await service.partner.loadOrFail();
    if (!partner) throw new Error('A service is told of whose partner the viewer sees nothing.');
    return partner;
  },
});
