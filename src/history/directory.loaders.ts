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

/** What hangs on the records of the directory, of today's and of past ones alike. */
export const directoryLoaders = (em: EntityManager, viewer: Viewer) => {
  const past = pastLoaders(em, viewer);
  const categories = categoryTree(em);
  const areas = areaByKey(em);
  return {
    past,
    areaByKey: areas,
    categories,
    needs: needsByCode(em),
    accessibilityOfLocation: ofRecord(accessibilityOfLocation(em), async (then, _location: Location) =>
      pastAccessibility(then),
    ),
    areasOfService: ofRecord(areasOfService(em), (then, _service: Service) =>
      Promise.all([...listIn(then, 'serviceArea')].sort().map(key => areas.load(key))),
    ),
    /** Places are no part of the history. */
    capacityOfService: ofRecord(capacityOfService(em), async (_then, _service: Service) => null),
    categoriesOfService: ofRecord(categoriesOfService(em), async (then, _service: Service) =>
      (await categories()).all.filter(({ code }) => listIn(then, 'categories').includes(code)),
    ),
    needsOfService: ofRecord(needsOfService(em), async (then, _service: Service) => listIn(then, 'needs')),
    locationsOfPartner: ofRecord(locationsOfPartner(em), (then, partner: Partner) =>
      past(then.at).locationsOfPartner.load(partner.id),
    ),
    locationsOfService: ofRecord(locationsOfService(em), (then, service: Service) =>
      past(then.at).locationsOfService.load(service),
    ),
    partnerOfService: partnerOfService(past),
  };
};

const partnerOfService = (past: ReturnType<typeof pastLoaders>) => ({
  async load(service: Service): Promise<Partner> {
    const then = pastOf(service);
    const partner = then ? await past(then.at).partner.load(service.partner.id) : await service.partner.loadOrFail();
    if (!partner) throw new Error('A service is told of whose partner the viewer sees nothing.');
    return partner;
  },
});
