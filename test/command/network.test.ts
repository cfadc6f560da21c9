import { beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../support/database.js';
import { demoDatabase } from '../support/demo-hub.js';
import { build, hubCommand } from '../support/program.js';

let database: TestDatabase;
const network = (...args: string[]) =>
  hubCommand({ DATABASE_URL: database.hubApp, DATABASE_OWNER_URL: database.owner }, 'network', ...args);

beforeAll(async () => {
  database = await demoDatabase('command_network');
  await build();
});

describe('hub network', () => {
  it('makes one, changes it, and says what belongs to others too', async () => {
    const made = await network('--slug', 'rhein', '--name', 'Netzwerk Rhein', '--municipalities', '05334002,05334004');
    expect(made.stdout).toBe(
      'Network rhein: created, 2 municipalities added; it has 2 now.\n2 of them belong to aachen too.\n',
    );
    const changed = await network(
      '--slug',
      'rhein',
      '--district',
      '05911',
      '--remove-municipalities',
      '05334002 05334004',
    );
    expect(changed.stdout).toBe(
      'Network rhein: 1 municipality added, 2 removed; it has 1 now.\n1 of them belong to bochum too.\n',
    );
    expect(changed.code).toBe(0);
  });

  it('never takes away where cases live', async () => {
    const { code, stdout, stderr } = await network('--slug', 'bochum', '--remove-municipalities', '05911000');
    expect(stderr).toMatch(
      /^Cases of the network live there, so it keeps them: 05911000 Bochum \(\d+\)\. Nothing was changed\.\n$/,
    );
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it.each([
    [['--name', 'Ohne'], /--slug/],
    [['--slug', 'Rhein!'], /Small letters/],
    [['--slug', 'neu'], /--name/],
    [['--slug', 'neu', '--name', ' '], /1 to 200/],
    [['--slug', 'neu', '--name', 'Neu', '--municipalities', '05334'], /8 digits/],
    [['--slug', 'neu', '--name', 'Neu', '--district', '05999'], /05999/],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await network(...args);
    expect(stderr).toMatch(words);
    expect(code).toBe(1);
  });
});
