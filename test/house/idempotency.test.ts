import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { hubSchema } from '../../src/schema.js';
import { ANONYMOUS, Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('house_idempotency');
const schema = await hubSchema();

/** Well formed, and of nothing that there is. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  ID: '00000000-0000-4000-8000-000000000000',
  String: 'Ein Beispiel, lang genug für jeden Grund.',
  Int: 1,
  Float: 1,
  Boolean: true,
  LocalDate: '2099-01-01',
  DateTime: '2099-01-01T09:00:00.000Z',
  MunicipalityKey: '05334002',
  LanguageTag: 'de',
  Cents: 100,
};

/** A value of a type, with no more than it needs. */
function sample(type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [sample(bare.ofType)];
  if (isEnumType(bare)) return bare.getValues()[0]!.value;
  if (isInputObjectType(bare)) {
    const fields = Object.values(bare.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(fields.map(field => [field.name, sample(field.type)]));
  }
  if (!(bare.name in SAMPLES)) throw new Error(`Give the scalar ${bare.name} a sample.`);
  return SAMPLES[bare.name];
}

const mutations = Object.values(schema.getMutationType()!.getFields()).map(field => {
  const needed = field.args.filter(arg => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const types = needed.map(arg => `$${arg.name}: ${arg.type}`).join(', ');
  const given = needed.map(arg => `${arg.name}: $${arg.name}`).join(', ');
  return {
    name: field.name,
    query: `mutation ${types && `(${types})`} {
      answer: ${field.name}${given && `(${given})`} { userErrors { code message path } } }`,
    variables: Object.fromEntries(needed.map(arg => [arg.name, sample(arg.type)])),
  };
});

describe('every mutation', () => {
  let viewer!: Viewer;
  beforeAll(async () => {
    const { network, anker } = await hub.given();
    const everything = Object.values(Role).map(role => ({
      role,
      networkId: role === Role.AUDITOR || role === Role.ADMIN ? null : network.id,
      partnerId: role === Role.PARTNER_EDITOR ? anker.id : null,
    }));
    viewer = { ...ANONYMOUS, subject: 'everybody', displayName: 'everybody', memberships: everything };
  });

  it.each(mutations)('goes by its key, once: $name', async ({ name, query, variables }) => {
    const ask = () => hub.ask(viewer, { query, variables }, { 'idempotency-key': name });
    const first = await ask();
    expect(first.answer.errors).toBeUndefined();
    const rows = await hub
      .owner()
      .execute<{ result: unknown; refusal: { code: string } | null; answer: object | null }[]>(
        'select result, refusal, answer from idempotency_key where key = ?',
        [name],
      );
    expect(rows).toHaveLength(1);
    const [{ code } = { code: null }] = first.answer.data.answer.userErrors;
    expect(rows[0]!.refusal?.code ?? null).toBe(code);
    expect([rows[0]!.result, rows[0]!.refusal].filter(end => end !== null)).toHaveLength(1);
    expect(rows[0]!.answer).not.toBeNull();

    const second = await ask();
    expect([second.headers['idempotency-replayed'], second.text]).toEqual(['true', first.text]);
    const other = await hub.ask(viewer, { query: `${query} `, variables }, { 'idempotency-key': name });
    expect(other.answer.data.answer.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
  });
});
