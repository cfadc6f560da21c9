import { expect, test } from 'vitest';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';
import { feed, feedId } from './feed.js';
import { importing } from './importing.js';

const hub = testHub('trial_locks');
const run = importing(hub);

const EDIT = `mutation ($id: ID!) { serviceUpdate(id: $id, input: { howToApply: "Anrufen." }) { userErrors { code } } }`;

test('a trial run holds the records that it would change until it is over, and no others', async () => {
  const { network, home, coordinator } = await hub.given();
  const edition = (changed: number) => (i: number) => (i === 0 ? changed : 1);
  await run(network.id, feed({ services: 3, municipality: home.key, edition: edition(1) }));
  const idOf = async (i: number) =>
    (
      await hub
        .owner()
        .execute<{ id: string }[]>('select record_id as id from source_record where key = ?', [
          `services:${feedId('services', i)}`,
        ])
    )[0]!.id;
  const [changed, other] = [await idOf(0), await idOf(1)];
  const edit = async (id: string) => (await hub.as(coordinator, EDIT, { id })).data.serviceUpdate.userErrors;

  const [midst, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const trial = run(network.id, feed({ services: 3, municipality: home.key, edition: edition(2) }), {
    dryRun: true,
    keepCounts: async (_tx, { services }) => {
      if (services.updated === 0) return;
      midst.resolve();
      await end.promise;
    },
  });
  await midst.promise;
  const waiting = edit(changed);
  await waitersOf(hub, 1);
  expect(await edit(other)).toEqual([]);
  end.resolve();
  const { counts } = await trial;
  expect(counts.services).toMatchObject({ created: 0, updated: 1 });
  expect(await waiting).toEqual([]);
  const [{ description } = { description: '' }] = await hub
    .owner()
    .execute<{ description: string }[]>('select description from service where id = ?', [changed]);
  expect(description).toContain('Ausgabe 1');
});
