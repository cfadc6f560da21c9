import { Migration } from '@mikro-orm/migrations';

/** Which referrals a decision went with, also those that it went on from. Policies hold for the owner too. */
const WENT_WITH = `
alter table "funding_decision" add column "went_with" uuid[] not null default '{}';
select set_config('app.system', 'on', true);
update "funding_decision" d set "went_with" = array[d."referral_id"]
  from "referral" r where r."id" = d."referral_id" and r."sent_at" is not null;
select set_config('app.system', '', true);
`;

export class Migration20261122220000_DecisionsWent extends Migration {
  override up(): void {
    this.addSql(WENT_WITH);
  }
}
