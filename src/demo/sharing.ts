import { networkId } from './geography.js';
import type { OfficeTime } from './office-time.js';
import { partnerId } from './partners/partners.js';
import { demoId } from './random.js';
import { type DemoSharing, SHARINGS } from './sharing.data.js';

const NOON = 'T12:00:00+01:00';

const idOf = ({ giver, receiver, from }: DemoSharing): string => demoId(`sharing/${giver}/${receiver}/${from}`);

const momentOf = (day: string | null): Date | null => (day === null ? null : new Date(`${day}${NOON}`));

/** What the networks of the demo world share with each other. */
export function sharingRows(time: OfficeTime) {
  return {
    agreements: SHARINGS.map(one => ({
      id: idOf(one),
      network_id: networkId(one.giver),
      receiver_id: networkId(one.receiver),
      proposer_id: networkId(one.proposer),
      starts_on: one.from,
      ends_on: one.until,
      status: one.status,
      note: one.note,
      proposed_at: typeof one.proposed === 'number' ? time.daysAgo(one.proposed) : momentOf(one.proposed),
      agreed_at: momentOf(one.agreed),
      closed_at: momentOf(one.closed),
      version: one.agreed === null ? 1 : 2,
    })),
    partners: SHARINGS.flatMap(one =>
      one.partners.map(key => ({
        agreement_id: idOf(one),
        partner_id: partnerId(key),
        network_id: networkId(one.giver),
      })),
    ),
    categories: SHARINGS.flatMap(one =>
      one.categories.map(category_code => ({ agreement_id: idOf(one), category_code })),
    ),
  };
}
