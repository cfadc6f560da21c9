import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';

/** The codes with all that lies below them; BAD_USER_INPUT for one that does not exist. */
export async function subtrees({ loaders }: Context, codes: readonly string[], argument: string): Promise<string[]> {
  const tree = await loaders.categories();
  if (!codes.every(code => tree.byCode.has(code))) throw badInput(argument, 'No category has this code.');
  return [...new Set(codes.flatMap(code => tree.subtree(code)))];
}
