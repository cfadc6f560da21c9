import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';

/** BAD_USER_INPUT for a code that no need has. */
export async function knownNeeds({ loaders }: Context, codes: readonly string[], argument: string): Promise<void> {
  const needs = await loaders.needs();
  if (!codes.every(code => needs.has(code))) throw badInput(argument, 'No need has this code.');
}
