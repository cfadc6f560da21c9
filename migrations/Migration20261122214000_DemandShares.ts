import { Migration } from '@mikro-orm/migrations';

const TABLE = `
create table "demand_share" (
  "code" text not null,
  "name_de" text not null,
  "name_en" text not null,
  "share" double precision not null,
  "is_floor" boolean not null,
  "needs" text[] not null,
  "source" text not null,
  "as_of" date not null,
  "version" int not null default 1,
  primary key ("code"),
  constraint "demand_share_code_form" check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint "demand_share_is_a_share" check (share > 0 and share <= 1)
);
`;

const KNOWN = `
insert into demand_share (code, name_de, name_en, share, is_floor, needs, source, as_of) values
  ('disability-or-health', 'Menschen mit Behinderung oder erheblicher gesundheitlicher Einschränkung',
   'People with a disability or a serious health impairment', 0.3, true,
   '{addiction,autism,chronic-illness,hearing-impairment,intellectual-disability,learning-disability,mental-illness,physical-disability,severe-disability,visual-impairment}',
   'Studien von IAB, Bundesagentur für Arbeit und DGB, nach Angabe des Jobcenters StädteRegion Aachen', '2013-01-01')
on conflict do nothing;
`;

/** Which share of those who receive benefits a question is about, where nobody counts them. */
export class Migration20261122214000_DemandShares extends Migration {
  override up(): void {
    for (const sql of [TABLE, KNOWN]) this.addSql(sql);
  }
}
