import { Migration } from '@mikro-orm/migrations';

/** The policy says the same as before, but looks at the one referral instead of all of them. */
export class Migration20261122170000_EventLookups extends Migration {
  override up(): void {
    this.addSql(
      `alter policy "of_referral" on "referral_event" using ((select true from referral r where r.id = referral_id))`,
    );
  }
}
