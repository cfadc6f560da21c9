import type pg from 'pg';
import { queueGrants } from './queue-grants.js';

const READ = 'select';
const APPEND = 'select, insert';
const WRITE = 'select, insert, update';
const MARK = 'select, insert, delete';
const PASSING = 'select, insert, update, delete';

/**
 * What the serving role may do with each table, and no more. Nothing is deleted but marks, the values of lists, whose past
 * is in the revisions, rules of instruments that never held, bodies that an accession named by mistake, what was counted
 * again for the same day, staff numbers that were said anew, drafts of assessments, memberships that became one, and
 * Idempotency-Keys: after a day they mean nothing, and what was told under a key is not to lie there longer. One not named
 * here is closed to it.
 */
export const GRANTS: Readonly<Record<string, string>> = {
  mikro_orm_migrations: READ,
  secret: READ,
  municipality: READ,
  district: READ,
  area_outline: READ,
  demand_figure: READ,
  demand_share: WRITE,
  geo_source: READ,
  postal_code: READ,
  network: READ,
  network_municipality: READ,
  account: READ,
  membership: READ,
  idempotency_key: PASSING,
  category: READ,
  need: READ,
  instrument: WRITE,
  instrument_version: PASSING,
  partner: WRITE,
  location: WRITE,
  accessibility_entry: MARK,
  accessibility_criterion: READ,
  // A draft may be discarded.
  accessibility_assessment: PASSING,
  accessibility_finding: MARK,
  accessibility_remedy: WRITE,
  jobcenter: WRITE,
  team: WRITE,
  team_contact: MARK,
  team_staff: MARK,
  training_topic: READ,
  training_course: WRITE,
  training_session: WRITE,
  training_attendance: MARK,
  knowledge_report: MARK,
  self_audit_questionnaire: APPEND,
  self_audit: MARK,
  self_audit_answer: APPEND,
  service: WRITE,
  service_category: MARK,
  service_need: MARK,
  service_location: MARK,
  service_area: MARK,
  job_opening: WRITE,
  job_opening_need: MARK,
  revision: APPEND,
  proposal: WRITE,
  confirmation: APPEND,
  confirmation_link: WRITE,
  // Nothing of what was reminded of is changed but whose it is, by merges.
  record_reminder: `${APPEND}, update (partner_id)`,
  source: WRITE,
  source_row: PASSING,
  source_record: WRITE,
  import_job: WRITE,
  import_piece: MARK,
  import_upload: MARK,
  import_finding: MARK,
  partner_merge: APPEND,
  duplicate_dismissal: WRITE,
  consortium: WRITE,
  // Those of two partners that became one are joined.
  consortium_member: PASSING,
  sharing_agreement: WRITE,
  // What an agreement is about is said once: without rows it would be about everything.
  sharing_partner: APPEND,
  sharing_category: APPEND,
  service_capacity: WRITE,
  service_acceptance: WRITE,
  service_answer: WRITE,
  service_waiting: WRITE,
  // Follow from the tables of services: triggers write them with the rights of whoever changes these.
  finder_service: PASSING,
  finder_area: PASSING,
  search_document: WRITE,
  search_word: WRITE,
  search_synonym: PASSING,
  search_state: READ,
  gap: WRITE,
  gap_search: MARK,
  framework_agreement: WRITE,
  accession: WRITE,
  accession_consent: PASSING,
  accession_resolution: APPEND,
  action_plan: WRITE,
  plan_measure: WRITE,
  plan_measure_service: MARK,
  measure_reading: WRITE,
  measure_review: APPEND,
  need_caseload: APPEND,
  client_case: WRITE,
  client_case_health: WRITE,
  consent: WRITE,
  funding_decision: WRITE,
  programme: WRITE,
  programme_network: PASSING,
  programme_funder: MARK,
  programme_partner: MARK,
  programme_instrument: MARK,
  programme_round: WRITE,
  programme_round_service: MARK,
  programme_round_field: MARK,
  programme_round_month: WRITE,
  programme_round_figures: WRITE,
  publication: WRITE,
  referral: WRITE,
  referral_disclosure: WRITE,
  referral_event: APPEND,
  referral_question: WRITE,
  referral_notice: APPEND,
  referral_message: WRITE,
  availability_question: APPEND,
  availability_request: WRITE,
  referral_appointment: WRITE,
  referral_follow_up: WRITE,
};

/** Gives the serving role exactly these rights, whatever it had before. Run by the owner, after the migrations. */
export async function grantTo(owner: pg.Client, role: string): Promise<void> {
  const name = owner.escapeIdentifier(role);
  const grants = (await tablesOf(owner))
    .filter(table => GRANTS[table])
    .map(table => `grant ${GRANTS[table]} on ${owner.escapeIdentifier(table)} to ${name};`);
  await owner.query(`begin;
    revoke create on schema public from public;
    revoke all on all tables in schema public from public, ${name};
    grant usage on schema public to ${name};
    ${grants.join('\n')}
    ${await queueGrants(owner, role)}
    commit;`);
}

/** Names of all tables, those of extensions left out. */
export async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
     order by relname`,
  );
  return rows.map(row => row.name);
}
