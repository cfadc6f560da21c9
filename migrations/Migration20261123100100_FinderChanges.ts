import { Migration } from '@mikro-orm/migrations';

/**
 * The triggers of the finder index find what a statement has changed by `except`, which takes as long as there are rows.
 * A join of the rows before with those after keeps the plan of the first statement of its connection: one that was made
 * for a single row compares each with each when all are changed.
 */
const SHOWN = `id, status, partner_id, network_id, feedback_level, places_rounded_since, intake_paused_until, languages,
  interpretation, delivery_modes, minimum_age, maximum_age, criteria, instruments, confirmed_at`;
const PLACE = 'id, latitude, longitude, address_protected, municipality_key';

const changed = (columns: string): string => `(select ${columns} from newer except select ${columns} from older)`;

const work = (name: string, concerned: string): string => `
create or replace function ${name}() returns trigger language plpgsql set search_path = public, pg_temp as $$ begin
  perform finder_refresh((${concerned}));
  return null;
end $$;
`;

const CONCERNED = [
  work('finder_service_changed', `select array_agg(n.id) from ${changed(SHOWN)} n`),
  work(
    'finder_location_changed',
    `select array_agg(distinct sl.service_id) from ${changed(PLACE)} n join service_location sl on sl.location_id = n.id`,
  ),
  work(
    'finder_partner_changed',
    `select array_agg(s.id) from ${changed('id, status')} n join service s on s.partner_id = n.id`,
  ),
  work(
    'finder_municipality_changed',
    `select array_agg(distinct sl.service_id) from ${changed('key, latitude, longitude')} n
     join location l on l.municipality_key = n.key join service_location sl on sl.location_id = l.id`,
  ),
];

export class Migration20261123100100_FinderChanges extends Migration {
  override up(): void {
    for (const piece of CONCERNED) this.addSql(piece);
  }
}
