import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "instrument" (
  "code" text not null,
  "law" text not null,
  "section" text null,
  "name_de" text not null,
  "name_en" text not null,
  "sensitive" boolean not null,
  "revision" int not null default 1,
  primary key ("code"),
  constraint "instrument_code_form" check (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);

create table "instrument_version" (
  "id" uuid not null default gen_random_uuid(),
  "instrument_code" text not null,
  "valid_from" date not null,
  "valid_to" date null,
  "rules" jsonb not null default '[]',
  "source" text not null,
  "version" int not null default 1,
  primary key ("id"),
  constraint "instrument_version_instrument_code_foreign" foreign key ("instrument_code") references "instrument" ("code"),
  constraint "instrument_version_instrument_code_valid_from_unique" unique ("instrument_code", "valid_from"),
  constraint "instrument_version_period" check (valid_to >= valid_from),
  constraint "instrument_version_rules" check (jsonb_typeof(rules) = 'array')
);
create unique index instrument_version_one_open on instrument_version (instrument_code) where valid_to is null;

alter table "service" add column "instruments" jsonb not null default '[]';
create index service_instruments on service using gin (instruments jsonb_path_ops) with (fastupdate = off);
`;

/** As the law stood in 2026, as far as it could be looked up: sources say "unbestätigt" where it could not. */
const INSTRUMENTS = `
insert into instrument (code, law, section, name_de, name_en, sensitive) values
  ('sgb3-45', 'SGB III', '§ 45', 'Aktivierungs- und Vermittlungsgutschein', 'Activation and placement voucher', false),
  ('sgb2-16d', 'SGB II', '§ 16d', 'Arbeitsgelegenheit', 'Work opportunity', false),
  ('sgb2-16e', 'SGB II', '§ 16e', 'Eingliederung von Langzeitarbeitslosen', 'Integration of long-term unemployed people', false),
  ('sgb2-16i', 'SGB II', '§ 16i', 'Teilhabe am Arbeitsmarkt', 'Participation in the labour market', false),
  ('sgb2-16k', 'SGB II', '§ 16k', 'Ganzheitliche Betreuung', 'Holistic support', false),
  ('sgb9-61', 'SGB IX', '§ 61', 'Budget für Arbeit', 'Budget for work', true),
  ('sgb9-192', 'SGB IX', '§§ 192 ff.', 'Beauftragung des Integrationsfachdienstes', 'Order to the integration service', true);

insert into instrument_version (instrument_code, valid_from, valid_to, source, rules) values
  ('sgb3-45', '2012-04-01', null, '§ 45 Abs. 4 SGB III mit § 16 Abs. 1 SGB II; Zulassung nach §§ 176 ff. SGB III', '[
    {"kind": "DECISION_NEEDED", "form": "VOUCHER"}, {"kind": "LIMITED_VALIDITY"}, {"kind": "REGION"},
    {"kind": "APPROVED_PROVIDER"}, {"kind": "APPROVED_MEASURE"}]'),
  ('sgb2-16d', '2012-04-01', null, '§ 16d Abs. 6 SGB II; die Verlängerung um bis zu 12 Monate ist nicht abgebildet', '[
    {"kind": "DECISION_NEEDED", "form": "ASSIGNMENT"}, {"kind": "DURATION_IN_WINDOW", "months": 24, "withinMonths": 60}]'),
  ('sgb2-16e', '2012-04-01', '2018-12-31', '§ 16e SGB II in der bis 2018 geltenden Fassung (Förderung von Arbeitsverhältnissen), Einzelheiten unbestätigt', '[
    {"kind": "DECISION_NEEDED", "form": "APPROVAL"}, {"kind": "UNEMPLOYED_MONTHS", "months": 12},
    {"kind": "DURATION_IN_WINDOW", "months": 24, "withinMonths": 60},
    {"kind": "SUBSIDY_STEPS", "steps": [{"fromMonth": 1, "untilMonth": 24, "percent": 75}]}]'),
  ('sgb2-16e', '2019-01-01', null, '§ 16e SGB II in der seit 2019 geltenden Fassung', '[
    {"kind": "DECISION_NEEDED", "form": "APPROVAL"}, {"kind": "UNEMPLOYED_MONTHS", "months": 24},
    {"kind": "LONGEST_DURATION", "months": 24},
    {"kind": "SUBSIDY_STEPS", "steps": [{"fromMonth": 1, "untilMonth": 12, "percent": 75}, {"fromMonth": 13, "untilMonth": 24, "percent": 50}]},
    {"kind": "EXCLUDES", "instruments": ["sgb2-16i"]}]'),
  ('sgb2-16i', '2019-01-01', null, '§ 16i Abs. 2 und 3 SGB II; Ausnahmen von der Bezugsdauer nicht abgebildet', '[
    {"kind": "DECISION_NEEDED", "form": "APPROVAL"}, {"kind": "MINIMUM_AGE", "years": 25},
    {"kind": "BENEFIT_MONTHS", "months": 72, "withinMonths": 84}, {"kind": "LONGEST_DURATION", "months": 60},
    {"kind": "SUBSIDY_STEPS", "steps": [{"fromMonth": 1, "untilMonth": 24, "percent": 100}, {"fromMonth": 25, "untilMonth": 36, "percent": 90},
      {"fromMonth": 37, "untilMonth": 48, "percent": 80}, {"fromMonth": 49, "untilMonth": 60, "percent": 70}]},
    {"kind": "COMBINES_WITH", "instruments": ["sgb2-16k"]}, {"kind": "EXCLUDES", "instruments": ["sgb2-16e"]}]'),
  ('sgb2-16k', '2023-07-01', null, '§ 16k SGB II; Form der Entscheidung unbestätigt', '[
    {"kind": "DECISION_NEEDED", "form": "ASSIGNMENT"}, {"kind": "COMBINES_WITH", "instruments": ["sgb2-16e", "sgb2-16i"]}]'),
  ('sgb9-61', '2018-01-01', null, '§ 61 SGB IX; Höchstbeträge nicht abgebildet, Einzelheiten unbestätigt', '[
    {"kind": "DECISION_NEEDED", "form": "APPROVAL"},
    {"kind": "NEEDS", "needs": ["severe-disability", "intellectual-disability", "mental-illness"]},
    {"kind": "EXCLUDES", "instruments": ["sgb2-16e", "sgb2-16i"]}]'),
  ('sgb9-192', '2018-01-01', null, '§§ 192 bis 194 SGB IX', '[
    {"kind": "DECISION_NEEDED", "form": "ORDER"}, {"kind": "ORDER_TERMS"},
    {"kind": "NEEDS", "needs": ["severe-disability", "mental-illness", "intellectual-disability"]}]');
`;

export class Migration20261122213000_Instruments extends Migration {
  override up(): void {
    for (const sql of [TABLES, INSTRUMENTS]) this.addSql(sql);
  }
}
