import { beforeEach, expect, test, vi } from 'vitest';
import { foldGerman } from '../../src/search/fold.rules.js';
import { tableNames } from '../../src/service-table/service-table-names.query.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

vi.mock(import('../../src/search/fold.rules.js'), async original => {
  const all = await original();
  return { ...all, foldGerman: vi.fn(all.foldGerman) };
});

const hub = testHub('service_table_names');
const folds = vi.mocked(foldGerman);

beforeEach(() => {
  folds.mockClear();
});

test('names of areas are folded once, however many tables come in, and for none that goes out', async () => {
  const { anker, home } = await hub.given();
  await directory(hub.owner()).location(anker, home, { name: 'Hafenbüro' });
  const names = () => tableNames(hub.owner(), anker.id);
  const one = await names();
  expect(one.nameOf('serviceArea', home.key)).toBe(home.name);
  expect(folds).not.toHaveBeenCalled();
  expect(one.codeOf('serviceArea', home.name.toUpperCase())).toBe(home.key);
  const first = folds.mock.calls.length;
  const areas = Number((await hub.owner().execute<{ n: string }[]>('select count(*) as n from municipality'))[0]!.n);
  expect(first).toBeGreaterThan(areas);

  folds.mockClear();
  const other = await names();
  expect(other.codeOf('serviceArea', home.name.toUpperCase())).toBe(home.key);
  expect(other.codeOf('locations', 'hafenbuero')).toBeTruthy();
  // What is asked for, and the locations of the partner.
  expect(folds.mock.calls.length).toBe(4);
});

test('a name that has changed is found as it is now', async () => {
  const { anker, home } = await hub.given();
  const names = () => tableNames(hub.owner(), anker.id);
  const call = (name: string) =>
    hub.owner().execute('update municipality set name = ? where key = ?', [name, home.key]);
  await call('Altstadt am Prüfstand');
  expect((await names()).codeOf('serviceArea', 'Altstadt am Prüfstand')).toBe(home.key);
  await call('Neustadt am Prüfstand');
  const after = await names();
  expect(after.codeOf('serviceArea', 'neustadt am pruefstand')).toBe(home.key);
  expect(after.codeOf('serviceArea', 'Altstadt am Prüfstand')).toBeUndefined();
});
