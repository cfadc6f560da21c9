import { MikroORM } from '@mikro-orm/postgresql';
import { describe, expect, inject, it } from 'vitest';
import { migrations } from '../../migrations/index.js';
import { ormConnection, withClient } from '../../src/database/client.js';
import { migrate } from '../../src/database/migrate.js';
import { entities } from '../../src/entities.js';
import { askedOf } from '../support/availability.js';
import { at, copyOfTemplate } from '../support/database.js';
import { hangRows } from '../support/hanging-rows.js';
import { testHub } from '../support/hub.js';
import { CASE_TABLES } from '../support/rows.js';
import { staffRows } from '../support/staff-rows.js';
import { catalogOf } from './catalog.js';

/** The ORM knows only foreign keys of one column, so these are in the migrations alone. */
const OF_MIGRATIONS = /^constraint \w+_same_(case|network|partner) on /;

/** What keeps the finder index, and the key of its entries, which holds more than a key: the ORM knows nothing of these. */
const KEEPS_FINDER = /^CREATE TRIGGER finder_|^CREATE OR REPLACE FUNCTION public\.finder_|\bfinder_area_pkey\b/;

/** Where the migrations that ran are written down. */
const JOURNAL = /\bmikro_orm_migrations/;

/** An empty database, owned by the role that migrates. */
async function emptyDatabase(name: string): Promise<{ superuser: string; owner: string }> {
  const { superuser, owner } = inject('database');
  await withClient(superuser, client =>
    client.query(`create database ${name} template template0 owner ${new URL(owner).username}`),
  );
  return { superuser: at(superuser, name), owner: at(owner, name) };
}

describe('the migrations', () => {
  it('make what the entities say, and nothing else', async () => {
    const migrated = await copyOfTemplate('house_migrated');
    const declared = await emptyDatabase('house_declared');
    // What entities can't say, but use.
    const folding = await withClient(migrated.superuser, async client => {
      const { rows } = await client.query(`select pg_get_functiondef('fold_german(text)'::regprocedure) as sql`);
      return rows[0].sql as string;
    });
    await withClient(declared.owner, client => client.query(`create extension pg_trgm; ${folding}`));
    const orm = await MikroORM.init({ ...ormConnection(declared.owner), entities });
    await orm.schema.create();
    await orm.close(true);

    const [ofMigrations, ofEntities] = [
      await withClient(migrated.superuser, catalogOf),
      await withClient(declared.superuser, catalogOf),
    ];
    expect(ofEntities.length).toBeGreaterThan(300);
    const ofTables = (lines: string[]) => lines.filter(line => !KEEPS_FINDER.test(line));
    expect(ofTables(ofMigrations).filter(line => !OF_MIGRATIONS.test(line) && !JOURNAL.test(line))).toEqual(
      ofTables(ofEntities),
    );
  });

  it('do nothing the second time', async () => {
    const { owner, superuser } = await copyOfTemplate('house_twice');
    const before = await withClient(superuser, catalogOf);
    expect(await migrate(owner, 'hub_app')).toEqual([]);
    expect(await withClient(superuser, catalogOf)).toEqual(before);
  });

  it('run once where two hubs start at once', async () => {
    const { owner, superuser } = await emptyDatabase('house_at_once');
    const ran = await Promise.all([migrate(owner, 'hub_app'), migrate(owner, 'hub_app')]);
    expect(ran.flat()).toEqual(migrations.map(one => one.name));
    const { rows } = await withClient(superuser, client => client.query('select name from mikro_orm_migrations'));
    expect(rows.map(row => row.name)).toEqual(ran.flat());
  });
});

describe('keys that carry the network', () => {
  const hub = testHub('house_keys');

  const PLAN_ELSEWHERE = `with p as (insert into action_plan (network_id, title, "from", "until")
    values (:elsewhere, 'Plan', '2026-01-01', '2026-12-31') returning id, network_id)`;
  const MEASURE = `insert into plan_measure (plan_id, network_id, partner_id, position, field, title, owner, needs, starts_on,
    due_on, unit, baseline, target, indicator)`;
  const MEASURE_VALUES = `1, 'NETWORK', 'Netz', 'Koordination', '{}', '2026-01-01', '2026-12-31', 'COUNT', 0, 1, 'MANUAL'`;
  /** SQL: the other network shares with that of the referral, or with one that is neither. */
  const AGREED = (receiver: 'r.network_id' | 'p.network_id') => `with made as (
    insert into sharing_agreement (network_id, receiver_id, proposer_id, starts_on, proposed_at)
    select :elsewhere, ${receiver}, ${receiver}, '2026-01-01', now() from referral r
    join partner p on p.network_id ${receiver === 'r.network_id' ? '=' : '<>'} r.network_id where r.id = :referral limit 1
    returning id, network_id, receiver_id)`;

  /** By constraint: an update that would point into another network, to another case, or to another partner's service. */
  const TRESPASSES: Readonly<Record<string, string>> = {
    action_plan_accession_same_network: `with f as (
        insert into framework_agreement (slug, title, initiative, concluded_on)
        values ('probe', 'Probe', 'Probe', '2026-01-01') returning id
      ), a as (
        insert into accession (network_id, agreement_id, deadline)
        select :elsewhere::uuid, id, '2026-02-01' from f returning id, network_id)
      insert into action_plan (network_id, accession_id, title, "from", "until")
      select (select n.id from network n where n.id <> a.network_id limit 1), a.id, 'Plan', '2026-01-01', '2026-02-01' from a`,
    availability_request_question_same_network: 'update availability_request set network_id = :elsewhere',
    availability_request_service_same_partner: 'update availability_request set partner_id = :stranger',
    client_case_health_case_same_network: 'update client_case_health set network_id = :elsewhere',
    consent_case_same_network: 'update consent set network_id = :elsewhere',
    jobcenter_partner_same_network: `update jobcenter set network_id = :elsewhere
      where network_id = (select network_id from referral where id = :referral)`,
    funding_decision_case_same_network:
      'update funding_decision set network_id = :elsewhere, referral_id = null, disclosed = false',
    funding_decision_referral_same_case: `with other as (
        insert into client_case (network_id, reference, municipality_key, languages, assigned_to_id)
        select c.network_id, 'P-X', c.municipality_key, '{}', c.assigned_to_id from client_case c
        join referral r on r.client_case_id = c.id where r.id = :referral returning id, network_id)
      update funding_decision d set client_case_id = other.id from other
      where d.network_id = other.network_id and d.referral_id is not null`,
    funding_decision_referral_same_network: 'update funding_decision set referral_id = :foreign',
    membership_partner_same_network: 'update membership set network_id = :elsewhere where partner_id is not null',
    partner_merged_into_same_network: `update partner set status = 'ARCHIVED', merged_into_id = (
      select f.id from partner f where f.network_id <> partner.network_id limit 1) where id = :stranger`,
    plan_measure_partner_same_network: `${PLAN_ELSEWHERE} ${MEASURE} select p.id, p.network_id, :stranger::uuid, ${MEASURE_VALUES} from p`,
    plan_measure_plan_same_network: `${PLAN_ELSEWHERE} ${MEASURE}
      select p.id, (select n.id from network n where n.id <> p.network_id limit 1), null, ${MEASURE_VALUES} from p`,
    referral_appointment_referral_same_network: 'update referral_appointment set network_id = :elsewhere',
    referral_case_same_network: 'update referral set network_id = :elsewhere',
    referral_disclosure_referral_same_network: 'update referral_disclosure set network_id = :elsewhere',
    referral_event_referral_same_network: 'update referral_event set network_id = :elsewhere',
    referral_notice_referral_same_network: 'update referral_notice set network_id = :elsewhere',
    referral_parent_same_network: 'update referral set parent_id = :foreign where id = :referral',
    referral_question_referral_same_network: 'update referral_question set network_id = :elsewhere',
    referral_follow_up_referral_same_network: 'update referral_follow_up set network_id = :elsewhere',
    referral_message_referral_same_network: 'update referral_message set network_id = :elsewhere',
    referral_gap_same_network: `with foreign_gap as (
      insert into gap (network_id, municipality_key, category_code, reason, month, withheld_in)
      values (:elsewhere, (select key from municipality limit 1), 'placement', 'NO_SERVICE', '2026-01-01', '2026-01-01')
      returning id) update referral set gap_id = (select id from foreign_gap)`,
    referral_service_same_network: `${AGREED('r.network_id')} update referral r
      set giver_network_id = made.network_id, shared_under_id = made.id from made where r.network_id = made.receiver_id`,
    referral_service_same_partner: 'update referral set partner_id = :stranger',
    training_attendance_session_same_network: `with foreign_team as (
      insert into team (network_id, name, staff) values (:elsewhere, 'Team', 1) returning id, network_id)
      insert into training_attendance (session_id, team_id, network_id, attended, first_time)
      select s.id, t.id, t.network_id, 0, 0 from training_session s, foreign_team t`,
    training_attendance_team_same_network: `with foreign_team as (
      insert into team (network_id, name, staff) values (:elsewhere, 'Team', 1) returning id)
      insert into training_attendance (session_id, team_id, network_id, attended, first_time)
      select s.id, t.id, s.network_id, 0, 0 from training_session s, foreign_team t`,
    training_session_course_same_network: `insert into training_session (course_id, network_id, held_on, held_until)
      select id, :elsewhere, '2026-01-01', '2026-01-01' from training_course`,
    referral_shared_under_same_network: `${AGREED('p.network_id')} update referral r
      set giver_network_id = made.network_id, shared_under_id = made.id from made where r.network_id <> made.receiver_id`,
    service_partner_same_network: `insert into service (partner_id, network_id, name, languages, delivery_modes, feedback_level)
      values (:stranger, :elsewhere, 'Fremd', '{}', '{ON_SITE}', 'STATUS')`,
    sharing_partner_agreement_same_network: `${AGREED('r.network_id')}
      insert into sharing_partner (agreement_id, partner_id, network_id)
      select made.id, p.id, p.network_id from made, partner p where p.id = :stranger`,
    sharing_partner_partner_same_network: `${AGREED('r.network_id')}
      insert into sharing_partner (agreement_id, partner_id, network_id)
      select id, :stranger, network_id from made`,
  };

  /** Tables whose rows hang on a referral. */
  const HANGING = CASE_TABLES.filter(table => table.startsWith('referral_') || table === 'funding_decision');

  it('are these', async () => {
    const lines = await withClient(hub.database().superuser, catalogOf);
    const keys = lines.filter(line => OF_MIGRATIONS.test(line));
    expect(keys.map(line => line.split(' ')[1])).toEqual(Object.keys(TRESPASSES).sort());
    for (const line of keys)
      expect(line).toMatch(
        / FOREIGN KEY \((\w+, )+(\w+_)?(case|network|partner)_id\) REFERENCES .*, (client_case|network|partner)_id\)$/,
      );
  });

  it.each(Object.entries(TRESPASSES))('hold: %s', async (constraint, sql) => {
    const world = await hub.given();
    await hangRows(hub.owner(), world, hub.now());
    await staffRows(hub.owner(), world);
    await askedOf(hub.owner(), world, hub.now());
    const other = await hub.given();
    const trespass = sql
      .replace(':elsewhere', `'${world.elsewhere.id}'`)
      .replace(':stranger', `'${world.brücke.id}'`)
      .replace(':referral', `'${world.referral.id}'`)
      .replace(':foreign', `'${other.referral.id}'`);
    await withClient(hub.database().superuser, async client => {
      await client.query('begin');
      // What hangs on the row would complain first.
      if (sql.startsWith('update referral set network_id') || sql.startsWith('update referral set partner_id'))
        for (const table of HANGING) await client.query(`delete from ${table}`);
      await expect(client.query(trespass)).rejects.toMatchObject({ code: '23503', constraint });
    });
  });
});
