import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { encodeCursor, type Position } from '../shared/cursor.js';
import { invalidCursor } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import type { Sql } from '../shared/sql.js';
import type { ServiceMatchesArgs, ServiceMatchInput } from './match.inputs.js';
import type { Candidate } from './match.rules.js';
import { type ServiceMatch, ServiceMatchConnection } from './match.types.js';
import { oneService, servicesAmong } from './match-candidates.query.js';
import type { Rank } from './match-order.rules.js';
import { countMatches, matchesAfter, rankedMatches } from './match-page.query.js';
import { type Inquiry, inquiryOf } from './match-question.query.js';
import { type Match, matchService } from './match-score.rules.js';
import { servicesOf, shownMatches } from './match-shown.query.js';

/** A page of matches, and what was asked, with everything checked. */
export interface Finding {
  inquiry: Inquiry;
  matches: ServiceMatchConnection;
}

/** Where a page ends: the moment of the first page, for which question, and the rank of the last row. */
type MatchPosition = readonly [moment: string, question: string, bucket: number, tieBreak: string];

/**
 * The services that fit, best first. All pages are computed as of the moment of the first one, so that nothing moves
 * because it got older in between; what partners report in between does count.
 */
export async function findMatches(ctx: Context, args: ServiceMatchesArgs): Promise<Finding> {
  const { page, inquiry, after, moment, positionOf, count } = await beginning(ctx, args);
  const wanted = await matchesAfter(ctx, inquiry, moment, after, page.size + 1);
  const matches = wanted.map(({ match }) => match);
  const shown = shownMatches(ctx.em, matches, await servicesOf(ctx.em, matches));
  const ranks = new Map(wanted.map(({ match, rank }) => [match.service, rank]));
  const position = ({ service }: ServiceMatch): Position => positionOf(ranks.get(service.id)!);
  return { inquiry, matches: ServiceMatchConnection.of(ctx.secrets, { rows: shown, page, position, count }) };
}

/** The same page as it is told where services are read as text, by the statement that reads the page. */
export interface ToldPage {
  rows: { match: Match; service: string }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Of a row. */
  cursor(at: number): string;
  count(): Promise<number>;
}

/** @param service SQL: the JSON of a service as text, with `s` for its row */
export async function toldMatches(ctx: Context, args: ServiceMatchesArgs, service: Sql): Promise<ToldPage> {
  const { page, inquiry, after, moment, positionOf, count } = await beginning(ctx, args);
  const told = new Map<string, string>();
  const read = async (ids: readonly string[]): Promise<Candidate[]> => {
    const found = await servicesAmong(ctx.em, ctx.viewer, inquiry, moment, ids, service);
    for (const { candidate, beside } of found) told.set(candidate.service, beside!);
    return found.map(({ candidate }) => candidate);
  };
  const found = await matchesAfter(ctx, inquiry, moment, after, page.size + 1, read);
  const onPage = found.slice(0, page.size);
  const untold = onPage.flatMap(({ match }) => (told.has(match.service) ? [] : [match.service]));
  if (untold.length > 0) await read(untold);
  // One that was archived in between is told of by nobody any more.
  const shown = onPage.filter(({ match }) => told.has(match.service));
  return {
    rows: shown.map(({ match }) => ({ match, service: told.get(match.service)! })),
    hasNextPage: found.length > page.size,
    hasPreviousPage: page.after !== null,
    cursor: at => encodeCursor(ctx.secrets, ServiceMatchConnection.list, positionOf(shown[at]!.rank)),
    count,
  };
}

/** What is asked, from where on, and as of when. */
async function beginning(ctx: Context, args: ServiceMatchesArgs) {
  const page = pageOf(args, ctx.secrets, ServiceMatchConnection.list);
  const inquiry = await inquiryOf(ctx, args.input);
  const { moment, after } = startOf(page, inquiry, ctx.now);
  const positionOf = ({ bucket, tieBreak }: Rank): Position =>
    [moment.toISOString(), inquiry.fingerprint, bucket, tieBreak] satisfies MatchPosition;
  return { page, inquiry, moment, after, positionOf, count: () => countMatches(ctx, inquiry, moment) };
}

/** Why, or why not, this one service; null where there is none. */
export async function explainMatch(ctx: Context, id: string, input: ServiceMatchInput): Promise<ServiceMatch | null> {
  const inquiry = await inquiryOf(ctx, input);
  if (!isId(id)) return null;
  const candidate = await oneService(ctx.em, ctx.viewer, inquiry, ctx.now, id);
  if (!candidate) return null;
  const match = matchService(candidate, inquiry.question, inquiry.weights, ctx.now);
  const [shown] = shownMatches(ctx.em, [match], await servicesOf(ctx.em, [match]));
  return shown ?? null;
}

/** Ids of all services that fit and of which `alsoFits` holds, best first. */
export async function bestServices(
  ctx: Context,
  inquiry: Inquiry,
  alsoFits: (candidate: Candidate) => boolean,
): Promise<string[]> {
  return (await rankedMatches(ctx, inquiry, ctx.now, alsoFits)).map(({ match }) => match.service);
}

function startOf(page: Page, inquiry: Inquiry, now: Date): { moment: Date; after: Rank | null } {
  if (!page.after) return { moment: now, after: null };
  const [moment, question, bucket, tieBreak] = page.after as MatchPosition;
  if (question !== inquiry.fingerprint) throw invalidCursor();
  return { moment: new Date(moment), after: { bucket, tieBreak } };
}
