import type { EntityManager } from '@mikro-orm/postgresql';
import { TrainingTopic } from './training-topic.entity.js';

/** All topics by code in their order, read once a request when asked for. */
export function trainingTopics(em: EntityManager): () => Promise<ReadonlyMap<string, TrainingTopic>> {
  let topics: Promise<ReadonlyMap<string, TrainingTopic>> | undefined;
  return () => {
    topics ??= em
      .find(TrainingTopic, {}, { orderBy: { position: 'asc', code: 'asc' } })
      .then(all => new Map(all.map(one => [one.code, one])));
    return topics;
  };
}
