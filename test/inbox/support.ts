import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from '../support/hub.js';

/** The boxes of each inbox, and what else it counts. */
export const INBOXES = {
  partnerInbox: {
    boxes: [
      'new',
      'undecided',
      'asked',
      'waiting',
      'toStart',
      'underWay',
      'overdue',
      'placeFree',
      'resuming',
      'today',
      'withUnreadMessages',
    ],
    numbers: ['openAvailabilityRequests', 'staleServices', 'stalePlaces'],
  },
  caseworkerInbox: {
    boxes: ['needsMyAnswer', 'drafts', 'accepted', 'ended', 'overdue', 'followUps', 'withUnreadMessages'],
    numbers: [],
  },
  coordinatorInbox: {
    boxes: ['escalations', 'followUps', 'withoutMovement'],
    numbers: ['openGaps', 'staleServices', 'stalePartners'],
  },
} as const;

export type Door = keyof typeof INBOXES;

const LIST = 'nodes { id } edges { cursor } pageInfo { hasNextPage endCursor } totalCount';

/** A document that asks an inbox for everything; `node` is what is asked of each referral. */
export function wholeInbox(door: Door, args = '', node = 'id'): string {
  const { boxes, numbers } = INBOXES[door];
  const list = LIST.replace('nodes { id }', `nodes { ${node} }`);
  const consents =
    door === 'caseworkerInbox'
      ? 'endingConsents { count consents { nodes { id validUntil clientCase { id } } edges { cursor } totalCount } }'
      : '';
  return `{ inbox: ${door}${args} {
    ${boxes.map(box => `${box} { count referrals { ${list} } }`).join('\n')} ${numbers.join(' ')} ${consents} } }`;
}

/** What an inbox holds: the ids in each box that is not empty, each counted right. Null where there is none. */
export async function look(
  hub: TestHub,
  viewer: Viewer,
  door: Door,
  args = '',
): Promise<Record<string, string[]> | null> {
  const { data, errors } = await hub.as(viewer, wholeInbox(door, args));
  if (errors) throw new Error(JSON.stringify(errors));
  if (!data.inbox) return null;
  const filled: Record<string, string[]> = {};
  for (const box of INBOXES[door].boxes) {
    const { count, referrals } = data.inbox[box];
    const ids: string[] = referrals.nodes.map((node: { id: string }) => node.id);
    if (referrals.totalCount !== count || (count <= 20 && ids.length !== count))
      throw new Error(`${box} counts ${count}, its list ${referrals.totalCount}, and shows ${ids.length}.`);
    if (count > 0) filled[box] = ids;
  }
  const { count = 0, consents } = data.inbox.endingConsents ?? {};
  if (count > 0) filled.endingConsents = consents.nodes.map((node: { id: string }) => node.id);
  return filled;
}

/** Names of the boxes that hold a referral. */
export async function boxesWith(hub: TestHub, viewer: Viewer, door: Door, id: string): Promise<string[]> {
  const filled = (await look(hub, viewer, door)) ?? {};
  return Object.keys(filled).filter(box => filled[box]!.includes(id));
}
