import type { Contact } from '../partner/contact.rules.js';
import { PartnerStatus } from '../partner/partner.rules.js';
import { contactsOf } from './details.js';
import { type DemoNetwork, NETWORKS } from './geography.data.js';
import { networkId } from './geography.js';
import type { OfficeTime } from './office-time.js';
import type { PartnerSpec } from './partners/partner-spec.js';
import { isOfPersona, PARTNERS, partnerId } from './partners/partners.js';
import { confirmedAt, history } from './past.js';
import { Random } from './random.js';
import { buildService, type DemoService } from './services.js';
import { type AccessibilityRow, buildSite, type SiteRow } from './sites.js';

/** As in the table. */
export interface LocationRow extends SiteRow, Pick<PartnerRow, 'confirmed_at' | 'created_at' | 'updated_at'> {}

/** As in the table. */
export interface PartnerRow {
  readonly id: string;
  readonly network_id: string;
  readonly name: string;
  readonly status: PartnerStatus;
  readonly kinds: readonly string[];
  readonly description: string;
  readonly email: string | null;
  readonly phone: string;
  readonly website: string | null;
  readonly contacts: readonly Contact[];
  readonly parent_id: string | null;
  readonly confirmed_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export interface Directory {
  readonly partners: readonly PartnerRow[];
  readonly locations: readonly LocationRow[];
  readonly accessibility: readonly AccessibilityRow[];
  readonly services: readonly DemoService[];
}

/** Every partner with its sites and services. */
export function buildDirectory(time: OfficeTime): Directory {
  const placed = NETWORKS.flatMap(network => (PARTNERS[network.slug] ?? []).map(spec => ({ network, spec })));
  const built = placed.map(({ network, spec }, index) => buildPartner(network, spec, index, time));
  return {
    partners: built.map(({ partner }) => partner),
    locations: built.flatMap(({ locations }) => locations),
    accessibility: built.flatMap(({ accessibility }) => accessibility),
    services: built.flatMap(({ services }) => services),
  };
}

function buildPartner(network: DemoNetwork, spec: PartnerSpec, index: number, time: OfficeTime) {
  const random = new Random(`partner/${spec.key}`);
  const partner: PartnerRow = {
    id: partnerId(spec.key),
    network_id: networkId(network.slug),
    name: spec.name,
    status: PartnerStatus.ACTIVE,
    kinds: spec.kinds,
    description: spec.about,
    email: isOfPersona(spec) || random.chance(0.95) ? `kontakt@${spec.key}.example` : null,
    phone: dramaNumber(index),
    website: isOfPersona(spec) || random.chance(0.9) ? `https://www.${spec.key}.example` : null,
    contacts: contactsOf(spec),
    parent_id: spec.parent ? partnerId(spec.parent) : null,
    confirmed_at: isOfPersona(spec) ? time.daysAgo(2) : confirmedAt(random, time),
    ...history(random, time),
  };
  const sites = spec.sites.map((_, site) => buildSite(network, spec, site, time));
  // Whoever confirms a partner confirms its locations, too.
  const { confirmed_at, created_at, updated_at } = partner;
  const locations = sites.map(({ location }) => ({ ...location, confirmed_at, created_at, updated_at }));
  return {
    partner,
    locations,
    accessibility: sites.flatMap(({ accessibility }) => accessibility),
    services: spec.offers.map(offer => buildService(network, spec, offer, locations, time)),
  };
}

/** Cologne numbers that the Bundesnetzagentur keeps free for films ("Drama-Rufnummern"): 0221 4710-000 to -999. */
const dramaNumber = (index: number): string => `+49 221 4710 ${String(index).padStart(3, '0')}`;
