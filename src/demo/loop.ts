import { REFERRED_ON_FROM, ReferralStatus, ReferralStep, SIBLINGS_JOIN } from '../referral/referral.rules.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { demoId, Random } from './random.js';
import type { DemoReferral } from './referrals.js';
import { QUESTIONS } from './remarks.data.js';

/** As in the table of referrals. */
export interface Ties {
  readonly parent_id: string | null;
  readonly lineage_depth: number;
  readonly sibling_group: string | null;
}

/** Which referrals of a case belong together: referred on after one that came to nothing, or offered side by side. */
export function tiesOf(referrals: readonly DemoReferral[]): ReadonlyMap<string, Ties> {
  const ties = new Map<string, Ties>();
  for (const ofCase of Map.groupBy(referrals, ({ clientCase }) => clientCase).values()) {
    const group = siblingsOf(ofCase);
    const left = new Set(ofCase.filter(({ standing }) => REFERRED_ON_FROM.includes(standing.seen_status)));
    for (const referral of ofCase.toSorted((a, b) => Number(a.standing.created_at) - Number(b.standing.created_at))) {
      const parent = [...left].findLast(other => isOver(other, referral) && ties.has(other.id));
      if (parent) left.delete(parent);
      ties.set(referral.id, {
        parent_id: parent?.id ?? null,
        lineage_depth: parent ? ties.get(parent.id)!.lineage_depth + 1 : 0,
        sibling_group: group.includes(referral) ? demoId(`group/${referral.clientCase.id}`) : null,
      });
    }
  }
  return ties;
}

/** What is undecided at two services or more was offered to them at once. */
function siblingsOf(ofCase: readonly DemoReferral[]): readonly DemoReferral[] {
  const undecided = ofCase.filter(
    ({ standing, service }) =>
      SIBLINGS_JOIN.includes(standing.status) && service.row.feedback_level !== FeedbackLevel.NONE,
  );
  return undecided.length > 1 ? undecided : [];
}

/** Had it come to nothing before the other was drafted? */
const isOver = ({ standing }: DemoReferral, other: DemoReferral): boolean =>
  standing.ended_at !== null && standing.ended_at < other.standing.created_at;

/** What partners asked, with the answers of the caseworkers. */
export function questionRows({ id, clientCase, service, happenings }: DemoReferral): object[] {
  const random = new Random(`questions/${id}`);
  return happenings.flatMap(({ step, at }, i) => {
    if (step !== ReferralStep.ASK) return [];
    const [text, answer] = random.pick(QUESTIONS);
    const answered = happenings[i + 1]?.step === ReferralStep.ANSWER ? happenings[i + 1]!.at : null;
    return [
      {
        id: demoId(`question/${id}/${i}`),
        referral_id: id,
        network_id: clientCase.networkId,
        partner_id: service.row.partner_id,
        text,
        asked_at: at,
        answer: answered && answer,
        answered_at: answered,
      },
    ];
  });
}

/** The waiting lists of the services. */
export function waitingRows(referrals: readonly DemoReferral[]): object[] {
  return referrals.flatMap(referral => {
    const { standing, service, urgent } = referral;
    if (standing.status !== ReferralStatus.WAITLISTED) return [];
    return [{ id: waitingId(referral), service_id: service.row.id, urgent, since: standing.waitlisted_at }];
  });
}

/** The place on the waiting list; null for who does not wait. */
export const waitingId = ({ id, standing }: DemoReferral): string | null =>
  standing.status === ReferralStatus.WAITLISTED ? demoId(`waiting/${id}`) : null;
