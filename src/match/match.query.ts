import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import type { Position } from '../shared/cursor.js';
import { invalidCursor } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import type { ServiceMatchesArgs, ServiceMatchInput } from './match.inputs.js';
import type { Candidate } from './match.rules.js';
import { type ServiceMatch, ServiceMatchConnection } from './match.types.js';
import { oneService } from './match-candidates.query.js';
import type { Rank } from './match-order.rules.js';
import { countMatches, matchesAfter, rankedMatches } from './match-page.query.js';
import { type Inquiry, inquiryOf } from './match-question.query.js';
import { matchService } from './match-score.rules.js';
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
  const page = pageOf(args, ctx.secrets, ServiceMatchConnection.list);
  const inquiry = await inquiryOf(ctx, args.input);
  const { moment, after } = startOf(page, inquiry, ctx.now);
  const wanted = await matchesAfter(ctx, inquiry, moment, after, page.size + 1);
  const matches = wanted.map(({ match }) => match);
  const shown = shownMatches(ctx.em, matches, await servicesOf(ctx.em, matches));
  const ranks = new Map(wanted.map(({ match, rank }) => [match.service, rank]));
  const position = ({ service }: ServiceMatch): Position => {
    const { bucket, tieBreak } = ranks.get(service.id)!;
    return [moment.toISOString(), inquiry.fingerprint, bucket, tieBreak] satisfies MatchPosition;
  };
  const count = () => countMatches(ctx, inquiry, moment);
  return { inquiry, matches: ServiceMatchConnection.of(ctx.secrets, { rows: shown, page, position, count }) };
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
