import { Migration } from '@mikro-orm/migrations';

/** Of those given up before this was kept: the day of the review that said so, else that of the last reading. */
const DAYS = `
alter table "plan_measure" add column "dropped_on" date null, add column "pauses" jsonb not null default '[]';
update "plan_measure" m set dropped_on = coalesce(
  (select max(reviewed_on) from measure_review where measure_id = m.id and decision = 'STOP'),
  (select max(read_on) from measure_reading where measure_id = m.id), m.starts_on)
where status = 'DROPPED';
alter table "plan_measure" add constraint "plan_measure_dropped" check ((status = 'DROPPED') = (dropped_on is not null));
`;

/** Since when a measure is given up, and when it was before. */
export class Migration20261122218000_DroppedMeasures extends Migration {
  override up(): void {
    this.addSql(DAYS);
  }
}
