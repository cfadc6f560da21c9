import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CoordinatorInbox, PartnerInbox } from '../inbox/inbox.types.js';
import { Partner } from '../partner/partner.entity.js';
import { PageArgs } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { sql } from '../shared/sql.js';
import { directoryRecord } from './directory-record.query.js';
import { DirectoryRecord } from './directory-record.types.js';
import { RecordReminder } from './record-reminder.entity.js';
import { ReminderConnection } from './reminder.inputs.js';
import { reminderPage } from './reminder.query.js';
import { COORDINATOR_MONTHS } from './reminder.rules.js';

@Resolver(() => RecordReminder)
export class ReminderResolver {
  @FieldResolver(() => DirectoryRecord, { description: 'The partner, location or service: see `partnerConfirm`.' })
  record(@Root() { kind, record }: RecordReminder, @Ctx() ctx: Context): Promise<DirectoryRecord> {
    return directoryRecord(ctx, kind, record);
  }

  @FieldResolver(() => Partner, { description: 'Whose record it is.' })
  partner(@Root() { partner }: RecordReminder): Promise<Partner> {
    return partner.loadOrFail();
  }
}

@Resolver(() => PartnerInbox)
export class PartnerRemindersResolver {
  @FieldResolver(() => ReminderConnection, {
    description: 'Records that nobody has confirmed for 6 or 12 months, as far as they are shown; the newest first.',
  })
  reminders(
    @Root() { partnerIds }: PartnerInbox,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ReminderConnection> {
    return reminderPage(ctx, [sql`t.partner_id = any(${partnerIds}::uuid[])`], args);
  }
}

@Resolver(() => CoordinatorInbox)
export class CoordinatorRemindersResolver {
  @FieldResolver(() => ReminderConnection, {
    description: 'Records that nobody has confirmed for 12 months, as far as they are shown; the newest first.',
  })
  reminders(
    @Root() { networkIds }: CoordinatorInbox,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<ReminderConnection> {
    const own = sql`t.partner_id in (select id from partner where network_id = any(${networkIds}::uuid[]))`;
    return reminderPage(ctx, [own, sql`t.months >= ${COORDINATOR_MONTHS}`], args);
  }
}
