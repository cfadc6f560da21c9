import { Migration } from '@mikro-orm/migrations';

/** What networks found out and made, for others to find. */
export class Migration20261122213300_Publications extends Migration {
  override up(): void {
    this.addSql(`
      create table "publication" (
        "id" uuid not null default gen_random_uuid(),
        "network_id" uuid not null,
        "programme_id" uuid null,
        "kind" text not null,
        "title" text not null,
        "summary" text null,
        "url" text null,
        "published_on" date not null,
        "held_on" date null,
        "place" text null,
        "topics" text[] not null,
        "needs" text[] not null,
        "categories" text[] not null,
        "withdrawn" boolean not null default false,
        "version" int not null default 1,
        primary key ("id"),
        constraint "publication_kind_check" check ("kind" in ('REPORT', 'RECOMMENDATION', 'TOOL', 'EVENT')),
        constraint "publication_event" check ((kind = 'EVENT') = (held_on is not null) and (kind = 'EVENT' or place is null)),
        constraint "publication_network_id_foreign" foreign key ("network_id") references "network" ("id"),
        constraint "publication_programme_id_foreign" foreign key ("programme_id") references "programme" ("id") on delete set null
      );
      create index "publication_network_id_index" on "publication" ("network_id");
      create index "publication_programme_id_published_on_id_index" on "publication" ("programme_id", "published_on", "id");
      create index "publication_published_on_id_index" on "publication" ("published_on", "id");
    `);
  }
}
