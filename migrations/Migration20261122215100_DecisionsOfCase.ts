import { Migration } from '@mikro-orm/migrations';

/** Foreign-key checks ignore policies: within a network too, a decision goes with a referral of its own case alone. */
const SAME_CASE = `
alter table "referral" add constraint "referral_id_client_case_id_unique" unique ("id", "client_case_id");
alter table "funding_decision" add constraint "funding_decision_referral_same_case"
  foreign key ("referral_id", "client_case_id") references "referral" ("id", "client_case_id");
`;

export class Migration20261122215100_DecisionsOfCase extends Migration {
  override up(): void {
    this.addSql(SAME_CASE);
  }
}
