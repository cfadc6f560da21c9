import { Migration } from '@mikro-orm/migrations';

/** Imports through the API: the upload in pieces, the job, and what it found. */
export class Migration20261122193200_ImportJobs extends Migration {
  override up(): void {
    this.addSql(`
      create table "import_job" (
        "id" uuid not null default gen_random_uuid(),
        "network_id" uuid not null,
        "started_by_id" uuid null,
        "source" text not null,
        "file" text not null,
        "bytes" double precision not null,
        "sha256" text not null,
        "dry_run" boolean not null,
        "status" text not null default 'QUEUED',
        "phase" text null,
        "done" double precision not null default 0,
        "total" double precision null,
        "counts" jsonb not null default '{}',
        "summary" jsonb not null default '[]',
        "is_cancelled" boolean not null default false,
        "created_at" timestamptz(3) not null,
        "started_at" timestamptz(3) null,
        "finished_at" timestamptz(3) null,
        "version" int not null default 1,
        primary key ("id"),
        constraint "import_job_status_check" check ("status" in ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
        constraint "import_job_network_id_foreign" foreign key ("network_id") references "network" ("id"),
        constraint "import_job_started_by_id_foreign" foreign key ("started_by_id") references "account" ("id") on delete set null
      );
      create index "import_job_network_id_created_at_id_index" on "import_job" ("network_id", "created_at", "id");
      create index "import_job_started_by_id_index" on "import_job" ("started_by_id");
      create index "import_job_status_created_at_index" on "import_job" ("status", "created_at");

      create table "import_piece" (
        "upload_id" uuid not null,
        "number" int not null,
        "bytes" bytea not null,
        "created_at" timestamptz(3) not null,
        primary key ("upload_id", "number")
      );
      create index "import_piece_created_at_index" on "import_piece" ("created_at");

      create table "import_finding" (
        "job_id" uuid not null,
        "number" int not null,
        "file" text not null,
        "row" int null,
        "column" text null,
        "code" text not null,
        "severity" text not null,
        "value" text not null,
        primary key ("job_id", "number"),
        constraint "import_finding_job_id_foreign" foreign key ("job_id") references "import_job" ("id") on delete cascade
      );
    `);
  }
}
