import { PartnerStatus } from '../partner/partner.rules.js';
import type { FieldGroup } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { dateOf, epoch } from '../shared/moment.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { hashOf, isToken, LinkPurpose } from './confirmation-link.rules.js';

/** SQL: does a row `l` of `confirmation_link` confirm something at that moment? */
export const opensNow = (now: Date): Sql => sql`(l.purpose = ${LinkPurpose.CONFIRM}
  and l.used_at is null and l.revoked_at is null and l.expires_at > ${now})`;

export interface OpenLink {
  /** Id. */
  readonly partner: string;
  readonly groups: readonly FieldGroup[];
  readonly expiresAt: Date;
}

/** What a token opens now; null for one that is wrong, used, taken back or expired, all alike. */
export async function openLink({ em, now }: Pick<Context, 'em' | 'now'>, token: string): Promise<OpenLink | null> {
  if (!isToken(token)) return null;
  const [link] = await rowsOf<{ partner: string; groups: FieldGroup[]; expires: number }>(
    em,
    sql`select l.partner_id as partner, to_jsonb(l.groups) as groups, ${epoch(sql`l.expires_at`)} as expires
        from confirmation_link l join partner p on p.id = l.partner_id
        where l.token_hash = ${hashOf(token)} and p.status = ${PartnerStatus.ACTIVE} and ${opensNow(now)}`,
  );
  return link ? { partner: link.partner, groups: link.groups, expiresAt: dateOf(link.expires) } : null;
}
