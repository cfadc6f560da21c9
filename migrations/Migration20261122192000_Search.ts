import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "search_document" (
  "id" uuid not null,
  "partner_id" uuid not null,
  "service_id" uuid null,
  "network_id" uuid not null,
  "name" text collate "de-x-icu" not null,
  "terms" tsvector not null,
  primary key ("id")
);
create index "search_document_partner_id_index" on "search_document" ("partner_id");
create index "search_document_network_id_index" on "search_document" ("network_id");
alter table "search_document" add constraint "search_document_service_id_unique" unique ("service_id");
create index search_document_terms on search_document using gin (terms) with (fastupdate = off);

create table "search_word" (
  "word" text collate "C" not null,
  "written" text null,
  primary key ("word")
);
create index search_word_trigrams on search_word using gin (word gin_trgm_ops) where written is not null;

create table "search_synonym" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid null,
  "code" text null,
  "name" text collate "de-x-icu" not null,
  "words" text[] not null,
  "leading" text[] not null,
  "keys" text[] not null,
  "version" int not null default 1,
  "created_at" timestamptz(3) not null default now(),
  "updated_at" timestamptz(3) not null default now(),
  primary key ("id")
);
create index "search_synonym_network_id_name_id_index" on "search_synonym" ("network_id", "name", "id");
alter table "search_synonym" add constraint "search_synonym_code_unique" unique ("code");
alter table "search_synonym" add constraint "search_synonym_owner" check ((network_id is null) = (code is not null));
create index search_synonym_keys on search_synonym using gin (keys) with (fastupdate = off);

create table "search_state" (
  "name" text not null,
  "rules" text not null,
  "indexed_at" timestamptz(3) not null,
  primary key ("name")
);
alter table "search_state" add constraint "search_state_once" check (name = 'index');
`;

const KEYS = `
alter table "search_document" add constraint "search_document_partner_id_foreign" foreign key ("partner_id") references "partner" ("id") on delete cascade;
alter table "search_document" add constraint "search_document_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete cascade;
alter table "search_document" add constraint "search_document_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "search_synonym" add constraint "search_synonym_network_id_foreign" foreign key ("network_id") references "network" ("id") on delete cascade;
`;

/** What searches read before; the indexes go with their columns. */
const FORMER = `
alter table "partner" drop column "search_text", drop column "search_words";
alter table "service" drop column "search_text", drop column "search_words";
`;

export class Migration20261122192000_Search extends Migration {
  override up(): void {
    for (const sql of [TABLES, KEYS, FORMER]) this.addSql(sql);
  }
}
