import { expect, test } from 'vitest';
import { networkId } from '../../src/demo/geography.js';
import { TEAMS } from '../../src/demo/staff.data.js';
import { buildWorld } from '../../src/demo/world.js';
import { Secrets } from '../../src/shared/secrets.js';

const world = buildWorld(new Date('2026-05-31T23:30:00+02:00'), new Secrets(new Uint8Array(64)));

// biome-ignore lint/suspicious/noExplicitAny: rows of any table
const rowsOf = (table: string): any[] => (world.find(([name]) => name === table)?.[1] ?? []) as object[];

const bochum = networkId('bochum');
const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

test('each network has a Jobcenter; that of Bochum has seven sites, all assessed in 2018', () => {
  const jobcenters = rowsOf('jobcenter');
  expect(new Set(jobcenters.map(one => one.network_id)).size).toBe(5);
  const { partner_id } = jobcenters.find(one => one.network_id === bochum);
  const sites = rowsOf('location').filter(one => one.partner_id === partner_id);
  expect(sites).toHaveLength(7);
  const assessed = rowsOf('accessibility_assessment').filter(({ assessed_on }) => assessed_on.startsWith('2018-'));
  expect(assessed.map(one => one.location_id).sort()).toEqual(sites.map(one => one.id).sort());
  const remedies = rowsOf('accessibility_remedy').filter(one => sites.some(({ id }) => id === one.location_id));
  expect(sum(remedies.map(one => one.cost_cents ?? 0))).toBe(18_465_000);
});

test('every criterion of an assessment has its finding; of an assessed place nothing else is known', () => {
  const findings = Map.groupBy(rowsOf('accessibility_finding'), one => one.assessment_id);
  const assessments = rowsOf('accessibility_assessment');
  expect(new Set(assessments.map(({ id }) => findings.get(id)?.length))).toEqual(new Set([29]));
  const days = Map.groupBy(assessments, one => one.location_id);
  for (const [location, of] of days) {
    const known = rowsOf('accessibility_entry').filter(one => one.location_id === location);
    expect(known).toHaveLength(9);
    const last = of
      .map(one => one.assessed_on)
      .sort()
      .at(-1);
    for (const { state, assessed_on } of known) expect(assessed_on).toBe(state === 'UNKNOWN' ? null : last);
  }
});

test('who was trained in Bochum by which day is as its action plan read it, and never more than work in a team', () => {
  expect(sum(TEAMS.bochum!.map(one => one.staff))).toBe(100);
  const days = new Map(rowsOf('training_session').map(one => [one.id, one.held_until]));
  const courses = new Map(rowsOf('training_session').map(one => [one.id, one.course_id]));
  const about = (topic: string) =>
    rowsOf('training_course').find(one => one.network_id === bochum && one.topics.includes(topic)).id;
  const trained = (topic: string, on: string) =>
    sum(
      rowsOf('training_attendance')
        .filter(one => courses.get(one.session_id) === about(topic) && days.get(one.session_id) <= on)
        .map(one => one.first_time),
    );
  const readings = ['2018-07-02', '2018-10-01', '2019-01-07', '2019-04-01', '2019-07-01', '2019-10-01', '2019-12-31'];
  expect(readings.map(on => trained('mental-illness', on))).toEqual([9, 24, 41, 58, 73, 88, 100]);
  expect(readings.map(on => trained('addiction', on))).toEqual([0, 17, 33, 52, 66, 81, 94]);
  const staff = new Map(rowsOf('team').map(one => [one.id, one.staff]));
  for (const { team_id, attended } of rowsOf('training_attendance'))
    expect(attended).toBeLessThanOrEqual(staff.get(team_id));
});

test('the three Jobcenters of MIAR looked at themselves in 2013 and 2014', () => {
  const teams = new Map(rowsOf('team').map(one => [one.id, one.network_id]));
  const audits = rowsOf('self_audit').map(one => `${teams.get(one.team_id)} ${one.filled_on.slice(0, 4)}`);
  const networks = ['aachen', 'wuppertal', 'unna'].map(networkId);
  expect(new Set(audits)).toEqual(new Set(networks.flatMap(id => [`${id} 2013`, `${id} 2014`])));
  expect(rowsOf('self_audit_answer')).toHaveLength(audits.length * 5);
});
