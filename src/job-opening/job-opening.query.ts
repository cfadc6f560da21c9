import type { EntityManager } from '@mikro-orm/postgresql';
import { LocationStatus } from '../location/location.rules.js';
import { knownMunicipality } from '../municipality/municipality.query.js';
import { knownNeeds } from '../need/need.query.js';
import { knownNetwork } from '../network/network.query.js';
import { isOccupation } from '../occupation/occupation.rules.js';
import { isKeptBy, ofPublishedPartner, ofSeenPartner } from '../partner/partner.access.js';
import { standingFor } from '../partner/partner.query.js';
import type { Fault } from '../record/fault.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { bestFirst, listOf, rankIn, typed } from '../search/best-first.query.js';
import { SearchKind } from '../search/search-record.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { newestOf } from '../shared/newest-first.js';
import { countOf, listPage, type OrderedList, type Wish } from '../shared/ordered-list.js';
import { columnsOf, entitiesOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import { JobOpening } from './job-opening.entity.js';
import {
  JobOpeningConnection,
  type JobOpeningFilter,
  type JobOpeningsArgs,
  type NetworkJobOpeningsArgs,
} from './job-opening.inputs.js';
import { JobOpeningStatus } from './job-opening.rules.js';

export const JOB_OPENINGS = newestOf(JobOpening, 'job_opening');

/** Null where there is none that the viewer may see; also one that is closed or over. */
export async function findJobOpening({ em, viewer }: Context, id: string): Promise<JobOpening | null> {
  if (!isId(id)) return null;
  const which = sql`t.id = ${id} and ${ofSeenPartner(viewer, sql`t.partner_id`)}`;
  const columns = columnsOf(em, JobOpening, 't');
  const found = await entitiesOf(em, JobOpening, sql`select ${columns} from job_opening t where ${which}`);
  return found[0] ?? null;
}

/** Of all networks, or of one; newest first, or where something was typed best first. */
export async function jobOpeningPage(ctx: Context, args: NetworkJobOpeningsArgs): Promise<JobOpeningConnection> {
  const { em } = ctx;
  const query = typed(args.filter?.query);
  const page = pageOf(args, ctx.secrets, listOf(JobOpeningConnection.list, query));
  const network = args.network == null ? null : (await knownNetwork(em, args.network, 'network')).id;
  const { list = JOB_OPENINGS, conditions } = await jobOpeningWish(ctx, args.filter ?? {}, network);
  conditions.push(ofPublishedPartner(sql`t.partner_id`));
  if (network) conditions.push(sql`t.network_id = ${network}`);
  const rows = await listPage(em, list, conditions, page);
  return connection(ctx, { list, query, rows, page, count: () => countOf(em, list, conditions) });
}

/** Those of a partner that the viewer sees; the lists of one page of partners by one statement. */
export async function jobOpeningsOfPartner(
  ctx: Context,
  id: string,
  args: JobOpeningsArgs,
): Promise<JobOpeningConnection> {
  const filter = args.filter ?? {};
  const query = typed(filter.query);
  const page = pageOf(args, ctx.secrets, listOf(JobOpeningConnection.list, query));
  const lists = ctx.loaders.jobOpeningsOf('partner_id', filter, page, () => jobOpeningWish(ctx, filter, null));
  const rows = await lists.rows.load(id);
  return connection(ctx, { list: await lists.list(), query, rows, page, count: () => lists.count.load(id) });
}

/** What a job opening of that partner names that is not there, or not its own. One statement at most. */
export async function jobOpeningReferenceFaults(
  em: EntityManager,
  partner: string,
  { needs, location }: RecordDocument,
): Promise<Fault[]> {
  const codes = (needs ?? []) as readonly string[];
  if (codes.length === 0 && location == null) return [];
  const own = isId(location) ? location : null;
  const [known] = await rowsOf<{ needs: string[]; own: boolean }>(
    em,
    sql`select (select coalesce(json_agg(n.code), '[]') from need n where n.code = any(${codes}::text[])) as needs,
      exists (select from location l where l.id = ${own}::uuid and l.partner_id = ${partner}
        and l.status = ${LocationStatus.ACTIVE}) as own`,
  );
  return [
    ...codes.flatMap((code, i) =>
      known!.needs.includes(code) ? [] : [{ path: ['needs', String(i)], message: 'Diesen Bedarf gibt es nicht.' }],
    ),
    ...(location == null || known!.own
      ? []
      : [{ path: ['location'], message: 'Diesen Standort hat der Partner nicht.' }]),
  ];
}

interface Found {
  list: OrderedList<JobOpening>;
  query: string | null;
  rows: JobOpening[];
  page: Page;
  count: () => Promise<number>;
}

function connection({ secrets }: Context, { list, query, rows, page, count }: Found): JobOpeningConnection {
  const position = (opening: JobOpening) => [...rankIn(list, opening), opening.createdAt.toISOString(), opening.id];
  return JobOpeningConnection.of(secrets, { rows, page, position, count }, listOf(JobOpeningConnection.list, query));
}

/** `network`: whose list it is; null for one of all of them. */
async function jobOpeningWish(
  ctx: Context,
  filter: JobOpeningFilter,
  network: string | null,
): Promise<Wish<JobOpening>> {
  const query = typed(filter.query);
  const conditions = await jobOpeningConditions(ctx, filter);
  if (!query) return { conditions };
  return { conditions, list: await bestFirst(ctx, JOB_OPENINGS, SearchKind.JOB_OPENING, query, network) };
}

async function jobOpeningConditions(ctx: Context, filter: JobOpeningFilter): Promise<Sql[]> {
  const { occupations, municipality, maximumHours, needs, partner, startsBefore } = filter;
  if (municipality) await knownMunicipality(ctx.em, municipality, 'filter.municipality');
  if (needs) await knownNeeds(ctx, needs, 'filter.needs');
  if (occupations && !occupations.every(isOccupation))
    throw badInput('filter.occupations', 'No occupation of the KldB 2010 has this code.');
  return [
    ...listed(ctx, filter),
    ...(occupations?.length ? [inOccupations(occupations)] : []),
    ...(municipality ? [liesIn(municipality)] : []),
    ...(maximumHours != null ? [sql`coalesce(t.hours_from, t.hours_to) <= ${maximumHours}`] : []),
    ...(needs?.length
      ? [
          sql`exists (select from job_opening_need n where n.job_opening_id = t.id and n.need_code = any(${needs}::text[]))`,
        ]
      : []),
    ...(partner != null ? [isId(partner) ? sql`t.partner_id = ${standingFor(partner)}` : sql`false`] : []),
    ...(startsBefore ? [sql`(t.starts_on is null or t.starts_on <= ${startsBefore})`] : []),
  ];
}

/** What is filled, withdrawn or over is listed for those alone who keep it. */
function listed({ viewer, now }: Context, { statuses, expired }: JobOpeningFilter): Sql[] {
  const asked = statuses?.length ? statuses : [JobOpeningStatus.OPEN];
  const current = sql`t.status = ${JobOpeningStatus.OPEN} and t.valid_until >= ${berlinDay(now)}`;
  const kept = sql`exists (select from partner kept where kept.id = t.partner_id and ${isKeptBy(viewer, 'kept')})`;
  return [
    sql`t.status = any(${asked}::text[])`,
    ...(expired ? [] : [sql`(t.status <> ${JobOpeningStatus.OPEN} or ${current})`]),
    ...(expired || asked.some(one => one !== JobOpeningStatus.OPEN) ? [sql`(${current} or ${kept})`] : []),
  ];
}

/** Codes are digits alone: nothing in them means more to `like`. */
const inOccupations = (codes: readonly string[]): Sql =>
  sql`t.occupation like any (${codes.map(code => `${code}%`)}::text[])`;

const liesIn = (municipality: string): Sql => sql`exists (
  select from location l where l.municipality_key = ${municipality} and (l.id = t.location_id
    or t.location_id is null and l.partner_id = t.partner_id and l.status = ${LocationStatus.ACTIVE}))`;
