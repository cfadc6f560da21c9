import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fault } from '../record/fault.rules.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { TrainingTopic } from './training-topic.entity.js';

/** The topics with these codes in their usual order, all for an empty list; BAD_USER_INPUT for a code that none has. */
export async function topicsOf(
  { loaders }: Context,
  codes: readonly string[] | null | undefined,
  argument: string,
): Promise<TrainingTopic[]> {
  const topics = await loaders.trainingTopics();
  if (!codes?.length) return [...topics.values()];
  if (!codes.every(code => topics.has(code))) throw badInput(argument, 'No topic has this code.');
  return [...topics.values()].filter(({ code }) => codes.includes(code));
}

/** A fault for each code that no topic has, at its place in the list. One statement. */
export async function topicFaults(
  tx: EntityManager,
  codes: readonly string[],
  path: readonly string[],
): Promise<Fault[]> {
  const known = await rowsOf<{ code: string }>(
    tx,
    sql`select code from training_topic where code = any(${codes}::text[])`,
  );
  return codes.flatMap((code, i) =>
    known.some(one => one.code === code)
      ? []
      : [{ path: [...path, String(i)], message: 'Ein solches Schulungsthema gibt es nicht.' }],
  );
}
