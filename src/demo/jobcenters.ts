import { PartnerKind, PartnerStatus } from '../partner/partner.rules.js';
import type { LocationRow, PartnerRow } from './directory.js';
import { NETWORKS } from './geography.data.js';
import { networkId } from './geography.js';
import { type DemoJobcenter, JOBCENTERS } from './jobcenters.data.js';
import type { OfficeTime } from './office-time.js';
import { partnerId } from './partners/partners.js';
import { history } from './past.js';
import { demoId, Random } from './random.js';
import { buildSite } from './sites.js';

/** Id of a site by its place in the list. */
export const siteId = (key: string, site: number): string => demoId(`location/${key}/${site}`);

/** The Jobcenters with their records as partners and their sites; of accessibility nothing is known but by assessments. */
export function jobcenterRows(time: OfficeTime) {
  const built = JOBCENTERS.map((one, i) => build(one, i, time));
  return {
    partners: built.map(({ partner }) => partner),
    locations: built.flatMap(({ locations }) => locations),
    jobcenters: JOBCENTERS.map(({ key, network, form }) => ({
      id: demoId(`jobcenter/${key}`),
      network_id: networkId(network),
      partner_id: partnerId(key),
      form,
    })),
  };
}

function build({ key, network: slug, name, about, sites }: DemoJobcenter, index: number, time: OfficeTime) {
  const network = NETWORKS.find(one => one.slug === slug)!;
  const random = new Random(`partner/${key}`);
  const kinds = [PartnerKind.PUBLIC_INSTITUTION];
  const partner: PartnerRow = {
    id: partnerId(key),
    network_id: networkId(slug),
    name,
    status: PartnerStatus.ACTIVE,
    kinds,
    description: about,
    email: `kontakt@${key}.example`,
    phone: `+49 221 4710 9${index}0`,
    website: `https://www.${key}.example`,
    contacts: [{ responsibility: 'Fragen der Netzwerkpartner', email: `netzwerk@${key}.example` }],
    parent_id: null,
    confirmed_at: time.daysAgo(random.between(2, 15)),
    ...history(random, time),
  };
  const spec = { key, name, kinds, about, sites: sites.map(([, town]) => town), offers: [] };
  const { confirmed_at, created_at, updated_at } = partner;
  const locations = sites.map(
    ([called], site): LocationRow => ({
      ...buildSite(network, spec, site, time).location,
      name: called,
      confirmed_at,
      created_at,
      updated_at,
    }),
  );
  return { partner, locations };
}
