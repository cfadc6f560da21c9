import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { ormConnection } from './client.js';

/** Work as the role that owns the database, by SQL alone: no entities are loaded, so it starts quickly. */
export async function withOwner<T>(
  ownerUrl: string,
  work: (orm: MikroORM) => Promise<T>,
  options: Options = {},
): Promise<T> {
  const orm = await MikroORM.init({
    ...ormConnection(ownerUrl),
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: 2 },
    ...options,
  });
  try {
    return await work(orm);
  } finally {
    await orm.close(true);
  }
}
