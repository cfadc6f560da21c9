import { beforeAll, describe, expect, test } from 'vitest';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('search_odd');

describe('whatever is typed', () => {
  const ODD = [
    '%',
    '_',
    '%%%%',
    "'",
    "''",
    '"',
    '\\',
    '\\\\',
    "\\' or true --",
    "'; drop table partner; --",
    '$1',
    '?',
    '??',
    ':name',
    '!',
    '&',
    '|',
    '!!&|<->()*:',
    'a & b | !c <-> d:*',
    '()',
    '…–„“',
    '😀',
    '👩‍👩‍👧',
    '\u200f\u200e',
    '\u0301',
    'ﬃ',
    '{}',
    '{a,b}',
    'NULL',
    'und die der',
    'x'.repeat(200),
    'a b '.repeat(50),
    'Beratung '.repeat(22),
    'Sucht- '.repeat(28),
    '0'.repeat(200),
    '-a'.repeat(100),
    'xy '.repeat(66),
    "~'beratung':A",
    '%'.repeat(200),
    '\ufeff\ufeff',
    '\u0001\u001f\u007f',
  ];
  const LISTS = ['partners', 'services', 'networks { partners', 'municipalities', 'search'];

  beforeAll(async () => {
    const at = directory(hub.owner());
    await at.service(await at.partner(await at.network('Etwas'), 'Etwas'), 'Etwas');
    await hub.indexed();
  });

  test.each(ODD)('%j is no accident anywhere', async query => {
    for (const list of LISTS) {
      const of = ['municipalities', 'search'].includes(list) ? '(query: $query)' : '(filter: { query: $query })';
      const nested = list.includes('{') ? '}' : '';
      const { errors } = await hub.as(anonymous, `query ($query: String!) { ${list}${of} { totalCount } ${nested} }`, {
        query,
      });
      expect(errors).toBeUndefined();
    }
  });

  test.each(['%', '_', '"', '()', '…–„“', '😀', '!!&|<->()*:'])('%j finds nothing, rather than all', async query => {
    for (const list of ['partners', 'services']) {
      const ask = `query ($query: String!) { ${list}(filter: { query: $query }) { totalCount } }`;
      expect((await hub.as(anonymous, ask, { query })).data[list].totalCount).toBe(0);
    }
  });
});
