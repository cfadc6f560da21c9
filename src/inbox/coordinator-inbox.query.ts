import { Network } from '../network/network.entity.js';
import { waitsForCoordination } from '../proposal/proposal.access.js';
import { OPEN, ReferralStatus } from '../referral/referral.rules.js';
import { addDays } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { anyOf, sql } from '../shared/sql.js';
import { coordinatedNetworks } from '../viewer/viewer.rules.js';
import { type Box, earliestFirst, type Inbox, urgentFirst } from './box.js';
import { coordinatorOf, coordinatorSight, hasUnanswered, unanswered } from './inbox.access.js';
import { BEFORE_START, QUIET_DAYS, QUIET_UNDER_WAY_DAYS, UNDER_WAY } from './inbox.rules.js';
import { openGaps, proposalsThatWait, stalePartners, staleServices } from './inbox-tallies.query.js';

const boxesOf = ({ now }: Context) =>
  ({
    escalations: { at: OPEN, where: sql`seen.escalated_at is not null`, order: urgentFirst(sql`seen.escalated_at`) },
    followUps: {
      at: [ReferralStatus.COMPLETED],
      where: hasUnanswered(now),
      order: earliestFirst(sql`(select min(f.due_on) from ${unanswered(now)} where f.referral_id = r.id)`, 'date'),
    },
    withoutMovement: {
      at: OPEN,
      where: anyOf([
        sql`seen.status = any(${BEFORE_START}::text[]) and seen.updated_at < ${addDays(now, -QUIET_DAYS)}`,
        sql`seen.status = any(${UNDER_WAY}::text[]) and seen.updated_at < ${addDays(now, -QUIET_UNDER_WAY_DAYS)}`,
      ]),
      order: earliestFirst(sql`seen.updated_at`, 'timestamptz'),
    },
  }) satisfies Record<string, Box>;

type CoordinatorBox = keyof ReturnType<typeof boxesOf>;

/** Of one network, or of all that the viewer coordinates; null where she coordinates none of that name. */
export async function coordinatorInboxOf(
  ctx: Context,
  slug: string | null | undefined,
): Promise<(Inbox<CoordinatorBox> & { networks: readonly string[] }) | null> {
  const { em, viewer, now } = ctx;
  const network = slug == null ? null : await em.findOne(Network, { slug });
  if (slug != null && !network) return null;
  const coordinator = network ? coordinatorOf(viewer, network.id) : viewer;
  const networks = coordinatedNetworks(coordinator);
  if (networks.length === 0) return null;
  return {
    name: 'coordinator',
    ...coordinatorSight(viewer, coordinator, now),
    rare: true,
    networks,
    boxes: boxesOf(ctx),
    tallies: {
      proposals: proposalsThatWait(waitsForCoordination(networks)),
      openGaps: openGaps(ctx, coordinator),
      staleServices: staleServices(sql`s.network_id = any(${networks}::uuid[])`, now),
      stalePartners: stalePartners(sql`p.network_id = any(${networks}::uuid[])`, now),
    },
  };
}
