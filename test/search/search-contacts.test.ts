import { beforeAll, describe, expect, test } from 'vitest';
import { PARTNER_RECORD } from '../../src/partner/partner-record.rules.js';
import { changeRecords } from '../../src/record/record.actions.js';
import { Origin } from '../../src/record/record.rules.js';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('search_contacts');
const KOCH = {
  name: 'Petra Kochlowitz',
  responsibility: 'Anmeldung zur Orthoptik',
  department: 'Sehschule',
  email: 'kochlowitz@hafenbeispiel.de',
  phone: '02303 / 77 88 990',
};
const SERVICE_CONTACT = { name: 'Hakan Demirtaş', responsibility: 'Schlüsselausgabe', phone: '+49 2303 445566' };

async function found(query: string) {
  const search = `query ($query: String!) { search(query: $query) { didYouMean
    nodes { partner { name } service { name } matches { field } } } }`;
  const { data, errors } = await hub.as(anonymous, search, { query });
  expect(errors).toBeUndefined();
  return data.search;
}
const namesOf = async (query: string): Promise<string[]> =>
  (await found(query)).nodes.map((one: Record<string, { name: string } | null>) => (one.partner ?? one.service)?.name);

let partner!: string;
beforeAll(async () => {
  const at = directory(hub.owner());
  const network = await at.network('Nord');
  const one = await at.partner(network, 'Hafenlicht');
  partner = one.id;
  const service = await at.service(one, 'Offene Tür');
  await hub.owner().execute('update partner set contacts = ? where id = ?', [JSON.stringify([KOCH]), one.id]);
  await hub
    .owner()
    .execute('update service set contacts = ? where id = ?', [JSON.stringify([SERVICE_CONTACT]), service.id]);
  await hub.indexed();
});

describe('a record with somebody to turn to', () => {
  test.each([
    ['by what she is responsible for', 'Orthoptik', 'Hafenlicht', 'RESPONSIBILITY'],
    ['by her department', 'Sehschule', 'Hafenlicht', 'RESPONSIBILITY'],
    ['by her number', '023037788990', 'Hafenlicht', 'CONTACT'],
    ['by her number, written in another way', '+49 (0) 2303 7788-990', 'Hafenlicht', 'CONTACT'],
    ['by her extension', '7788990', 'Hafenlicht', 'CONTACT'],
    ['by what he is responsible for, as a service', 'Schlüsselausgaben', 'Offene Tür', 'RESPONSIBILITY'],
    ['by his number, as a service', '02303445566', 'Offene Tür', 'CONTACT'],
  ])('is found %s: %s', async (_, query, name, field) => {
    expect((await found(query)).nodes).toMatchObject([
      { [name === 'Hafenlicht' ? 'partner' : 'service']: { name }, matches: [{ field }] },
    ]);
  });

  test.each([
    'Kochlowitz',
    'Petra',
    'Petra Kochlowitz',
    'Kochlowit',
    'Kochlowtiz',
    'Demirtaş',
    'kochlowitz@hafenbeispiel.de',
  ])('is not found by who she is: %s', async query => {
    expect(await found(query)).toMatchObject({ nodes: [], didYouMean: null });
  });

  test('leaves no trace of who she is in what the search keeps', async () => {
    const kept = await hub.owner().execute(
      `select word as kept from search_word where word ~ 'kochl|petra|hakan|demirta|hafenbeispiel'
       union all select name from search_document where terms::text ~ 'kochl|petra|hakan|demirta|hafenbeispiel'`,
    );
    expect(kept).toEqual([]);
  });

  test('is found no more by a number that it gave up, nor where it is not published', async () => {
    await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [partner]);
    expect(await namesOf('7788990')).toEqual([]);
    await hub.owner().execute(`update partner set status = 'ACTIVE' where id = ?`, [partner]);
    expect(await namesOf('7788990')).toEqual(['Hafenlicht']);
    await hub.owner().transactional(tx =>
      changeRecords(tx, PARTNER_RECORD, [{ id: partner, wanted: { contacts: [] } }], {
        origin: Origin.EDIT,
        at: hub.now(),
        account: null,
      }),
    );
    expect(await namesOf('7788990')).toEqual([]);
    expect(await namesOf('Orthoptik')).toEqual([]);
  });
});
