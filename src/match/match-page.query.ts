import type { Context } from '../shared/context.js';
import type { Candidate } from './match.rules.js';
import { fittingServices, servicesAmong } from './match-candidates.query.js';
import { compareRanks, type Draw, type Rank, tieBreak } from './match-order.rules.js';
import type { CheckedInquiry, Inquiry } from './match-question.query.js';
import { countFitting, placedServices } from './match-ranking.query.js';
import { matchService } from './match-score.rules.js';
import { drawOf, inOrder, type RankedMatch } from './match-shown.query.js';
import { areOrdinary } from './match-values.query.js';

/** By how much more is looked at where the rules left some out. */
const WIDER = 4;

/**
 * The first services that fit and stand after a position, in order. The finder index names those that may, by where they stand
 * at the earliest; the rules look at these alone, and what is theirs to say is final as far as nothing else can come before.
 */
export async function matchesAfter(
  ctx: Context,
  inquiry: CheckedInquiry,
  moment: Date,
  after: Rank | null,
  wanted: number,
  read = (ids: readonly string[]) => candidatesAmong(ctx, inquiry, moment, ids),
): Promise<RankedMatch[]> {
  const isAfter = ({ rank }: RankedMatch): boolean => !after || compareRanks(rank, after) > 0;
  if (!areOrdinary(inquiry.weights))
    return (await rankedMatches(ctx, inquiry, moment)).filter(isAfter).slice(0, wanted);
  const { em, viewer } = ctx;
  const draw = drawOf(ctx, inquiry, moment);
  for (let limit = wanted; ; limit *= WIDER) {
    const placed = await placedServices(em, { viewer, inquiry, moment }, draw, after, limit);
    const ids = placed.map(({ service }) => service);
    const candidates = ids.length > 0 ? await read(ids) : [];
    const ranked = fittingAmong(ctx, inquiry, moment, candidates).filter(isAfter);
    const last = placed.length < limit ? undefined : placed.at(-1);
    const isFinal = ({ rank }: RankedMatch): boolean => !last || compareRanks(rank, earliest(last, draw)) <= 0;
    const final = ranked.filter(isFinal);
    if (!last || final.length >= wanted) return final.slice(0, wanted);
  }
}

async function candidatesAmong(
  { em, viewer }: Context,
  inquiry: CheckedInquiry,
  moment: Date,
  ids: readonly string[],
): Promise<Candidate[]> {
  return (await servicesAmong(em, viewer, inquiry, moment, ids)).map(({ candidate }) => candidate);
}

/** How many services fit. */
export async function countMatches(ctx: Context, inquiry: CheckedInquiry, moment: Date): Promise<number> {
  const { em, viewer } = ctx;
  const count = await countFitting(em, { viewer, inquiry, moment });
  return count ?? (await rankedMatches(ctx, inquiry, moment)).length;
}

/** All services that fit and of which `alsoFits` holds, best first. */
export async function rankedMatches(
  ctx: Context,
  inquiry: Inquiry,
  moment: Date,
  alsoFits: (candidate: Candidate) => boolean = () => true,
): Promise<RankedMatch[]> {
  const candidates = await fittingServices(ctx.em, ctx.viewer, inquiry, moment);
  return fittingAmong(ctx, inquiry, moment, candidates.filter(alsoFits));
}

function fittingAmong(ctx: Context, inquiry: Inquiry, moment: Date, candidates: readonly Candidate[]): RankedMatch[] {
  const matches = candidates
    .map(candidate => matchService(candidate, inquiry.question, inquiry.weights, moment))
    .filter(({ blockers }) => blockers.length === 0);
  return inOrder(ctx, inquiry, matches, moment);
}

const earliest = ({ service, bucket }: { service: string; bucket: number }, draw: Draw): Rank => ({
  bucket,
  tieBreak: tieBreak(draw, service),
});
