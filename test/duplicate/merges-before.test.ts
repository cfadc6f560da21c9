import { expect, test } from 'vitest';
import { Migration20261122200100_MovedReminders } from '../../migrations/Migration20261122200100_MovedReminders.js';
import { Migration20261122200200_MergedLocations } from '../../migrations/Migration20261122200200_MergedLocations.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { merge } from './support.js';

const hub = testHub('merges_before');

const rows = <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  hub.owner().execute<T[]>(text, values);

test('of merges before this was kept, the location that remained and whose reminders are is found again', async () => {
  const { coordinator, partner, anker, brücke, home, location, service } = await hub.given();
  const on = directory(hub.owner());
  const mine = await on.location(brücke, home, { storedStreet: 'HAFENWEG  1', storedPostalCode: null });
  const closed = await on.location(brücke, home, { storedStreet: 'Hafenweg 1' });
  const quay = await on.location(brücke, home, { storedStreet: 'Uferstr. 12a' });
  const bank = await on.location(anker, home, { storedStreet: 'Uferstraße 12 a' });
  const apart = await on.location(anker, home, { storedStreet: 'Hafenweg 2' });
  await rows(`update location set status = 'ARCHIVED' where id = ?`, closed.id);
  await rows(
    `insert into record_reminder (kind, record_id, partner_id, since, months, due_at, at)
     select 'SERVICE', id, partner_id, coalesce(confirmed_at, created_at), 6, now(), now() from service where id = ?`,
    service.id,
  );
  await merge(hub, coordinator, brücke.id, anker.id);
  // As it was stored before.
  await rows('alter table location drop column merged_into_id');
  await rows('update record_reminder set partner_id = ?', anker.id);
  for (const Migration of [Migration20261122200200_MergedLocations, Migration20261122200100_MovedReminders]) {
    const migration = new Migration(hub.owner().getDriver(), hub.owner().config);
    migration.up();
    for (const query of migration.getQueries()) await hub.owner().execute(String(query));
  }
  const stands = await rows<{ id: string; into: string | null }>('select id, merged_into_id as into from location');
  expect(new Map(stands.map(({ id, into }) => [id, into]))).toEqual(
    new Map([
      [location.id, mine.id],
      [mine.id, null],
      [bank.id, quay.id],
      [quay.id, null],
      [closed.id, null],
      [apart.id, null],
    ]),
  );
  const query = '{ partnerInbox { reminders { nodes { partner { id } } } } }';
  const { data } = await hub.as(partner, query);
  expect(data.partnerInbox.reminders.nodes).toEqual([{ partner: { id: brücke.id } }]);
});
