import { describe, expect, test } from 'vitest';
import type { SourceRowValues } from '../../src/hsds-import/hsds-owner.rules.js';
import { exporting } from '../hsds-export/exporting.js';
import { testHub } from '../support/hub.js';
import { take } from '../support/referral-steps.js';
import { importing } from './importing.js';

const hub = testHub('hsds_capacity');
const run = importing(hub);

type Capacity = Readonly<Record<string, string>>;
const PLACES = { id: 'c1', service_id: 's1', unit_id: 'u1' };
const MONDAY = '2026-03-02T08:00:00.000Z';
const TUESDAY = '2026-03-03T08:00:00.000Z';

const exported = exporting(hub);

/** A network with one service of a source, which says this of its places. */
async function given(...first: Capacity[]) {
  hub.setNow(new Date('2026-03-10T09:00:00.000Z'));
  const world = await hub.given();
  const level = { id: 'a1', link_id: 's1', link_entity: 'service', taxonomy_term_id: 't1' };
  const hear = (...capacities: Capacity[]) =>
    run(world.network.id, {
      organizations: [{ id: 'o1', name: 'Verein Ufer' }],
      services: [{ id: 's1', organization_id: 'o1', name: 'Werkstatt', status: 'active' }],
      taxonomies: [{ id: 'x1', name: 'partnernetz:feedback-level' }],
      taxonomy_terms: [{ id: 't1', taxonomy_id: 'x1', code: 'STATUS', name: 'STATUS' }],
      attributes: [level],
      units: [{ id: 'u1', name: 'Plätze' }],
      service_capacity: capacities,
    });
  const { report } = await hear(...first);
  const [service] = await hub
    .owner()
    .execute<{ id: string }[]>(`select id from service where network_id = ? and name = 'Werkstatt'`, [
      world.network.id,
    ]);
  const id = service!.id;
  const places = async () => {
    const query = `{ service(id: "${id}") { capacity { total free reportedAt } } }`;
    return (await hub.as(world.coordinator, query)).data.service.capacity;
  };
  const codes = (of: typeof report) => of.summary().map(({ code }) => code);
  const out = async () =>
    (await exported(world.network.id)).flatMap(({ table, values }) =>
      table === 'service_capacity' && values.service_id === 's1' ? [values] : [],
    );
  const held = (reserved: number) =>
    hub.owner().execute('update service_capacity set reserved = ? where service_id = ?', [reserved, id]);
  return { ...world, hear, id, places, codes, out, held, codesAtFirst: codes(report) };
}

describe('places that a source tells', () => {
  test('are those of the service, as of the day that it names', async () => {
    const { places } = await given({ ...PLACES, available: '4', maximum: '12', updated: MONDAY });
    expect(await places()).toEqual({ total: 12, free: 4, reportedAt: MONDAY });
  });

  test('change with younger ones, and leave alone what referrals hold', async () => {
    const { places, hear, held } = await given({ ...PLACES, available: '4', maximum: '12', updated: MONDAY });
    await held(2);
    expect(await places()).toMatchObject({ free: 2 });
    await hear({ ...PLACES, available: '5', maximum: '10', updated: TUESDAY });
    expect(await places()).toEqual({ total: 10, free: 5, reportedAt: TUESDAY });
  });

  test('never overwrite a younger report of the partner, also where the source says it anew', async () => {
    const { places, hear, id } = await given({ ...PLACES, available: '4', maximum: '12', updated: MONDAY });
    await hub
      .owner()
      .execute('update service_capacity set total = 8, occupied_elsewhere = 8, reported_at = ? where service_id = ?', [
        TUESDAY,
        id,
      ]);
    await hear({ ...PLACES, available: '9', maximum: '12', updated: '2026-03-02T12:00:00.000Z' });
    expect(await places()).toEqual({ total: 8, free: 0, reportedAt: TUESDAY });
  });

  test.each([
    ['more free than there are', [{ ...PLACES, available: '12', maximum: '10', updated: MONDAY }], 'NOT_COUNTED'],
    ['no maximum', [{ ...PLACES, available: '3', updated: MONDAY }], 'NOT_COUNTED'],
    ['no day', [{ ...PLACES, available: '3', maximum: '5' }], 'NOT_COUNTED'],
    ['half a place', [{ ...PLACES, available: '2.5', maximum: '5', updated: MONDAY }], 'NOT_COUNTED'],
    ['a day to come', [{ ...PLACES, available: '3', maximum: '5', updated: '2031-01-01T00:00:00Z' }], 'OUT_OF_RANGE'],
    [
      'two units',
      [
        { ...PLACES, available: '3', maximum: '5', updated: MONDAY },
        { ...PLACES, id: 'c2', unit_id: 'u2', available: '1', maximum: '2', updated: MONDAY },
      ],
      'NOT_COUNTED',
    ],
  ])('are kept aside, and said so: %s', async (_, capacities, code) => {
    const { places, codesAtFirst, out } = await given(...(capacities as Capacity[]));
    expect(await places()).toBeNull();
    expect(codesAtFirst).toContain(code);
    expect(await out()).toHaveLength(capacities.length);
  });
});

test('a place that is free by them is told to who waits for it', async () => {
  const { network, partner, referrals, service } = await hub.given({ referrals: 1, total: 0 });
  await take(hub, partner, 'WAITLIST', referrals[0]!.id);
  hub.setNow(new Date('2026-03-11T09:00:00.000Z'));
  const told = () =>
    hub
      .owner()
      .execute<{ party: string }[]>(
        `select party from referral_notice where kind = 'PLACE_FREE' and referral_id = ? order by 1`,
        [referrals[0]!.id],
      );
  expect(await told()).toEqual([]);
  const rows = await exported(network.id);
  const places = { available: '2', maximum: '2', updated: '2026-03-11T08:00:00.000Z' };
  async function* anew(): AsyncGenerator<SourceRowValues> {
    for (const { table, id, values } of rows)
      yield {
        table,
        id,
        file: table,
        row: 2,
        values: { ...values, ...(values.service_id === service.id && table === 'service_capacity' && places) },
      };
  }
  await run(network.id, anew());
  expect((await told()).map(({ party }) => party)).toEqual(['CASEWORKER', 'PARTNER']);
});

describe('on the way out', () => {
  const SAID = { ...PLACES, available: '4', maximum: '12', updated: MONDAY, description: 'Werkbänke' };

  test('goes what the source said, as long as nobody said otherwise', async () => {
    const { out } = await given(SAID);
    expect(await out()).toMatchObject([{ unit_id: 'u1', available: '4', description: 'Werkbänke' }]);
  });

  test('go the places of today where they changed since', async () => {
    const { out, held } = await given(SAID);
    await held(1);
    expect(await out()).toMatchObject([{ available: '3', maximum: '12', updated: MONDAY }]);
  });

  test('tells a discreet service no more than everybody sees, and no acceptance', async () => {
    const { out, held, id } = await given(SAID);
    await hub.owner().execute(`update service set feedback_level = 'NONE' where id = ?`, [id]);
    expect(await out()).toMatchObject([{ available: '4' }]);
    await held(1);
    expect(await out()).toMatchObject([{ available: '4' }]);
    await hub.owner().execute('update service_capacity set reported_at = ? where service_id = ?', [TUESDAY, id]);
    expect(await out()).toMatchObject([{ available: '3', maximum: '12', updated: TUESDAY }]);
    await held(2);
    expect(await out()).toMatchObject([{ available: '1' }]);
  });
});
