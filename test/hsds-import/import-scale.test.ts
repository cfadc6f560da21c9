import { expect, test } from 'vitest';
import { testHub } from '../support/hub.js';
import { feed } from './feed.js';
import { importing } from './importing.js';

const SERVICES = Number(process.env.IMPORT_SERVICES ?? 2_000);

const hub = testHub('import_scale');
const run = importing(hub);

test(`${SERVICES} services come in, come again without a change, and then with one in a hundred`, {
  timeout: 600_000,
}, async () => {
  const { network, home } = await hub.given();
  const seconds: number[] = [];
  const imported = async (edition: (i: number) => number) => {
    const begun = performance.now();
    const { counts } = await run(network.id, feed({ services: SERVICES, municipality: home.key, edition }));
    seconds.push((performance.now() - begun) / 1000);
    return counts.services;
  };
  expect(await imported(() => 1)).toMatchObject({ created: SERVICES, updated: 0, refused: 0 });
  expect(await imported(() => 1)).toMatchObject({ changed: 0 });
  expect(await imported(i => (i % 100 === 0 ? 2 : 1))).toMatchObject({ created: 0, updated: SERVICES / 100 });
  const [first, again, some] = seconds.map(one => one.toFixed(1));
  console.log(`${SERVICES} services: first ${first} s, again ${again} s, one in a hundred changed ${some} s`);
});
