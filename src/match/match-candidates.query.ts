import type { EntityManager } from '@mikro-orm/postgresql';
import { MEASURED } from '../location/location.query.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { closedIntakeOf } from '../programme/round-intake.query.js';
import { seesExactPlacesOf, showsCoarselyOf } from '../service/service.access.js';
import { firstDayUnpausedOf, intakeOpenOn } from '../service/service.query.js';
import {
  type DeliveryMode,
  freePlaces,
  type ServiceStatus,
  shownFree,
  shownWaiting,
} from '../service/service.rules.js';
import type { Criterion } from '../service/service-terms.rules.js';
import { addDays, berlinDay, dayNumber, LAST_DAY, localDateOf } from '../shared/calendar.rules.js';
import { areaHolds, coveringKeys } from '../shared/geo.rules.js';
import { preparedRows } from '../shared/prepared.js';
import { anyOf, rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { isSharedWith } from '../sharing/sharing-cover.query.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import type { AnswerCount, Candidate, ClosedIntake, OfferedInstrument, Site } from './match.rules.js';
import { LATER_WITHIN_DAYS, type WideCandidate } from './match-alternatives.rules.js';
import { takenBackUntil } from './match-counters.query.js';
import { FORMULA } from './match-factors.rules.js';
import type { Inquiry } from './match-question.query.js';

/** Services that may fit: everything that PostgreSQL decides well by an index. The rules decide the rest. */
export const fittingServices = (em: EntityManager, viewer: Viewer, inquiry: Inquiry, now: Date): Promise<Candidate[]> =>
  candidates(em, viewer, scopeOf(inquiry), now, within(inquiry, now, now));

/** A candidate, and what was read of it besides. */
export interface ReadCandidate {
  candidate: Candidate;
  beside: string | null;
}

/**
 * Those of these services that there are, whether they may fit or not; that they are within reach is known of them.
 *
 * @param beside SQL: a text to read of each, with `s` for the row of `service`
 */
export async function servicesAmong(
  em: EntityManager,
  viewer: Viewer,
  inquiry: Inquiry,
  now: Date,
  ids: readonly string[],
  beside?: Sql,
): Promise<ReadCandidate[]> {
  const which = sql`s.id = any(${ids}::uuid[])`;
  const rows = await candidateRows(em, viewer, scopeOf(inquiry), now, which, { offers: ofFew, beside });
  return rows.map(row => ({ candidate: candidateOf(row, inquiry.question.municipality), beside: row.beside }));
}

/** How far a wide search looks: below which category, and in which municipalities beside the client's own. */
export interface Width {
  root: string;
  neighbours: readonly string[];
}

/** Services that may fit once something is relaxed. */
export const servicesAround = (
  em: EntityManager,
  viewer: Viewer,
  inquiry: Inquiry,
  width: Width,
  now: Date,
): Promise<WideCandidate[]> =>
  candidates(em, viewer, { ...scopeOf(inquiry), ...width }, now, within(inquiry, now, addDays(now, LATER_WITHIN_DAYS)));

/** SQL: offered and serving within the scope, active, within reach, and taking people again by that moment at the latest. */
const within = (inquiry: Inquiry, now: Date, latest: Date): Sql => sql`
  o.service_id is not null and a.service_id is not null and s.status = 'ACTIVE'
  and ${intakeOpenOn(berlinDay(latest))}
  and ${withinReach(inquiry, berlinDay(now))}`;

/** SQL: is it where the question looks, or shared with those for whom it looks? */
const withinReach = ({ networks, sharedWith }: Inquiry, day: string): Sql =>
  anyOf([
    sql`${networks === null}::boolean`,
    sql`s.network_id = any(${networks ?? []}::uuid[])`,
    ...(sharedWith.length > 0 ? [isSharedWith('s', sharedWith, day)] : []),
  ]);

/** One service of the directory, whether it may fit or not; null where there is none. */
export async function oneService(
  em: EntityManager,
  viewer: Viewer,
  inquiry: Inquiry,
  now: Date,
  id: string,
): Promise<Candidate | null> {
  const where = sql`s.id = ${id}::uuid`;
  const [candidate] = await candidates(em, viewer, scopeOf(inquiry), now, where, { offers: ofFew });
  if (!candidate || inquiry.sharedWith.length === 0) return candidate ?? null;
  const reached = await rowsOf(
    em,
    sql`select from service s where ${where} and ${withinReach(inquiry, berlinDay(now))}`,
  );
  return { ...candidate, withinReach: reached.length > 0 };
}

/** SQL: what the services offer within the scope (`o`) and where (`a`), joined to `s`: set by set, where they are many. */
const ofMany = (keys: readonly string[]): Sql => sql`
  left join (
    select sc.service_id, min(t.below) as levels_below, min(t.depth) as levels_below_root
    from subtree t join service_category sc on sc.category_code = t.code group by sc.service_id) o on o.service_id = s.id
  left join (
    select service_id, json_agg(area_key) as area_keys
    from service_area where area_key = any(${keys}::text[]) group by service_id) a on a.service_id = s.id`;

/** SQL: the same one by one. */
const ofFew = (keys: readonly string[]): Sql => sql`
  left join lateral (
    select sc.service_id, min(t.below) as levels_below, min(t.depth) as levels_below_root
    from service_category sc join subtree t on t.code = sc.category_code
    where sc.service_id = s.id group by sc.service_id) o on true
  left join lateral (
    select sa.service_id, json_agg(sa.area_key) as area_keys from service_area sa
    where sa.service_id = s.id and sa.area_key = any(${keys}::text[]) group by sa.service_id) a on true`;

interface Row {
  service: string;
  status: ServiceStatus;
  intake_paused_until: string | null;
  closed: ClosedIntake | null;
  levels_below: number | null;
  levels_below_root: number | null;
  area_keys: string[];
  keeps_waiting_list: boolean;
  sites: Site[];
  delivery_modes: DeliveryMode[];
  languages: string[];
  interpretation: boolean;
  needs: string[];
  minimum_age: number | null;
  maximum_age: number | null;
  criteria: Criterion[];
  instruments: OfferedInstrument[];
  coarse: boolean;
  exact: boolean;
  total: number | null;
  reserved: number;
  occupied_elsewhere: number;
  reported_waiting: number | null;
  waitlisted: number;
  expected_wait_days: number | null;
  /** Milliseconds since 1970. */
  reported_at: number | null;
  confirmed_at: number | null;
  accepted: number;
  answers: AnswerCount[];
  beside: string | null;
}

/** Which services the statement looks at. */
interface Scope extends Width {
  category: string;
  municipality: string;
}

const scopeOf = ({ category, question: { municipality } }: Inquiry): Scope => ({
  category,
  root: category,
  municipality,
  neighbours: [],
});

interface Reading {
  offers: (keys: readonly string[]) => Sql;
  beside?: Sql | undefined;
}

const candidates = async (
  em: EntityManager,
  viewer: Viewer,
  scope: Scope,
  now: Date,
  which: Sql,
  reading?: Reading,
): Promise<WideCandidate[]> =>
  (await candidateRows(em, viewer, scope, now, which, reading)).map(row => candidateOf(row, scope.municipality));

/**
 * The statement behind all questions. Of services that must not tell what became of a client, the acceptances and
 * answers of the running month count for nobody but the partner and its coordinators: else the score would tell the day
 * on which somebody was accepted.
 */
async function candidateRows(
  em: EntityManager,
  viewer: Viewer,
  { category, root, municipality, neighbours }: Scope,
  now: Date,
  which: Sql,
  { offers, beside = sql`null` }: Reading = { offers: ofMany },
): Promise<Row[]> {
  const today = berlinDay(now);
  const keys = [municipality, ...neighbours].flatMap(coveringKeys);
  return preparedRows<Row>(
    em,
    sql`with recursive subtree (code, depth, below) as (
      select code, 0, case code when ${category} then 0 end from category where code = ${root}
      union all
      select c.code, t.depth + 1, case c.code when ${category} then 0 else t.below + 1 end
      from subtree t join category c on c.parent_code = t.code
    )
    select s.id as service, s.status, s.intake_paused_until::text, ${closedIntakeOf(sql`s.id`, firstDayUnpausedOf(today))} as closed, o.levels_below, o.levels_below_root,
      coalesce(a.area_keys, '[]') as area_keys, s.keeps_waiting_list,
      site.sites, to_json(s.delivery_modes) as delivery_modes, to_json(s.languages) as languages, s.interpretation,
      (select coalesce(json_agg(sn.need_code), '[]') from service_need sn where sn.service_id = s.id) as needs,
      s.minimum_age, s.maximum_age, s.criteria, ${instrumentsOf('s', today)} as instruments, known.coarse, known.exact,
      c.total, c.reserved, c.occupied_elsewhere, c.reported_waiting, c.waitlisted, c.expected_wait_days,
      ${milliseconds(sql`c.reported_at`)} as reported_at, ${milliseconds(sql`s.confirmed_at`)} as confirmed_at,
      (select coalesce(sum(${takenBackUntil('ac', 'accepted', 'known.until')}), 0)::int from service_acceptance ac where ac.service_id = s.id
        and ac.accepted_on <= known.until and ac.accepted_on > known.until - ${FORMULA.acceptanceWindowDays}::int) as accepted,
      (select coalesce(json_agg(json_build_object('workingDays', w.working_days, 'answers', w.answers)), '[]') from (
        select an.working_days, sum(${takenBackUntil('an', 'answers', 'known.until')})::int as answers from service_answer an
        where an.service_id = s.id and an.answered_on <= known.until group by an.working_days) w) as answers,
      ${beside} as beside
    from service s
    ${offers(keys)}
    left join service_capacity c on c.service_id = s.id
    cross join lateral (
      select ${seesExactPlacesOf(viewer, 's')} as exact, ${showsCoarselyOf('s')} as coarse
    ) sees
    cross join lateral (
      select sees.exact, sees.coarse, case when sees.exact or not sees.coarse
        then ${today}::date else date_trunc('month', ${today}::date)::date - 1 end as until
    ) known
    cross join lateral (
      select coalesce(json_agg(json_build_object(
        'id', l.id,
        'latitude', ${MEASURED.latitude},
        'longitude', ${MEASURED.longitude},
        'accessibility', (select coalesce(json_object_agg(e.feature, e.state), '{}')
          from accessibility_entry e where e.location_id = l.id)
      )), '[]') as sites
      from service_location sl join location l on l.id = sl.location_id
      join municipality m on m.key = l.municipality_key
      where sl.service_id = s.id
    ) site
    where ${which} and ${ofPublishedPartner(sql`s.partner_id`)}`,
  );
}

/** SQL: the instruments of a service that hold on a day, each with its rules of that day. */
const instrumentsOf = (service: string, day: string): Sql => sql`(
  select coalesce(json_agg(i.one || jsonb_build_object('rules', v.rules, 'source', v.source)), '[]')
  from jsonb_array_elements(${verbatim(service)}.instruments) as i (one)
  left join instrument_version v on v.instrument_code = i.one->>'instrument'
    and v.valid_from <= ${day}::date and coalesce(v.valid_to, 'infinity') >= ${day}::date
  where coalesce(i.one->>'validFrom', ${day}) <= ${day} and coalesce(i.one->>'validTo', ${day}) >= ${day})`;

const milliseconds = (column: Sql): Sql => sql`(extract(epoch from ${column}) * 1000)::float8`;

/** Where its own pause is over, a programme pauses a service on, until the next round takes people. */
function intakeOf({ intake_paused_until: paused, closed }: Row): Pick<Candidate, 'intakePausedUntil' | 'closedIntake'> {
  if (!closed) return { intakePausedUntil: paused, closedIntake: null };
  const until = closed.opensOn === null ? LAST_DAY : localDateOf(dayNumber(closed.opensOn) - 1);
  return { intakePausedUntil: until, closedIntake: closed };
}

function candidateOf(row: Row, municipality: string): WideCandidate {
  const reported = row.reported_at !== null;
  const free = freePlaces({ total: row.total, reserved: row.reserved, occupiedElsewhere: row.occupied_elsewhere });
  const shown = row.exact ? free : shownFree(free, row.coarse);
  return {
    service: row.service,
    status: row.status,
    ...intakeOf(row),
    levelsBelow: row.levels_below,
    levelsBelowRoot: row.levels_below_root,
    areaKeys: row.area_keys,
    inArea: areaHolds(row.area_keys, municipality),
    keepsWaitingList: row.keeps_waiting_list,
    sites: row.sites,
    deliveryModes: row.delivery_modes,
    languages: row.languages,
    interpretation: row.interpretation,
    needs: row.needs,
    minimumAge: row.minimum_age,
    maximumAge: row.maximum_age,
    criteria: row.criteria,
    instruments: row.instruments,
    freePlaces: reported ? shown : null,
    freeIsCoarse: !row.exact && row.coarse,
    reportedAt: row.reported_at === null ? null : new Date(row.reported_at),
    waiting: reported ? shownWaiting(row.reported_waiting, row.waitlisted, row.coarse, row.exact) : null,
    expectedWaitDays: row.expected_wait_days,
    acceptedIn90Days: row.accepted,
    answers: row.answers,
    confirmedAt: row.confirmed_at === null ? null : new Date(row.confirmed_at),
    withinReach: true,
  };
}
