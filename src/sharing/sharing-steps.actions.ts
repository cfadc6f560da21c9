import type { EntityManager } from '@mikro-orm/postgresql';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { actsFor, agreementVisibleTo } from './sharing.access.js';
import { deciderOf, mayEndFor, SharingStatus, type Sides, standingOf } from './sharing.rules.js';
import { SharingAgreement } from './sharing-agreement.entity.js';

const { INVALID_INPUT, NOT_FOUND, STEP_NOT_OPEN, TOO_LATE } = UserErrorCode;

/** Which agreement, and the version that the caller has read, if that matters to them. */
export interface SharingTarget {
  id: string;
  expectedVersion?: number | null;
}

/** The other side agrees; in force from its first day on. NOT_FOUND, STEP_NOT_OPEN, TOO_LATE, VERSION_CONFLICT. */
export const agreeToSharing = (ctx: Context, target: SharingTarget): Promise<string> =>
  decide(ctx, target, agreement => {
    if (agreement.endsOn !== null && agreement.endsOn < berlinDay(ctx.now))
      throw new Refusal(TOO_LATE, 'Der letzte Tag ist schon vorbei.', ['id']);
    Object.assign(agreement, { status: SharingStatus.AGREED, agreedAt: ctx.now });
  });

/** The other side does not want it. NOT_FOUND, STEP_NOT_OPEN, VERSION_CONFLICT. */
export const declineSharing = (ctx: Context, target: SharingTarget): Promise<string> =>
  decide(ctx, target, agreement => {
    Object.assign(agreement, { status: SharingStatus.DECLINED, closedAt: ctx.now });
  });

/**
 * Either side ends it: at once, or after a last day. No new referral rests on it from then on; what was sent goes on to
 * its own end. A proposal is taken back by who made it. NOT_FOUND, STEP_NOT_OPEN, INVALID_INPUT, VERSION_CONFLICT.
 */
export const endSharing = (ctx: Context, target: SharingTarget, lastDay?: string | null): Promise<string> =>
  change(ctx, target, agreement => {
    const today = berlinDay(ctx.now);
    const mayEnd = mayEndFor(sidesOf(agreement), standingOf(agreement, today));
    if (!mayEnd.some(network => actsFor(ctx.viewer, network)))
      throw new Refusal(STEP_NOT_OPEN, 'Hier ist nichts, was Sie beenden könnten.', ['id']);
    if (lastDay == null) {
      const begun = agreement.startsOn <= today;
      const agreed = agreement.status === SharingStatus.AGREED;
      Object.assign(agreement, { status: SharingStatus.ENDED, closedAt: ctx.now });
      if (agreed && begun) agreement.endsOn = today;
      return;
    }
    checkLastDay(agreement, lastDay, today);
    agreement.endsOn = lastDay;
  });

function checkLastDay({ status, startsOn, endsOn }: SharingAgreement, lastDay: string, today: string): void {
  if (status !== SharingStatus.AGREED)
    throw new Refusal(INVALID_INPUT, 'Ein Vorschlag wird sofort zurückgenommen.', ['lastDay']);
  if (lastDay < today || lastDay < startsOn) throw new Refusal(INVALID_INPUT, 'Dieser Tag ist zu früh.', ['lastDay']);
  if (endsOn !== null && lastDay > endsOn)
    throw new Refusal(INVALID_INPUT, 'Verlängert wird durch eine neue Vereinbarung.', ['lastDay']);
}

/** What only the side can do that did not propose, and there nobody who did: one person may coordinate both. */
const decide = (ctx: Context, target: SharingTarget, work: (agreement: SharingAgreement) => void): Promise<string> =>
  change(ctx, target, agreement => {
    if (agreement.status !== SharingStatus.PROPOSED)
      throw new Refusal(STEP_NOT_OPEN, 'Darüber ist schon entschieden.', ['id']);
    if (!actsFor(ctx.viewer, deciderOf(sidesOf(agreement))))
      throw new Refusal(STEP_NOT_OPEN, 'Darüber entscheidet die andere Seite.', ['id']);
    if (agreement.proposedBy !== null && agreement.proposedBy.id === ctx.viewer.accountId)
      throw new Refusal(STEP_NOT_OPEN, 'Wer vorgeschlagen hat, entscheidet nicht selbst.', ['id']);
    work(agreement);
  });

/** Lock, then refuse, then change; a referral that rests on it is sent before or after, never meanwhile. Returns the id. */
const change = (ctx: Context, target: SharingTarget, work: (agreement: SharingAgreement) => void): Promise<string> =>
  write(ctx, async tx => {
    const agreement = await lock(ctx, tx, target.id);
    checkVersion(target.expectedVersion, agreement.version);
    work(agreement);
    return agreement.id;
  });

/** For those who coordinate one of its networks; for everybody else there is none. */
async function lock({ viewer }: Context, tx: EntityManager, id: string): Promise<SharingAgreement> {
  const query = sql`select ${columnsOf(tx, SharingAgreement, 't')} from sharing_agreement t
    where t.id = ${id} and ${agreementVisibleTo(viewer)} for update`;
  const [agreement] = isId(id) ? await entitiesOf(tx, SharingAgreement, query) : [];
  if (agreement && [agreement.network.id, agreement.receiver.id].some(network => actsFor(viewer, network)))
    return agreement;
  throw new Refusal(NOT_FOUND, 'Diese Vereinbarung gibt es nicht.', ['id']);
}

const sidesOf = ({ network, receiver, proposer }: SharingAgreement): Sides => ({
  giver: network.id,
  receiver: receiver.id,
  proposer: proposer.id,
});
