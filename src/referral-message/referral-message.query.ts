import type { Referral } from '../referral/referral.entity.js';
import { findReferral } from '../referral/referral.query.js';
import { Party } from '../referral/referral.rules.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { HEARD, mayReadMessages, sideOf } from './referral-message.access.js';
import { ReferralMessage } from './referral-message.entity.js';
import { ReferralMessageConnection } from './referral-message.inputs.js';
import type { Side } from './referral-message.rules.js';

/** What was written on a referral that was shown, newest first; the lists of one page of referrals by one statement. */
export async function messagesOfReferral(
  ctx: Context,
  referral: Referral,
  args: PageArgs,
): Promise<ReferralMessageConnection> {
  const page = pageOf(args, ctx.secrets, ReferralMessageConnection.list);
  const position = ({ sentAt, id }: ReferralMessage) => [sentAt.toISOString(), id];
  const side = await readingSide(ctx, referral);
  if (!side) return ReferralMessageConnection.of(ctx.secrets, { rows: [], page, position, count: async () => 0 });
  const lists = ctx.loaders.messagesOf('referral_id', { side }, page, async () => ({
    conditions: side === Party.PARTNER ? [HEARD] : [],
  }));
  const rows = (await lists.rows.load(referral.id)).map(message => Object.assign(message, { reader: side }));
  return ReferralMessageConnection.of(ctx.secrets, {
    rows,
    page,
    position,
    count: () => lists.count.load(referral.id),
  });
}

/** How much of the other side's the viewer's side has not read. */
export async function unreadMessages(ctx: Context, referral: Referral): Promise<number> {
  const side = await readingSide(ctx, referral);
  if (!side) return 0;
  const unread = await ctx.loaders.unreadOfReferral.load(referral.id);
  return unread.find(({ by }) => by !== side)?.count ?? 0;
}

/** Null where the viewer may not read it, or no longer: a repetition can come later. */
export async function findMessage(ctx: Context, id: string): Promise<ReferralMessage | null> {
  const message = await ctx.em.findOne(ReferralMessage, { id });
  const referral = message && (await findReferral(ctx, message.referral.id));
  const side = referral && (await readingSide(ctx, referral));
  if (!side || (side === Party.PARTNER && message.unheard)) return null;
  return Object.assign(message, { reader: side });
}

/** On which side the viewer reads what was written; null where she does not, or no longer. */
export async function readingSide({ loaders, now }: Context, referral: Referral): Promise<Side | null> {
  const side = sideOf(referral);
  if (!side) return null;
  const disclosure = await loaders.disclosureOfReferral.load(referral.id);
  return mayReadMessages(referral, disclosure, now) ? side : null;
}
