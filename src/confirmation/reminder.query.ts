import { JobOpeningStatus } from '../job-opening/job-opening.rules.js';
import { LocationStatus } from '../location/location.rules.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import type { RecordKind } from '../record/record.rules.js';
import { RecordName } from '../record/record.rules.js';
import { PUBLISHED } from '../service/service.rules.js';
import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { newestOf } from '../shared/newest-first.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { allOf, type Sql, sql } from '../shared/sql.js';
import { RecordReminder } from './record-reminder.entity.js';
import { ReminderConnection } from './reminder.inputs.js';

/** SQL: is a row `t` of a kind of record shown to everybody? */
export const isShown = ({ name }: RecordKind): Sql => {
  if (name === RecordName.PARTNER) return sql`t.status = 'ACTIVE'`;
  const published = ofPublishedPartner(sql`t.partner_id`);
  if (name === RecordName.LOCATION) return sql`t.status = ${LocationStatus.ACTIVE} and ${published}`;
  if (name === RecordName.JOB_OPENING) return sql`t.status = ${JobOpeningStatus.OPEN} and ${published}`;
  return sql`t.status = any(${PUBLISHED}::text[]) and ${published}`;
};

/** SQL: since when nobody has said that a row `t` is right: its last confirmation, or its making. */
export const UNCONFIRMED_SINCE = sql`coalesce(t.confirmed_at, t.created_at)`;

/**
 * SQL: a reminder `t` that still holds: its record was not confirmed since, and is shown, and of this record none came
 * later.
 */
export const REMINDS = sql`(case t.kind
    when 'PARTNER' then exists (select from partner o where o.id = t.record_id and o.status = 'ACTIVE'
      and coalesce(o.confirmed_at, o.created_at) = t.since)
    when 'LOCATION' then exists (select from location o where o.id = t.record_id and o.status = 'ACTIVE'
      and coalesce(o.confirmed_at, o.created_at) = t.since)
    when 'JOB_OPENING' then exists (select from job_opening o where o.id = t.record_id and o.status = 'OPEN'
      and coalesce(o.confirmed_at, o.created_at) = t.since)
    else exists (select from service o where o.id = t.record_id and o.status = any(${PUBLISHED}::text[])
      and coalesce(o.confirmed_at, o.created_at) = t.since) end
  and ${ofPublishedPartner(sql`t.partner_id`)}
  and not exists (select from record_reminder later
    where later.record_id = t.record_id and later.since = t.since and later.months > t.months))`;

const REMINDERS = newestOf(RecordReminder, 'record_reminder', 'at');

/** The reminders that hold, of those that `which` says of `t`; the newest first. */
export async function reminderPage(
  ctx: Context,
  which: readonly Sql[],
  args: { first?: number | null; after?: string | null },
): Promise<ReminderConnection> {
  const { em, secrets } = ctx;
  const page: Page = pageOf(args, secrets, ReminderConnection.list);
  const conditions = [allOf([...which, REMINDS])];
  return ReminderConnection.of(secrets, {
    rows: await listPage(em, REMINDERS, conditions, page),
    page,
    position: ({ at, id }) => [at.toISOString(), id],
    count: () => countOf(em, REMINDERS, conditions),
  });
}
