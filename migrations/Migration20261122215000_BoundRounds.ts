import { Migration } from '@mikro-orm/migrations';

/** Rounds that exist were entered before, so that they may be counted at once. */
const ENTERED = `
alter table "programme_round" add column "entered_on" date null;
update "programme_round" set entered_on = current_date - 1;
alter table "programme_round" alter column "entered_on" set not null;
`;

/** What was told last is remembered beside what is told now, and rounds without services have no figures. */
const TOLD = `
delete from "programme_round_figures" f
where not exists (select from programme_round_service rs where rs.round_id = f.round_id);
alter table "programme_round_figures" add column "last_told" jsonb null;
update "programme_round_figures" set last_told = jsonb_build_object('participants', participants, 'started', started,
  'completed', completed, 'aborted', aborted, 'employed', employed, 'sustained', sustained);
alter table "programme_round_figures" alter column "last_told" set not null;
`;

/** A round is counted on the day after it was entered, and what was counted stays with it. */
export class Migration20261122215000_BoundRounds extends Migration {
  override up(): void {
    for (const sql of [ENTERED, TOLD]) this.addSql(sql);
  }
}
