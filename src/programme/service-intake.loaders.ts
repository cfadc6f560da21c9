import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { ClosedIntake } from '../match/match.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import { closedIntakeOf } from './round-intake.query.js';

/** A service by its id, on a day (YYYY-MM-DD). */
export interface ServiceDay {
  readonly service: string;
  readonly day: string;
}

/** Why a service of a programme takes nobody on a day; null where no round keeps it from that. One statement for all. */
export const closedIntakeOfService = (em: EntityManager): DataLoader<ServiceDay, ClosedIntake | null, string> =>
  new DataLoader(
    async asked => {
      const rows = await rowsOf<{ closed: ClosedIntake | null }>(
        em,
        sql`select ${closedIntakeOf(sql`a.service`, sql`a.day`)} as closed
            from unnest(${asked.map(one => one.service)}::uuid[], ${asked.map(one => one.day)}::date[])
              with ordinality as a (service, day, n) order by a.n`,
      );
      return rows.map(({ closed }) => closed);
    },
    { cacheKeyFn: ({ service, day }) => `${service} ${day}` },
  );
