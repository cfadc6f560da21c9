import { beforeAll, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('municipality_filter');
let north!: Network;

beforeAll(async () => {
  const at = directory(hub.owner());
  const made = [];
  for (const [i, name] of ['Herne', 'Herten', 'Münster', 'Würselen', 'Bad Münstereifel', 'Hagen'].entries())
    made.push(await at.municipality(`0599900${i}`, name));
  north = await at.network('Nord', made[0]!, made[2]!);
  for (const [code, i] of [
    ['44600', 0],
    ['45600', 1],
    ['45600', 0],
  ] as const)
    await hub.owner().execute('insert into postal_code values (?, ?)', [code, made[i]!.key]);
});

const ALL = ['Bad Münstereifel', 'Hagen', 'Herne', 'Herten', 'Münster', 'Würselen'];

test.each<[object, string[]]>([
  [{}, ALL],
  [{ query: null, postalCode: null, network: null }, ALL],
  [{ query: '' }, ALL],
  [{ query: '  ' }, ALL],
  [{ query: '%' }, []],
  [{ query: '_____' }, []],
  [{ query: 'Her' }, ['Herne', 'Herten']],
  [{ query: 'HERNE' }, ['Herne']],
  [{ query: 'muenster' }, ['Bad Münstereifel', 'Münster']],
  [{ query: 'Wuerselen' }, ['Würselen']],
  [{ query: 'Wurselen' }, ['Würselen']],
  [{ query: 'Kopenhagen' }, []],
  [{ postalCode: '44600' }, ['Herne']],
  [{ postalCode: '45600' }, ['Herne', 'Herten']],
  [{ postalCode: '99999' }, []],
  [{ postalCode: 'abc' }, []],
  [{ postalCode: '' }, []],
  [{ network: 'NORTH' }, ['Herne', 'Münster']],
  [{ network: 'NORTH', query: 'her' }, ['Herne']],
  [{ network: 'NORTH', postalCode: '45600', query: 'her' }, ['Herne']],
  [{ network: 'NORTH', postalCode: '44600', query: 'mün' }, []],
])('municipalities(%j) finds %j', async (variables, names) => {
  const query = `query ($query: String, $postalCode: String, $network: String) {
    municipalities(query: $query, postalCode: $postalCode, network: $network) { nodes { name } totalCount }
  }`;
  const given = JSON.parse(JSON.stringify(variables).replace('NORTH', north.slug)) as object;
  const { data, errors } = await hub.as(anonymous, query, given);
  expect(errors).toBeUndefined();
  expect(data.municipalities.nodes.map((one: { name: string }) => one.name)).toEqual(names);
  expect(data.municipalities.totalCount).toBe(names.length);
});

test.each([
  ['network', { network: 'nirgends' }],
  ['network', { network: '' }],
  ['query', { query: 'x'.repeat(10_000) }],
  ['postalCode', { postalCode: '44600\0' }],
])('a wrong %s is told so', async (argument, variables) => {
  const query = `query ($query: String, $postalCode: String, $network: String) {
    municipalities(query: $query, postalCode: $postalCode, network: $network) { totalCount }
  }`;
  const { errors } = await hub.as(anonymous, query, variables);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
});
