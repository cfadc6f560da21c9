import type { EntityManager } from '@mikro-orm/postgresql';
import { PartnerStatus } from '../partner/partner.rules.js';
import { lockRecords, type StoredRecord } from '../record/record.query.js';
import { FieldGroup } from '../record/record.rules.js';
import { lockForEdit } from '../record/record-edit.actions.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { checkGroups, confirmAllOf, lockShown } from './confirmation.actions.js';
import { distinctGroups } from './confirmation.rules.js';
import { mayMakeLinks } from './confirmation-link.access.js';
import { opensNow } from './confirmation-link.query.js';
import {
  hashOf,
  isToken,
  LinkPurpose,
  linkExpiry,
  linkPath,
  MOST_OPEN_LINKS,
  newToken,
} from './confirmation-link.rules.js';
import { scopeOf } from './confirmation-scope.query.js';

/** A link that was made. Its path is told once: neither it nor its token is kept anywhere. */
export interface NewLink {
  readonly id: string;
  /** Null in the repetition of a request. */
  readonly path: string | null;
}

/** Makes a link that confirms groups of a partner's fields, or all; NOT_FOUND, INVALID_INPUT. */
export async function createConfirmationLink(
  ctx: Context,
  partnerId: string,
  groups?: readonly FieldGroup[] | null,
): Promise<NewLink> {
  const token = newToken();
  let made = false;
  const id = await write(ctx, async tx => {
    const partner = await linkablePartner(ctx, tx, partnerId);
    checkGroups(groups);
    await checkOpenLinks(ctx, tx, partner.id);
    const named = distinctGroups(groups ?? Object.values(FieldGroup));
    const [link] = await rowsOf<{ id: string }>(
      tx,
      sql`insert into confirmation_link (partner_id, token_hash, purpose, groups, created_by_id, created_at, expires_at)
          values (${partner.id}, ${hashOf(token)}, ${LinkPurpose.CONFIRM}, ${named}::text[], ${ctx.viewer.accountId}::uuid,
            ${ctx.now}, ${linkExpiry(ctx.now)}) returning id`,
    );
    made = true;
    return link!.id;
  });
  if (ctx.idempotency) ctx.idempotency.untold = true;
  return { id, path: made ? linkPath(token) : null };
}

async function linkablePartner(ctx: Context, tx: EntityManager, id: string): Promise<StoredRecord> {
  const partner = await lockForEdit(
    tx,
    RECORD_KINDS.PARTNER,
    id,
    one => mayMakeLinks(ctx.viewer, one),
    'Diesen Partner gibt es nicht.',
    'partner',
  );
  if (partner.document.status === PartnerStatus.ACTIVE) return partner;
  throw new Refusal(UserErrorCode.INVALID_INPUT, 'Dieser Partner ist nicht veröffentlicht.', ['partner']);
}

/** The partner is locked: nobody makes another one meanwhile. */
async function checkOpenLinks({ now }: Context, tx: EntityManager, partner: string): Promise<void> {
  const open = await rowsOf(
    tx,
    sql`select from confirmation_link l where l.partner_id = ${partner} and ${opensNow(now)} limit ${MOST_OPEN_LINKS}`,
  );
  if (open.length < MOST_OPEN_LINKS) return;
  const message = `Es sind schon ${MOST_OPEN_LINKS} Links offen. Bitte erst einen zurücknehmen.`;
  throw new Refusal(UserErrorCode.INVALID_INPUT, message, ['partner']);
}

/** Takes a link back that has not been used; NOT_FOUND. One that has expired may be taken back, too. Returns the id. */
export function revokeConfirmationLink(ctx: Context, id: string): Promise<string> {
  return write(ctx, async tx => {
    const [link] = isId(id)
      ? await rowsOf<{ id: string; partner: string; network: string }>(
          tx,
          sql`select l.id, l.partner_id as partner, p.network_id as network
              from confirmation_link l join partner p on p.id = l.partner_id where l.id = ${id}`,
        )
      : [];
    const taken =
      link !== undefined &&
      mayMakeLinks(ctx.viewer, link) &&
      (await change(
        tx,
        sql`update confirmation_link set revoked_at = coalesce(revoked_at, ${ctx.now})
            where id = ${link.id} and used_at is null`,
      )) === 1;
    if (!taken) throw new Refusal(UserErrorCode.NOT_FOUND, 'Diesen Link gibt es nicht, oder er ist benutzt.', ['id']);
    return link.id;
  });
}

/**
 * Confirms what the link is for, once. Whoever holds it needs no account. A token that never was, was used, taken back or
 * has expired: NOT_FOUND, all alike, by the same one statement. `seen`: the digest of what whoever confirms has read;
 * VERSION_CONFLICT where that is not what would be confirmed now, and the link stays as it is. Returns the id of the partner.
 */
export function redeemConfirmationLink(ctx: Context, token: string, seen?: string): Promise<string> {
  return write(ctx, async tx => {
    const [link] = isToken(token)
      ? await rowsOf<{ id: string; partner: string; groups: FieldGroup[] }>(
          tx,
          sql`update confirmation_link l set used_at = ${ctx.now} from partner p
              where p.id = l.partner_id and p.status = ${PartnerStatus.ACTIVE}
                and l.token_hash = ${hashOf(token)} and ${opensNow(ctx.now)}
              returning l.id, l.partner_id as partner, to_jsonb(l.groups) as groups`,
        )
      : [];
    if (!link) throw new Refusal(UserErrorCode.NOT_FOUND, 'Dieser Link gilt nicht, oder nicht mehr.', ['token']);
    await lockShown(tx, link.partner);
    await lockRecords(tx, RECORD_KINDS.PARTNER, [link.partner]);
    if (seen !== undefined && (await scopeOf(tx, link.partner, link.groups)).digest !== seen)
      throw new Refusal(UserErrorCode.VERSION_CONFLICT, 'Inzwischen steht hier etwas anderes.', ['token']);
    await confirmAllOf(tx, link.partner, link.groups, { at: ctx.now, account: null, link: link.id });
    return link.partner;
  });
}
