import { noteEmptySearch } from '../gap/gap-search.actions.js';
import type { Context } from '../shared/context.js';
import type { ServiceMatchesArgs } from './match.inputs.js';
import { type Finding, findMatches } from './match.query.js';

/** The services that fit; that there is none is noted in the gap register, once the answer is made. */
export async function searchMatches(ctx: Context, args: ServiceMatchesArgs): Promise<Finding['matches']> {
  const { inquiry, matches } = await findMatches(ctx, args);
  if (matches.nodes.length === 0 && args.after == null) {
    const { category, networks, fingerprint, question } = inquiry;
    noteEmptySearch(ctx, { municipality: question.municipality, category, networks, question: fingerprint });
  }
  return matches;
}
