import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { ServiceStatus } from '../../src/service/service.rules.js';
import { testHub } from '../support/hub.js';
import { anotherService } from '../support/more-services.js';

const hub = testHub('record_references');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  world = await hub.given();
});

/** What names nothing, however it is written. */
const NOTHING = ['abc', '', 'a\u0000b', `${randomUUID()}x`, '{}', "'", randomUUID(), '99999', 'ÄÖ'];

const ERRORS = 'userErrors { code path }';
const ask = async (query: string, variables: object) => {
  const { data, errors } = await hub.as(world.partner, query, variables);
  // Some of it is no request at all: that is said at the top level, and is the caller's fault there too.
  if (errors) return { top: errors[0]!.extensions.code };
  return { path: data.answer.userErrors[0]?.path.slice(0, 2), code: data.answer.userErrors[0]?.code };
};

const isRefused = (answer: Awaited<ReturnType<typeof ask>>, field: string) =>
  expect(['top' in answer ? answer.top : `${answer.code} ${answer.path}`]).toEqual([
    expect.toBeOneOf(['BAD_USER_INPUT', `INVALID_INPUT input,${field}`]),
  ]);

const MANY = `mutation ($edits: [ServiceEditInput!]!) {
  servicesUpdate(edits: $edits) { rows { outcome userErrors { code path } } ${ERRORS} } }`;

const LISTS = ['locations', 'categories', 'needs', 'serviceArea'];
const inputsOf = (value: string): [string, object][] => [
  ...LISTS.map((field): [string, object] => [field, { [field]: [value] }]),
  ['criteria', { criteria: [{ effect: 'REQUIRES', needs: [value] }] }],
];

describe.each([ServiceStatus.ACTIVE, ServiceStatus.PAUSED, ServiceStatus.CLOSED])('of a service that is %s', status => {
  beforeEach(async () => {
    world = await hub.given({ service: { status } });
  });

  test.each(NOTHING)('what names nothing (%j) is a fault of its field in every edit', async value => {
    const { id } = world.service;
    for (const [field, input] of inputsOf(value)) {
      const update = `mutation ($id: ID!, $input: ServiceInput!) { answer: serviceUpdate(id: $id, input: $input) { ${ERRORS} } }`;
      isRefused(await ask(update, { id, input }), field);
      const propose = `mutation ($id: ID!, $input: ServiceInput!) { answer: serviceCorrectionPropose(id: $id, input: $input) { ${ERRORS} } }`;
      isRefused(await ask(propose, { id, input }), field);
      const all = { name: 'Neu', feedbackLevel: 'STATUS', categories: ['job-coaching'], languages: ['de'], status };
      const create = `mutation ($id: ID!, $input: ServiceInput!) { answer: serviceCreate(partner: $id, input: $input) { ${ERRORS} } }`;
      isRefused(await ask(create, { id: world.anker.id, input: { ...all, ...input } }), field);
    }
  });

  test.each(NOTHING)('among many edits (%j) keeps none of the others from being stored', async value => {
    const other = await anotherService(hub, world);
    for (const [i, [field, input]] of inputsOf(value).entries()) {
      const edits = [
        { id: world.service.id, input },
        { id: other, input: { name: `Kurs ${i}` } },
      ];
      const { data, errors } = await hub.as(world.partner, MANY, { edits });
      if (errors) {
        expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
        continue;
      }
      const [bad, good] = data.servicesUpdate.rows;
      expect(bad).toMatchObject({ outcome: 'REFUSED', userErrors: [{ code: 'INVALID_INPUT' }] });
      expect(bad.userErrors[0].path[0]).toBe(field);
      expect(good).toEqual({ outcome: 'CHANGED', userErrors: [] });
    }
  });
});

test.each(NOTHING)(
  'an umbrella, a municipality or a place of work that is none (%j) is a fault of its field',
  async value => {
    const partner = `mutation ($id: ID!, $input: PartnerUpdateInput!) { answer: partnerUpdate(id: $id, input: $input) { ${ERRORS} } }`;
    const correct = `mutation ($id: ID!, $input: PartnerUpdateInput!) { answer: partnerCorrectionPropose(id: $id, input: $input) { ${ERRORS} } }`;
    const register = `mutation ($id: String!, $input: PartnerUpdateInput!) { answer: partnerRegister(network: $id, input: $input) { ${ERRORS} } }`;
    if (value !== '') {
      isRefused(await ask(partner, { id: world.anker.id, input: { parent: value } }), 'parent');
      isRefused(await ask(correct, { id: world.anker.id, input: { parent: value } }), 'parent');
      const input = { name: 'Haus Neu', kinds: ['EMPLOYER'], parent: value };
      isRefused(await ask(register, { id: world.network.slug, input }), 'parent');
    }
    const location = `mutation ($id: ID!, $input: LocationInput!) { answer: locationUpdate(id: $id, input: $input) { ${ERRORS} } }`;
    isRefused(await ask(location, { id: world.location.id, input: { municipality: value } }), 'municipality');
    const vacancy = `mutation ($id: ID!, $input: JobOpeningInput!) { answer: jobOpeningCreate(partner: $id, input: $input) { ${ERRORS} } }`;
    const job = { title: 'Hilfe in der Küche', occupation: '29301' };
    if (value !== '')
      isRefused(await ask(vacancy, { id: world.anker.id, input: { ...job, location: value } }), 'location');
    isRefused(await ask(vacancy, { id: world.anker.id, input: { ...job, needs: [value] } }), 'needs');
  },
);

test('what is closed may have taken place where nothing is any more, but not at what is not the partner’s', async () => {
  world = await hub.given({ service: { status: ServiceStatus.CLOSED } });
  await hub.owner().execute(`update location set status = 'ARCHIVED' where id = ?`, [world.location.id]);
  const update = `mutation ($id: ID!, $input: ServiceInput!) { answer: serviceUpdate(id: $id, input: $input) { ${ERRORS} } }`;
  const { id } = world.service;
  const kept = await ask(update, { id, input: { locations: [world.location.id] } });
  expect(kept).toEqual({});
  const strange = await hub.given();
  isRefused(await ask(update, { id, input: { locations: [strange.location.id] } }), 'locations');
});
