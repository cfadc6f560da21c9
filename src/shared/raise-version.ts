import type { EntityClass, EntityManager } from '@mikro-orm/postgresql';

/** Who changes what hangs on a row has changed the row: its version goes up by one, where no edit of its own raises it. */
export async function raiseVersion<Row extends { id: string; version: number }>(
  tx: EntityManager,
  entity: EntityClass<Row>,
  row: Row,
): Promise<void> {
  const before = row.version;
  await tx.flush();
  if (row.version === before) await tx.nativeUpdate(entity, { id: row.id } as never, { version: before + 1 } as never);
}
