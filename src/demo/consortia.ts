import { CONSORTIA } from './consortia.data.js';
import { networkId } from './geography.js';
import { partnerId } from './partners/partners.js';
import { demoId } from './random.js';

export const consortiumId = (key: string): string => demoId(`consortium/${key}`);

/** The consortia of the demo world and their members, as in the tables. */
export const consortiumRows = () => ({
  consortia: CONSORTIA.map(one => ({
    id: consortiumId(one.key),
    network_id: networkId(one.network),
    name: one.name,
    purpose: one.purpose,
    umbrella_id: one.umbrella === null ? null : partnerId(one.umbrella),
    founded_on: one.foundedOn,
    dissolved_on: one.dissolvedOn,
    version: one.members.length + 1,
  })),
  members: CONSORTIA.flatMap(one =>
    one.members.map(([partner, role, from, until]) => ({
      id: demoId(`consortium/${one.key}/${partner}/${from}`),
      consortium_id: consortiumId(one.key),
      partner_id: partnerId(partner),
      role,
      member_from: from,
      member_until: until,
      version: 1,
    })),
  ),
});
