import type { RecordKind } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { change } from '../shared/change.js';
import type { Clockwork } from '../shared/clockwork.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { isShown, UNCONFIRMED_SINCE } from './reminder.query.js';
import { REMINDER_MONTHS } from './reminder.rules.js';

/**
 * Reminds of what is shown and nobody has confirmed for months, each record once for each number of months; a
 * confirmation begins anew. Of what a clock that was late has missed, only the last. One statement a kind, whatever
 * number is due; that two hubs do it at once, or one a second time, leaves nothing twice.
 *
 * @returns how many reminders there were
 */
export async function remindOfUnconfirmed({ orm, now }: Pick<Clockwork, 'orm' | 'now'>): Promise<number> {
  let reminded = 0;
  for (const kind of Object.values(RECORD_KINDS)) reminded += await change(orm.em.fork(), remindersOf(kind, now));
  return reminded;
}

/**
 * Months are those of Berlin: at the same local time, or on the last day of a month that is too short. An hour that does
 * not exist moves on by one.
 */
const remindersOf = (kind: RecordKind, now: Date): Sql => sql`
  insert into record_reminder (kind, record_id, partner_id, since, months, due_at, at)
  select ${kind.name}, t.id, ${verbatim(kind.partner)}, ${UNCONFIRMED_SINCE}, due.months, due.at, ${now}
  from ${verbatim(kind.table)} t cross join lateral (
    select m.months, ((${UNCONFIRMED_SINCE} at time zone 'Europe/Berlin') + make_interval(months => m.months))
        at time zone 'Europe/Berlin' as at
    from unnest(${REMINDER_MONTHS}::int[]) m (months)) due
  where ${UNCONFIRMED_SINCE} <= ${now}::timestamptz - interval '5 months' and ${isShown(kind)} and due.at <= ${now}
    and not exists (select from record_reminder r
      where r.record_id = t.id and r.since = ${UNCONFIRMED_SINCE} and r.months >= due.months)
    and not exists (select from unnest(${REMINDER_MONTHS}::int[]) m (months)
      where m.months > due.months and ((${UNCONFIRMED_SINCE} at time zone 'Europe/Berlin')
        + make_interval(months => m.months)) at time zone 'Europe/Berlin' <= ${now})
  on conflict do nothing`;
