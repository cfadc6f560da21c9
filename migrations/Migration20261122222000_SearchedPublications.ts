import { Migration } from '@mikro-orm/migrations';

/** Publications are found as partners and services are; the next start, or `reindex`, writes their documents. */
export class Migration20261122222000_SearchedPublications extends Migration {
  override up(): void {
    this.addSql(`
      alter table "search_document" alter column "partner_id" drop not null;
      alter table "search_document" add column "publication_id" uuid null;
      alter table "search_document" add constraint "search_document_publication_id_unique" unique ("publication_id");
      alter table "search_document" add constraint "search_document_publication_id_foreign"
        foreign key ("publication_id") references "publication" ("id") on delete cascade;
      alter table "search_document" add constraint "search_document_owner"
        check ((partner_id is null) = (publication_id is not null));
    `);
  }
}
