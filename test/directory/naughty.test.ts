import { beforeAll, expect, test } from 'vitest';
import { Partner } from '../../src/partner/partner.entity.js';
import { anonymous, directory, keeperOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('directory_naughty');

let partner!: Partner;
beforeAll(async () => {
  const at = directory(hub.owner());
  partner = await at.partner(await at.network('Nord'), 'Anker');
});

const STRINGS = [
  // Quotes, and what escapes them
  "Anna's Haus",
  '"Anna"',
  '„Anna“ ‚Otto‘ «x» ‹y›',
  '`Anna`',
  "''''",
  '""""',
  '\\',
  '\\\\',
  "\\'",
  '\\"',
  '\\u0041',
  '\\x00',
  '\\0',
  'C:\\temp\\new',
  // SQL
  "'; drop table partner; --",
  "' or '1'='1",
  '1; select pg_sleep(1)',
  'a /* b */ c -- d',
  '$$ x $$ $1 $2',
  "E'\\' $tag$ x $tag$",
  ':name :: @var ?',
  '? ?? ?| ?&',
  '%_%',
  '{a,"b",NULL}',
  '{"json": ["x", null]}',
  // HTML, templates, shells, formulas, formats
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</textarea><b>',
  '&lt;b&gt; &amp; &nbsp; &#0;',
  '<![CDATA[x]]> <!-- y -->',
  '{{7*7}} $\u007b7*7} #{7*7} <%= 7*7 %>',
  '$(reboot) `reboot` | reboot; reboot && reboot',
  '../../etc/passwd',
  '=1+1 @SUM(A1) +1 -1',
  '%s %d %n %x %p %00 %0a',
  '{0} {} %(x)s %1$s',
  'javascript:alert(1)',
  '() { :; }; echo x',
  // Words that programs take for something else
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '0x10 1e3 -0 Infinity',
  '2026-02-30',
  // Letters of all kinds
  'ÄÖÜäöüß ẞ ſ',
  'Straße İstanbul ı ﬁ Ǆ',
  'e\u0301 o\u0308 n\u0303',
  'a\u0323\u0307 \u1E69 s\u0323\u0307',
  'Z\u0351\u0363\u0351a\u0317\u0349l\u033b\u0318g\u0353o\u031f',
  'Допомога Київ',
  'مرحبا بالعالم',
  'שלום 123 עולם',
  '你好，世界 こんにちは 안녕하세요',
  'नमस्ते ก็ ຂອບໃຈ',
  '𝕬𝖓𝖐𝖊𝖗 𠜎𠜱',
  '😀👍🏽👩‍👩‍👧🇩🇪🏳️‍🌈',
  // What is not to be seen
  'a\u200bb\u200cc\u200dd\u2060e\ufefff',
  'links \u202erechts\u202c links \u2066x\u2069 \u200f\u200e',
  'weich\u00adtrennung a\u00a0b\u2009c\u3000d',
  'a\tb\nc\r\nd\re\u2028f\u2029g\u0085h',
  'a\u0001b\u0007c\u001bd\u007fe\u009ff',
  '\u001b[31mrot\u001b[0m',
  'a\uffffb\ufffec\ufffdd\u{1fffe}e\u{10ffff}f',
  '\u{e0041}\u{e0042}\u{f0000}',
];

const UPDATE = `mutation ($id: ID!, $input: PartnerUpdateInput!) {
  partnerUpdate(id: $id, input: $input) { partner { name description } userErrors { code path } }
}`;
const READ = 'query ($id: ID!) { partner(id: $id) { name description } }';

test('there are enough of them', () => {
  expect(new Set(STRINGS).size).toBe(STRINGS.length);
  expect(STRINGS.length).toBeGreaterThanOrEqual(60);
});

/** Control characters, line breaks, marks of direction, what has no width: in a name they are refused. */
const UNFIT =
  /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const NAMES = STRINGS.filter(string => !UNFIT.test(string));
const NO_NAMES = STRINGS.filter(string => UNFIT.test(string));

test('some are no names', () => {
  expect(NO_NAMES).toHaveLength(6);
});

/** What nobody sees and what turns the direction of a line: in a text refused, too. Breaks, tabs and joiners are kept. */
const NO_TEXT = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/u;

test.each(NO_NAMES)('%j is refused in a name, and in a text where nobody means it', async string => {
  const before = await hub.owner().findOneOrFail(Partner, partner.id);
  const named = await hub.as(keeperOf(partner), UPDATE, { id: partner.id, input: { name: `Haus ${string} 1` } });
  const userErrors = [{ code: 'INVALID_INPUT', path: ['input', 'name'] }];
  expect(named.data.partnerUpdate).toEqual({ partner: null, userErrors });
  expect(await hub.owner().findOneOrFail(Partner, partner.id)).toEqual(before);
  const description = `Über: ${string}.`;
  const { data } = await hub.as(keeperOf(partner), UPDATE, { id: partner.id, input: { description } });
  const told = NO_TEXT.test(string)
    ? { partner: null, userErrors: [{ code: 'INVALID_INPUT', path: ['input', 'description'] }] }
    : { partner: { description }, userErrors: [] };
  expect(data.partnerUpdate).toMatchObject(told);
});

test.each(NAMES)('%j is kept as it is', async string => {
  const input = { name: `Haus ${string} 1`, description: `Über: ${string}.` };
  const { data, errors } = await hub.as(keeperOf(partner), UPDATE, { id: partner.id, input });
  expect(errors).toBeUndefined();
  expect(data.partnerUpdate).toEqual({ partner: input, userErrors: [] });
  expect((await hub.as(anonymous, READ, { id: partner.id })).data.partner).toEqual(input);
  expect(await hub.owner().findOneOrFail(Partner, partner.id)).toMatchObject(input);
});

test.each(STRINGS)('%j is no accident as a search, a slug, a code, an id or a cursor', async string => {
  const query = `query ($x: String!, $id: ID!) {
    partners(filter: { query: $x }) { totalCount }
    services(filter: { query: $x }) { totalCount }
    municipalities(query: $x, postalCode: $x) { totalCount }
    network(slug: $x) { id }
    partner(id: $id) { id }
    node(id: $id) { id }
  }`;
  expect((await hub.as(anonymous, query, { x: string, id: string })).errors).toBeUndefined();
  const wrong: [field: string, argument: string, code: string][] = [
    ['partners(network: $x) { totalCount }', 'network', 'BAD_USER_INPUT'],
    ['services(filter: { categories: [$id] }) { totalCount }', 'filter.categories', 'BAD_USER_INPUT'],
    ['services(filter: { needs: [$id] }) { totalCount }', 'filter.needs', 'BAD_USER_INPUT'],
    ['services(after: $x) { totalCount }', 'after', 'INVALID_CURSOR'],
  ];
  for (const [field, argument, code] of wrong) {
    const given = field.includes('$x') ? '$x: String!' : '$id: ID!';
    const { errors } = await hub.as(anonymous, `query (${given}) { ${field} }`, { x: string, id: string });
    expect(errors).toMatchObject([{ extensions: { code, argument } }]);
    expect(errors![0]!.message).not.toContain(string.length > 5 ? string : '\0');
  }
});

test('it is found again by every kind of letters', async () => {
  for (const word of ['Допомога', 'مرحبا', 'שלום', 'İstanbul']) {
    await hub.as(keeperOf(partner), UPDATE, { id: partner.id, input: { name: `Haus ${word}` } });
    const query = 'query ($x: String!) { partners(filter: { query: $x }) { nodes { id } } }';
    expect((await hub.as(anonymous, query, { x: word })).data.partners.nodes).toEqual([{ id: partner.id }]);
  }
});

test('the tables are all still there', async () => {
  expect((await hub.as(anonymous, '{ partners { totalCount } }')).data.partners.totalCount).toBe(1);
});
