import { Migration } from '@mikro-orm/migrations';

/** What inboxes count is open, late or unread: few rows of many. */
const INDEXES = `
create index referral_open_of_partner on referral (partner_id, status) where status in ('SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD');
create index referral_open_of_network on referral (network_id, status, updated_at) where status in ('SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD');
create index referral_escalated on referral (network_id, escalated_at) where escalated_at is not null;
create index referral_message_unread on referral_message (referral_id) where read_at is null;
create index availability_request_unanswered on availability_request (partner_id, answer_by) where answered_at is null;
`;

export class Migration20261122160000_Inboxes extends Migration {
  override up(): void {
    this.addSql(INDEXES);
  }
}
