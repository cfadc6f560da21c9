import { Migration } from '@mikro-orm/migrations';

/** Who proposed an agreement, that she does not decide on it for the other side too; of what was proposed before unknown. */
export class Migration20261122217000_ProposersOfSharing extends Migration {
  override up(): void {
    this.addSql(`
      alter table "sharing_agreement"
        add column "proposed_by_id" uuid null,
        add constraint "sharing_agreement_proposed_by_id_foreign" foreign key ("proposed_by_id") references "account" ("id") on delete set null;
      create index "sharing_agreement_proposed_by_id_index" on "sharing_agreement" ("proposed_by_id");
    `);
  }
}
