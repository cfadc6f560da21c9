import { noteEmptySearch } from '../gap/gap-search.actions.js';
import type { Context } from '../shared/context.js';
import type { ServiceMatchesArgs } from './match.inputs.js';
import { type Finding, findMatches } from './match.query.js';

/** The services that fit; that there is none is noted in the gap register, once the answer is made. */
export async function searchMatches(ctx: Context, args: ServiceMatchesArgs): Promise<Finding['matches']> {
  const found = await findMatches(ctx, args);
  if (isEmpty(found) && args.after == null) await noteGap(ctx, args, found);
  return found.matches;
}

const isEmpty = ({ matches }: Finding): boolean => matches.nodes.length === 0;

/** Who is not entitled to an instrument misses no service: what counts is the search without them. */
async function noteGap(ctx: Context, args: ServiceMatchesArgs, found: Finding): Promise<void> {
  const { instruments, unemployedMonths, benefitMonths, ...input } = args.input;
  const asksForFunding = [instruments?.length, unemployedMonths, benefitMonths].some(one => one != null);
  const plain = asksForFunding ? await findMatches(ctx, { ...args, input }) : found;
  if (!isEmpty(plain)) return;
  const { category, networks, fingerprint, question } = plain.inquiry;
  noteEmptySearch(ctx, { municipality: question.municipality, category, networks, question: fingerprint });
}
