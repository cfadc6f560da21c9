import { Migration } from '@mikro-orm/migrations';

/** An upload has its place from before its first byte until its last piece is deleted. */
export class Migration20261122201100_KeptUploads extends Migration {
  override up(): void {
    this.addSql(`
      create table "import_upload" (
        "id" uuid not null,
        "network_id" uuid not null,
        "created_at" timestamptz(3) not null,
        primary key ("id"),
        constraint "import_upload_network_id_foreign" foreign key ("network_id") references "network" ("id")
      );
      create index "import_upload_network_id_created_at_index" on "import_upload" ("network_id", "created_at");
      create index "import_upload_created_at_index" on "import_upload" ("created_at");

      insert into "import_upload" (id, network_id, created_at)
        select j.id, j.network_id, j.created_at from import_job j
        where exists (select from import_piece p where p.upload_id = j.id);
      delete from "import_piece" p where not exists (select from import_upload u where u.id = p.upload_id);
      drop index "import_piece_created_at_index";
      alter table "import_piece" drop column "created_at",
        add constraint "import_piece_upload_id_foreign" foreign key ("upload_id") references "import_upload" ("id") on delete cascade;
    `);
  }
}
