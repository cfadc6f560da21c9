import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Partner } from '../../src/partner/partner.entity.js';
import type { Service } from '../../src/service/service.entity.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { anonymous, caseworkerIn, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('shared_scalars');

let service!: Service;
let anker!: Partner;
let editor!: Viewer;
let caseworker!: Viewer;

beforeAll(async () => {
  const at = directory(hub.owner());
  await at.municipality('05334002', 'Aachen');
  const network = await at.network('Nord');
  anker = await at.partner(network, 'Anker');
  service = await at.service(anker, 'Kurs', { languages: ['de'], areas: ['05'] });
  [editor, caseworker] = [editorOf(anker), caseworkerIn(network)];
});

const everything = async () =>
  Promise.all(
    ['partner', 'service', 'service_capacity', 'referral', 'client_case', 'consent'].map(table =>
      hub.owner().execute(`select * from ${table} order by 1`),
    ),
  );

/** Where a value of a type goes: the field, the type of the variable, the argument to be named, who asks. */
interface Door {
  kind: 'query' | 'mutation';
  type: string;
  field: (value: string) => string;
  argument: string;
  viewer: () => Viewer;
}

const SERVICE = '{ service { id } userErrors { code } }';
const list =
  (filter: (value: string) => string, of = 'services') =>
  (value: string) =>
    `${of}(filter: { ${filter(value)} }) { totalCount }`;
const DOORS: Record<string, Door> = {
  LocalDate: {
    kind: 'mutation',
    type: 'LocalDate',
    field: value => `servicePauseIntake(id: "ID", until: ${value}) ${SERVICE}`,
    argument: 'until',
    viewer: () => editor,
  },
  DateTime: {
    kind: 'mutation',
    type: 'DateTime!',
    field: value => `referralSchedule(id: "ID", at: ${value}) { userErrors { code } }`,
    argument: 'at',
    viewer: () => editor,
  },
  MunicipalityKey: {
    kind: 'query',
    type: 'MunicipalityKey',
    field: list(value => `municipality: ${value}`),
    argument: 'filter.municipality',
    viewer: () => anonymous,
  },
  LanguageTag: {
    kind: 'query',
    type: 'LanguageTag!',
    field: list(value => `languages: ["de", ${value}]`),
    argument: 'filter.languages.1',
    viewer: () => anonymous,
  },
  'LanguageTag of a label': {
    kind: 'query',
    type: 'LanguageTag',
    field: value => `needs { name(language: ${value}) }`,
    argument: 'language',
    viewer: () => anonymous,
  },
  Int: {
    kind: 'mutation',
    type: 'Int',
    field: value => `serviceCapacityReport(id: "ID", input: { total: ${value} }) ${SERVICE}`,
    argument: 'input.total',
    viewer: () => editor,
  },
  'Int of a page': {
    kind: 'query',
    type: 'Int',
    field: value => `partners(first: ${value}) { totalCount }`,
    argument: 'first',
    viewer: () => anonymous,
  },
  enum: {
    kind: 'query',
    type: 'ServiceStatus!',
    field: list(value => `statuses: [${value}]`),
    argument: 'filter.statuses.0',
    viewer: () => anonymous,
  },
  Boolean: {
    kind: 'query',
    type: 'Boolean',
    field: list(value => `hasFreePlaces: ${value}`),
    argument: 'filter.hasFreePlaces',
    viewer: () => anonymous,
  },
  String: {
    kind: 'mutation',
    type: 'String',
    field: value => `partnerUpdate(id: "ID", input: { name: ${value} }) { userErrors { code } }`,
    argument: 'input.name',
    viewer: () => editor,
  },
  ID: {
    kind: 'query',
    type: 'ID!',
    field: value => `partner(id: ${value}) { id }`,
    argument: 'id',
    viewer: () => anonymous,
  },
};

const asVariable = ({ kind, type, field, viewer }: Door, value: unknown) =>
  hub.as(viewer(), `${kind} ($value: ${type}) { ${field('$value').replaceAll('ID"', `${service.id}"`)} }`, { value });
const asLiteral = ({ kind, field, viewer }: Door, value: unknown) =>
  hub.as(viewer(), `${kind} { ${field(literal(value)).replaceAll('ID"', `${service.id}"`)} }`);

/** JSON is GraphQL, but for the names of fields. */
const literal = (value: unknown): string => JSON.stringify(value).replace(/"(\w+)":/g, '$1: ');

const MALFORMED: readonly [door: string, ...values: unknown[]][] = [
  ['LocalDate', '2026-02-30', '2026-13-01', '2026-00-10', '26-01-01', '2026-1-1', '2026-01-01T00:00:00Z', 'secret', ''],
  [
    'LocalDate',
    20260101,
    true,
    ['2026-01-01', '2026-01-02'],
    { day: 1 },
    '2025-02-29',
    '０２０26-01-01',
    '2026-01-01 ',
  ],
  ['LocalDate', '0000-01-01', '-001-01-01', '10000-01-01'],
  ['DateTime', '2026-03-10T09:00:00', '2026-03-10', '2026-02-30T09:00:00Z', '2026-03-10T25:00:00Z', 'secret', ''],
  ['DateTime', '9999-12-31T23:30:00-01:00', '0001-01-01T00:30:00+01:00', '0000-06-01T00:00:00Z'],
  ['DateTime', '2026-03-10 09:00', '10.03.2026 09:00', true, {}, ['x']],
  ['MunicipalityKey', '0533400', '053340020', 'ABCDEFGH', '05334 02', '', ' 05334002', '٠٥٣٣٤٠٠٢', 5334002, true, {}],
  ['LanguageTag', 'x', '', 'de_DE', 'deutsch!', 'd', 'de-', '-de', 'a'.repeat(36), 'de\n', 7, true, {}, '😀'],
  ['LanguageTag of a label', 'x', '', 'en_', 7, false],
  ['Int', 2_147_483_648, -2_147_483_649, 1e21, 1.5, -0.1, '7', '', true, {}, '1e3'],
  ['Int of a page', 99_999_999_999, 1.5, '20', true],
  ['enum', 'OPEN', 'active', '', 'ACTIVE ', 1, true, {}, '__proto__', 'constructor', 'toString'],
  ['Boolean', 'true', 'yes', 1, 0, '', {}],
  ['String', 7, true, { a: 1 }, 1.5],
  ['ID', 1.5, true, { a: 1 }],
];

describe.each(MALFORMED.map(([door, ...values]) => ({ door, values })))('$door', ({ door: name, values }) => {
  const door = DOORS[name]!;
  let before: unknown;
  beforeEach(async () => {
    before = await everything();
  });

  test.each(values.map(value => [value]))('%j is malformed, as a variable and as a literal', async value => {
    for (const ask of [asVariable, asLiteral]) {
      const { errors } = await ask(door, value);
      expect(errors?.length).toBeGreaterThan(0);
      const [{ message, extensions }] = errors as [NonNullable<typeof errors>[number]];
      // As a literal, the list or object itself may be at fault rather than what is in it.
      expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: expect.stringContaining(door.argument) });
      const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
      if (text.length > 3 && !message.includes(door.type.replace('!', ''))) expect(message).not.toContain(text);
    }
    expect(await everything()).toEqual(before);
    expect((await hub.as(anonymous, '{ __typename }')).data).toEqual({ __typename: 'Query' });
  });
});

describe('taken', () => {
  test.each([
    ['LanguageTag', 'DE'],
    ['LanguageTag', 'gsg'],
    ['LanguageTag', 'sgn-DE'],
    ['LanguageTag', 'zh-Hant-TW'],
    ['LanguageTag', 'de-1996'],
    ['MunicipalityKey', '05334002'],
    ['Boolean', null],
    ['Int of a page', 100],
    ['Int of a page', null],
    ['ID', '7'],
    ['ID', 7],
    ['enum', 'CLOSED'],
  ])('%s: %j', async (name, value) => {
    const { errors } = await asVariable(DOORS[name]!, value);
    expect(errors).toBeUndefined();
  });

  test('a moment may come in any zone', async () => {
    for (const at of ['2099-03-10T09:00:00Z', '2099-03-10T09:00:00+02:00', '2099-03-10T09:00:00.123456Z']) {
      const { data, errors } = await asVariable(DOORS.DateTime!, at);
      expect(errors).toBeUndefined();
      expect(data.referralSchedule.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    }
  });
});

test('a caseworker’s door is no other: nothing of a malformed value is read before it is refused', async () => {
  const query = 'mutation ($at: DateTime!) { referralSchedule(id: "x", at: $at) { userErrors { code } } }';
  const { errors } = await hub.as(caseworker, query, { at: 'gestern' });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'at' } }]);
});
