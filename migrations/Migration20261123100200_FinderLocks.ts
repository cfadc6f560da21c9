import { Migration } from '@mikro-orm/migrations';

/**
 * The rows of services are locked before anybody looks which of them have a card to make. Looked at without the lock, one who
 * gave a service its first area and one who gave it its first category each saw no card to make, and together left none.
 */
const LOCKED_FIRST = `
alter function finder_refresh(uuid[]) rename to finder_refresh_locked;
create function finder_refresh(concerned uuid[]) returns void language plpgsql set search_path = public, pg_temp as $$ begin
  perform from service s where s.id = any(concerned) order by s.id for no key update;
  perform finder_refresh_locked(concerned);
end $$;
`;

export class Migration20261123100200_FinderLocks extends Migration {
  override up(): void {
    this.addSql(LOCKED_FIRST);
  }
}
