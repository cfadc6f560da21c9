import { Migration } from '@mikro-orm/migrations';

/** A measure of training names a topic that there is. */
export class Migration20261122212200_TopicsOfMeasures extends Migration {
  override up(): void {
    this.addSql(`
      create index "plan_measure_topic_index" on "plan_measure" ("topic");
      alter table "plan_measure" add constraint "plan_measure_topic_foreign"
        foreign key ("topic") references "training_topic" ("code") on delete set null;
    `);
  }
}
