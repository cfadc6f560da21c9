import { Migration } from '@mikro-orm/migrations';

/** Job openings are found as partners and services are; the next start, or `reindex`, writes their documents. */
export class Migration20261122202000_SearchedOpenings extends Migration {
  override up(): void {
    this.addSql(`
      alter table "search_document" add column "job_opening_id" uuid null;
      alter table "search_document" add constraint "search_document_job_opening_id_unique" unique ("job_opening_id");
      alter table "search_document" add constraint "search_document_job_opening_id_foreign"
        foreign key ("job_opening_id") references "job_opening" ("id") on delete cascade;
      alter table "job_opening" drop column "search_text", drop column "search_words";
    `);
  }
}
