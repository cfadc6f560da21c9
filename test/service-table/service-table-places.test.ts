import { beforeEach, describe, expect, test } from 'vitest';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { ago, anonymous, both, caseworkerIn, coordinatorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { anotherService } from '../support/more-services.js';

const hub = testHub('service_table_places');
const NOW = new Date('2026-03-10T09:00:00.123Z');
const LATER = ago(NOW, -2);
const COLUMNS = ['Plätze gesamt', 'davon anderweitig belegt', 'Wartende', 'Wartezeit in Tagen', 'Plätze gemeldet am'];

let world!: Awaited<ReturnType<typeof hub.given>>;
let other!: string;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given({ total: 4 });
  other = await anotherService(hub, world);
  const report = { total: 12, occupiedElsewhere: 3, waiting: 2, expectedWaitDays: 21 };
  await hub.as(
    world.partner,
    'mutation ($id: ID!, $report: CapacityReportInput!) { serviceCapacityReport(id: $id, input: $report) { userErrors { code } } }',
    { id: world.service.id, report },
  );
  hub.setNow(LATER);
});

const IMPORT = `mutation ($partner: ID!, $csv: String!, $dryRun: Boolean) {
  servicesImportCsv(partner: $partner, csv: $csv, dryRun: $dryRun) { rows { row outcome service { id version name
      capacity { total free occupiedElsewhere waiting expectedWaitDays reportedAt } }
    userErrors { code path conflicts { field label current currentText yours both } } } userErrors { code path } } }`;
const table = async (viewer: Viewer = world.partner): Promise<string> =>
  (await hub.as(viewer, 'query ($id: ID!) { servicesCsv(partner: $id) }', { id: world.anker.id })).data.servicesCsv;
const taken = async (lines: readonly string[] | string, viewer: Viewer = world.partner, more: object = {}) => {
  const csv = typeof lines === 'string' ? lines : lines.join('\r\n');
  return (await hub.as(viewer, IMPORT, { partner: world.anker.id, csv, ...more })).data.servicesImportCsv;
};
const stored = () => hub.owner().execute('select * from service_capacity order by service_id');
const cellsOf = (csv: string, id: string): string[] =>
  csv
    .split('\r\n')
    .find(line => line.includes(id))!
    .split(';')
    .slice(-COLUMNS.length);

describe('places in the table', () => {
  test('stand in it as they were reported, empty where they never were', async () => {
    const csv = await table();
    expect(csv.split('\r\n')[0]!.split(';').slice(-COLUMNS.length)).toEqual(COLUMNS);
    expect(cellsOf(csv, world.service.id)).toEqual(['12', '3', '2', '21', '10.03.2026']);
    expect(cellsOf(csv, other)).toEqual(['', '', '', '', '']);
  });

  test('that nobody touched report nothing, whatever referrals did meanwhile', async () => {
    const csv = await table();
    await hub
      .owner()
      .execute('update service_capacity set reserved = reserved + 1, waitlisted = 3 where service_id = ?', [
        world.service.id,
      ]);
    const before = await stored();
    expect((await taken(csv)).rows).toMatchObject([{ outcome: 'UNCHANGED' }, { outcome: 'UNCHANGED' }]);
    expect(await stored()).toEqual(before);
  });

  test('that were changed are a report of today, for these services alone', async () => {
    const { id, version } = world.service;
    const { rows } = await taken([
      'Kennung;Plätze gesamt;davon anderweitig belegt;Wartezeit in Tagen',
      `${id};12;5;`,
      `${other};;;`,
    ]);
    expect(rows).toMatchObject([
      {
        outcome: 'CHANGED',
        service: {
          version,
          capacity: {
            total: 12,
            occupiedElsewhere: 5,
            waiting: 2,
            expectedWaitDays: null,
            reportedAt: LATER.toISOString(),
          },
        },
      },
      { outcome: 'UNCHANGED', service: { id: other, capacity: null } },
    ]);
  });

  test('of a new service are reported with it', async () => {
    const { rows } = await taken([
      'Name;Sprachen;Angebotsarten;Rückmeldestufe;Plätze gesamt;Wartende',
      'Neu;Deutsch;Jobcoaching;Stand;8;',
      'Neuer;Deutsch;Jobcoaching;Stand;;',
    ]);
    expect(rows).toMatchObject([
      { outcome: 'CREATED', service: { capacity: { total: 8, free: 8, waiting: null } } },
      { outcome: 'CREATED', service: { capacity: null } },
    ]);
  });

  test('go with the row: what is refused changes neither', async () => {
    const { id, version } = world.service;
    const before = await stored();
    const { rows } = await taken([
      'Kennung;Version;Name;Plätze gesamt;Wartende',
      `${id};${version + 3};Neu;20;`,
      `${other};;Anderer;viele;1000000`,
    ]);
    expect(rows).toMatchObject([
      { outcome: 'REFUSED', userErrors: [{ code: 'VERSION_CONFLICT' }] },
      { outcome: 'REFUSED', userErrors: [{ path: ['total'] }, { path: ['waiting'] }] },
    ]);
    expect(await stored()).toEqual(before);
  });

  test('of a table that is older than the last report are refused with both values; the same values are not', async () => {
    const csv = await table();
    await taken(['Kennung;Plätze gesamt', `${world.service.id};15`]);
    const before = await stored();
    const { rows } = await taken(csv);
    expect(rows.find((row: { outcome: string }) => row.outcome === 'REFUSED')).toMatchObject({
      service: { id: world.service.id },
      userErrors: [
        {
          code: 'VERSION_CONFLICT',
          path: ['reportedAt'],
          conflicts: [
            { field: 'total', label: 'Plätze gesamt', current: 15, currentText: '15', yours: 12, both: true },
          ],
        },
      ],
    });
    expect(await stored()).toEqual(before);
    expect((await taken(csv.replace(';12;3;2;21;', ';15;3;2;21;'))).rows).toMatchObject([
      { outcome: 'UNCHANGED' },
      { outcome: 'UNCHANGED' },
    ]);
  });

  test.each(['10.3.26', '2026-03-10', '12.03.2026 08:00', ''])('reported on "%s" is read', async day => {
    const { rows } = await taken(['Kennung;Wartende;Plätze gemeldet am', `${world.service.id};7;${day}`]);
    expect(rows).toMatchObject([{ outcome: 'CHANGED', service: { capacity: { waiting: 7 } } }]);
  });

  test('in a trial are looked at, and stay', async () => {
    const before = await stored();
    const { rows } = await taken(['Kennung;Wartende', `${world.service.id};9`], world.partner, { dryRun: true });
    expect(rows).toMatchObject([{ outcome: 'CHANGED' }]);
    expect(await stored()).toEqual(before);
  });

  test('are not for others to see, nor rounded ones exactly', async () => {
    for (const viewer of [anonymous, world.caseworker, world.stranger])
      expect(await table(viewer)).not.toContain('Plätze');
    expect(cellsOf(await table(world.coordinator), world.service.id)).toEqual(['12', '3', '2', '21', '10.03.2026']);
    await hub
      .owner()
      .execute('update service set feedback_level = ? where id = ?', [FeedbackLevel.RECEIVED_ONLY, world.service.id]);
    expect(
      cellsOf(await table(both(coordinatorOf(world.network), caseworkerIn(world.network))), world.service.id),
    ).toEqual(['', '', '', '', '']);
    expect(cellsOf(await table(world.coordinator), world.service.id)).toEqual(['12', '3', '2', '21', '10.03.2026']);
  });

  test('are reported by the partner alone: a coordinator who keeps its table may hand it back, but not report', async () => {
    await hub.owner().execute('delete from membership where partner_id = ?', [world.anker.id]);
    const csv = await table(world.coordinator);
    const before = await stored();
    expect((await taken(csv, world.coordinator)).rows).toMatchObject([
      { outcome: 'UNCHANGED' },
      { outcome: 'UNCHANGED' },
    ]);
    const { rows } = await taken(['Kennung;Plätze gesamt', `${world.service.id};20`], world.coordinator);
    expect(rows).toMatchObject([{ outcome: 'REFUSED', userErrors: [{ code: 'INVALID_INPUT', path: ['total'] }] }]);
    expect(await stored()).toEqual(before);
  });
});
