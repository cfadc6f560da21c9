import type { EntityManager } from '@mikro-orm/postgresql';
import { publishedPartner } from '../partner/named-partner.actions.js';
import { berlinDay, daysBetween } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { mayKeepConsortium, mayLeaveFor } from './consortium.access.js';
import { checkKeeps, lockAny, lockConsortium } from './consortium.actions.js';
import type { Consortium } from './consortium.entity.js';
import type { ConsortiumMemberInput } from './consortium.inputs.js';
import { liesWithin, overlap, type Period, UNDONE_WITHIN_DAYS } from './consortium.rules.js';
import { ConsortiumMember } from './consortium-member.entity.js';

const { DUPLICATE, INVALID_INPUT, NOT_FOUND, TOO_LATE } = UserErrorCode;

/**
 * A partner belongs to the consortium from then on; NOT_FOUND, INVALID_INPUT for a period that is none or goes beyond the
 * consortium's own, DUPLICATE where it has the role already at the time, VERSION_CONFLICT. The lock on the consortium
 * makes two at once wait for each other. Returns the id of the consortium.
 */
export function addMember(
  ctx: Context,
  id: string,
  input: ConsortiumMemberInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    await checkKeeps(ctx, tx, id);
    const partner = await publishedPartner(tx, input.partner, ['input', 'partner']);
    const consortium = await lockConsortium(ctx, tx, id);
    checkVersion(expectedVersion, consortium.version);
    const { role, from, until = null } = input;
    checkPeriod(consortium, { from, until }, ['input']);
    const others = await tx.find(ConsortiumMember, { consortium: consortium.id, partner: partner.id, role });
    if (others.some(one => overlap({ from, until }, { from: one.memberFrom, until: one.memberUntil })))
      throw new Refusal(DUPLICATE, 'Der Partner gehört in dieser Zeit schon so dazu.', ['input', 'partner']);
    tx.create(ConsortiumMember, {
      consortium,
      partner,
      role,
      memberFrom: from,
      memberUntil: until,
      enteredOn: berlinDay(ctx.now),
    });
    await changed(tx, consortium);
    return consortium.id;
  });
}

/**
 * Says, or says anew, which was the last day; NOT_FOUND, INVALID_INPUT, DUPLICATE, TOO_LATE, VERSION_CONFLICT. The partner's
 * own side leaves, and never stays longer than it was said before; the past it cannot rewrite, but for what was entered
 * of it just now. Returns the id of the consortium.
 */
export function endMember(ctx: Context, id: string, until: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const [found] = isId(id)
      ? await rowsOf<{ of: string }>(tx, sql`select consortium_id as of from consortium_member where id = ${id}`)
      : [];
    if (!found) throw noSuchMember();
    const consortium = await lockAny(tx, found.of);
    const member = await tx.findOne(ConsortiumMember, { id }, { populate: ['partner'] });
    if (!consortium || !member) throw noSuchMember();
    if (!mayKeepConsortium(ctx.viewer, consortium.network.id)) checkLeaves(ctx, member, until);
    checkVersion(expectedVersion, consortium.version);
    const period = { from: member.memberFrom, until };
    checkPeriod(consortium, period, []);
    // What gets shorter meets nobody whom it did not meet before.
    if (member.memberUntil !== null && until > member.memberUntil) await checkAlone(tx, member, period);
    member.memberUntil = until;
    await changed(tx, consortium);
    return consortium.id;
  });
}

async function checkAlone(tx: EntityManager, member: ConsortiumMember, period: Period): Promise<void> {
  const { id, consortium, partner, role } = member;
  const others = await tx.find(ConsortiumMember, { consortium: consortium.id, partner: partner.id, role });
  if (others.some(one => one.id !== id && overlap(period, { from: one.memberFrom, until: one.memberUntil })))
    throw new Refusal(DUPLICATE, 'Der Partner gehört in dieser Zeit schon so dazu.', ['until']);
}

/** Nobody agreed to what others have just entered, so that it may be ended from its first day on. */
function checkLeaves({ viewer, now }: Context, member: ConsortiumMember, until: string): void {
  const { partner, memberUntil, enteredOn } = member;
  if (!mayLeaveFor(viewer, partner.getEntity())) throw noSuchMember();
  if (memberUntil !== null && until > memberUntil)
    throw new Refusal(INVALID_INPUT, 'Verlängern kann nur, wer die Arbeitsgemeinschaft führt.', ['until']);
  const today = berlinDay(now);
  if (enteredOn !== null && daysBetween(enteredOn, today) <= UNDONE_WITHIN_DAYS) return;
  if (memberUntil !== null && memberUntil < today)
    throw new Refusal(TOO_LATE, 'Diese Mitgliedschaft ist schon vorbei.', ['id']);
  if (until < today) throw new Refusal(INVALID_INPUT, 'Der letzte Tag liegt nicht in der Vergangenheit.', ['until']);
}

const noSuchMember = (): Refusal => new Refusal(NOT_FOUND, 'Diese Mitgliedschaft gibt es nicht.', ['id']);

function checkPeriod(consortium: Consortium, period: Period, path: string[]): void {
  if (period.until !== null && period.until < period.from)
    throw new Refusal(INVALID_INPUT, 'Das Ende liegt vor dem Anfang.', [...path, 'until']);
  const life = { from: consortium.foundedOn, until: consortium.dissolvedOn };
  if (liesWithin(period, life)) return;
  const field = period.from < life.from ? 'from' : 'until';
  throw new Refusal(INVALID_INPUT, 'So lange gibt es die Arbeitsgemeinschaft nicht.', [...path, field]);
}

/** Its members belong to what was read of it. */
async function changed(tx: EntityManager, { id }: Consortium): Promise<void> {
  await tx.flush();
  await change(tx, sql`update consortium set version = version + 1 where id = ${id}`);
}
