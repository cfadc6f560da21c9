import { Migration } from '@mikro-orm/migrations';

/** The coordinator's inbox looks up the few that nobody answers. */
export class Migration20261122180000_UnansweredFollowUps extends Migration {
  override up(): void {
    this.addSql(
      `create index referral_follow_up_unanswered on referral_follow_up (network_id, referral_id)
         where clock_at is null and recorded_at is null and voided_at is null`,
    );
  }
}
